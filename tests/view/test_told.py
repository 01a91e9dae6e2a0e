"""What the reader really gets to read: every assembled sentence is whole, is set as its language sets it, and comes from a section
that is in use."""

import re

import pytest

from tests.view.test_text import CODE, PAGES, calls, literals
from tests.view.told import everything, told_in
from view.sentences import PLAIN
from view.text import LANGUAGES, sections, without_markup


@pytest.mark.parametrize("which", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_is_whole(lang, which):
    """Whatever the reader builds, every moment, question, fate and picture has its sentence, with every field filled; no word
    is missing between two marks or at an end."""
    for sentence in map(without_markup, told_in(lang, which)[0]):
        assert sentence and sentence == sentence.strip(), sentence
        assert not re.search(r"\{(?!\d\})|None|nan|  |[.,;:] ?[.,;:]| [.,;:!?]", sentence), sentence
        assert not re.search(r"−[\d.]+ %", sentence), sentence  # a share, or how much nearer a run comes


def named() -> set[str]:
    """The sections that the code asks for by their whole name."""
    return {name for path in CODE for call in calls(path, {"say"}) for name in literals(call.args[0])}


@pytest.mark.parametrize("which", PAGES)
def test_every_section_is_used(which):
    """No sentence lies in the files that the code never says."""
    assert not set(sections("en", which)) - told_in("en", which)[1] - named() - set(PLAIN.values())


def test_every_section_asked_for_exists():
    """No page asks for a sentence that nobody has written."""
    assert not named() - {name for page in PAGES for name in sections("en", page)}


HAN = r"[\u4e00-\u9fff]"


def test_chinese_is_set_as_chinese():
    """Between Chinese and Latin letters or digits stands a space, and Chinese is punctuated with Chinese marks."""
    for sentence in map(without_markup, everything("zh")):
        assert not re.search(rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}", sentence), sentence
        assert not re.search(rf"{HAN} ?[,;:?!.]|[,;:?!]{HAN}|[;:?!.](?: |$)", sentence), sentence
        assert not re.search(r"  |[，。：；？！、）] |[ ][，。：；？！、（）]", sentence.strip()), sentence
        assert not re.search(rf"{HAN} {HAN}|[，。：；、][，。：；、]", sentence), sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bold_is_bold(lang):
    """Every ** is one that Markdown reads: a closing one after a punctuation mark needs a space or a mark behind it."""
    for sentence in everything(lang):
        for k, found in enumerate(re.finditer(r"\*\*", sentence)):
            before, after = sentence[: found.start()][-1:] or " ", sentence[found.end() :][:1] or " "
            inner, outer = (before, after) if k % 2 else (after, before)
            assert not inner.isspace(), sentence
            assert inner.isalnum() or not outer.isalnum(), sentence
        assert sentence.count("**") % 2 == 0, sentence
