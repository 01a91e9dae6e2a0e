"""Every sentence of the gallery's topics "Activations" and "Losses": each entry at places on both sides of its corners, on its flat
parts and far out, each loss with both kinds of target. And what is said of the entries of all registries."""

from dataclasses import replace

import numpy as np

from engine.activations import ACTIVATIONS, CLASS_ACTIVATIONS, activation
from engine.losses import CLASS_LOSSES, LOSSES, REDUCTIONS
from engine.network import INITIALISERS
from engine.words import Place
from view import entries
from view.gallery import equations, words
from view.gallery.entry import ENTRIES, Chosen, chosen
from view.gallery.picture import picture, tiles
from view.palette import PALETTE
from view.text import Text

PLACES = (-30.0, -4.0, -1.0, 0.0, 0.3, 1.0, 4.0, 30.0)
GOALS = {"activations": (0.0,), "losses": (0.0, 1.0, 0.3, 0.5)}


# No entry of the registries has values up to a largest one; an entry to come may.
CAPPED = activation("capped", lambda z: np.where(z < 0, z, 0.0), lambda z, y: (z < 0) * 1.0, lambda z: z, lambda z, y: 1)


def tell(text: Text) -> list[str]:
    said = [words.reaches(Chosen("activations", CAPPED, 1.0, 0.0), text)]
    for topic, registry in ENTRIES.items():
        for key in registry:
            for goal in GOALS[topic]:
                for z in PLACES:
                    said += _entry(Place(topic=topic, entry=key, z=z, goal=goal), text)
    return [sentence for sentence in dict.fromkeys(said) if sentence]


def _entry(at: Place, text: Text) -> list[str]:
    now = chosen(at)
    equations.lines(now, PALETTE["light"]["gradient"], text)
    drawn = [picture(now, text)["texts"], tiles(now, text)["texts"]]
    said = [word for texts in drawn for word in texts.values() if isinstance(word, str) and word not in ("", "y", "z", "p", "L")]
    if now.is_loss:
        return [*said, *words.facts(now, text), words.start(now, text)]
    cells = [cell for row in words.depth_table(now, text).splitlines() for cell in row.split(" | ")]
    return [
        *said,
        *words.facts(now, text),
        words.depth(now, text),
        text.say("about-depth"),
        *(c for c in cells if any(map(str.isalpha, c))),
    ]


def tell_entries(text: Text) -> list[str]:
    """Names and paragraphs."""
    registries = (ACTIVATIONS, CLASS_ACTIVATIONS, LOSSES, CLASS_LOSSES, REDUCTIONS, INITIALISERS)
    said = [part for registry in registries for key in registry for part in entries.parts(key, replace(text, page="entries"))]
    return [part for part in said if part]
