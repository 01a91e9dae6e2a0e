"""Landscapes with a name, on which optimizers have been compared for decades. Each is a loss of two numbers u and v, written as a
program of small operations like any network's, so its gradient, its equations and its moments need no code of their own."""

from dataclasses import dataclass
from functools import cached_property

from engine.objective import Objective, objective
from engine.program import Program, Step
from engine.scalar_ops import DIFFERENCE, PRODUCT, SQUARE, weighted

LAYOUT = (("u", (1,)), ("v", (1,)))
Span = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Function:
    """program: from u and v to L; start (u, v): where to begin; minima: the places (u, v) where L = 0; across and up: a window.

    eta: a learning rate at which plain gradient descent gets along there.
    """

    key: str
    program: Program
    start: tuple[float, float]
    minima: tuple[tuple[float, float], ...]
    across: Span
    up: Span
    eta: float

    @cached_property
    def objective(self) -> Objective:
        return objective(self.program, {}, LAYOUT)


SQUARES = (Step("p", SQUARE, ("u",)), Step("q", SQUARE, ("v",)))

BOWL = Function(  # ½ u² + ½ v²: the same bend, λ = 1, in every direction
    "bowl", (*SQUARES, Step("L", weighted("1/2", "1/2"), ("p", "q"))), (-2.0, 1.5), ((0.0, 0.0),), (-3, 3), (-3, 3), 0.1
)

RAVINE = Function(  # ½ u² + 12½ v²: gentle along u (λ = 1), steep across it (λ = 25)
    "ravine", (*SQUARES, Step("L", weighted("1/2", "25/2"), ("p", "q"))), (-2.5, 0.8), ((0.0, 0.0),), (-3, 3), (-1.5, 1.5), 0.05
)

SADDLE = Function(  # ½ u² + ¼ (v² − 1)²: flat at (0, 0), where it bends up along u and down along v; two minima
    "saddle",
    (
        *SQUARES,
        Step("r", weighted(1, constant=-1), ("q",)),
        Step("s", SQUARE, ("r",)),
        Step("L", weighted("1/2", "1/4"), ("p", "s")),
    ),
    (-1.5, 0.01), ((0.0, 1.0), (0.0, -1.0)), (-2, 2), (-2, 2), 0.1,
)  # fmt: skip

ROSENBROCK = Function(  # (1 − u)² + 100 (v − u²)²: a bent valley with a nearly flat floor (Rosenbrock 1960)
    "rosenbrock",
    (
        Step("p", SQUARE, ("u",)),
        Step("r", DIFFERENCE, ("v", "p")),
        Step("s", SQUARE, ("r",)),
        Step("a", weighted(-1, constant=1), ("u",)),
        Step("b", SQUARE, ("a",)),
        Step("L", weighted(1, 100), ("b", "s")),
    ),
    (-1.2, 1.0), ((1.0, 1.0),), (-2, 2), (-1, 3), 0.001,
)  # fmt: skip

BEALE = Function(  # (1.5 − u + uv)² + (2.25 − u + uv²)² + (2.625 − u + uv³)²: nearly flat with steep edges (Beale 1958)
    "beale",
    (
        Step("p1", PRODUCT, ("u", "v")),
        Step("p2", PRODUCT, ("p1", "v")),
        Step("p3", PRODUCT, ("p2", "v")),
        *(Step(f"r{k}", weighted(-1, 1, constant=c), ("u", f"p{k}")) for k, c in ((1, "1.5"), (2, "2.25"), (3, "2.625"))),
        *(Step(f"s{k}", SQUARE, (f"r{k}",)) for k in (1, 2, 3)),
        Step("L", weighted(1, 1, 1), ("s1", "s2", "s3")),
    ),
    (1.0, 1.5), ((3.0, 0.5),), (-4.5, 4.5), (-4.5, 4.5), 0.01,
)  # fmt: skip

_FOUR = (
    (3.0, 2.0),
    (-2.805118086952745, 3.131312518250573),
    (-3.779310253377747, -3.283185991286170),
    (3.584428340330492, -1.848126526964404),
)
HIMMELBLAU = Function(  # (u² + v − 11)² + (u + v² − 7)²: four minima, all 0 (Himmelblau 1972)
    "himmelblau",
    (
        *SQUARES,
        Step("r1", weighted(1, 1, constant=-11), ("p", "v")),
        Step("r2", weighted(1, 1, constant=-7), ("u", "q")),
        Step("s1", SQUARE, ("r1",)),
        Step("s2", SQUARE, ("r2",)),
        Step("L", weighted(1, 1), ("s1", "s2")),
    ),
    (0.0, 0.0), _FOUR, (-5, 5), (-5, 5), 0.01,
)  # fmt: skip

FUNCTIONS = {entry.key: entry for entry in (BOWL, RAVINE, SADDLE, ROSENBROCK, BEALE, HIMMELBLAU)}
