"""The gallery as Streamlit runs it: every entry and topic opens in both languages, what the point says is what the entry says
there, and every choice is an address."""

import base64
import json
import math
import re
import zlib

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.losses import LOSSES
from engine.words import TOPICS
from tests.pages.streamlit_page import data, page, texts
from view import entries
from view.text import LANGUAGES, Text

BELOW_1 = 0.5 * (1 + math.erf(1 / math.sqrt(2)))  # the chance that a normally distributed number lies below 1
BY_HAND = {  # (key, z) -> (value, slope), worked out with Python's own functions
    ("tanh", 0.5): (math.tanh(0.5), 1 - math.tanh(0.5) ** 2),
    ("sigmoid", -1.0): (1 / (1 + math.e), math.e / (1 + math.e) ** 2),
    ("elu", -1.0): (math.exp(-1) - 1, math.exp(-1)),
    ("gelu", 1.0): (BELOW_1, BELOW_1 + math.exp(-0.5) / math.sqrt(2 * math.pi)),
    ("softsign", 3.0): (0.75, 1 / 16),
    ("hard_sigmoid", 1.5): (0.75, 1 / 6),
    ("relu", 0.0): (0.0, 0.0),
}  # fmt: skip


def payload(app, name: str) -> dict:
    carriers = [json.loads(c.proto.json) for c in app.get("bidi_component")]
    return json.loads(zlib.decompress(base64.b64decode(next(c["packed"] for c in carriers if c.get("hash") == name))))


def rows(packed: dict) -> np.ndarray:
    flat = np.frombuffer(base64.b64decode(packed["bdata"]), dtype=np.float32)
    return flat.reshape([int(n) for n in packed["shape"].split(",")])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", [*ACTIVATIONS, *LOSSES])
def test_every_entry_opens(key, lang):
    """With its name and its paragraph, and its small picture pressed."""
    topic = "activations" if key in ACTIVATIONS else "losses"
    app = page("gallery", topic=topic, entry=key, z="0.4", lang=lang)
    assert entries.paragraph(key, Text(lang)) in texts(app) and data(app, "-tiles")["chosen"] == key
    assert len(data(app, "-tiles")["tiles"]) == len(ACTIVATIONS if topic == "activations" else LOSSES)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_opens(topic, lang):
    page("gallery", topic=topic, lang=lang)


@pytest.mark.parametrize("case, wanted", BY_HAND.items(), ids=[key for key, _ in BY_HAND])
def test_the_point_says_what_the_entry_says(case, wanted):
    """In the picture's data, exactly; and the same number stands in the equations."""
    key, z = case
    app = page("gallery", entry=key, z=str(z), lang="en")
    assert data(app, "-curve")["now"]["point"] == pytest.approx([z, *wanted], rel=1e-9, abs=1e-12)
    assert any("begin{aligned}" in m.value for m in app.markdown)


def test_the_curve_is_the_entrys():
    """Every place of the range: value and slope of SiLU by the formula of its authors."""
    app = page("gallery", entry="silu", z="0.4", lang="en")
    found = rows(payload(app, data(app, "-curve")["payload"])["curve"]).astype(float)
    s = 1 / (1 + np.exp(-found[:, 0]))
    assert found[:, 1] == pytest.approx(found[:, 0] * s, abs=1e-6)
    assert found[:, 2] == pytest.approx(s + found[:, 0] * s * (1 - s), abs=1e-6)
    assert len(found) > 200 and (found[0, 0], found[-1, 0]) == (-6, 6)


def test_a_topic_and_an_entry_are_chosen():
    """Each is one new address; another topic forgets nothing of the first."""
    app = page("gallery", lang="en")
    app.selectbox(key="gallery_entry").set_value("gelu").run()
    assert app.query_params["entry"] == "gelu" and data(app, "-tiles")["chosen"] == "gelu"
    app.segmented_control(key="topic").set_value("losses").run()
    assert app.query_params["topic"] == "losses" and data(app, "-tiles")["chosen"] == "squared_error"
    app.text_input(key="gallery_place").set_value("2.5").run()
    assert app.query_params["z"] == "2.5" and data(app, "-curve")["now"]["point"] == [2.5, 2.25, 3.0]
    app.text_input(key="gallery_place").set_value("high").run()
    assert app.text_input(key="gallery_place").value == "high" and "not “high”" in texts(app)


@pytest.mark.parametrize(
    "words", [{"z": "1000"}, {"z": "-1000", "entry": "gelu"}, {"topic": "losses", "entry": "cross_entropy", "z": "7"}]
)
def test_absurd_places_are_places(words):
    """Far out, or beyond the probabilities: the picture reaches so far, or stops at the nearest place there is."""
    app = page("gallery", lang="en", **words)
    at, low, high = data(app, "-curve")["now"]["point"][0], *data(app, "-curve")["x"]
    assert low <= at <= high


def test_what_cannot_be_read_is_refused_by_name():
    """A word with a space in it is the key of no entry, whatever is added."""
    app = page("gallery", lang="en", entry="no entry", z="far")
    assert "“no entry”" in texts(app) and "“far”" in texts(app)


def test_zero_has_no_sign_in_the_equations():
    """Softmax with one class certain: its shares are 1 and 0, and so are the products, without a minus."""
    app = page("gallery", topic="softmax", logits="1000,-1000", lang="en")
    shown = [m.value for m in app.markdown if r"\underbrace" in m.value]
    assert shown and not [part for part in shown if re.search(r"[-−]0(?![.\d])", part)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_loss_without_a_slope_is_flat_everywhere(lang):
    """Hinge beside the target 0.5, which is no side: 1 for every score, and nothing to go by."""
    said = texts(page("gallery", topic="losses", entry="hinge", goal="0.5", lang=lang))
    words = {"en": ("Values: 1 everywhere.", "Flat everywhere"), "zh": ("取值：处处为 1。", "处处是平的")}[lang]
    assert all(part in said for part in words) and Text(lang, "gallery").say("flat-none", share="0.01", name="y") not in said
