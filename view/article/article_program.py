"""Which of the page's programs the address holds: the article's own, or one of its repairs, from any start and at any rate. The
same program is written here as a Keras user would write it, with the start weights of this run, so that it can be run elsewhere."""

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from engine.experiment import Experiment, objective_of, rate_of, start_of
from engine.parse import shortest
from engine.recipe import Recipe
from engine.seeds import ARTICLE, EPOCHS, REPAIRS
from engine.words import Place
from view.text import Text

KERAS = {"keras": "3.15.1", "backend": "TensorFlow", "version": "2.21.0"}  # what the engine was held against, in how many runs, and
RUNS, DOUBLE, SINGLE = 12, "10⁻¹³", "2×10⁻⁶"  # how close they are: in 64 bits, and in the 32 bits that Keras uses by itself


def program_of(experiment: Experiment) -> str | None:
    """Its key in REPAIRS, whatever the start and the rate; None if it is another program. The one sample is not in use on XOR."""
    free = ("seed", "weights", "rates", "x", "y_true")
    own = {name: getattr(experiment, name) for name in free}
    return next((key for key, program in REPAIRS.items() if replace(program, **own) == experiment), None)


def shown(recipe: Recipe) -> Recipe:
    """What the page shows: the recipe, or the article's program from its start where the address holds another experiment."""
    if program_of(recipe.experiment):
        return recipe
    kept = ("lang", "speed", "predict")
    return replace(recipe, experiment=ARTICLE, place=Place(**{name: getattr(recipe.place, name) for name in kept}))


def bare(experiment: Experiment) -> Experiment:
    """The program without a start of its own, at the rate it starts with: what a thousand seeds have in common."""
    return replace(experiment, weights=None, seed=0, rates=((0, rate_of(experiment, 0)),))


def named(key: str, text: Text) -> str:
    if key.startswith("hidden_"):
        return text("{n} hidden units", n=key.removeprefix("hidden_"))
    names = {
        "no_bias": text("One neuron, no bias"),
        "bias": text("One neuron with bias (the article)"),
        "loss": text("One neuron, cross-entropy"),
    }
    return names[key]


@lru_cache(maxsize=256)
def code(experiment: Experiment) -> str:
    """Python for Keras 3 that makes this run: data, layers, start weights, and a fit for each stretch of one learning rate."""
    logits = experiment.loss != "squared_error"
    last = '1, activation="relu"' if not logits else "1"
    bias = "" if experiment.bias else ", use_bias=False"
    layers = [f'    keras.layers.Dense({n}, activation="{key}"{bias}),' for n, key in experiment.hidden]
    loss = "keras.losses.BinaryCrossentropy(from_logits=True)" if logits else '"mse"'
    (_, rate), *turns = experiment.rates
    lines = [
        "import keras", "import numpy as np", "",
        "x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])", "y = np.array([[0], [1], [1], [0]])", "",
        "model = keras.Sequential([", "    keras.Input((2,)),", *layers, f"    keras.layers.Dense({last}{bias}),", "])",
        *_weights(experiment), f"sgd = keras.optimizers.SGD(learning_rate={shortest(rate)})",
        f"model.compile(optimizer=sgd, loss={loss})",
    ]  # fmt: skip
    ends = [*(k for k, _ in turns if k < EPOCHS), EPOCHS]
    for (first, last_), (_, eta) in zip(pairwise([0, *ends]), experiment.rates, strict=False):
        lines += [f"sgd.learning_rate = {shortest(eta)}"] * bool(first)
        lines += [f"model.fit(x, y, batch_size=4, epochs={last_ - first}, shuffle=False)"]
    return "\n".join(lines)


def _weights(experiment: Experiment) -> list[str]:
    """Keras keeps a kernel as (inputs, units), the transpose of ours, in 32 bits; a ReLU neuron's few numbers are written whole."""
    of, theta = objective_of(experiment), start_of(experiment)
    arrays = [array.T if array.ndim == 2 else array for array in of.views(theta).values()]
    if not experiment.hidden:
        return [f"model.set_weights([{', '.join(f'np.array({_listed(array)})' for array in arrays)}])"]
    rows = [f"    np.array({_listed(array.astype(np.float32))})," for array in arrays]
    return ["model.set_weights([", *rows, "])"]


def _listed(array: np.ndarray) -> str:
    if array.ndim == 2:
        return f"[{', '.join(map(_listed, array))}]"
    return f"[{', '.join(map(str, array))}]"
