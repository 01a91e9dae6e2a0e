"""All that the optimizers' page can say: races on test functions, a neuron and a network, from healthy ones to those that every
diagnosis was made for, with each hyper-parameter at the end of its range."""

from dataclasses import replace

from engine.experiment import NETWORK, NETWORKS, PRESETS
from engine.lane_health import EXTREMES
from engine.method import Method, read_methods
from engine.optimizers import VARIANTS
from engine.race import OWN, Race, bests_of
from engine.recipe import Recipe
from engine.schedules import SCHEDULES
from engine.words import Place
from view.optimizers import called, cards, facts, landscape, picture, say
from view.optimizers.state import Now, now, within
from view.text import Text

KERAS = tuple(Method(one.key, one.flavour, one.amsgrad) for one in VARIANTS if one.flavour == "keras")
BROKEN = read_methods("gd,adam:beta1=1,adam:beta2=1,rmsprop:alpha=1,momentum:momentum=1", "opt")
RACES = (
    (Race(), 0),
    (Race(), 1),
    (Race(), 40),
    (Race(mode="best"), 5),
    (Race(methods=KERAS), 3),
    (Race(on="saddle", start=(0.0, 0.0)), 3),
    (Race(on="bowl", methods=read_methods("gd,momentum,adagrad", "opt"), eta=1.0), 200),
    (Race(on="bowl", methods=read_methods("gd,nesterov,nadam,adam:amsgrad", "opt"), eta=3.0), 12),
    (Race(on="rosenbrock", methods=BROKEN, eta=1e6), 3),
    (Race(on="ravine", methods=read_methods("adam:eps=0,adamw:l2=0.1,gd:clip_norm=1:clip_value=1:step", "opt"), eta=0.0), 2),
    (Race(on="saddle", start=(0.0, 1.5), methods=read_methods("momentum,gd", "opt"), eta=0.5, shown=0), 4),
    (Race(on="saddle", start=(-1.5, 0.0), methods=read_methods("gd,adam", "opt"), eta=0.5), 40),  # level ground
    (Race(on="beale", methods=read_methods("rmsprop,adam", "opt")), 7),
    (Race(on="bowl", methods=read_methods("gd", "opt"), eta=2.0), 0),  # alone, and at its limit
    (Race(on="bowl", methods=read_methods("gd", "opt"), eta=2.0), 6),
    (Race(on="bowl", methods=read_methods("momentum,nesterov", "opt"), eta=3.8), 0),  # the heavy ball at its limit
    (Race(on="bowl", methods=read_methods("gd", "opt"), eta=1e-18), 6),  # too small to move
    (Race(methods=read_methods("adam:beta1=1,adam:keras:beta2=1,gd", "opt"), mode="best"), 5),
    (Race(on="rosenbrock", methods=read_methods("gd,adam", "opt"), eta=0.1), 50),
    (Race(on=OWN), 9),
)  # fmt: skip


def races() -> list[Now]:
    """The same, and a dead neuron, one that momentum carries over the dead plateau, a deep network and a small one."""
    found = [now(within(Recipe(PRESETS["B"], Place(k=k, race=race)))) for race, k in RACES]
    found.append(now(within(Recipe(facts.DEAD, Place(k=20, race=Race(on=OWN))))))
    found.append(now(within(Recipe(PRESETS["D"], Place(k=1, race=Race(on=OWN, eta=1.0))))))
    for eta in (0.0, 0.2, 0.3, 0.38, 0.4):  # of preset A, whose limits are 0.2, 0.38 and about 0.136
        race = Race(on=OWN, methods=read_methods("gd,momentum,nesterov,momentum:momentum=1", "opt"), eta=eta)
        found.append(now(within(Recipe(PRESETS["A"], Place(race=race)))))
    deep = replace(NETWORKS["spiral"], hidden=((8, "tanh"),) * 4)
    found.append(now(within(Recipe(deep, Place(k=1, race=Race(on=OWN, methods=read_methods("gd", "opt"), horizon=20))))))
    return [*found, now(within(Recipe(NETWORK, Place(k=40, race=Race(on=OWN, methods=read_methods("gd,momentum,adam", "opt"))))))]


def race_page(text: Text) -> list[str]:
    said = [text.say("gradient-elsewhere"), text.say("dead"), text.say("first-step")]
    said += [called.name(Method("adam", schedule=key, hyper=(("clip_norm", 1.0), ("l2", 0.1))), text) for key in SCHEDULES]
    for here in races():
        view = landscape.view_of(here, text)
        said += [say.sentence(here, text), say.mode(here, text)]
        said += [words for words in [*facts.limits(here, text), facts.dead_words(here, text)] if not words.startswith("$")]
        said += [words for words in picture.race(here, view, "", text)["texts"].values() if words]
        found = bests_of(here.course, here.race.methods, here.race.horizon)
        said += [
            *say.sweep_texts(here, found, text).values(),
            text.say("bests", bests=text("; ").join(say.best_words(here, found, text))),
        ]
        for at in range(len(here.lanes)):
            said += [say.state(here, at, text), say.landing(here, at, text) if not here.stopped(at) else ""]
            said += [say.effective(here, at, cards.lines(here, at)[-2].value, text), *say.remarks(here, at, text)]
    said += [text.say(f"extreme-{which}") for which in (*EXTREMES, "lr")]
    return [words for words in said if words]
