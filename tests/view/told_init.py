"""Every sentence of the gallery's topic "Initialisations": both activations from several seeds, every start, before training and
after. A teller of `tests/view/told.py`; its text is that of the page "initialisers"."""

import re

from engine.compared import SHAPES, compared
from view.gallery import init_words as words
from view.gallery.init_part import picture
from view.text import Text

SEEDS = (0, 1, 3)


def tell(text: Text) -> list[str]:
    said = [words.about(text)]
    for shape in SHAPES:
        said += [words.lead(shape, text), *words.shapes(text).values()]
        for seed in SEEDS:
            said += _seed(shape, seed, text)
    return said


def _seed(shape: str, seed: int, text: Text) -> list[str]:
    drawn = picture(shape, seed, text)
    said = [word for word in drawn["texts"].values() if isinstance(word, str)]
    said += [*drawn["texts"]["kinds"], *drawn["texts"]["times"]]
    for start in drawn["starts"]:
        said += [start[word] for word in ("name", "note", "says", "ends")]
        said += [cell["alt"] for time in start["cells"] for kind in time for cell in kind]
    for run in compared(shape, seed):  # a start's sentence is chosen by what it is: all that there are, also of what it became
        said += [words.of_kind(run.after, text)]
    return [*said, *(cell for cell in re.split(r" ?\| ?|\n", words.table(shape, seed, text)) if any(map(str.isalnum, cell)))]
