"""What the reader really gets to read: every assembled sentence is whole, is set as its language sets it, and comes from a section
that is in use."""

import ast
import re

import pytest

from tests.view.test_text import CODE, tree
from tests.view.told import everything, told_in
from view.text import LANGUAGES, sections, without_markup


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_moment_has_its_sentence(lang):
    """Whatever neuron the reader builds, every moment, question and diagnosis has its sentence, with every field filled."""
    for sentence in told_in(lang)[0]:
        assert sentence and not re.search(r"\{(?!\d\})|None|nan", sentence), sentence


def test_every_section_is_used():
    """No sentence lies in the files that the code never says."""
    written_out = {node.value for path in CODE for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)}
    assert not set(sections("en", "neuron")) - told_in("en")[1] - written_out


HAN = r"[\u4e00-\u9fff]"


def test_chinese_is_set_as_chinese():
    """Between Chinese and Latin letters or digits stands a space, and Chinese is punctuated with Chinese marks."""
    for sentence in map(without_markup, everything("zh")):
        assert not re.search(rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}", sentence), sentence
        assert not re.search(rf"{HAN} ?[,;:?!.]|[,;:?!]{HAN}|[;:?!.](?: |$)", sentence), sentence
        assert not re.search(r"  |[，。：；？！、）] |[ ][，。：；？！、（）]", sentence.strip()), sentence


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
