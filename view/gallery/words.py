"""What is said of the chosen entry: its range, its kinks, where it goes flat, what its slope does to a gradient on the way back
through many layers. Every sentence is chosen and filled by what the curve itself says."""

from math import isinf

import numpy as np

from engine.alone import LAYERS, passed_back, slope, value
from engine.curves import FLAT, slopes, steepest, values
from view.gallery.entry import Chosen
from view.numbers import is_, show
from view.tables import markdown
from view.text import Text

BESIDE = 1e-12  # of a kink: its slopes to the left and to the right are those so near to it
NEAR = 1e-5  # to 1: such a number is told as 1 minus something
SOME = (1, 2, 5, 10, LAYERS)  # layers in the table


def facts(chosen: Chosen, text: Text) -> list[str]:
    """One sentence each."""
    said = [reaches(chosen, text), *(kink(chosen, at, text) for at in chosen.kinks)]
    if not chosen.kinks:
        said.append(text.say("smooth"))
    return [*said, *([] if chosen.op.probability else [flat(chosen, text)])]


def reaches(chosen: Chosen, text: Text) -> str:
    """Which values it takes."""
    low, high = values(chosen.op, chosen.goal)
    if low == high:
        return text.say("range-one", low=show(low))
    kind = {(True, True): "all", (False, True): "above", (True, False): "below"}.get((isinf(low), isinf(high)), "between")
    return text.say(f"range-{kind}", result=chosen.result, low=show(low), high=show(high))


def kink(chosen: Chosen, at: float, text: Text) -> str:
    left, ours, right = map(show, beside(chosen, at))
    where = f"= 1 − {show(1 - at)}" if 0 < 1 - at < NEAR else is_(at)
    fields = {"name": chosen.name, "at": where, "left": left, "right": right, "ours": ours}
    return text.say("kink", **fields)


def beside(chosen: Chosen, at: float) -> tuple[float, float, float]:
    """The slopes to the left of a kink, at it and to the right of it, without what the step beside it has added."""
    left, ours, right = slopes(chosen.op, at + np.array([-BESIDE, 0.0, BESIDE]), chosen.goal)[1].tolist()
    return _tidy(left), ours, _tidy(right)


def _tidy(x: float) -> float:
    return float(f"{x:.4g}")


def flat(chosen: Chosen, text: Text) -> str:
    """Where it saturates, or that it does not."""
    if steepest(chosen.op, chosen.goal)[1] == 0:
        return text.say("flat-everywhere", name=chosen.name)
    ends = {one.end: one.at for one in chosen.flats}
    fields = {"name": chosen.name, "share": show(FLAT)}
    if len(ends) == 2:
        return text.say("flat-both", low=show(ends[-1]), high=show(ends[1]), **fields)
    if ends:
        ((end, at),) = ends.items()
        return text.say("flat-left" if end < 0 else "flat-right", at=show(at), **fields)
    return text.say("flat-none", **fields)


def start(chosen: Chosen, text: Text) -> str:
    """Where backpropagation starts, for this prediction and this target."""
    s = slope(chosen.trace).value
    sign = "plus" if s > 0 else "minus" if s < 0 else "zero"
    return text.say(f"start-{sign}", slope=chosen.slope_name, s=is_(s), name=chosen.name)


# Through many layers


def largest(chosen: Chosen) -> float:
    """The entry's largest slope by size, a limit it comes near to taken for reached."""
    s = steepest(chosen.op)[1]
    return float(round(s)) if abs(s - round(s)) < 1e-6 else s


def depth(chosen: Chosen, text: Text) -> str:
    """What becomes of a gradient."""
    s, most = slope(chosen.trace).value, largest(chosen)
    x, best = (float(passed_back(one)[-1]) for one in (s, most))
    kind = "zero" if s == 0 else "same" if abs(s) == 1 else "fades" if abs(s) < 1 else "grows"
    fields = {"s": is_(s), "n": LAYERS, "x": show(x)}
    best_kind = "same" if best == 1 else "fades" if best < 1 else "grows"
    return text(" ").join([text.say(f"depth-{kind}", **fields), text.say(f"depth-best-{best_kind}", s=is_(most), x=show(best))])


def depth_table(chosen: Chosen, text: Text) -> str:
    """The same in numbers, for a few counts of layers."""
    s, most = slope(chosen.trace).value, largest(chosen)
    head = [text("layers"), text("at z {z}: y′ {s}", z=is_(chosen.z), s=is_(s)), text("at its steepest: y′ {s}", s=is_(most))]
    passed = [passed_back(one) for one in (s, most)]
    return markdown(head, [[str(n), *(f":violet[{show(float(run[n - 1]))}]" for run in passed)] for n in SOME])


# The picture


def told(chosen: Chosen, text: Text) -> str:
    """A template that the browser fills: {0} the place, {1} the value, {2} the slope, {3} the slope through all layers."""
    fields = {"name": chosen.name, "result": chosen.result, "slope": chosen.slope_name, "n": LAYERS}
    return text.say("told-loss" if chosen.is_loss else "told-activation", **fields)


def alt(chosen: Chosen, called: str, text: Text) -> str:
    """The picture in words."""
    low, high = chosen.ends
    y, s = value(chosen.trace).value, slope(chosen.trace).value
    fields = {"entry": called, "name": chosen.name, "low": show(low), "high": show(high), "slope": chosen.slope_name}
    drawn = text.say("alt", **fields, z=is_(chosen.z), result=chosen.result, y=is_(y), s=is_(s))
    return text(" ").join([drawn, *facts(chosen, text)])


def alt_depth(chosen: Chosen, text: Text) -> str:
    return text.say("alt-depth", n=LAYERS, said=depth(chosen, text))
