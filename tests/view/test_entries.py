"""One entry and one paragraph per language, and nothing else: every entry is named and described in both languages, and an entry
that is put into the registry shows up in the menus, the address, the equations and the gallery by itself."""

import pytest

from engine.activations import ACTIVATIONS, CLASS_ACTIVATIONS, activation
from engine.losses import CLASS_LOSSES, LOSSES, REDUCTIONS
from engine.network import INITIALISERS, offered
from engine.recipe import read
from engine.symbols import over, plus, power, product
from engine.words import Place
from view import entries
from view.choices import named
from view.gallery import equations, words
from view.gallery.entry import chosen
from view.gallery.picture import picture, tiles
from view.text import LANGUAGES, Text

DESCRIBED = {**ACTIVATIONS, **CLASS_ACTIVATIONS, **LOSSES, **CLASS_LOSSES}
NAMED = {**DESCRIBED, **REDUCTIONS, **INITIALISERS}

BUMP = activation(  # in no registry: z / (1 + z²)
    "bump",
    f=lambda z: z / (1 + z * z),
    df=lambda z, y: (1 - z * z) / (1 + z * z) ** 2,
    form=lambda z: over(z, plus(1, power(z, 2))),
    slope=lambda z, y: over(plus(1, product(-1, power(z, 2))), power(plus(1, power(z, 2)), 2)),
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", NAMED)
def test_every_entry_has_a_name(key, lang):
    """Not its key, and in one line."""
    name = entries.name(key, Text(lang))
    assert name and "\n" not in name and "_" not in name


@pytest.mark.parametrize("lang, least, most", [("en", 25, 100), ("zh", 50, 260)])
@pytest.mark.parametrize("key", DESCRIBED)
def test_every_entry_has_its_paragraph(key, lang, least, most):
    """Neither a heading nor an essay: words in English, signs in Chinese."""
    said = entries.paragraph(key, Text(lang))
    assert least <= (len(said.split()) if lang == "en" else len(said)) <= most


def test_names_are_told_apart():
    """Two entries of a menu never look the same."""
    for lang in LANGUAGES:
        for registry in (ACTIVATIONS, {**LOSSES, **CLASS_LOSSES}, INITIALISERS):
            assert len(set(entries.called(registry, Text(lang)).values())) == len(registry)


def test_a_new_entry_needs_nothing_else(monkeypatch):
    """It is in the menu, the address, the gallery's pictures, equations and sentences; without a section it goes by its key."""
    monkeypatch.setitem(ACTIVATIONS, "bump", BUMP)
    text = Text("en", "gallery")
    assert named(offered(1)[0], text)["bump"] == "bump"
    found = read({"data": "xor", "act": "bump", "entry": "bump", "w": "1,1"})
    assert not found.refused and found.experiment.activation == "bump" and found.place.entry == "bump"
    now = chosen(Place(entry="bump", z=0.5))
    assert "bump" in [tile["key"] for tile in tiles(now, text)["tiles"]]
    assert r"\frac{z}{1 + z^{2}}" in equations.lines(now, "#000000", text)[0][0]
    assert words.facts(now, text)[0] == "Values: from −0.5 to 0.5." and picture(now, text)["now"]["row"][1] == "= 0.4"
