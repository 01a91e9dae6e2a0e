"""Which number of an array goes with which of another: the third unit's weighted sum, its bias and its row of weights belong
together. Every array's axes have names, so a number picked in one array has its place in every other."""

from engine.program import Program
from engine.update import Update
from view import names

Axes = tuple[str | int, ...]  # "n" counts the samples, 0 the inputs, 1, 2, … the units of a layer
Index = tuple[int, ...]
Select = tuple[str, Index]


def axes(program: Program) -> dict[str, Axes]:
    """Array -> what each of its indices counts."""
    found: dict[str, Axes] = {"x": ("n", 0)}
    layer = 0
    for step in program:
        if step.op.role == "weighted sum":
            layer += 1
            found |= dict(zip(step.args[1:], ((layer, layer - 1), (layer,)), strict=False))  # a layer may have no bias
        elif step.op.role == "loss":
            found["y_true"] = ("n", layer)
        found[step.out] = {"loss": ("n",), "reduction": ()}.get(step.op.role, ("n", layer))
    return found


def entry_of(here: Update, name: str, select: Select) -> Index:
    """The entry of this array that goes with the picked number: the same sample and units, the first where it names none."""
    kinds = axes(here.of.program)
    known = dict(zip(kinds[select[0]], select[1], strict=True))
    asked = [known.get(axis, 0) for axis in kinds[name]]
    return tuple(i if i < size else 0 for i, size in zip(asked, here.trace.values[name].shape, strict=True))


def element(here: Update, name: str, index: tuple[int | str, ...]) -> str:
    r"""One number in LaTeX, as w^{(1)}_{41} or z^{(1)}_{4,n}: units first, then the sample. What there is only one of has no index.

    index: counted from 0, or a letter such as "n".
    """
    units, samples = [], []
    for i, kind, size in zip(index, axes(here.of.program)[name], here.trace.values[name].shape, strict=True):
        text = i if isinstance(i, str) else str(i + 1)
        if kind == "n":
            samples += [text] if size > 1 else []
        elif size > 1 or name == "x" or names.layered(name):
            units.append(text)
    joined = ("," if max(map(len, units), default=1) > 1 else "").join(units)
    below = ",".join(part for part in (r"\text{true}" if name == "y_true" else "", joined, *samples) if part)
    letter = names.latex(name).split("_")[0]
    return f"{letter}_{{{below}}}" if below else letter


def slope(cell: str) -> str:
    """∂L/∂ of one number in LaTeX, as a fraction."""
    return rf"\frac{{\partial L}}{{\partial {cell}}}"
