"""The two languages are complete and equal: every label and every sentence exists in both, takes the same numbers, and holds
none of its own. The labels in use are read from the code itself, so a new one cannot be forgotten."""

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter
from types import SimpleNamespace

import pytest

from engine.activations import ACTIVATIONS
from engine.data import DATA
from engine.experiment import PRESETS
from engine.losses import LOSSES, REDUCTIONS
from engine.moments import GRANULARITIES
from engine.network import INITIALISERS
from engine.plane import of_parameters
from engine.surface import landmarks, square, surface
from engine.update import update_at
from tests.view.told import Listening
from view import board, choices, diagnoses, equations, questions, scene, sentences, tables
from view.components import stepper
from view.learning_rate import fates, rate_choices
from view.network import net_choices, net_health, net_transpose
from view.optimizers import called, lane_choices
from view.optimizers import choices as race_choices
from view.optimizers import landscape as race_landscape
from view.text import LANGUAGES, LOCALE, Text, labels, of_browser, sections, without_markup

ROOT = Path(__file__).parent.parent.parent
CODE = sorted(path for folder in ("view", "pages", "engine") for path in (ROOT / folder).rglob("*.py"))
PAGES = sorted(path.stem for path in (LOCALE / "en").glob("*.md"))
TRANSLATED = [lang for lang in LANGUAGES if lang != "en"]
ASKING = {"text", "words"}  # what the code calls a Text: text("Next"), words("Next"), self.text("Next"), w.text("Next")

# Prose may hold a number only where it belongs to the mathematics, not to a step: 0, 1 and −1 everywhere, and here:
NUMBERS = {"0", "1"}
NAME = "2/λmax"  # a name, not a number: a 2 anywhere else is refused
YEAR = re.compile(r"1[789]\d\d|20\d\d")  # in which an entry was published
MORE_NUMBERS = {
    "still-middle": {"0.25"},  # the loss in the valleys of XOR, proved in the engine's tests
    "saturated": {"0.001"},  # the diagnosis's own bound
    "limit-arrived": {"10"},  # 10⁻⁶, the diagnosis's bound of standing still
    "about-clip": {"10"},  # 10⁻⁷, the engine's clip
    "end-diverged": {"10"},  # 10³⁰, the engine's bound of a run that has diverged
}


RACE_TABLES = (
    called.OPTIMIZERS, called.SCHEDULES, called.FUNCTIONS, called.MEANINGS, called.LINES, lane_choices.FRONT_NAMES,
    race_choices.OWN_NAMES, race_choices.MODE_NAMES, race_landscape.KINDS,
)  # fmt: skip


# What the code asks for


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path, asked: set[str]):
    """Every call of a function or method with one of these names that has a first argument."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in asked:
                yield node


def literals(node: ast.AST) -> set[str]:
    """The texts that an argument may be: "a", or "a" if … else "b"."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) | literals(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def named(path: Path, name: str) -> set[str]:
    """The texts a variable of this name is given."""
    given = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Assign)]
    return {text for node in given if name in {getattr(t, "id", "") for t in node.targets} for text in literals(node.value)}


@cache
def written(asked: str) -> frozenset[str]:
    """The literal first arguments of text(…) or Refused(…) in the code, also by way of a variable."""
    names_asked = ASKING if asked == "text" else {asked}
    found = set()
    for path in CODE:
        for call in calls(path, names_asked):
            first = call.args[0]
            found |= named(path, first.id) if isinstance(first, ast.Name) else literals(first)
    return frozenset(found)


@cache
def from_tables() -> frozenset[str]:
    """The labels that reach text(…) from a table: menus, captions, roles, phases and remedies."""
    text = Listening("en")
    for registry in (DATA, ACTIVATIONS, LOSSES, REDUCTIONS, INITIALISERS):
        choices.named(registry, text)
    for key in ("A", "B"):
        here = update_at(PRESETS[key], 0)
        scene.graph(here, len(here.moments), (0, 0), "", text)
        for steps in GRANULARITIES:
            stepper.stop_labels(here, steps, text)
    of = here.of
    kinds = {mark.kind for mark in landmarks(of, surface(of, of_parameters(here.theta, (0, 1)), square(0), square(0)))}
    cures = [diagnoses.remedy(SimpleNamespace(diagnosis=SimpleNamespace(kind="dead", since=k))) for k in (0, 1)]
    ways = [way for three in questions.WAYS.values() for way in three]
    down, _, up = questions.WAYS["weight"]
    return frozenset(
        {
            *text.labels, *kinds, *ways, f"goes {down}", f"goes {up}", *(label for label, _ in cures),
            *choices.PRESET_NAMES.values(), *choices.DATA_NAMES.values(),
            *scene.CAPTIONS.values(), *board.HEADINGS.values(), *tables.METHODS.values(), *diagnoses.REMEDIES.values(),
            *equations.ROLES.values(), equations.INPUT, equations.AHEAD,
            *net_health.NUMBERS, *(label for label, _ in net_health.CURES.values()), *net_transpose.LABELS.values(),
            *net_choices.NETWORK_NAMES.values(), *net_choices.DEPTH_NAMES.values(),
            *fates.KINDS.values(), *rate_choices.MODELS.values(), *rate_choices.SCALE_NAMES.values(), *rate_choices.AXIS_NAMES,
            *(label for table in RACE_TABLES for label in table.values()),
            *GRANULARITIES, *(moment.phase.capitalize() for moment in here.moments),
        }
    )  # fmt: skip


def needed() -> frozenset[str]:
    return written("text") | written("Refused") | from_tables()


def fields(template: str) -> list[str]:
    """The named fields of a template, and, for one that the browser fills, its {0}, {1}, …"""
    inner = re.findall(r"\{\d\}", "".join(text for text, *_ in pieces(template)))
    return sorted({name for _, name, *_ in pieces(template) if name is not None} | set(inner))


def pieces(template: str):
    """(literal text, field) pairs, doubled braces undone and joined to their text."""
    joined = ""
    for text, name, *_ in Formatter().parse(template):
        joined += text
        if name is not None:
            yield joined, name
            joined = ""
    yield joined, None


def prose(template: str) -> str:
    """A template without its fields."""
    return re.sub(r"\{\d\}", "", "…".join(text for text, _ in pieces(template)))


def constants(template: str) -> set[str]:
    """The numbers that a template itself holds."""
    return set(re.findall(r"\d+(?:\.\d+)?", prose(template).replace(NAME, "")))


# Complete and equal


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_label_is_translated(lang):
    """Every label and every refusal in the code has its translation, and no translation is left over."""
    assert not needed() - set(labels(lang)), "missing"
    assert not set(labels(lang)) - needed(), "unused"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_labels_take_the_same_numbers(lang):
    """A translated label has exactly the fields of the English one, so no number is lost and none is asked for in vain."""
    assert {key: fields(key) for key in labels(lang)} == {key: fields(label) for key, label in labels(lang).items()}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_page_is_translated(lang):
    """Each language has a file for each page, and none besides."""
    assert sorted(path.stem for path in (LOCALE / lang).glob("*.md")) == PAGES


@pytest.mark.parametrize("which", PAGES)
@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_sentence_is_translated(lang, which):
    """Each section of the English prose exists in the other language with exactly the same fields, and the reverse."""
    english, other = sections("en", which), sections(lang, which)
    assert {name: fields(body) for name, body in other.items()} == {name: fields(body) for name, body in english.items()}
    assert all(other.values())


@pytest.mark.parametrize("which", PAGES)
@pytest.mark.parametrize("lang", TRANSLATED)
def test_colour_means_the_same(lang, which):
    """The same numbers are coloured in the same colour in both languages, and bold stands as often."""
    english, other = sections("en", which), sections(lang, which)

    def marks(body):
        coloured = sorted((colour, tuple(fields(inside))) for colour, inside in re.findall(r":(\w+)\[([^\]]*)\]", body))
        return coloured, body.count("**")

    assert {name: marks(body) for name, body in other.items()} == {name: marks(body) for name, body in english.items()}


@pytest.mark.parametrize("which", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_prose_holds_no_numbers(lang, which):
    """A sentence's numbers come from the step it tells; its own text holds only the constants of the mathematics. The first line of
    an entry is its name in the menus, and a name may hold a digit, as ReLU6 does."""
    for name, body in sections(lang, which).items():
        if which == "entries":
            body = body.partition("\n")[2]
        years = {number for number in constants(body) if which == "entries" and YEAR.fullmatch(number)}
        assert constants(body) - years <= NUMBERS | MORE_NUMBERS.get(name, set()), name


@pytest.mark.parametrize("which", PAGES)
@pytest.mark.parametrize("lang", TRANSLATED)
def test_both_languages_state_the_same_constants(lang, which):
    """The few constants that prose does hold are the same in both languages."""

    def held(lang):
        return {name: constants(body) for name, body in sections(lang, which).items()}

    assert held(lang) == held("en")


# The functions


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("The loss is **L = 0.25**.", "The loss is L = 0.25."),
        (":violet[∂L/∂w₂ = 0.375] 为正", "∂L/∂w₂ = 0.375 为正"),
        ("（:orange[−0.375]）**w₂**（:blue[+0.75]）", "（−0.375）w₂（+0.75）"),
        ("η = 0.5 · x: [not a directive]", "η = 0.5 · x: [not a directive]"),
        ("", ""),
    ],
)
def test_markup_is_not_read_aloud(marked, plain):
    """A screen reader hears the sentence's words and numbers, and nothing of its markup."""
    assert without_markup(marked) == plain


@pytest.mark.parametrize("which", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_keeps_markup(lang, which):
    """No sentence of either language uses a mark that `without_markup` does not know."""
    for body in sections(lang, which).values():
        assert not re.search(r"\*|:\w+\[|\]|`|\$", without_markup(body)), body


@pytest.mark.parametrize(
    ("asked", "lang"),
    [
        ("zh-CN", "zh"), ("zh", "zh"), ("ZH-Hans", "zh"), ("zh-TW", "zh"),
        ("en-GB", "en"), ("de-DE", "en"), ("", "en"), (None, "en"),
    ],
)  # fmt: skip
def test_the_browser_chooses_the_language(asked, lang):
    """A browser that asks for any Chinese gets Chinese, every other one English."""
    assert of_browser(asked) == lang


def test_lists_read_as_lists():
    """One, two and three samples are listed as each language lists them."""
    numbers = [["2"], ["1", "3"], ["1", "2", "4"]]
    assert [sentences.samples_are(n, Text("en")) for n in numbers] == ["sample 2", "samples 1 and 3", "samples 1, 2 and 4"]
    assert [sentences.samples_are(n, Text("zh")) for n in numbers] == ["样本 2", "样本 1 和 3", "样本 1、2 和 4"]
