"""What each number is called: one name on the page, in the table, in the file and for the screen reader. The single neuron has
the textbook's bare letters; an index in the program becomes a subscript on the page."""

import re

SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
UPRIGHT = {"y_true": ("y", "true"), "l": ("ℓ", "")}
SAMPLED = ("x", "y_true", "z", "y", "l")  # arrays whose first index is the sample
COLUMNS = {"W": "w", "x": "x"}  # arrays whose last index is shown, counted from 1


def sampled(name: str) -> bool:
    """Whether the array's first index is the sample: x, y, ℓ, and z and a of any layer."""
    return name in SAMPLED or bool(re.fullmatch(r"[za]\d", name))


def layered(name: str) -> tuple[str, str] | None:
    """ "W1" -> ("w", "1"): the letter and the layer of a network's array; None for the single neuron's bare letters."""
    found = re.fullmatch(r"([A-Za-z])(\d)", name)
    return (found[1].lower(), found[2]) if found else None


def parts(name: str, index: tuple[int, ...] = ()) -> tuple[str, str]:
    """("W", (0, 1)) -> ("w", "2"): the letter and its subscript, without the sample; ("W1", (3, 0)) -> ("w⁽¹⁾", "41")."""
    if layered(name):
        letter, layer = layered(name)
        own = index[1:] if sampled(name) else index
        return f"{letter}⁽{layer.translate(SUPERSCRIPT)}⁾", "".join(str(i + 1) for i in own)
    if name in COLUMNS:
        return COLUMNS[name], str(index[-1] + 1) if index else ""
    return UPRIGHT.get(name, (name, ""))


def plain(name: str, index: tuple[int, ...] = ()) -> str:
    """In running text: w₂, y_true, ℓ."""
    base, sub = parts(name, index)
    return f"{base}_{sub}" if sub.isalpha() else base + sub.translate(SUBSCRIPT)


def partial(name: str, index: tuple[int, ...] = ()) -> str:
    """∂L/∂w₂."""
    return f"∂L/∂{plain(name, index)}"


def latex(name: str, index: tuple[int, ...] = (), sample: str = "") -> str:
    r"""w_{2}, x_{2,n}, y_{\text{true},n}, \ell_{n}; `sample` is "", "n" or a number."""
    base, sub = parts(name, index)
    base = r"\ell" if base == "ℓ" else base
    if layered(name):
        base = "{}^{{({})}}".format(*layered(name))
    sub = rf"\text{{{sub}}}" if sub.isalpha() else sub
    below = ",".join(part for part in (sub, sample if sampled(name) else "") if part)
    return f"{base}_{{{below}}}" if below else base


def key(name: str, index: tuple[int, ...]) -> str:
    """The number's address as the graph and the link know it: W.0.1."""
    return ".".join([name, *map(str, index)])


def from_key(text: str) -> tuple[str, tuple[int, ...]]:
    """The reverse of `key`, for an address that has been checked."""
    name, *index = text.split(".")
    return name, tuple(map(int, index))
