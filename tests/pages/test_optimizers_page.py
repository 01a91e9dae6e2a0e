"""The optimizers' page as Streamlit runs it: every loss and every mode opens in both languages, the numbers are the race's own,
choices are addresses, and absurd hyper-parameters leave a sentence."""

import base64

import numpy as np
import pytest

from engine.experiment import NETWORK, PRESETS
from engine.functions import FUNCTIONS
from engine.history import descend
from engine.method import Method, optimizer_of, read_methods, written_methods
from engine.optimizers import OPTIMIZERS
from engine.race import OWN, Race
from engine.recipe import write
from engine.words import Place
from tests.pages.streamlit_page import data, page, texts
from view import navigation
from view.optimizers import choices
from view.text import LANGUAGES, Text


def race(experiment=PRESETS["B"], k: int = 0, lang: str = "en", **choices):
    return page("optimizers", **{**write(experiment, Place(k=k, race=Race(**choices))), "lang": lang})


def rows(packed: dict) -> np.ndarray:
    flat = np.frombuffer(base64.b64decode(packed["bdata"]), dtype=np.float32)
    return flat.reshape([int(n) for n in packed["shape"].split(",")])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("on", FUNCTIONS)
def test_every_function_opens(on, lang):
    """Four lanes from its own start."""
    app = race(on=on, lang=lang, eta=FUNCTIONS[on].eta)
    lanes = data(app, "race")["lanes"]
    assert len(lanes) == 4
    for lane in lanes:
        assert rows(lane["path"])[0, :2] == pytest.approx(FUNCTIONS[on].start, rel=1e-6)
    assert Text(lang)("Where the gradient comes from") in [e.label for e in app.expander]


@pytest.mark.parametrize("mode", ["same", "best"])
@pytest.mark.parametrize("experiment", [PRESETS["A"], PRESETS["B"], PRESETS["keras"], NETWORK], ids=["A", "B", "keras", "network"])
def test_the_readers_own_loss_opens(experiment, mode):
    """One neuron on one sample or four, with a bias, and a network."""
    app = race(experiment, k=5, on=OWN, mode=mode, eta=0.1)
    assert len(data(app, "race")["lanes"]) == 4 and "After 5 updates" in texts(app)


def test_the_numbers_are_each_optimizers_own_run():
    """Path, next landing place and loss of every lane, against its run alone."""
    methods = read_methods("gd,momentum,nesterov,adagrad:keras,adam:beta1=0.5,nadam", "opt")
    app = race(methods=methods, k=12, eta=0.03)
    for lane, method in zip(data(app, "race")["lanes"], methods, strict=True):
        run = descend(FUNCTIONS["ravine"].objective, FUNCTIONS["ravine"].start, ((0, 0.03),), 13, optimizer_of(method))
        path = rows(lane["path"])
        assert path[:, :2] == pytest.approx(run.theta[:13], rel=1e-5, abs=1e-6) and list(path[:, 3]) == list(range(13))
        assert lane["next"][:2] == pytest.approx(list(run.theta[13]), rel=1e-9)


def test_the_mode_is_said():
    """On what terms they run stands under the first line; at its best, each has its own rate."""
    assert "the same learning rate" in texts(race()) and "its own best rate" in texts(race(mode="best"))
    rates = {lane["eta"] for lane in data(race(mode="best"), "race")["lanes"]}
    assert len(rates) == 4


ABSURD = (
    ("adam:beta1=1", 1),
    ("adam:beta2=1", 1),
    ("nesterov:momentum=1", 0.05),
    ("nadam:beta1=1", 0.05),
    ("rmsprop:alpha=1:eps=0", 1),
    ("momentum:momentum=1,adam:eps=0", 1e6),
    ("gd", 0),
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("opt, eta", ABSURD)
def test_absurd_numbers_leave_a_sentence(opt, eta, lang):
    """No traceback, and a remark on the card."""
    app = race(methods=read_methods(opt, "opt"), eta=eta, k=3, lang=lang)
    said = texts(app)
    extreme = {"beta1": "β₁ = 1", "beta2": "β₂ = 1", "alpha": "α = 1", "eps": "ε = 0", "momentum": "β = 1"}
    for method in read_methods(opt, "opt"):
        for which, _ in method.hyper:
            assert extreme[which] in said
    if eta == 0:
        assert "η = 0" in said


def test_a_race_that_stopped_cannot_be_followed_further():
    """The page stands at the last update, and says why."""
    app = race(on="rosenbrock", methods=read_methods("gd", "opt"), eta=1.0, k=400)
    assert "this race can be followed to update" in texts(app)
    assert data(app, "stepper")["last"] < 20


def test_adding_changing_and_removing_an_optimizer():
    """Each is one new address; the others stay as they were."""
    app = race()
    app.button(key="lane_add").click().run()
    assert app.query_params["opt"] == "gd,momentum,rmsprop,adam,nesterov"
    app.segmented_control(key="race_mode").set_value("best").run()
    assert app.query_params["mode"] == "best" and not app.exception
    app.segmented_control(key="race_on").set_value("himmelblau").run()
    assert app.query_params["on"] == "himmelblau" and app.query_params["eta"] == "0.01"
    app.button(key="undo_button").click().run()
    assert app.query_params["opt"] == "gd,momentum,rmsprop,adam,nesterov" and "on" not in app.query_params


def test_six_are_the_most():
    """Then there is no button to add another."""
    app = race(methods=tuple(Method(key) for key in list(OPTIMIZERS)[:6]))
    assert "lane_add" not in [b.key for b in app.button]


def test_a_rate_that_cannot_be_read_is_refused_beside_its_field():
    """What was typed stays in the field."""
    app = race()
    app.text_input(key="race_eta").set_value("fast").run()
    assert app.text_input(key="race_eta").value == "fast" and "not “fast”" in texts(app)
    assert "from 0 to 1000000" in texts(app)
    app.text_input(key="race_eta").set_value("0.02").run()
    assert app.query_params["eta"] == "0.02" and data(app, "race")["lanes"][0]["eta"] == "η = 0.02"


@pytest.fixture
def unfolded(monkeypatch):
    """Popovers that are open from the first run on, which the test of a page cannot do by a click."""
    monkeypatch.setattr(choices, "folded", lambda label, key, inside: inside())


def test_a_refused_text_stays_while_others_are_edited(unfolded):
    """ε of Adam: another number, the schedule and the clipping are of no concern to it."""
    app = race(methods=read_methods("adam,gd,momentum", "opt"))
    app.text_input(key="lane0_eps").set_value("abc").run()
    app.text_input(key="lane0_beta1").set_value("0.8").run()
    app.selectbox(key="lane0_schedule").set_value("step").run()
    app.toggle(key="lane0_clip_norm_on").set_value(True).run()
    assert app.text_input(key="lane0_eps").value == "abc" and "“abc”" in texts(app)
    assert app.query_params["opt"] == "adam:step:beta1=0.8:clip_norm=1,gd,momentum"


def test_a_refused_text_does_not_wander(unfolded):
    """It goes with its method, its schedule, its switch, its lane and its mode: none of those that come after have it."""
    app = race(methods=read_methods("adam,rmsprop,adam:step:clip_norm=1", "opt"))
    app.text_input(key="lane0_eps").set_value("abc").run()
    app.selectbox(key="lane0_key").set_value("rmsprop").run()
    assert app.text_input(key="lane0_eps").value == "1e-08" and "abc" not in texts(app)
    app.text_input(key="lane0_eps").set_value("abc").run()
    app.button(key="lane0_remove").click().run()
    assert app.query_params["opt"] == "rmsprop,adam:step:clip_norm=1"
    assert app.text_input(key="lane0_eps").value == "1e-08" and "abc" not in texts(app)
    app.text_input(key="lane1_gamma").set_value("abc").run()
    app.selectbox(key="lane1_schedule").set_value("exponential").run()
    assert app.text_input(key="lane1_gamma").value != "abc"
    app.text_input(key="lane1_clip_norm").set_value("abc").run()
    for on in (False, True):
        app.toggle(key="lane1_clip_norm_on").set_value(on).run()
    assert app.text_input(key="lane1_clip_norm").value == "1"
    app.text_input(key="race_eta").set_value("abc").run()
    for mode in ("best", "same"):
        app.segmented_control(key="race_mode").set_value(mode).run()
    assert app.text_input(key="race_eta").value == "0.05" and "abc" not in texts(app)


def test_the_shown_parameter_is_chosen():
    """Its letter stands in the equations."""
    app = race(shown=1)
    assert any(r"\partial v" in m.value and "race" not in m.value for m in app.markdown)


@pytest.mark.parametrize("choices", [{"batch": "2"}, {"broken": "1"}])
def test_what_it_cannot_show_it_says(choices):
    """Mini-batches and a broken engine belong to the network's page."""
    app = page("optimizers", **write(NETWORK, Place(race=Race(on=OWN))), lang="en", **choices)
    assert "this page needs" in texts(app)


def test_a_single_weight_has_no_surface():
    """The sine without a hidden layer and without a bias: a sentence, and the ways on."""
    app = page("optimizers", data="sine", bias="0", on=OWN, lang="en")
    assert "a single weight" in texts(app) and not [c for c in app.get("bidi_component") if c.proto.id.endswith("-race")]


def test_a_bar_for_every_part_of_a_long_race():
    """Ten thousand updates of six optimizers: the bar moves on, its button is there once, and the page comes."""
    app = race(on="beale", methods=read_methods("nadam,nadam,nadam,nadam,nadam,nadam", "opt"), eta=0.001, k=9000)
    assert "After 9000 updates" in texts(app)


def test_whoever_brings_an_experiment_finds_it_raced(monkeypatch):
    """The link to this page names the experiment as the loss, unless the address holds none or names a race already. Away from it
    the update is taken along where it is the experiment's, not where it is a test function's."""

    class Words(dict):
        to_dict = dict.copy

    for words, wanted in [({"data": "xor"}, OWN), ({}, None), ({"data": "xor", "opt": "gd"}, None), ({"lang": "zh"}, None)]:
        monkeypatch.setattr(navigation.st, "query_params", Words(words))
        assert navigation._words("", "optimizers").get("on") == wanted
        assert navigation._words("", "network") == words
    for words, kept in [({"on": "bowl", "at": "7.1"}, False), ({"at": "7.1"}, False), ({"on": OWN, "at": "7.1"}, True)]:
        monkeypatch.setattr(navigation.st, "query_params", Words(words))
        assert ("at" in navigation._words("optimizers", "network")) == kept and "at" in navigation._words(
            "optimizers", "optimizers"
        )


def test_links_name_their_methods():
    """What the page writes is what it reads."""
    methods = read_methods("adam:keras:amsgrad:beta1=0.8,gd:cosine:total=50:clip_norm=2", "opt")
    app = page("optimizers", opt=written_methods(methods), lang="en")
    assert [lane["name"] for lane in data(app, "race")["lanes"]] == ["AMSGrad (Keras)", "Gradient descent + cosine + clipping"]
