"""What the tests are run on: the neuron of the first lesson, and random networks of every kind the registries allow. A new
activation or loss is drawn here without a change, because the keys come from the registries."""

from dataclasses import dataclass

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.data import GATES, Data, data
from engine.limits import HIDDEN
from engine.losses import CLASS_LOSSES, FUSED, LOSSES, REDUCTIONS
from engine.network import Network, network, offered
from engine.objective import Objective
from engine.op import Op
from engine.symbols import product


def examples(count: int) -> settings:
    """So many random examples, the same ones in every run: a red test stays red until it is mended."""
    return settings(max_examples=count, derandomize=True, deadline=None)


def neuron(table: Data = GATES["xor"], activation: str = "relu", **choices) -> Objective:
    """One neuron, by default the lesson's: ReLU, squared error, no bias."""
    units = (table.x.shape[1], table.y_true.shape[1])
    return network(Network(units, (activation,), **{"bias": False, **choices}), table)


XOR = neuron()
XOR_WITH_BIAS = neuron(bias=True)
BY_HAND = neuron(data([[1, 2]], [[1]]))  # one sample: x = (1, 2), y_true = 1

ALL_TOGETHER = (5, 4)  # the first activations and losses, of which every one meets every other


def pairs(activations=ACTIVATIONS, losses=LOSSES) -> list[tuple[str, str]]:
    """(activation, loss) pairs: all of the first ones, and of the later ones so many that each meets at least two of the others. A
    fused loss has its own activation only."""
    found = []
    for i, act in enumerate(activations):
        for j, loss in enumerate(losses):
            together = i < ALL_TOGETHER[0] and j < ALL_TOGETHER[1]
            if FUSED.get(loss, act) == act and (together or (i + j) % 3 == 0):
                found.append((act, loss))
    return found


DEEP = 9  # one in about so many random networks is deep


MULTIPLY = Op(  # not in any registry: an op in which one number can enter twice
    "multiply",
    "product",
    f=lambda a, b: a * b,
    vjp=lambda g, out, a, b: (g * b, g * a),
    form=lambda o, a, b: product(a.at(*o), b.at(*o)),
    reach=lambda k, i, shape: [i],
    slope=lambda k, o, i, out, a, b: (b if k == 0 else a).at(*i),
)


@dataclass(frozen=True, eq=False)
class Case:
    """A network, its data and a place to stand."""

    net: Network
    data: Data
    theta: np.ndarray

    @property
    def of(self) -> Objective:
        return network(self.net, self.data)


@st.composite
def cases(draw, layers: int = 3, width: int = 4, samples: int = 5) -> Case:
    """Any network up to this size, now and then a deeper and narrower one, with as many hidden layers as the page offers; targets
    lie in [0, 1], and add up to 1 where they are classes, so that they suit their loss. Numbers avoid kinks, almost surely."""
    deep = layers == 3 and draw(st.integers(0, DEEP)) == DEEP
    sizes = st.integers(1, min(width, 2) if deep else width)
    fewest, most = (layers + 2, HIDDEN[0] + 2) if deep else (2, layers + 1)
    units = tuple(draw(st.lists(sizes, min_size=fewest, max_size=most)))
    last, losses = offered(units[-1])
    loss = draw(st.sampled_from(sorted(losses)))
    chosen = [draw(st.sampled_from(sorted(menu))) for menu in [ACTIVATIONS] * (len(units) - 2) + [last]]
    if loss in FUSED:
        chosen[-1] = FUSED[loss]
    net = Network(units, tuple(chosen), draw(st.booleans()), loss, draw(st.sampled_from(sorted(REDUCTIONS))))
    rng, rows = np.random.default_rng(draw(st.integers(0, 2**32 - 1))), draw(st.integers(1, samples))
    x, y_true = rng.uniform(-2, 2, (rows, units[0])), rng.uniform(0, 1, (rows, units[-1]))
    table = data(x, y_true / y_true.sum(axis=1, keepdims=True) if loss in CLASS_LOSSES else y_true)
    return Case(net, table, rng.uniform(-1.5, 1.5, network(net, table).size))
