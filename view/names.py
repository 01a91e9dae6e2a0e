"""What each number is called: one name on the page, in the table, in the file and for the screen reader. The single neuron has
the textbook's bare letters; an index in the program becomes a subscript on the page. `many`: the last layer has several outputs."""

import re

SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
UPRIGHT = {"y_true": ("y", "true"), "l": ("ℓ", "")}
SAMPLED = ("x", "y_true", "z", "y", "l")  # arrays whose first index is the sample
COLUMNS = {"W": "w", "x": "x"}  # arrays whose last index is shown, counted from 1
OUTPUTS = ("W", "b", "z", "y", "y_true")  # bare letters that need the unit's number too where there are several outputs


def sampled(name: str) -> bool:
    """Whether the array's first index is the sample: x, y, ℓ, and z and a of any layer."""
    return name in SAMPLED or bool(re.fullmatch(r"[za]\d", name))


def layered(name: str) -> tuple[str, str] | None:
    """ "W1" -> ("w", "1"): the letter and the layer of a network's array; None for the single neuron's bare letters."""
    found = re.fullmatch(r"([A-Za-z])(\d)", name)
    return (found[1].lower(), found[2]) if found else None


def parts(name: str, index: tuple[int, ...] = (), many: bool = False) -> tuple[str, str]:
    """("W", (0, 1)) -> ("w", "2"): the letter and its subscript, without the sample; ("W1", (3, 0)) -> ("w⁽¹⁾", "41")."""
    own = index[1:] if sampled(name) else index
    if layered(name):
        letter, layer = layered(name)
        return f"{letter}⁽{layer.translate(SUPERSCRIPT)}⁾", _counted(own)
    if many and name in OUTPUTS and index:
        letter, word = UPRIGHT.get(name, (COLUMNS.get(name, name), ""))
        return letter, ",".join(filter(None, (word, _counted(own))))
    if name in COLUMNS:
        return COLUMNS[name], str(index[-1] + 1) if index else ""
    return UPRIGHT.get(name, (name, ""))


def _counted(index: tuple[int, ...]) -> str:
    """(3, 0) as 41; two-digit numbers are kept apart by a comma."""
    return ("," if any(i > 8 for i in index) else "").join(str(i + 1) for i in index)


def plain(name: str, index: tuple[int, ...] = (), many: bool = False) -> str:
    """In running text: w₂, y_true, ℓ."""
    base, sub = parts(name, index, many)
    if sub[:1].isalpha():
        word, _, number = sub.partition(",")
        return f"{base}_{word}{number.translate(SUBSCRIPT)}"
    return base + sub.translate(SUBSCRIPT)


def partial(name: str, index: tuple[int, ...] = (), many: bool = False) -> str:
    """∂L/∂w₂."""
    return f"∂L/∂{plain(name, index, many)}"


def latex(name: str, index: tuple[int, ...] = (), sample: str = "", many: bool = False) -> str:
    r"""w_{2}, x_{2,n}, y_{\text{true},n}, \ell_{n}; `sample` is "", "n" or a number."""
    base, sub = parts(name, index, many)
    base = r"\ell" if base == "ℓ" else base
    if layered(name):
        base = "{}^{{({})}}".format(*layered(name))
    word, comma, number = sub.partition(",")
    sub = rf"\text{{{word}}}{comma}{number}" if word.isalpha() else sub
    below = ",".join(part for part in (sub, sample if sampled(name) else "") if part)
    return f"{base}_{{{below}}}" if below else base


def key(name: str, index: tuple[int, ...]) -> str:
    """The number's address as the graph and the link know it: W.0.1."""
    return ".".join([name, *map(str, index)])


def from_key(text: str) -> tuple[str, tuple[int, ...]]:
    """The reverse of `key`, for an address that has been checked."""
    name, *index = text.split(".")
    return name, tuple(map(int, index))
