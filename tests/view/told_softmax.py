"""Every sentence of the gallery's topic "Softmax": scores that are equal, ordinary, saturated and absurd, both targets, and every
place of the sliders. A teller of `tests/view/told.py`; its text is that of the page "softmax"."""

import re
from dataclasses import replace

from engine.experiment import Experiment
from engine.recipe import Recipe
from engine.words import Place
from view.gallery import softmax_equations as equations
from view.gallery import softmax_part as part
from view.gallery.softmax_limits import Asked, bare_limits, clip_limits
from view.gallery.softmax_slider import picture, table
from view.text import Text

LOGITS = [
    (2.0, 1.0, 0.0), (0.0, 0.0), (-40.0, 0.0, 3.0), (18.0, 0.0), (1.0, -1.0, 0.5, 2.0, -3.0),
    (-1000.0, 1000.0), (1000.0, 1000.0, -1000.0),
]  # fmt: skip
SCORES = [(1.0, 1.0), (-3.0, 0.0), (30.0, 0.0), (-30.0, 1.0), (30.0, 1.0), (1000.0, 1.0), (-1000.0, 1.0), (2.0, 0.3), (0.5, 7.0)]


def tell(text: Text) -> list[str]:
    said = []
    for z in LOGITS:
        asked = part.softmax_at(_recipe(logits=z))
        case = part.case_of(asked, text, "light")
        equations.softmax(case), equations.jacobian(case)  # their words are labels
        said += [part.lead(case, text), part.shift(case, text), part.rows(case, text), *_pair(asked, text)]
    for z, t in SCORES:
        said += _pair(part.sigmoid_at(_recipe(z=z, goal=t)), text)
    return [sentence for sentence in said if sentence]


def _recipe(**place) -> Recipe:
    return Recipe(Experiment(), replace(Place(), **place))


def _pair(asked: Asked, text: Text) -> list[str]:
    case = part.case_of(asked, text, "dark")
    equations.cancelled(case), equations.worked_out(case)
    texts = picture(asked, text)["texts"]
    told = [*texts.pop("told"), *(word for word in texts.values() if word.strip())]
    limits = [clip_limits(asked, text), bare_limits(asked, text), part.parted_here(asked, text)]
    about = [text.say(f"about-{asked.pair}"), text.say(f"why-{asked.pair}")]
    return [*told, *limits, *about, *(cell for cell in re.split(r" ?\| ?|\n", table(asked, text)) if any(map(str.isalnum, cell)))]
