"""The equations of the optimizers' page, read back from what is printed: every line in numbers gives the number at its end, for
every optimizer in every flavour; and Keras's difference is one term in one line."""

import re
from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from engine.experiment import NETWORK, PRESETS
from engine.method import Method, read_methods
from engine.optimizers import VARIANTS
from engine.race import OWN, Race
from engine.recipe import Recipe
from engine.symbols import Cell, over, plus, product
from engine.words import Place
from tests.view.read_latex import read as read_latex
from view import numbers
from view.optimizers import cards, facts, gradient, picture, say
from view.optimizers.state import now
from view.printer import Letters, Numbers
from view.text import Text

EVERY = [Method(one.key, one.flavour, one.amsgrad) for one in VARIANTS]
FRONT = read_methods(
    "gd:cosine:total=20,adam:clip_norm=1:clip_value=0.5:l2=0.1:warm_up,momentum:step:every=2,nesterov:exponential,adamw:keras",
    "opt",
)
PLACES = [Race(methods=tuple(EVERY[at : at + 6]), eta=0.02) for at in range(0, len(EVERY), 6)]
PLACES += [Race(methods=FRONT, eta=0.02), Race(on="rosenbrock", methods=FRONT, eta=0.001, shown=1)]
OWNS = [(Race(on=OWN, methods=FRONT, eta=0.1), PRESETS["B"]), (Race(on=OWN, methods=FRONT, eta=0.1, shown=9), NETWORK)]
RACES = [*((race, PRESETS["B"]) for race in PLACES), *OWNS]
ROUNDED = 3e-3  # four digits of each number, added and divided


@pytest.mark.parametrize("race, experiment", RACES, ids=range(len(RACES)))
def test_what_is_printed_is_the_update(race, experiment):
    """Each line in numbers, read as mathematics, is about its result; what is subtracted may lose digits."""
    for k in (0, 1, 7):
        here = now(Recipe(experiment, Place(k=k, race=race)))
        for at in range(len(here.lanes)):
            for e in cards.lines(here, at):
                printed = Numbers(e.numbers).write(e.rhs, True)
                if r"\cdots" in printed:  # the squares of all parts of a long gradient: only the first and the last are shown
                    assert e.lhs == Cell("found", "norm")
                    continue
                said = read_latex(printed)
                scale = max([abs(e.value), *(abs(x) for x in e.numbers.values() if np.isfinite(x))])
                assert said == pytest.approx(e.value, rel=ROUNDED, abs=ROUNDED * min(1.0, scale)), (e.lhs, k)


@pytest.mark.parametrize("race, experiment", RACES, ids=range(len(RACES)))
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_card_is_whole(race, experiment, lang):
    """One caption, formula and result for every line; nothing printed that KaTeX does not know."""
    here = now(Recipe(experiment, Place(k=2, race=race)))
    for at in range(len(here.lanes)):
        shown = cards.card(here, at, "light", Text(lang, "optimizers"))
        block = re.search(r"\$\$(.*)\$\$", shown, re.DOTALL)[1]
        assert block.count("=") >= len(cards.lines(here, at))
        assert block.count("{") == block.count("}") and not re.search(r"None|_\{None\}|\\text\{\w*_\w*\}|Float", block)


@pytest.mark.parametrize("method", [m for m in EVERY if m.flavour == "keras"], ids=lambda m: f"{m.key}{m.amsgrad:d}")
def test_keras_is_one_changed_term(method):
    """In exactly one line one term is marked, and PyTorch's term stands under it."""
    here = now(Recipe(PRESETS["B"], Place(race=Race(methods=(method,)))))
    shown = cards.card(here, 0, "light", Text("en", "optimizers"))
    assert shown.count(r"_{\text{Keras}}") == 1 and shown.count("PyTorch has here") == 1


def test_pytorch_has_no_mark():
    """Nothing to compare."""
    for method in EVERY:
        if method.flavour == "pytorch":
            here = now(Recipe(PRESETS["B"], Place(race=Race(methods=(method,)))))
            assert "Keras" not in cards.card(here, 0, "light", Text("en", "optimizers"))


def test_the_changed_term_is_the_smallest():
    """a/(b + c) and a/(b + d) differ in c and d; a sum and a product differ as a whole."""
    a, b, c, d = (Cell("value", name) for name in "abcd")
    assert cards.changed(over(a, plus(b, c)), over(a, plus(b, d))) == (c, d)
    assert cards.changed(plus(a, b), product(a, b)) == (plus(a, b), product(a, b))
    assert cards.changed(plus(a, b), plus(a, b)) == (None, None)
    assert cards.changed(plus(a, b), plus(c, d)) == (plus(a, b), plus(c, d))
    assert cards.changed(sp.Integer(1), a) == (sp.Integer(1), a)


@pytest.mark.parametrize("phase", ["forward", "backward"])
@pytest.mark.parametrize("on", ["bowl", "ravine", "saddle", "rosenbrock", "beale", "himmelblau"])
def test_a_functions_moments_are_equations(on, phase):
    """One line per moment, and its middle is about its end."""
    here = now(Recipe(PRESETS["B"], Place(k=3, race=Race(on=on, eta=0.001))))
    lines = gradient.moment_lines(here, 0, phase, "light")
    names = [step.out for step in here.of.program]
    assert len(lines) == (len(names) if phase == "forward" else len(names) - 1 + 2)
    for line in lines:
        *_, middle, result = re.split(r"=|\\approx", line)
        assert read_latex(middle) == pytest.approx(read_latex(result), rel=ROUNDED, abs=ROUNDED * 10), line


def test_a_limit_is_its_formula():
    """What is printed in numbers is about the limit."""
    here = now(Recipe(PRESETS["B"], Place(race=Race(methods=read_methods("gd,momentum,nesterov:momentum=0.5", "opt")))))
    formulas = [words.strip("$") for words in facts.limits(here, Text("en", "optimizers")) if words.startswith("$")]
    assert len(formulas) == 3
    for formula in formulas:
        *_, middle, result = re.split(r"=|\\approx", formula)
        assert read_latex(middle) == pytest.approx(read_latex(result), rel=ROUNDED)


def test_first_steps_are_the_optimizers_own():
    """Gradient descent's step is the gradient, Adam's is 1, half of it at ε (1e-8), RMSprop's is ten times as long."""
    here = now(Recipe(PRESETS["B"], Place()))
    gd, _, rmsprop, adam = here.optimizers
    assert facts.first_step(gd, 0.01) == 0.01
    assert facts.first_step(adam, 1e-8) == pytest.approx(0.5) and facts.first_step(adam, 1.0) == pytest.approx(1.0, rel=1e-7)
    assert facts.first_step(rmsprop, 1.0) == pytest.approx(10, rel=1e-6)


def test_every_cell_has_a_letter():
    """No name of the code stands in an equation."""
    for race, experiment in RACES:
        here = now(Recipe(experiment, Place(race=race)))
        for at in range(len(here.lanes)):
            for e in cards.lines(here, at):
                for cell in e.rhs.atoms(Cell) | {e.lhs}:
                    assert not re.search(r"text\{[a-z]+_|beta1|clip|(?<!var)eps", Letters().write(cell)), cell
    assert numbers.latex(float("nan")) == r"\text{NaN}"


NEAR = Race(on="himmelblau", start=(0.23, -4.11), methods=read_methods("gd", "opt"), eta=1e-3)
SAYS = [
    ("at the limit", Race(on="bowl", methods=read_methods("gd", "opt"), eta=2.0), "**at** the limit"),
    ("above", Race(on="bowl", methods=read_methods("gd", "opt"), eta=2.1), "**above**"),
    ("below", Race(on="bowl", methods=read_methods("gd", "opt"), eta=1.9), "lies below"),
    (
        "the nearest minimum",
        Race(on="himmelblau", start=(0.23, -4.11), methods=read_methods("gd", "opt"), eta=1e-3),
        "λmax ≈ 105.4",
    ),
]


@pytest.mark.parametrize("race, said", [case[1:] for case in SAYS], ids=[case[0] for case in SAYS])
def test_what_is_said_of_a_limit(race, said):
    """The bowl's limit is 2. The Hessian at Himmelblau's minimum (3.584, −1.848) has 105.4 as its largest eigenvalue."""
    assert said in "\n".join(facts.limits(now(Recipe(PRESETS["B"], Place(race=race))), Text("en", "optimizers")))


LANDS = {  # what a sentence says of one step from 1 on a parabola, of a run of many, and of neither
    "this step lands nearer": lambda x: x[1] < 0.99,
    "this step lands farther away on the other side": lambda x: x[1] > 1.01,
    "this step lands as far away on the other side": lambda x: x[1] == pytest.approx(1, rel=1e-5),
    "comes nearer in the long run": lambda x: x[-100:].max() < 0.01,
    "is thrown out in the long run": lambda x: x[-100:].min() > 100,
    "swings in the end with the same width": lambda x: np.ptp(x[-100:]) < 1e-3 * x[-1] and x[-1] > 1,
    "swings for ever, from the limit on ever farther out": lambda x: x[-100:].max() > 0.5,
    "does not move": lambda x: (x == 1).all(),
    "it comes no nearer, and goes no farther away": lambda x: x == pytest.approx(1, rel=1e-5),
    "it cannot stay there": lambda x: x[-100:].min() > 100,
    "lies below the limit": lambda x: x[-100:].max() < 0.01,
}
LIMITED = [
    (method, share * limit)
    for method, limit in (("gd", 2.0), ("momentum", 3.8), ("momentum:momentum=0.5", 3.0), ("nesterov", 3.8 / 2.8))
    for share in (0.0, 0.2, 0.8, 1.0, 1.2)
] + [("momentum:momentum=1", eta) for eta in (0.5, 3.9, 4.0)]


def far(method: str, eta: float, updates: int) -> np.ndarray:
    """|x| of a run from 1 on ½ x², by the recurrence of the textbooks and none of the engine's code."""
    key, _, beta = method.partition(":momentum=")
    beta, x, m, found = {"gd": 0.0}.get(key, float(beta or 0.9)), 1.0, 0.0, [1.0]
    for _ in range(updates):
        m = beta * m + x
        x -= eta * (x + beta * m if key == "nesterov" else m)
        found.append(abs(x))
    return np.array(found)


@pytest.mark.parametrize("on", ["bowl", OWN])
@pytest.mark.parametrize("method, eta", LIMITED, ids=lambda x: str(x))
def test_what_is_said_of_a_limit_is_what_happens(method, eta, on):
    """On the bowl (λ = 1), and on the identity's squared error of one sample: λ = 10, so a tenth of the rate."""
    bend = 10 if on == OWN else 1
    experiment = replace(PRESETS["A"], activation="identity")
    race = Race(on=on, methods=read_methods(method, "opt"), eta=eta / bend)
    said = facts.limits(now(Recipe(experiment, Place(race=race))), Text("en", "optimizers"))[2]
    assert f"λmax = {bend}" in said or f"λmax ≈ {bend}" in said
    assert "is =" not in said and "than =" not in said
    held = [words for words in LANDS if words in said]
    assert held, said
    for words in held:
        assert LANDS[words](far(method, eta, 400)), words


def test_a_ball_with_a_memory_may_first_go_away():
    """The heavy ball at η = 0.3 on preset A's identity: below its limit, 0.38, and yet its first step makes L fourfold."""
    race = Race(on=OWN, methods=read_methods("momentum", "opt"), eta=0.3)
    here = now(Recipe(replace(PRESETS["A"], activation="identity"), Place(k=600, race=race)))
    loss = here.lanes[0].history.loss
    assert loss[1] == pytest.approx(4 * loss[0]) and loss[600] < 1e-6
    said = " ".join(facts.limits(here, Text("en", "optimizers")))
    assert "is less than 0.38" in said and "in the long run" in said and "this step" not in said


def test_a_frozen_parameter_does_not_bend():
    """With w₁ and w₂ alone to move the limit is theirs: λ = 1.5 on XOR where all four samples but the first are on."""
    experiment = replace(PRESETS["B"], bias=True, weights=(0.5, 0.5, 0.3), free=(0, 1))
    here = now(Recipe(experiment, Place(race=Race(on=OWN, methods=read_methods("gd", "opt"), eta=0.5))))
    assert picture.bend_of(here, 0) == pytest.approx(1.5, rel=1e-6)


def test_keras_own_numbers_are_not_the_readers():
    """Only what Keras starts with is listed, whatever the reader has typed."""
    race = Race(methods=read_methods("adam:keras:beta1=0.5", "opt"))
    said = " ".join(say.remarks(now(Recipe(PRESETS["B"], Place(race=race))), 0, Text("en", "optimizers")))
    assert "ε = 10⁻⁷ (10⁻⁸)" in said and "β₁" not in said


def test_only_a_sum_of_gradients_is_made_of_memory():
    """Adam's step is long beside a small gradient because it divides by it, not because it remembers."""
    adam = now(Recipe(PRESETS["B"], Place(race=Race(on="bowl", start=(1e-9, 1.0), methods=read_methods("adam", "opt")))))
    assert "remembered" not in say.effective(adam, 0, cards.lines(adam, 0)[-2].value, Text("en", "optimizers"))


def test_who_stopped_is_not_compared():
    """Adam without ε and memory of squares divides by 0 where a gradient is; the line names those that go on, and who stopped."""
    race = Race(on="rosenbrock", methods=read_methods("gd,adam", "opt"), eta=0.1)
    said = say.sentence(now(Recipe(PRESETS["B"], Place(k=50, race=race))), Text("en", "optimizers"))
    assert said.startswith("After 50 updates **2 · Adam** is at L") and said.endswith("Stopped before: 1 · Gradient descent.")


@pytest.mark.parametrize("opt", ["gd:l2=10,adam:l2=1", "momentum:momentum=0.9:l2=10"])
def test_the_sweeps_axis_holds_the_start(opt):
    """Also where every rate ends far above it."""
    race = Race(on="himmelblau", start=(3.0, 2.0), methods=read_methods(opt, "opt"), horizon=500)
    data = picture.sweep(now(Recipe(PRESETS["B"], Place(race=race))), 1e-3, Text("en", "optimizers"))
    assert data["y"][0] < -3 < data["y"][1] and data["yticks"]


def test_a_dead_neuron_is_shown_to_stay_dead():
    """Under every optimizer the loss is ½ after 100 updates; Adam with decay in its gradient steps across 0 and wakes it."""
    race = Race(methods=read_methods("gd,momentum,adamw,adam:l2=0.01", "opt"), eta=0.5)
    lanes = facts.dead_lanes(race)
    assert [float(lane.history.loss[facts.SLEEP]) for lane in lanes[:3]] == [0.5, 0.5, 0.5] and lanes[3].history.loss[
        facts.SLEEP
    ] < 0.4


def test_every_update_says_whether_it_woke():
    """Not only the last: with η λ = 3 AdamW steps across 0 at once, and later back to where nothing is on."""
    race = Race(methods=read_methods("adamw:decay=1,gd,adamw:decay=0.5", "opt"), eta=3.0)
    here = now(Recipe(PRESETS["B"], Place(race=race)))
    table = facts.dead_table(here, Text("en", "optimizers")).splitlines()[-3:]
    assert [line.strip("| ").split(" | ")[-1].strip() for line in table] == ["woke and died again", "still dead", "awake"]
    x = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    on = [(lane.history.theta[: facts.SLEEP + 1] @ x.T > 0).any(axis=-1) for lane in facts.dead_lanes(race)]
    assert [(bool(lane.any()), bool(lane[-1])) for lane in on] == [(True, False), (False, False), (True, True)]
