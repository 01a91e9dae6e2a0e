"""What things are called on the optimizers' page: the optimizers, their hyper-parameters, the schedules, the lines of an update."""

from engine.method import Method
from view.text import Text

OPTIMIZERS = {
    "gd": "Gradient descent", "momentum": "Momentum", "nesterov": "Nesterov", "adagrad": "Adagrad", "rmsprop": "RMSprop",
    "adam": "Adam", "adamw": "AdamW", "nadam": "NAdam",
}  # fmt: skip
SCHEDULES = {"constant": "constant", "step": "step", "exponential": "exponential", "cosine": "cosine", "warm_up": "warm-up"}
FUNCTIONS = {
    "bowl": "Bowl", "ravine": "Ravine", "saddle": "Saddle", "rosenbrock": "Rosenbrock", "beale": "Beale",
    "himmelblau": "Himmelblau",
}  # fmt: skip
HYPER = {  # the letter of each; what it does is said beside it
    "momentum": "β", "alpha": "α", "beta1": "β₁", "beta2": "β₂", "eps": "ε", "start": "s₀", "decay": "λ", "psi": "ψ", "l2": "λ₂",
    "clip_value": "c", "clip_norm": "C", "gamma": "γ", "every": "S", "total": "T", "warm": "T",
}  # fmt: skip
MEANINGS = {
    "momentum": "how much is kept of the sum",
    "alpha": "how much is kept of the mean square",
    "beta1": "how much is kept of the mean",
    "beta2": "how much is kept of the mean square",
    "eps": "against a division by 0",
    "start": "what the sum of squares starts from",
    "decay": "weight decay, beside the gradient",
    "psi": "how fast the momentum warms up",
    "l2": "weight decay, in the gradient",
    "clip_value": "largest part of the gradient",
    "clip_norm": "greatest length of the gradient",
    "gamma": "factor",
    "every": "updates between two steps",
    "total": "updates until it ends",
    "warm": "updates until it is warm",
}
LINES = {  # what an update works out, line by line
    "m": "memory of the gradients",
    "v": "running mean of their squares",
    "s": "sum of their squares",
    "v_max": "the largest mean square so far",
    "m_hat": "bias correction: the memory began at 0",
    "v_hat": "bias correction: the memory began at 0",
    "mu": "momentum of this update",
    "mu_next": "momentum of the next one",
    "c": "what the mean still misses",
    "eta": "the schedule's rate",
    "norm": "length of the whole gradient",
    "g_short": "clipped by norm",
    "g_cut": "clipped by value",
    "g_decay": "with weight decay",
    "step": "the step",
}
SYMBOLS = {  # of the numbers an update works out, in running text
    "g": "∂L/∂θ", "loss": "L", "v_max": "v (max)", "m_hat": "m̂", "v_hat": "v̂", "mu": "μ", "mu_next": "μ", "eta": "η",
    "norm": "‖g‖", "g_short": "g", "g_cut": "g", "g_decay": "g", "step": "Δ",
}  # fmt: skip


def name(method: Method, text: Text) -> str:
    """Adam, AMSGrad, Adam (Keras), Adam + cosine: with all that makes it another optimizer."""
    return " + ".join([_bare(method, text), *_more(method, text)])


def _bare(method: Method, text: Text) -> str:
    found = "AMSGrad" if method.amsgrad else text(OPTIMIZERS[method.key])
    return text("{name} (Keras)", name=found) if method.flavour == "keras" else found


def _more(method: Method, text: Text) -> list[str]:
    given = dict(method.hyper)
    turned = [text(SCHEDULES[method.schedule])] * (method.schedule != "constant")
    clips = "clip_value" in given or "clip_norm" in given
    return [*turned, *[text("weight decay")] * ("l2" in given), *[text("clipping")] * clips]
