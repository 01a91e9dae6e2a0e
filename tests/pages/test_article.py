"""The article's page as Streamlit runs it: the recorded numbers of Keras in its table and file, a thousand seeds that are what
their own runs say, the question before the answer, and every choice as an address."""

import ast
import base64
import csv
import io
import json
import re
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.experiment import NETWORKS, objective_of, start_of
from engine.history import descend
from engine.network import start
from engine.recipe import read, write
from engine.seeds import ARTICLE, REPAIRS
from engine.words import Place
from tests.engine.test_recorded import CLOSE, RECORDED
from tests.pages.streamlit_page import data, page, texts
from view.article import article_program, article_question, article_run, article_seeds
from view.article.article_program import bare, code, program_of
from view.text import LANGUAGES, Text

EN = Text("en", "article")
TYPED = replace(ARTICLE, weights=(2.0, 1.0, 0.0))


def article(experiment=ARTICLE, lang="en", **query):
    """The page at this experiment, with nothing to guess first unless predict says so."""
    return page("article", **{"predict": "0", **write(experiment, Place()), "lang": lang, **query})


def payload(app, name: str) -> dict:
    """What a carrier brought under this hash."""
    carriers = [json.loads(c.proto.json) for c in app.get("bidi_component")]
    return json.loads(zlib.decompress(base64.b64decode(next(c["packed"] for c in carriers if c.get("hash") == name))))


def rows(packed: dict) -> np.ndarray:
    flat = np.frombuffer(base64.b64decode(packed["bdata"]), dtype=np.float32)
    return flat.reshape([int(n) for n in packed["shape"].split(",")])


def line(app) -> str:
    """The page's first sentence."""
    return data(app, "stepper")["sentence"]


def table(source: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(source.decode("utf-8-sig"))))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", REPAIRS)
def test_every_program_opens(key, lang):
    """Each program opens at its start, on the way and at its last epoch, in both languages, with its name in the first line."""
    for at in ("0.1", "3.1", "1000.1"):
        app = article(REPAIRS[key], lang, at=at)
        assert line(app).startswith(article_program.named(key, Text(lang, "article")))
        assert data(app, "stepper")["at"] == at and len(app.get("code")) == 1


@pytest.mark.parametrize("run", [run for run in RECORDED["runs"] if run["precision"] == "float64"], ids=lambda run: run["name"])
def test_the_file_holds_the_numbers_of_keras(run):
    """Downloaded for the start weights of a recorded run, the epochs are Keras's own, in every weight and loss it wrote down."""
    experiment = replace(ARTICLE, weights=tuple(run["start"]))
    head, *lines = table(article_run.as_csv(experiment, EN))
    assert head[:5] == ["epoch", "w₁", "w₂", "b", "L"] and len(lines) == RECORDED["epochs"] + 1
    found = np.array([[float(cell) for cell in line] for line in lines])
    for k, theta in run["theta_after"].items():
        assert found[int(k), 1:4] == pytest.approx(theta, abs=CLOSE["float64"], rel=0)
    for k, loss in run["loss_before_update"].items():
        assert found[int(k) - 1, 4] == pytest.approx(loss, abs=CLOSE["float64"], rel=0)


def test_the_sentence_names_what_was_recorded():
    """Framework, versions, number of runs and how close they are: those of the recording and of its test."""
    made = RECORDED["made_with"]
    known = article_program.KERAS
    assert (known["keras"], known["backend"].lower(), known["version"]) == (made["keras"], made["backend"], made["tensorflow"])
    assert len(RECORDED["runs"]) == article_program.RUNS and CLOSE == {"float64": 1e-13, "float32": 2e-6}
    assert (article_program.DOUBLE, article_program.SINGLE) == ("10⁻¹³", "2×10⁻⁶")
    assert {run["precision"] for run in RECORDED["runs"]} == {"float64", "float32"} and RECORDED["epochs"] == 1000
    app = article()
    assert f"Keras {made['keras']} (TensorFlow {made['tensorflow']})" in texts(app) and "12 runs" in texts(app)
    assert "Another program on the same engine" in texts(article(REPAIRS["hidden_2"]))


def test_the_table_shows_the_epochs():
    """From (2, 1), by hand: after one epoch w = (1.98, 0.985), b = −0.02, and where the reader stands is a bold row of its own."""
    shown = next(m.value for m in article(TYPED, at="3.1").markdown if m.value.startswith("| epoch"))
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in shown.splitlines()]
    assert lines[0] == ["epoch", "w₁", "w₂", "b", "L", "y₁", "y₂", "y₃", "y₄"]
    assert [line[0] for line in lines[2:]] == ["0", "1", "2", "**3**", "5", "10", "50", "100", "500", "1,000"]
    assert lines[2] == ["0", "2", "1", "0", "2.5", "0", "1", "2", "3"]
    assert lines[3][1:4] == ["1.98", "0.985", "−0.02"]


@pytest.mark.parametrize("key", ["bias", "hidden_2"])
def test_a_thousand_seeds_are_their_own_runs(key):
    """The picture's marks and losses, against runs followed alone, seed by seed, and judged by their outputs."""
    app = article(REPAIRS[key])
    told = data(app, "seeds")
    found = payload(app, told["payload"])
    codes = np.frombuffer(base64.b64decode(found["codes"]), dtype=np.uint8)
    losses, of = rows(found["loss"]), objective_of(REPAIRS[key])
    assert len(codes) == 1000 and losses.shape == (1000, 2) and told["seed"] == 0
    for seed in (*range(12), 249, 250, 999):
        run = descend(of, start(of, "glorot_uniform", seed), REPAIRS[key].rates, 1000)
        assert losses[seed] == pytest.approx(run.loss[[0, -1]], rel=1e-6)
        values = of.values(run.theta[-1])
        right = [p > 0.5 for p in values["y"][:, 0]] == [False, True, True, False]
        fate = "solved" if right else "stuck" if (values["z" if key == "bias" else "z1"] > 0).any() else "dead"
        assert told["fates"][codes[seed]]["name"] == fate
    counts = np.bincount(codes, minlength=3)
    assert [fate["count"] for fate in told["fates"]] == [str(n) for n in counts]
    assert [fate["part"] for fate in told["fates"]] == [n / 1000 for n in counts]


def test_the_seeds_as_a_file():
    """A row for each seed, in order, with the fates that the table counts."""
    head, *lines = table(article_seeds.as_csv(bare(ARTICLE), EN))
    assert head == ["seed", "fate", *(f"{n} at the {end}" for end in ("start", "end") for n in ("L", "w₁", "w₂", "b"))]
    assert [line[0] for line in lines] == [str(n) for n in range(1000)]
    assert [float(x) for x in lines[7][3:6]] == list(start(objective_of(ARTICLE), "glorot_uniform", 7))
    shown = article_seeds.table(bare(ARTICLE), EN)
    for fate in ("dead", "stuck", "solved"):
        assert f"| {fate} | {sum(line[1] == fate for line in lines)} |" in shown


def test_the_question_comes_first():
    """Before a guess neither the seeds nor the repair path are on the page; after it the gap is told, and both are."""
    app = article(predict="1")
    asked = texts(app)
    assert "how many will have learned XOR" in asked and "success rates appear when" in asked and "746" not in asked
    assert not [c for c in app.get("bidi_component") if "seeds" in c.proto.id or "path" in c.proto.id]
    app.button(key="guess_few").click().run()
    assert "You said “fewer than half”; it is “none of them”. Seeds that learn XOR: **0 of 1,000**." in texts(app)
    assert data(app, "seeds")["fates"][1]["count"] == "746"
    assert [card["counted"].split()[2] for card in data(app, "path")["cards"]][:3] == ["0", "0", "0"]


def test_a_new_rate_asks_anew():
    """What the repair path has shown is not asked again; another learning rate is."""
    app = article(predict="1")
    app.button(key="guess_skip").click().run()
    assert "Seeds that learn XOR: **0 of 1,000**." in texts(app) and "You said" not in texts(app)
    app.selectbox(key="program").set_value("hidden_4").run()
    assert data(app, "seeds")["fates"][2]["count"] == "596" and app.query_params["hidden"] == "4:relu"
    app.text_input(key="article_eta").set_value("2").run()
    assert "η = 2. Of 1,000 seeds" in texts(app) and app.query_params["lr"] == "2"


@pytest.mark.parametrize("solved,way", [(0, "none"), (1, "few"), (499, "few"), (500, "most"), (999, "most"), (1000, "all")])
def test_how_many_is_how_many(solved, way):
    """The four guesses divide what is possible, without a gap."""
    assert article_question.truth(solved) == way


@pytest.mark.parametrize(
    "experiment", [replace(ARTICLE, data="and"), NETWORKS["xor4"], replace(ARTICLE, loss="half_squared_error")]
)
def test_another_experiment_stays_until_something_is_chosen(experiment):
    """The page says that it shows the article's program; the address is left alone; a click takes the program."""
    app = article(experiment, at="2.1")
    assert "another experiment" in texts(app) and data(app, "stepper")["at"] == "0.1"
    assert "(article)" not in app.query_params and program_of(read(app.query_params).experiment) is None
    app.button(key="article_take").click().run()
    assert read({k: v[0] if isinstance(v, list) else v for k, v in app.query_params.items()}).experiment == ARTICLE
    assert "another experiment" not in texts(app)


def test_an_empty_address_holds_no_other_experiment():
    """Opened without an experiment in the address, the page starts with the article's program and no notice."""
    for query in ({}, {"at": "3.1", "speed": "2"}):
        app = page("article", lang="en", predict="0", **query)
        assert "another experiment" not in texts(app) and line(app).startswith("One neuron with bias (the article), ")
        assert not [b for b in app.button if b.key == "article_take"]


@pytest.mark.parametrize("k", [0, 1, 60, 1000])
def test_picture_and_sentence_agree(k):
    """The picture beside the proof is of the moment in the page's first line: the same k, the same samples right."""
    app = article(at=f"{k}.1")
    told = data(app, "decision")["texts"]
    assert told["note"] == f"at k = {k:,}" and f"At k = {k:,} this run is wrong about" in texts(app)
    assert told["right"].removesuffix(" right") in line(app)


def test_a_refused_rate_is_told_under_the_row():
    """The field keeps what was typed; its sentence stands in the slot, and a right number takes it away."""
    app = article()
    app.text_input(key="article_eta").set_value("abc").run()
    assert app.text_input(key="article_eta").value == "abc" and "η must be a number from 0.001 to 10, not “abc”." in texts(app)
    app.text_input(key="article_eta").set_value("0.5").run()
    assert "must be a number" not in texts(app) and app.query_params["lr"] in ("0.5", ["0.5"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cards_count_every_seed(lang):
    """The three counts of a card are all of its thousand seeds."""
    for card in data(article(lang=lang), "path")["cards"]:
        said = [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", card["counted"] + " · " + card["others"])]
        assert sum(said) - 1000 == 1000 and len(said) == 4  # "of 1,000" is one of the four


def test_the_first_choice_takes_the_article():
    """Turned on a page that shows the article in place of another experiment, the rate is the article's."""
    app = article(NETWORKS["xor4"])
    app.text_input(key="article_eta").set_value("0.5").run()
    assert app.query_params["data"] == ["xor"] or app.query_params["data"] == "xor"
    assert "another experiment" not in texts(app) and "learning_rate=0.5" in app.get("code")[0].value


def test_own_weights_and_seeds_are_typed():
    """The folded choices: a weight makes a run of its own, a seed one of the thousand."""
    app = article()
    app.session_state["article_start"] = True
    app.run()
    app.text_input(key="article_w1").set_value("-2.5").run()
    assert "own start weights" in line(app) and data(app, "seeds")["seed"] is None
    app.session_state["article_start"] = True
    app.run()
    app.text_input(key="article_seed").set_value("7").run()
    assert "seed 7" in line(app) and data(app, "seeds")["seed"] == 7


@pytest.mark.parametrize("query", [{"lr": "10"}, {"w": "1000,-1000,1000", "lr": "10"}, {"w": "0,0,0"}, {"lr": "0.01,7:0.1"}])
@pytest.mark.parametrize("key", ["bias", "hidden_2"])
def test_extreme_runs_leave_a_sentence(key, query):
    """Runs that blow up, that start on a kink, whose rate changes on the way: the page stands."""
    if key == "hidden_2" and "w" in query:
        query = {**query, "w": ",".join(["1000"] * 9)}
    app = article(REPAIRS[key], **query)
    axes = data(app, "timeline")["axes"]
    assert np.isfinite([*axes["x"], *axes["y"]]).all() and "L " in line(app)


@pytest.mark.parametrize("experiment", [*REPAIRS.values(), TYPED, replace(ARTICLE, rates=((0, 0.01), (7, 0.1), (2000, 1.0)))])
def test_the_code_is_the_run(experiment):
    """Python that parses; its start weights are the run's, kernels transposed; its fits make 1,000 epochs at the run's rates."""
    source = code(experiment)
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = [(call, getattr(call.func, "attr", "")) for call in calls]
    arrays = next(call.args[0] for call, name in named if name == "set_weights")
    theta = [np.array(ast.literal_eval(array.args[0])).T.ravel() for array in arrays.elts]
    assert np.concatenate(theta) == pytest.approx(start_of(experiment), rel=1e-7)
    fits = [{k.arg: k.value.value for k in call.keywords} for call, name in named if name == "fit"]
    assert sum(fit["epochs"] for fit in fits) == 1000 and all(fit["batch_size"] == 4 for fit in fits)
    assert [fit["epochs"] for fit in fits] == ([7, 993] if len(experiment.rates) > 1 else [1000])
    dense = [call for call, name in named if name == "Dense"]
    assert [call.args[0].value for call in dense] == [*(n for n, _ in experiment.hidden), 1]
    assert ("use_bias=False" in source) == (not experiment.bias) and ("from_logits" in source) == (
        experiment.loss != "squared_error"
    )


def test_links_lead_to_the_same_run():
    """To one neuron or to the network, and to the learning rate, with the experiment in the link."""
    links = [link.proto for link in article(TYPED).get("page_link")[-2:]]
    assert [link.page for link in links] == ["", "learning-rate"] and all("w=2%2C1%2C0" in link.query_string for link in links)
    assert article(REPAIRS["hidden_2"]).get("page_link")[-2].proto.page == "network"


def test_recordings_are_not_read_at_run_time():
    """The page knows the versions by itself: no file of the tests is opened."""
    root = Path(__file__).parents[2]
    assert not [path for path in root.glob("view/article_*.py") if "keras_xor" in path.read_text(encoding="utf-8")]
