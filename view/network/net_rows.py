"""Which sample a picked number belongs to. The address names it by its row in the data, which stays the same sample in every
update; a mini-batch has it at some place of its own, or not at all, and then the page says so."""

from dataclasses import replace

import numpy as np

from engine.update import Update, update_at
from engine.words import Place
from view import controls, names
from view.text import Text


def inside(here: Update, place: Place) -> tuple[Place, int | None]:
    """The place with the sample counted within this update's samples, and the row of one that is not among them: then the first
    of them stands in for it."""
    name, i = names.from_key(place.select) if place.select else ("", ())
    if not i or not names.sampled(name):
        return place, None
    at = np.flatnonzero(here.rows == i[0])
    found = replace(place, select=names.key(name, (int(at[0]) if len(at) else 0, *i[1:])))
    return found, None if len(at) else i[0]


def address(here: Update, name: str, i: tuple[int, ...]) -> str:
    """The reverse: what the address calls number i of this update's array."""
    return names.key(name, (int(here.rows[i[0]]), *i[1:]) if i and names.sampled(name) else i)


def pick(name: str, i: tuple[int, ...], **more) -> None:
    """Number i of the array, as this update has it, is looked at from now on."""
    now = controls.recipe()
    controls.look(select=address(update_at(now.experiment, now.place.k), name, i), **more)


def absent(here: Update, place: Place, row: int, text: Text) -> str:
    """What is shown in place of a sample that this update does not use."""
    name, i = names.from_key(place.select)
    called = names.plain(name, i, here.of.inputs["y_true"].shape[-1] > 1)
    return text.say("unit-absent", name=called, row=row + 1, sample=here.rows[0] + 1)
