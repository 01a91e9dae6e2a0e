"""A reader's CSV: what is well formed is read to the last digit whatever program wrote it; what is not is refused with its row,
its column and what was expected; and nothing written can act as a formula in a spreadsheet."""

import csv
import io
import tomllib
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.limits import CELL, COLUMNS, NAME, SAMPLES, TABLE_MB
from engine.refused import Refused
from engine.table import harmless, read_table, write_table
from tests.strategies import examples

XY = "height,weight,y\n1,2,0\n3.5,-4e-1,1\n"
NUMBERS = [[1, 2, 0], [3.5, -0.4, 1]]


def numbers(table):
    return np.hstack([table.data.x, table.data.y_true]).tolist()


def names(table):
    return (*table.x_names, *table.y_names)


def test_a_plain_table():
    """Columns and names go to x, the last to y_true."""
    table = read_table(XY)
    assert table.data.x.tolist() == [[1, 2], [3.5, -0.4]] and table.data.y_true.tolist() == [[0], [1]]
    assert (table.x_names, table.y_names) == (("height", "weight"), ("y",))


def test_more_targets():
    """How many of the last columns are targets is the reader's choice."""
    table = read_table(XY, targets=2)
    assert table.data.x.shape == (2, 1) and table.data.y_true.shape == (2, 2)
    assert (table.x_names, table.y_names) == (("height",), ("weight", "y"))


@pytest.mark.parametrize("targets, called", [(1, ("x1", "x2", "y_true")), (2, ("x1", "y_true1", "y_true2"))])
def test_without_names(targets, called):
    """A first row of numbers is data, and columns get the page's own names."""
    table = read_table(XY.split("\n", 1)[1], targets)
    assert numbers(table) == NUMBERS and names(table) == called


@pytest.mark.parametrize(
    "text",
    [
        XY.replace("\n", "\r\n"),
        XY.replace("\n", "\r"),
        XY.rstrip("\n"),
        "\n\n" + XY.replace("\n", "\n\n"),
        XY + ",,\n , ,\n\n",
        XY.replace(",", ";"),
        XY.replace(",", "\t"),
        XY.replace(",", ";").replace(".", ","),
        XY.replace(",", "\t").replace(".", ","),
        XY.replace(",", " ;  ").replace(".", ","),
        XY.replace(",", ", "),
        XY.replace("-", "−"),
        'height,"weight",y\n"1","2",0\n"3.5", "-0.4", 1\n',
        '"height";"weight";y\n1;2;0\n"3,5";"-0,4";1',
        "\ufeff" + XY,
    ],
)
def test_one_table_in_many_spellings(text):
    """Line ends, separators, decimal commas, blank rows, spaces, quotation marks and marks of encoding change nothing."""
    table = read_table(text)
    assert numbers(table) == NUMBERS and names(table) == ("height", "weight", "y")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings(encoding):
    """Bytes are read as they were written: UTF-8 with and without its mark, UTF-16 with it, Latin-1."""
    table = read_table("größe;y\n1,5;0\n".encode(encoding))
    assert numbers(table) == [[1.5, 0]] and names(table) == ("größe", "y")


def test_utf_16_in_either_order():
    """The mark tells which byte of two comes first."""
    for order, mark in (("le", b"\xff\xfe"), ("be", b"\xfe\xff")):
        assert names(read_table(mark + "身高,y\n1,0".encode(f"utf-16-{order}"))) == ("身高", "y")


def test_a_comma_in_a_name_is_no_separator():
    """The separator is found in most lines, not in one name; quotation marks hold separators and line ends together."""
    assert names(read_table('"a;b","c\nd, e",y\n1,2,3\n4,5,6\n')) == ("a;b", "c d, e", "y")
    assert names(read_table("a,b;y\n1;2\n3;4\n")) == ("a,b", "y")
    assert names(read_table('"he said ""x""",y\n1,2\n')) == ('he said "x"', "y")


def test_names_are_tamed():
    """A name is one short line of characters that can be seen; an empty one is replaced, the others are kept as they are."""
    text = f'"two\r\nlines",{"n" * 99},,\u202eabc\u200b\x1b[1m,$x$ <b>**y**\n1,2,3,4,5\n'
    assert names(read_table(text)) == ("two lines", "n" * NAME, "x3", "abc[1m", "$x$ <b>**y**")


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("a,y\n1,2\n3,\n", "Row 3, column 2 is empty; a number was expected."),
        ("a,y\n\n1,2\n , 3\n", "Row 4, column 1 is empty; a number was expected."),
        ("1,\n", "Row 1, column 2 is empty; a number was expected."),
        ("a,y\n1,two\n", "Row 2, column 2 must be a number from −1000000 to 1000000, not “two”."),
        ("a,y\n1,2\nnan,2\n", "Row 3, column 1 must be a number from −1000000 to 1000000, not “nan”."),
        ("1,-inf\n", "Row 1, column 2 must be a number from −1000000 to 1000000, not “-inf”."),
        ("1,1e999\n", "Row 1, column 2 must be a number from −1000000 to 1000000, not “1e999”."),
        ("1,1000000.1\n", "Row 1, column 2 must be a number from −1000000 to 1000000, not “1000000.1”."),
        ("1,1_0\n", "Row 1, column 2 must be a number from −1000000 to 1000000, not “1_0”."),
        ("a,y\n1,=1+1\n", "Row 2, column 2 must be a number from −1000000 to 1000000, not “=1+1”."),
        ("a;y\n1.5;1,234\n", "Row 2, column 2 must be a number from −1000000 to 1000000, not “1,234”."),
        ("a;y\n1;1,2,3\n", "Row 2, column 2 must be a number from −1000000 to 1000000, not “1,2,3”."),
        (f"a,y\n1,{'q' * 99}\n", f"Row 2, column 2 must be a number from −1000000 to 1000000, not “{'q' * 39}…”."),
        ('a,y\n1,"q\n\u202er"\n', "Row 2, column 2 must be a number from −1000000 to 1000000, not “q r”."),
        ("a,y\n1,2\n3,4,5\n", "Row 3 must have 2 cells, as row 1 has, not 3."),
        ("\n1,2\n3\n", "Row 3 must have 2 cells, as row 2 has, not 1."),
        ('a,y\n1,2\n3,“4\n5,"6\n', "Row 4 has a quotation mark out of place or a cell that is too long."),
        ('a,y\n1,2\n"3"4,5\n', "Row 3 has a quotation mark out of place or a cell that is too long."),
        (f"a,y\n1,{'2' * 200_000}\n", "Row 2 has a quotation mark out of place or a cell that is too long."),
        ("", "The table holds no row of numbers."),
        (" \n;;\n", "The table holds no row of numbers."),
        ("only,names\n", "The table holds no row of numbers."),
        ("x y t\n1 2 0\n3 4 1\n", "Row 2 is one single cell, “1 2 0”; cells must be separated by a comma, a semicolon or a tab."),
        (
            "1 | 2 | 0\n3 | -4 | 1\n",
            "Row 2 is one single cell, “3 | -4 | 1”; cells must be separated by a comma, a semicolon or a tab.",
        ),
        ("y\n1\n2\n", "The table must have at least one column of inputs, then 1 of targets; it has 1 in all."),
        ("1,2\n" * (SAMPLES + 1), f"The table may have at most {SAMPLES} rows."),
        ("a,y\n" + "1,2\n" * (SAMPLES + 5), f"The table may have at most {SAMPLES} rows."),
        (",".join(["1"] * (COLUMNS + 1)), f"The table may have at most {COLUMNS} columns, not {COLUMNS + 1}."),
        (" " * (TABLE_MB * 2**20 + 1), f"The table may be at most {TABLE_MB} MB large."),
        (b"1" * (TABLE_MB * 2**20 + 1), f"The table may be at most {TABLE_MB} MB large."),
        ("数" * (TABLE_MB * 2**20 // 3 + 1), f"The table may be at most {TABLE_MB} MB large."),
        (b"PK\x03\x04\x14\x00\x06\x00", "The table must be text; save it as CSV (UTF-8)."),
        ("a,y\n1,2".encode("utf-16-le"), "The table must be text; save it as CSV (UTF-8)."),
        ("a,y\n1,2".encode("utf-32"), "The table must be text; save it as CSV (UTF-8)."),
    ],
)
def test_what_cannot_be_read_is_refused(text, sentence):
    """The sentence names row and column as a spreadsheet counts them, and says what was expected."""
    with pytest.raises(Refused) as refused:
        read_table(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("targets", [0, -1, 3, 4])
def test_targets_leave_an_input(targets):
    """At least one target, and at least one column that is none."""
    with pytest.raises(Refused, match=f"then {targets} of targets; it has 3 in all"):
        read_table(XY, targets)


def test_the_largest_table():
    """All rows and columns that are allowed, named or not, and both ends of what a number may be."""
    row = ",".join([str(CELL[0])] * (COLUMNS - 1) + [str(CELL[1])])
    for head in ("", "x," * (COLUMNS - 1) + "y\n"):
        began = process_time()
        table = read_table(head + f"{row}\n" * SAMPLES)
        assert table.data.x.shape == (SAMPLES, COLUMNS - 1) and table.data.y_true.max() == CELL[1]
        assert process_time() - began < 2


@pytest.mark.parametrize("text", ["\n", ",", ";\n", '"', '"",\n', "1,", "\r", "1,2\n", "'", "−"])
def test_two_megabytes_of_nonsense_are_refused_at_once(text):
    """However a large text is made, reading it ends soon, with a table or a refusal."""
    began = process_time()
    with pytest.raises(Refused):
        read_table((text * 2**21)[: 2**21])
    assert process_time() - began < 2


def test_the_browser_knows_the_limit():
    """An upload is refused by the browser where we would refuse it."""
    config = Path(__file__).parents[2] / ".streamlit" / "config.toml"
    assert tomllib.loads(config.read_text(encoding="utf-8"))["server"]["maxUploadSize"] == TABLE_MB


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200), st.text("1,;\t\n\r\"'.-+e= a", max_size=60)), st.integers(1, 3))
@examples(400)
def test_anything_is_read_or_refused(source, targets):
    """No text and no bytes do anything else: finite numbers and names of one line come out, or a refusal."""
    try:
        table = read_table(source, targets)
    except Refused:
        return
    assert np.isfinite(numbers(table)).all() and table.data.y_true.shape[1] == targets
    assert all(name.isprintable() and 0 < len(name) <= NAME for name in names(table))


cell = st.floats(*CELL).map(lambda x: x + 0.0)
name = st.text("abcxyzé数 ,;\"'=+-@$", max_size=NAME).map(lambda s: " ".join(f"n{s}".split())[:NAME].strip())
tables = st.integers(2, COLUMNS).flatmap(
    lambda n: st.tuples(
        st.lists(name, min_size=n, max_size=n),
        st.lists(st.lists(cell, min_size=n, max_size=n), min_size=1, max_size=6),
    )
)


@given(tables)
@examples(200)
def test_what_is_written_is_read_back(table):
    """Numbers come back to the last digit, names as they were written: with an apostrophe where they hide a formula."""
    called, rows = table
    back = read_table(write_table(called, rows))
    assert numbers(back) == rows
    assert list(names(back)) == [harmless(name)[:NAME].strip() for name in called]


@given(tables, st.sampled_from(";\t"), st.sampled_from(["\r\n", "\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@examples(100)
def test_other_programs_tables_are_read(table, separator, end, encoding):
    """The same numbers as a spreadsheet with decimal commas writes them."""
    called, rows = table
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    writer.writerow([name.replace(separator, " ") for name in called])
    writer.writerows([[repr(x).replace(".", ",") for x in row] for row in rows])
    assert numbers(read_table(out.getvalue().encode(encoding))) == rows


def test_what_is_written_is_for_spreadsheets():
    """UTF-8 with its mark, lines that end as RFC 4180 says, shortest decimals, and quotation marks where they are needed."""
    text = write_table(['say "x"', "two\nlines", "größe"], [[0.1, 1e-5, 2.0], [-0.0, -3.5, 1e22]])
    assert text == '\ufeff"say ""x""","two\nlines",größe\r\n0.1,1e-05,2\r\n0,-3.5,1e+22\r\n'.encode()


@pytest.mark.parametrize(
    "text, written",
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+1+1", "'+1+1"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"), ("=", "'="), ("-", "'-"), ("-inf", "'-inf"),
        ("\tx", "'\tx"), ("\rx", "'\rx"), (" =1+1", "' =1+1"), ("＝1+1", "'＝1+1"),
        ("a;=1+1", "a;'=1+1"), ("a\n=1+1", "a\n'=1+1"), ('a",=1+1', "a\",'=1+1"),
        ("-5", "-5"), ("+1.5e-3", "+1.5e-3"), ("∂L/∂w", "∂L/∂w"), ("a=b", "a=b"), ("x-1", "x-1"), ("", ""), ("'=1", "'=1"),
    ],
)  # fmt: skip
def test_formulas_are_defused(text, written):
    """What a spreadsheet would run gets an apostrophe, also behind another program's separator; numbers and words get none."""
    assert harmless(text) == written


@given(st.lists(st.text("=+-@\t\r\n ;,|\"'a1", max_size=12), min_size=1, max_size=3))
@examples(300)
def test_no_written_cell_starts_a_formula(cells):
    """However a spreadsheet cuts the lines, no piece starts with a formula's sign, unless it is a number; and once is enough."""
    text = write_table(cells, []).decode("utf-8-sig")
    for dialect in ({}, {"delimiter": ";"}, {"delimiter": "\t"}):
        for row in csv.reader(io.StringIO(text, newline=""), **dialect):
            for piece in map(str.strip, row):
                assert not piece.startswith(("=", "+", "-", "@")) or piece.strip('+-",').isdigit(), (row, dialect)
    assert [harmless(harmless(cell)) for cell in cells] == [harmless(cell) for cell in cells]


@pytest.mark.parametrize("x", [float("nan"), float("inf"), -float("inf")])
def test_numbers_that_are_none(x):
    """Not finite numbers are written as words, never as a formula."""
    assert write_table(["y"], [[x]]).decode("utf-8-sig").split("\r\n")[1] in ("nan", "inf", "'-inf")
