"""A reader's own data as CSV text, and tables written back as CSV. What is pasted or uploaded is hostile until it has been read
here: numbers only, within bounds, and a wrong cell is refused with its row and column. What is written is safe to open in a
spreadsheet, which would otherwise run a cell that looks like a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.data import Data, data
from engine.limits import CELL, COLUMNS, NAME, SAMPLES, TABLE_MB
from engine.parse import cut, number, shortest
from engine.refused import Refused

Record = tuple[int, list[str]]  # (row as a spreadsheet counts it, from 1; its cells)
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
APART = re.compile(r"\d[\s|:/&]+[+\-−.\d]")  # numbers apart, by what separates no cells
FORMULA = re.compile(r"^(?=[\t\r\n])|(?:^|(?<=[,;\t\r\n\"|]))(?=\s*[=+\-@＝＋－＠])")


@dataclass(frozen=True, eq=False)
class Table:
    """Data and what its columns are called. A name is a stranger's text on one line: show it as text, never as markup."""

    x_names: tuple[str, ...]
    y_names: tuple[str, ...]
    data: Data


def read_table(source: str | bytes, targets: int = 1) -> Table:
    """CSV whose last `targets` columns are y_true and whose other columns are x, or a Refused with row and column.

    Separator , ; or tab; with the latter two, 1,5 may stand for 1.5. A first row of words, without any number, holds the names.
    Rows without any text are passed over. Bytes are UTF-8, UTF-16 with its mark, or else Latin-1.
    """
    text = _decoded(source)
    separator = _separator(text)
    records = _records(text, separator)
    header = records[:1] if records and _is_header(records[0][1], separator) else []
    return _table(header, records[len(header) :], separator, targets)


def read_rows(names: Sequence[str], text: str, targets: int) -> Table:
    """The same for rows of numbers alone, separated by commas, whose columns' names come beside them (none: the usual ones)."""
    rows = _records(_decoded(text), ",")
    if names and rows and len(names) != len(rows[0][1]):
        template = "The table must have as many names as columns, {expected}, not {found}."
        raise Refused(template, expected=len(rows[0][1]), found=len(names))
    return _table([(0, list(names))] if names else [], rows, ",", targets)


def _table(header: list[Record], rows: list[Record], separator: str, targets: int) -> Table:
    if not rows:
        raise Refused("The table holds no row of numbers.")
    if len(rows) > SAMPLES:
        raise Refused("The table may have at most {limit} rows.", limit=SAMPLES)
    columns = _equally_long([*header, *rows])
    if columns == 1 and (apart := [record for record in rows if APART.search(record[1][0].strip())]):
        row, (cell,) = apart[0]
        template = "Row {row} is one single cell, “{found}”; cells must be separated by a comma, a semicolon or a tab."
        raise Refused(template, row=row, found=cut(_plain(cell)))
    if not 1 <= targets < columns:
        raise Refused(
            "The table must have at least one column of inputs, then {targets} of targets; it has {found} in all.",
            targets=targets, found=columns,
        )  # fmt: skip
    comma = separator != "," and not any("." in cell for _, cells in rows for cell in cells)
    numbers = np.array([[_number(cell, row, at, comma) for at, cell in enumerate(cells, 1)] for row, cells in rows])
    inputs = columns - targets
    names = _names(header[0][1] if header else [""] * columns, inputs)
    return Table(names[:inputs], names[inputs:], data(numbers[:, :inputs], numbers[:, inputs:]))


def _decoded(source: str | bytes) -> str:
    size = len(source if isinstance(source, bytes) else source.encode("utf-8", "replace"))
    if size > TABLE_MB * 2**20:
        raise Refused("The table may be at most {limit} MB large.", limit=TABLE_MB)
    text = source if isinstance(source, str) else _text(source)
    if "\0" in text:  # a spreadsheet's own file, a picture, UTF-16 without its mark
        raise Refused("The table must be text; save it as CSV (UTF-8).")
    return text.removeprefix("\ufeff")


def _text(source: bytes) -> str:
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        return source.decode("utf-16", "replace")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        return source.decode("latin-1")


def _separator(text: str) -> str:
    """Tab or semicolon where most lines have one (no number has), else the comma."""
    lines = [line for line in text.splitlines() if line.strip()]
    return next((mark for mark in "\t;" if 2 * sum(mark in line for line in lines) > len(lines)), ",")


def _records(text: str, separator: str) -> list[Record]:
    """The rows that hold any text; reading stops where there are too many."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    found, row = [], 0
    try:
        for row, cells in enumerate(rows, 1):
            if any(map(str.strip, cells)):
                found.append((row, cells))
            if len(found) > SAMPLES + 1:  # the names and one row too many
                break
    except csv.Error as error:
        raise Refused("Row {row} has a quotation mark out of place or a cell that is too long.", row=row + 1) from error
    return found


def _equally_long(records: list[Record]) -> int:
    """How many cells every row has."""
    first, columns = records[0][0], len(records[0][1])
    if columns > COLUMNS:
        raise Refused("The table may have at most {limit} columns, not {found}.", limit=COLUMNS, found=columns)
    for row, cells in records:
        if len(cells) != columns:
            raise Refused(
                "Row {row} must have {expected} cells, as row {first} has, not {found}.",
                row=row, expected=columns, first=first, found=len(cells),
            )  # fmt: skip
    return columns


def _is_header(cells: list[str], separator: str) -> bool:
    """Whether all that its cells hold are words, no number in any spelling; “nan” is one, if not one that we take. One word among
    numbers is a slip, not a name."""
    plain = [_plain(cell) if separator == "," else _plain(cell).replace(",", ".") for cell in cells]
    return not any(map(_numeric, filter(None, plain)))


def _numeric(cell: str) -> bool:
    try:
        float(cell.replace("−", "-"))
    except ValueError:
        return False
    return True


def _number(cell: str, row: int, column: int, comma: bool) -> float:
    if not cell.strip():
        raise Refused("Row {row}, column {column} is empty; a number was expected.", row=row, column=column)
    try:
        return number(cell.replace(",", ".") if comma else cell, "", CELL)
    except Refused as error:
        raise Refused(
            "Row {row}, column {column} must be a number from {low} to {high}, not “{found}”.",
            row=row, column=column, low=str(CELL[0]).replace("-", "−"), high=CELL[1], found=cut(_plain(cell)),
        ) from error  # fmt: skip


def _names(header: list[str], inputs: int) -> tuple[str, ...]:
    """A name for every column: from the header, or x1, x2, … and y_true (y_true1, y_true2, …) where it has none."""
    given = default_names(inputs, len(header) - inputs)
    return tuple(_plain(name)[:NAME].strip() or other for name, other in zip(header, given, strict=True))


def default_names(inputs: int, targets: int) -> tuple[str, ...]:
    """What columns are called that have no name: x1, x2, …, y_true (or y_true1, y_true2, …)."""
    last = ["y_true"] if targets == 1 else [f"y_true{j}" for j in range(1, targets + 1)]
    return (*(f"x{j}" for j in range(1, inputs + 1)), *last)


def _plain(text: str) -> str:
    """On one line, without characters that show nothing or turn the writing round."""
    return "".join(filter(str.isprintable, " ".join(text.split())))


def write_table(names: Sequence[str], rows: Iterable[Sequence[str | float]]) -> bytes:
    """UTF-8 with its mark, so that spreadsheets read it rightly; numbers in the shortest decimals that give them back."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in (names, *rows))
    return out.getvalue().encode("utf-8-sig", "replace")


def harmless(cell: str | float) -> str:
    """The cell as text that no spreadsheet takes for a formula: an apostrophe stands before what would start one.

    A formula may also start after a separator, for a spreadsheet that cuts cells at another separator than ours.
    """
    text = cell if isinstance(cell, str) else shortest(cell)
    return text if re.fullmatch(NUMBER, text) else FORMULA.sub("'", text)
