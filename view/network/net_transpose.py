"""Where does the transpose come from? One product of a layer in four notations, from the single connection to the whole layer: each
is worked out in its own way, and the picked entry is the same number in all four."""

from dataclasses import replace

import numpy as np

from engine.notations import outer_products
from view.network import net_matrix
from view.network.net_parts import Block, letter, partial
from view.network.net_product import COUNTED, GENERAL, Product
from view.numbers import equals, exact, is_, latex, show, together
from view.text import Text

LABELS = {"edges": "edge by edge", "index": "index form", "outer": "outer products", "matrix": "matrix product"}
LINES, TERMS, OUTERS, SMALL = 6, 4, 4, 4  # as many lines, terms of a sum, outer products, rows and columns of these are written
SHORT = 5  # numbers of a row or a column


def edges(p: Product, colours: dict) -> str:
    """One line for each product, which is what one connection adds for one sample, and their sum."""
    pairs, total = p.entry.pairs, p.value("edges")
    *products, whole = added([*p.entry.products, total])
    lines = []
    for k in net_matrix.shown(len(pairs), (), LINES):
        name = "" if k is None else rf"{COUNTED[p.what]} = {k + 1}" if k < p.inner else p.bias(p.at)
        lines.append(r"\vdots & & &" if k is None else rf"{name} & {times(*pairs[k])} & = & {products[k]}")
    lines[-1] += rf" \\[3pt] \hline \rule{{0pt}}{{1.9em}} \displaystyle {p.named(p.at)}"
    return (
        rf"\begin{{array}}{{lrcr}} {rows(lines)} & & {sign(total)} & {net_matrix.boxed(whole, colours, entry=True)} \end{{array}}"
    )


def index(p: Product, colours: dict) -> str:
    """The sum with letters, then with the picked entry's own indices, then with the numbers."""
    pairs, total, k = p.entry.pairs, p.value("index"), COUNTED[p.what]
    lines = []
    for at, end in ((GENERAL[p.what], "N" if k == "n" else p.inner), (p.at, p.inner)):
        bias = f" + {p.bias(at)}" if p.bias(at) else ""
        lines.append(rf"{p.named(at)} &= \sum_{{{k}=1}}^{{{end}}} {p.pair(at, k)}{bias}")
    terms = [r"\cdots" if k is None else times(*pairs[k]) for k in net_matrix.shown(len(pairs), (), TERMS)]
    same = "=" if exact(*(x for pair in pairs for x in pair)) else r"\approx"
    lines += [rf"&{same} {' + '.join(terms)}", rf"&{sign(total)} {net_matrix.boxed(latex(total), colours, entry=True)}"]
    return rf"\begin{{aligned}} {rows(lines)} \end{{aligned}}"


def outer(p: Product, colours: dict) -> str:
    """One matrix for each value of the index that is added over, a column times a row; added up they are all entries at once."""
    every, k = list(outer_products(p.here.trace, p.step, p.what)), COUNTED[p.what]
    G, A, W = rf"\left({partial(p.step.out)}\right)", letter(p.step.args[0]), letter(p.step.args[1])
    meet = {
        "weights": rf"{G}_{{n,:}}^{{\top}}\, {A}_{{n,:}}",
        "inputs": rf"{G}_{{:,o}}\, {W}_{{o,:}}",
        "sums": rf"{A}_{{:,i}}\, \left({W}_{{:,i}}\right)^{{\top}}",
    }[p.what]
    bias = rf" + \mathbf{{1}}\, {{{letter(p.step.args[2])}}}^{{\top}}" if p.bias(p.at) else ""
    said = letter(p.result) if p.what == "sums" else partial(p.result)
    terms = []
    for n in net_matrix.shown(len(every), (), OUTERS):
        name = "" if n is None else f"{k} = {n + 1}" if n < p.inner else r"\mathbf{1} b^{\top}"
        terms.append(r"\cdots" if n is None else rf"\underset{{{name}}}{{{small(p, every[n], colours)}}}")
    whole = p.array("outer")
    many = 4 if whole.shape[1] < 3 else 2  # matrices in a line
    lines = [" + ".join(terms[at : at + many]) for at in range(0, len(terms), many)]
    lines = [
        rf"{said} &= \sum_{{{k}}} {meet}{bias}",
        rf"&{equals_all(whole, *every)} " + r" \\[4pt] & \quad + ".join(lines),
        rf"&{equals_all(whole)} {small(p, whole, colours, entry=True)}",
    ]
    return rf"\begin{{aligned}} {rows(lines, '4pt')} \end{{aligned}}"


def small(p: Product, cells: np.ndarray, colours: dict, entry: bool = False) -> str:
    """A matrix of which only the picked entry's neighbourhood is written out."""
    return net_matrix.matrix(cells, p.at, colours, entry, p.what != "sums", (SMALL, SMALL))


def matrix(p: Product, colours: dict) -> str:
    """The whole arrays as letters, and of their numbers the row and the column that make the picked entry."""
    found, *parts = (net_matrix.picked(part) if isinstance(part, Block) else part for part in p.whole.parts)
    alone = replace(p.whole, parts=(replace(found, cells=np.array([[p.value("matrix")]])), *parts))
    lines = net_matrix.letters(p.whole), net_matrix.numbers(alone, colours, SHORT)
    return rf"\begin{{aligned}} &{lines[0]} \\[6pt] &{lines[1]} \end{{aligned}}"


NOTATIONS = {"edges": edges, "index": index, "outer": outer, "matrix": matrix}


def result(p: Product, key: str, text: Text) -> str:
    """The picked entry in this notation, and how far its whole array is from the engine's."""
    return text.say("layer-result", value=is_(p.value(key)), apart=show(p.apart(key)))


def caption(p: Product, key: str, text: Text) -> str:
    """What this notation does, in a sentence."""
    return text.say("layer-index", k=COUNTED[p.what]) if key == "index" else text.say(f"layer-{key}-{p.what}")


def times(a: float, b: float) -> str:
    return rf"{bracketed(a)} \cdot {bracketed(b)}"


def bracketed(x: float) -> str:
    return rf"({latex(x)})" if x < 0 else latex(x)


def sign(*numbers: float) -> str:
    return {"=": "=", "≈": r"\approx"}[equals(*numbers)]


def equals_all(*arrays: np.ndarray) -> str:
    return "=" if all(exact(*map(float, x.ravel())) for x in arrays) else r"\approx"


def rows(lines: list[str], apart: str = "0pt") -> str:
    return rf" \\[{apart}] ".join(lines)


def added(numbers: list[float]) -> list[str]:
    """Terms and their sum in LaTeX, to the same decimal place."""
    if not np.isfinite(numbers).all():
        return list(map(latex, numbers))
    return [latex(x) if text == show(x) else text.replace("−", "-") for x, text in zip(numbers, together(numbers), strict=True)]
