"""The letters of an update: what an optimizer remembers, works out and is told, as the book writes them. What stood before update t
has the index t − 1, what it works out has t; a name that is not in the list is its own letter, or a word where it is longer."""

from engine.symbols import Cell

HYPER = {
    "momentum": r"\beta", "alpha": r"\alpha", "beta1": r"\beta_{1}", "beta2": r"\beta_{2}", "eps": r"\varepsilon", "psi": r"\psi",
    "decay": r"\lambda", "l2": r"\lambda_{2}", "clip_value": "c", "clip_norm": "C", "gamma": r"\gamma", "every": "S", "total": "T",
    "warm": "T",
}  # fmt: skip
FOUND = {  # {} is the index
    "m_hat": r"\hat{{m}}_{{{}}}", "v_hat": r"\hat{{v}}_{{{}}}", "v_max": r"v^{{\max}}_{{{}}}", "mu": r"\mu_{{{}}}",
    "mu_next": r"\mu_{{{}+1}}", "eta": r"\eta_{{{}}}", "norm": r"\lVert g_{{{}}} \rVert", "g_cut": r"g^{{\text{{cut}}}}_{{{}}}",
    "g_short": r"g^{{\text{{short}}}}_{{{}}}", "g_decay": r"g^{{\text{{decay}}}}_{{{}}}", "step": r"\Delta_{{{}}}",
    "lambda": r"\lambda_{{\max}}", "limit": r"\eta_{{\max}}",
}  # fmt: skip
UPDATE = ("rate", "count", "hyper", "memory", "found")  # cells of an update, not of the network


def letter(cell: Cell) -> str:
    """η, N, t, β₁, m_{t-1} or m̂_t; a cell of the network is none of them."""
    if cell.what == "rate":
        return r"\eta"
    if cell.what == "count":
        return cell.of
    if cell.what == "hyper":
        return HYPER.get(cell.of) or _word(cell.of)
    index = "t-1" if cell.what == "memory" else "t"
    return FOUND[cell.of].format(index) if cell.of in FOUND else f"{_word(cell.of)}_{{{index}}}"


def _word(name: str) -> str:
    return name if len(name) == 1 else rf"\text{{{name.replace('_', ' ')}}}"
