"""A method is every choice that makes an optimizer what it is: which one, whose flavour, its schedule and hyper-parameters. It is a
frozen record like the experiment, so it is a key of caches and a word of an address: adam:keras:beta1=0.8:cosine:total=200."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from engine.clipping import clipped_by_norm, clipped_by_value, decayed
from engine.lockstep import LANES
from engine.optimizers import BOUNDS, OPTIMIZERS, Optimizer, variant, with_hyper
from engine.parse import choice, cut, number, shortest, whole
from engine.refused import Refused
from engine.schedules import SCHEDULES, scheduled

PYTORCH, KERAS, AMSGRAD = "pytorch", "keras", "amsgrad"
WHOLE = ("every", "total", "warm")  # counts of updates
BEFORE: dict[str, Callable[[Optimizer, float], Optimizer]] = {  # choosing one of these puts it in front; the last reads first
    "l2": decayed,
    "clip_value": clipped_by_value,
    "clip_norm": clipped_by_norm,
}


@dataclass(frozen=True)
class Method:
    """key: an entry of OPTIMIZERS; hyper: (name, value) of every hyper-parameter that differs from its default.

    A clipping or a decay is there when its hyper-parameter (a key of BEFORE) is. Those of the schedule are among hyper too.
    """

    key: str = "gd"
    flavour: str = "pytorch"
    amsgrad: bool = False
    schedule: str = "constant"
    hyper: tuple[tuple[str, float], ...] = ()


@lru_cache(maxsize=256)
def optimizer_of(method: Method) -> Optimizer:
    """The optimizer with all that stands in front of it; refuses what does not exist or is out of bounds."""
    found, given = variant(OPTIMIZERS[method.key], method.flavour, method.amsgrad), dict(method.hyper)
    if method.schedule != "constant":
        found = scheduled(found, SCHEDULES[method.schedule])
    for name, put in BEFORE.items():
        if name in given:
            found = put(found, given[name])
    return with_hyper(found, **given)


def read_method(text: str, name: str) -> Method:
    """The text of an address, strictly; a refusal names the word of the address and what was found."""
    key, *parts = text.split(":")
    choice(OPTIMIZERS)(key, name)
    flavour, amsgrad, schedule, hyper = "pytorch", False, "constant", {}
    for part in parts:
        which, equals, value = part.partition("=")
        if equals and which in BOUNDS and which not in hyper:
            hyper[which] = (whole if which in WHOLE else number)(value, which, BOUNDS[which])
        elif part == KERAS and flavour != KERAS:
            flavour = KERAS
        elif part == AMSGRAD and not amsgrad:
            amsgrad = True
        elif part in SCHEDULES and schedule == "constant" and part != "constant":
            schedule = part
        else:
            raise Refused("{name} cannot be “{found}”.", name=name, found=cut(part))
    method = Method(key, flavour, amsgrad, schedule, tuple(sorted(hyper.items())))
    optimizer_of(method)
    return method


def written_method(method: Method) -> str:
    """The reverse of `read_method`."""
    switches = [word for word, on in ((KERAS, method.flavour == KERAS), (AMSGRAD, method.amsgrad)) if on]
    turned = [] if method.schedule == "constant" else [method.schedule]
    return ":".join([method.key, *switches, *turned, *(f"{name}={shortest(value)}" for name, value in method.hyper)])


def read_methods(text: str, name: str) -> tuple[Method, ...]:
    """gd,adam:keras: up to six methods."""
    parts = text.split(",")
    if len(parts) > LANES:
        raise Refused("{name} may be at most {most} optimizers, not “{found}”.", name=name, most=LANES, found=cut(text))
    return tuple(read_method(part, name) for part in parts)


def written_methods(methods: tuple[Method, ...]) -> str:
    return ",".join(map(written_method, methods))
