"""Every moment's operation on whole arrays, as data: which arrays meet, how they are joined, and which of their rows and columns
make the picked entry. The card prints it in letters, the depth "Layer" in numbers; both read the same parts."""

from dataclasses import dataclass

import numpy as np

from engine.op import Array
from engine.program import Step
from engine.update import Update
from view import names
from view.network.net_axes import Index
from view.numbers import exact

Lit = tuple[int | None, int | None]  # (row, column); None: all of them


@dataclass(frozen=True, eq=False)
class Block:
    """One array as it stands in the equation, turned over where it is written so. cells (rows, columns); sizes: these two as text,
    "N" for the samples; lit: what of it makes the picked entry."""

    letter: str
    cells: Array
    sizes: tuple[str, str]
    lit: Lit
    gradient: bool = False


@dataclass(frozen=True)
class Sign:
    """What stands between two arrays: among letters, among whole arrays of numbers, and where each array is only its one entry."""

    letters: str
    numbers: str
    alone: str


@dataclass(frozen=True, eq=False)
class Operation:
    """says: the section that tells it in words; name, at: the array that is found and its picked entry; parts: the result, its
    sign, and what it is made of."""

    says: str
    name: str
    at: Index
    parts: tuple[Block | Sign, ...]


ODOT = Sign(r"\odot", r"\odot", r"\cdot")
OPEN, CLOSE = Sign("(", r"\left(", "("), Sign(")", r"\right)", ")")
SQUARED = Sign(r")^{\odot 2}", r"\right)^{\odot 2}", ")^2")


def sign(text: str) -> Sign:
    """One that looks the same everywhere."""
    return Sign(text, text, text)


def factor(letters: str, number: str) -> Sign:
    """A number in front of arrays: η, 1/N."""
    return Sign(rf"{letters}\,", rf"{number}\,", rf"{number} \cdot")


def letter(name: str) -> str:
    """The whole array as a matrix: W^{(1)}, A^{(1)}, Y, X."""
    split = names.layered(name)
    if split:
        return rf"{split[0].upper()}^{{({split[1]})}}" if split[0] != "b" else rf"b^{{({split[1]})}}"
    return {"x": "X", "y": "Y", "z": "Z", "l": r"\ell", "y_true": r"Y_{\text{true}}"}.get(name, name)


def partial(name: str) -> str:
    return rf"\frac{{\partial L}}{{\partial {letter(name)}}}"


def as_table(x: Array) -> Array:
    """(rows, columns): a list is a column, a number a table of one."""
    return np.reshape(x, (len(x), -1)) if np.ndim(x) else np.reshape(x, (1, 1))


def as_index(i: Index) -> tuple[int, int]:
    """The place in `as_table` of what stands at i."""
    return (*i, 0, 0)[:2]


def block(here: Update, name: str, lit: Lit, gradient: bool = False, turned: bool = False) -> Block:
    """This array's values or its gradient, as it stands in the trace or turned over. lit: as it is written."""
    cells = as_table((here.trace.grads if gradient else here.trace.values)[name])
    rows = "N" if names.sampled(name) else str(len(cells))
    sizes, text = (rows, str(cells.shape[1])), partial(name) if gradient else letter(name)
    if turned:
        text = rf"\left({text}\right)^{{\top}}" if gradient else rf"{{{text}}}^{{\top}}"
        return Block(text, cells.T, sizes[::-1], lit, gradient)
    return Block(text, cells, sizes, lit, gradient)


def ones(here: Update, lit: Lit, turned: bool = False) -> Block:
    """A one for each sample."""
    cells = np.ones((count(here), 1))
    return Block(r"\mathbf{1}^{\top}", cells.T, ("1", "N"), lit) if turned else Block(r"\mathbf{1}", cells, ("N", "1"), lit)


def count(here: Update) -> int:
    """How many samples this update uses."""
    return len(here.trace.values["x"])


def reader(here: Update, name: str) -> Step:
    """The step on the way to the loss that uses this array."""
    return next(s for s in here.of.program if name in s.args and s.out in here.trace.grads)


def equality(result: Array, parts: tuple[Block | Sign, ...], right: Array | None) -> Sign:
    """=, or ≈ where digits are cut off; ≠ where the result is not what its right side (same shape) gives: a broken engine."""
    if right is not None and not np.allclose(result, right, rtol=1e-9, atol=1e-12, equal_nan=True):
        return Sign("=", r"\neq", r"\neq")
    cells = [result, *(part.cells for part in parts if isinstance(part, Block))]
    return Sign("=", *2 * (["="] if all(exact(*map(float, x.ravel())) for x in cells) else [r"\approx"]))


def made(says: str, name: str, at: Index, result: Block, *parts: Block | Sign, right: Array | None = None) -> Operation:
    """result = parts; right: what the parts give, worked out by the caller, to be held against the engine's result."""
    return Operation(says, name, at, (result, equality(result.cells, parts, right), *parts))
