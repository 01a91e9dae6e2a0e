"""The learning rate's page as Streamlit runs it: every preset in both languages, the facts that it makes plain, every choice in a
link, and failures that leave a sentence instead of a broken chart."""

import base64
import json
import zlib

import numpy as np
import pytest

from engine.experiment import NETWORK, NETWORKS, PRESETS, history_of, objective_of, start_of
from engine.outlook import KEPT, RATES
from engine.recipe import read, write
from engine.words import Place
from tests.pages.streamlit_page import data, page, texts
from view.text import LANGUAGES

EXPERIMENTS = {**PRESETS, "network": NETWORK}
NET = write(NETWORK, Place())


def payload(app, name: str) -> dict:
    """What a carrier brought under this hash."""
    carriers = [json.loads(c.proto.json) for c in app.get("bidi_component")]
    found = next(c["packed"] for c in carriers if c.get("hash") == name)
    return json.loads(zlib.decompress(base64.b64decode(found)))


def rows(packed: dict) -> np.ndarray:
    flat = np.frombuffer(base64.b64decode(packed["bdata"]), dtype=np.float32)
    return flat.reshape([int(n) for n in packed["shape"].split(",")])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("preset", EXPERIMENTS)
def test_every_preset_opens(preset, lang):
    """Each objective the page offers opens at its start and later on, in either language, and says what becomes of its run."""
    for k in (0, 3):
        app = page("learning_rate", **{**write(EXPERIMENTS[preset], Place(k=k)), "lang": lang})
        assert "η = " in app.markdown[1].value and data(app, "stepper")["at"] == f"{k}.1"


@pytest.mark.parametrize("preset,eta,says", [
    ("A", "0.05", "valley"), ("A", "0.1", "lands exactly there"), ("A", "0.2", "swings for ever"), ("A", "0.25", "dead"),
    ("B", "0.5", "middle basin"), ("B", "1", "valley w₁ = 1"), ("B", "2", "dead"), ("B", "1.4", "valley"),
    ("C", "0.5", "valley"), ("D", "0.5", "middle basin"), ("D", "1", "dead"),
    ("article", "0.5", "middle basin"), ("article", "0.7", "valley w₁ = 1"), ("article", "1", "dead"),
    ("keras", "0.01", "undecided"),
])  # fmt: skip
def test_the_first_sentence_names_the_fate(preset, eta, says):
    """The fates of the presets, as they were worked out by hand."""
    app = page("learning_rate", **{**write(PRESETS[preset], Place()), "lr": eta, "lang": "en"})
    assert says in app.markdown[1].value, app.markdown[1].value


def test_2_over_lambda_max_is_neither_safe_nor_fatal():
    """Preset B: a rate above it comes to rest in a valley. Preset D: a rate below it kills the neuron in one step."""
    b = page("learning_rate", **write(PRESETS["B"], Place()), lang="en")
    assert "2/λmax ≈ 1.333** is not the fatal rate: above it, even η = 1.4" in texts(b)
    d = page("learning_rate", **write(PRESETS["D"], Place()), lang="en")
    assert "2/λmax ≈ 1.333** is not the safe rate: below it, η = 1 " in texts(d)
    assert data(d, "rates")["oracle"]["marks"][-1]["kind"] == "dead"


@pytest.mark.parametrize("name", ["B", "keras", "network"])
def test_the_family_is_the_runs_themselves(name):
    """What the browser scrubs: every rate's run at the shared update numbers, its first two weights and its true loss."""
    experiment = EXPERIMENTS[name]
    app = page("learning_rate", **write(experiment, Place(scale="linear")))
    family = payload(app, data(app, "rates")["family"])
    points = rows(family["points"]).reshape(len(RATES), len(KEPT), 3)
    assert family["ks"] == list(KEPT) and len(RATES) >= 120
    for row in (0, 60, 100, len(RATES) - 1):
        history = history_of(read({**write(experiment, Place()), "lr": str(RATES[row])}).experiment, KEPT[-1])
        kept = [k for k in KEPT if k <= history.updates]
        own = np.column_stack([history.theta[kept][:, :2], history.loss[kept]])
        assert points[row, : len(kept)] == pytest.approx(own, rel=1e-4, abs=1e-5)


def test_the_family_is_small():
    """At most 120 KB for all rates, as it is sent."""
    for experiment in EXPERIMENTS.values():
        app = page("learning_rate", **write(experiment, Place()))
        carriers = [json.loads(c.proto.json) for c in app.get("bidi_component")]
        name = data(app, "rates")["family"]
        assert len(next(c["packed"] for c in carriers if c.get("hash") == name)) < 120_000


def test_each_point_has_its_true_loss_and_the_surface_under_it():
    """With a bias the run leaves the plane of w1 and w2: height is the loss at the very weights, foot the loss in the plane."""
    app = page("learning_rate", **{**NET, "at": "5.1", "plane": "0,9", "scale": "linear", "lang": "en"})
    of, history = objective_of(NETWORK), history_of(NETWORK, 5)
    path = rows(data(app, "rates")["path"])
    for k, (across, up, height, number, foot) in enumerate(path):
        theta = history.theta[k]
        assert (across, up, height, number) == pytest.approx((theta[0], theta[9], float(of.loss(theta)), k), rel=1e-6)
        shadow = history.theta[5].copy()
        shadow[[0, 9]] = theta[[0, 9]]
        assert foot == pytest.approx(float(of.loss(shadow)), rel=1e-6)
        away = np.linalg.norm(np.delete(theta - history.theta[5], [0, 9]))
        assert (k == 5) == (away == 0)
    far = np.linalg.norm(np.delete(start_of(NETWORK) - history.theta[5], [0, 9]))
    assert f"{far:.4g} off this plane" in data(app, "rates")["texts"]["start"]


def test_a_plane_says_whether_it_is_exact():
    """Two parameters are all there is; a network's plane is not, until the others are frozen."""
    exact, off = "This plane is exact", "off this plane; each point"
    assert exact in data(page("learning_rate", **write(PRESETS["B"], Place(k=3)), lang="en"), "rates")["texts"]["companions"]
    assert off in data(page("learning_rate", **{**NET, "at": "3.1", "lang": "en"}), "rates")["texts"]["companions"]
    frozen = page("learning_rate", **{**NET, "at": "3.1", "free": "0,9", "plane": "0,9", "lang": "en"})
    assert exact in data(frozen, "rates")["texts"]["companions"]


def test_a_link_holds_every_choice():
    """Plane, height, range, resolution and view come from the address, and the browser is told so."""
    app = page(
        "learning_rate", **{**NET, "plane": "gradient", "scale": "linear", "range": "0.5", "grid": "51", "view": "3d", "lang": "en"}
    )
    told = data(app, "rates")
    figure = payload(app, told["surface"])
    assert told["view"] == "3d" and figure["grid"]["z"]["shape"] == "51, 51"
    assert figure["3d"]["layout"]["scene"]["xaxis"]["range"] == [-0.5, 0.5] and figure["height"] == "L"
    assert figure["contour"]["layout"]["xaxis"]["title"]["text"] == "along −∇L"
    app.session_state["more_rate"] = True
    app.run()
    assert not app.exception and app.segmented_control(key="scale").value == "linear" and app.selectbox(key="range").value == 0.5
    assert app.segmented_control(key="plane_kind").value is False and app.segmented_control(key="grid").value == 51


def test_freezing_is_a_new_run_that_can_be_undone():
    """The toggle freezes all but the plane's two parameters, from the start; one undo brings the old run back."""
    app = page("learning_rate", **{**NET, "at": "3.1", "lang": "en"})
    app.session_state["more_rate"] = True
    app.run()
    app.toggle(key="freeze").set_value(True).run()
    assert app.query_params["free"] == "0,1" and data(app, "stepper")["at"] == "0.1"
    app.button(key="undo_button").click().run()
    assert "free" not in app.query_params and data(app, "stepper")["at"] == "3.1"


@pytest.mark.parametrize("query", [
    {"act": "identity", "x": "1000,1000", "lr": "10", "at": "2.1"},
    {"data": "xor", "act": "identity", "w": "1000,-1000", "lr": "10"},
    {"data": "xor", "w": "-1,-1"}, {"data": "xor", "w": "0,0", "bias": "1"}, {"loss": "cross_entropy", "act": "sigmoid"},
])  # fmt: skip
@pytest.mark.parametrize("lang", LANGUAGES)
def test_extreme_runs_leave_a_sentence(query, lang):
    """Runs that blow up, are dead at once or stand on a kink: every picture has finite axes, and a sentence says what it is."""
    app = page("learning_rate", **query, lang=lang)
    told = data(app, "rates")
    family, figure = payload(app, told["family"]), payload(app, told["surface"])
    ends = [*told["oracle"]["x"], *told["oracle"]["y"], *told["curve"]["x"], *told["curve"]["y"], *family["y"]]
    ends += figure["contour"]["layout"]["xaxis"]["range"]
    assert np.isfinite(ends).all() and "η = " in app.markdown[1].value


def test_an_absurd_rate_is_refused_with_a_sentence():
    """η = 10⁶ is beyond the range: the sentence names it, and the page goes on with its default."""
    app = page("learning_rate", lr="1e6", lang="en")
    assert "lr must be a number from 0.001 to 10, not “1e6”." in [x.value for x in app.text]
    assert data(app, "rates")["rate"]["eta"] == "0.05"


def test_the_network_stays_when_the_neurons_page_is_opened():
    """The neuron's page does not pretend that a network is a neuron; it says so and offers one."""
    app = page(**NET, lang="en")
    assert "this page shows one neuron" in texts(app)
    app.button(key="neuron_button").click().run()
    assert not app.exception and data(app, "graph")["cards"]


def test_the_map_is_told_in_words_and_numbers():
    """The fates' shares of the map, of Glorot's starts and of the square stand in a table, and the map's alt text says its own."""
    app = page("learning_rate", **write(PRESETS["B"], Place()), lang="en")
    table = next(m.value for m in app.markdown if "uniform on the square" in m.value)
    assert all(fate in table for fate in ("dead", "valley w₁ = 1", "valley w₂ = 1", "middle basin"))
    told = payload(app, data(app, "rates")["map"])
    assert "101 by 101" in told["alt"] and "seeds 0 to 999" in told["facts"]
    codes = np.frombuffer(base64.b64decode(told["codes"]), dtype=np.uint8).reshape(101, 101)
    for fate, share in zip(told["fates"], np.bincount(codes.ravel(), minlength=len(told["fates"])) / 101**2, strict=True):
        assert float(fate["share"].removesuffix(" %")) == pytest.approx(100 * share, abs=0.06)


@pytest.mark.parametrize("key", ["circles", "blobs", "sine"])
@pytest.mark.parametrize("name", ["neuron", "learning_rate"])
def test_what_a_page_cannot_show_it_says(name, key):
    """A network on a large data set opens on either page with a sentence and a way on, in its title row the usual choices."""
    app = page(name, **write(NETWORKS[key], Place()), lang="en")
    app.button(key="neuron_button").click().run()
    assert not app.exception and data(app, "stepper")["at"] == "0.1"
