"""The optimizers, one entry in one file each. They share one shape, so a run, a race in lockstep and an equation on the screen ask
any of them the same questions; adding one is a file and a name in this list."""

from engine.optimizers.adagrad import ADAGRAD
from engine.optimizers.adam import ADAM
from engine.optimizers.adamw import ADAMW
from engine.optimizers.base import At, Form, Optimizer, around, checked, variant, with_hyper
from engine.optimizers.gradient_descent import GRADIENT_DESCENT
from engine.optimizers.hyper import BOUNDS
from engine.optimizers.momentum import MOMENTUM
from engine.optimizers.nadam import NADAM
from engine.optimizers.nesterov import NESTEROV
from engine.optimizers.rmsprop import RMSPROP

OPTIMIZERS = {e.key: e for e in (GRADIENT_DESCENT, MOMENTUM, NESTEROV, ADAGRAD, RMSPROP, ADAM, ADAMW, NADAM)}
VARIANTS = tuple(one for entry in OPTIMIZERS.values() for one in (entry, *entry.variants))  # all, in all flavours

__all__ = [
    "ADAGRAD", "ADAM", "ADAMW", "BOUNDS", "GRADIENT_DESCENT", "MOMENTUM", "NADAM", "NESTEROV", "OPTIMIZERS", "RMSPROP", "VARIANTS",
    "At", "Form", "Optimizer", "around", "checked", "variant", "with_hyper",
]  # fmt: skip
