"""Nesterov's momentum (Nesterov 1983, in the form of Sutskever et al. 2013 that PyTorch uses): the heavy ball's sum, but the step
already counts the new gradient once more, as if one looked ahead to where the ball is rolling."""

from engine.op import Array
from engine.optimizers.base import At, Form, Optimizer
from engine.symbols import negative, plus, product


def _work(theta: Array, g: Array, state: tuple, t: int, *, lr, momentum) -> dict[str, Array]:
    m = momentum * state[0] + g
    return {"m": m, "step": -lr * (g + momentum * m)}


def _forms(at: At) -> tuple[Form, ...]:
    ahead = plus(at.gradient, product(at.hyper("momentum"), at.found("m")))
    return (
        ("m", plus(product(at.hyper("momentum"), at.memory("m")), at.gradient)),
        ("step", negative(product(at.rate, ahead))),
    )


NESTEROV = Optimizer("nesterov", {"momentum": 0.9}, ("m",), _work, _forms)
