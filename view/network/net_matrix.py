"""Arrays of numbers in LaTeX, with the picked entry in a yellow box and what makes it on yellow. A long array shows its first
rows, the picked one and the last; the digits are those of every other number on the page."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from engine.op import Array
from view.network.net_parts import Block, Lit, Operation, Sign
from view.numbers import latex, show

SAMPLES, UNITS = 6, 8  # as many rows or columns are written out; of more only some
WIDE = 84  # digits and spaces in a line; a longer equation goes on in the next


def letters(operation: Operation) -> str:
    """The equation with each array's letter, and its rows × columns below."""
    return r" \, ".join(part.letters if isinstance(part, Sign) else sized(part) for part in operation.parts)


def sized(part: Block) -> str:
    rows, columns = part.sizes
    return rf"\underset{{{rows} \times {columns}}}{{{part.letter}}}"


def shown(count: int, keep: Iterable[int], limit: int) -> list[int | None]:
    """Which of so many are written out: all, or the first ones, those to keep and the last; None stands for dots."""
    if count <= limit:
        return list(range(count))
    places = sorted({*range(limit - 3), *keep, count - 1})
    gaps = [[a] if b == a + 1 else [a, None] for a, b in pairwise(places)]
    return [place for gap in gaps for place in gap] + [places[-1]]


def matrix(cells: Array, lit: Lit, colours: dict, entry: bool = False, gradient: bool = False, limits=(UNITS, UNITS)) -> str:
    """cells (rows, columns) in brackets; lit: (row, column), None for all of them; entry: the lit number is the picked one."""
    rows, columns = (
        shown(size, () if at is None else (at,), limit) for size, at, limit in zip(cells.shape, lit, limits, strict=True)
    )
    if cells.shape == (1, 1):
        return coloured(boxed(latex(float(cells[0, 0])), colours, entry), gradient, colours)
    lines = [" & ".join(_cell(cells, r, c, lit, entry, colours) for c in columns) for r in rows]
    body = rf"\begin{{array}}{{{'r' * len(columns)}}}" + r" \\ ".join(lines) + r"\end{array}"
    return coloured(rf"\left[{{\def\arraystretch{{1.3}}{body}}}\right]", gradient, colours)


def _cell(cells: Array, r: int | None, c: int | None, lit: Lit, entry: bool, colours: dict) -> str:
    if r is None or c is None:
        return r"\ddots" if r is c else r"\vdots" if r is None else r"\cdots"
    inside = lit[0] in (None, r) and lit[1] in (None, c)
    return number(cells[r, c], inside, entry, colours)


def number(x: float, lit: bool, entry: bool, colours: dict) -> str:
    """One number of a matrix; the box around a lit one takes no room, so that nothing moves when another is picked."""
    tex = latex(float(x))
    return rf"\hspace{{-0.3em}}\smash{{{boxed(tex, colours, entry)}}}\hspace{{-0.3em}}" if lit else tex


def boxed(tex: str, colours: dict, entry: bool = False) -> str:
    """On yellow, the picked entry bold and with an edge."""
    box = rf"\fcolorbox{{{colours['now_edge']}}}" if entry else r"\colorbox"
    inner = rf"\mathbf{{{tex}}}" if entry else tex
    return rf"{box}{{{colours['now']}}}{{${inner}$}}"


def picked(part: Block) -> Block:
    """Of an array only what is lit: the row, the column or the number that makes the picked entry."""
    r, c = (slice(None) if at is None else slice(at, at + 1) for at in part.lit)
    return replace(part, cells=part.cells[r, c], lit=(None, None))


def coloured(tex: str, gradient: bool, colours: dict) -> str:
    return rf"\textcolor{{{colours['gradient']}}}{{{tex}}}" if gradient else tex


def numbers(operation: Operation, colours: dict, limit: int | None = None) -> str:
    """The equation with every array's numbers, at most `limit` rows and columns of each; a long one goes on in the next line."""
    lines: list[str] = []
    room = 0
    for text, width in _pieces(operation, colours, limit):
        if lines and width <= room:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
            room = WIDE
        room -= width
    if len(lines) == 1:
        return lines[0]
    return r"\begin{aligned}" + r" \\[6pt] ".join(f"&{line}" for line in lines) + r"\end{aligned}"


def _pieces(operation: Operation, colours: dict, limit: int | None) -> list[tuple[str, int]]:
    """(LaTeX, width) of the result and of each piece after it; a piece begins at a sign outside of all brackets."""
    pieces, depth, before = [("", 0)], 0, None
    for k, part in enumerate(operation.parts):
        if isinstance(part, Sign):
            text, width = part.numbers, 1
            if k == 1 or (depth == 0 and text in ("+", "-")):
                pieces.append(("", 0))
            depth += text.count(r"\left(") - text.count(r"\right)")
        else:
            text, width = _block(part, before, colours, limit), _width(part, limit)
        pieces[-1] = f"{pieces[-1][0]} {text}".strip(), pieces[-1][1] + width
        before = part
    return pieces


def _block(part: Block, before: Block | Sign | None, colours: dict, limit: int | None) -> str:
    """A single number is bracketed where it is negative, and has a dot to another one before it."""
    text = matrix(part.cells, part.lit, colours, before is None, part.gradient, _limits(part, limit))
    if part.cells.size > 1 or before is None:
        return text
    text = rf"\left({text}\right)" if part.cells[0, 0] < 0 else text
    return rf"\cdot {text}" if isinstance(before, Block) and before.cells.size == 1 else text


def _limits(part: Block, limit: int | None) -> tuple[int, ...]:
    return tuple(limit or (SAMPLES if size == "N" else UNITS) for size in part.sizes)


def _width(part: Block, limit: int | None) -> int:
    """About as many digits as it is wide."""
    rows, columns = (
        [i for i in shown(size, (), most) if i is not None]
        for size, most in zip(part.cells.shape, _limits(part, limit), strict=True)
    )
    return 2 + sum(2 + max(len(show(float(part.cells[r, c]))) for r in rows) for c in columns)
