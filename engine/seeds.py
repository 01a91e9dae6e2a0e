"""What becomes of many starts of one program: dead, stuck or solved. And why no start of a single neuron can solve XOR: it says
yes on one side of a straight line only, and four inequalities that cannot all hold prove that it needs both sides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from engine.data import Data
from engine.diagnosis import on
from engine.experiment import Experiment, moves_of, objective_of, rate_of
from engine.fates import ends, quiet, rights
from engine.network import start
from engine.op import Array, frozen
from engine.starts import blocks

EPOCHS = 1000  # of the article's program
_NEURON = Experiment(data="xor", weights=None, rates=((0, 0.01),))
_LEARNER = replace(_NEURON, bias=True, activation="sigmoid", loss="cross_entropy_logits", rates=((0, 0.5),))

ARTICLE = replace(_NEURON, bias=True)  # Dense(1, activation="relu"), sgd with rate 0.01, mse: as Keras starts it
REPAIRS = {  # one change after the other; a faster rate comes with the loss that can bear it
    "no_bias": _NEURON,
    "bias": ARTICLE,
    "loss": _LEARNER,
    **{f"hidden_{n}": replace(_LEARNER, hidden=((n, "relu"),)) for n in (2, 4, 8)},
}


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Where the runs from S seeds ended: theta (S, P), loss (S,), and masks (S,), of which each run has exactly one.

    solved: every output lies on its target's side of one half; dead: not solved, and no sample gets through some layer, though the
    last bias of a network may still creep; stuck: all others. dead_at_once: dead before the first update.
    """

    theta: Array
    loss: Array
    dead: Array
    stuck: Array
    solved: Array
    dead_at_once: Array

    @property
    def counts(self) -> dict[str, int]:
        """How many runs are dead, stuck and solved."""
        return {name: int(getattr(self, name).sum()) for name in ("dead", "stuck", "solved")}


@quiet
def outcomes(experiment: Experiment, seeds: Sequence[int], updates: int = EPOCHS) -> Outcomes:
    """What becomes of the experiment's starts with these seeds (at least one) after so many updates at the rate it starts with.

    Typed weights are put aside. A run that cannot move any more is not followed to the end: it would stay where it is.
    """
    of, rate = objective_of(experiment), rate_of(experiment, 0) * moves_of(experiment)
    starts = np.array([start(of, experiment.initialiser, seed) for seed in seeds])
    found = [ends(of, part, rate, updates) for part in blocks(of, starts)]
    theta, loss = (np.concatenate([getattr(part, name) for part in found]) for name in ("theta", "loss"))
    right = rights(of, theta)
    solved = np.zeros(len(starts), dtype=bool) if right is None else right.all(axis=(-1, -2))
    dead = ~on(of, theta).any(axis=-1) & ~solved
    masks = [dead, ~dead & ~solved, solved, ~on(of, starts).any(axis=-1)]
    for mask in masks:
        mask.setflags(write=False)
    return Outcomes(frozen(theta), frozen(loss), *masks)


@dataclass(frozen=True)
class Demand:
    """What one sample asks of a neuron: a·w + 1·b > c if the answer must be yes, ≤ c if it must be no.

    sample: counted from 1; coefficients: of w1, w2, … and b; c is the z at which the output passes one half.
    """

    sample: int
    coefficients: tuple[float, ...]
    yes: bool


@dataclass(frozen=True)
class Contradiction:
    """The demands of all samples, and the sums of the left sides of the yes and of the no. The sums are the same expression, but
    one must exceed times · c and the other must not: so no w and b meet all demands."""

    demands: tuple[Demand, ...]
    yes_sum: tuple[float, ...]
    no_sum: tuple[float, ...]
    times: int


def half_plane(table: Data) -> Contradiction | None:
    """The proof that no single neuron answers right on a table of zeros and ones: its activation rises, so y > ½ means z > c, a
    half-plane. None where adding up the demands proves nothing (it proves XOR's case, and says nothing of AND and OR). They are
    added as fractions, because rounded sums prove nothing either."""
    yes = table.y_true[:, 0] == 1
    if table.y_true.shape[1] != 1 or not np.array_equal(np.unique(table.y_true), [0.0, 1.0]):
        return None
    rows = np.column_stack([table.x, np.ones(len(table.x))])
    above, below = ([sum(map(Fraction, column)) for column in side.T.tolist()] for side in (rows[yes], rows[~yes]))
    if above != below:
        return None
    demands = tuple(Demand(n, tuple(map(float, row)), bool(side)) for n, (row, side) in enumerate(zip(rows, yes, strict=True), 1))
    return Contradiction(demands, tuple(map(float, above)), tuple(map(float, below)), int(yes.sum()))
