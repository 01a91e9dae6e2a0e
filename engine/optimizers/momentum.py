"""Momentum, the heavy ball (Polyak 1964): the step follows a sum of all gradients so far, old ones counting β times less with each
update. What swings cancels out, what stays the same adds up to 1/(1 − β) times one gradient."""

from engine.op import Array
from engine.optimizers.base import At, Form, Optimizer
from engine.symbols import negative, plus, product


def _work(theta: Array, g: Array, state: tuple, t: int, *, lr, momentum) -> dict[str, Array]:
    m = momentum * state[0] + g
    return {"m": m, "step": -lr * m}


def _forms(at: At) -> tuple[Form, ...]:
    return (
        ("m", plus(product(at.hyper("momentum"), at.memory("m")), at.gradient)),
        ("step", negative(product(at.rate, at.found("m")))),
    )


MOMENTUM = Optimizer("momentum", {"momentum": 0.9}, ("m",), _work, _forms)
