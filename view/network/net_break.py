"""Break backprop: the page runs with an engine that makes one planted mistake, and the reader finds it with the nudge, walking back
from the loss. The mistake stands in the address as a number; what has been tried is remembered in this session only."""

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache

import streamlit as st

from engine.broken import BROKEN, agrees, by_nudge, rounding, shows, telling, telltale
from engine.experiment import Experiment, moments_of, objective_of, start_of
from engine.recipe import Recipe
from engine.update import Update, update_at
from engine.words import Place
from view import controls, names
from view.network import net_break_words, net_rows
from view.network.net_break_words import HINTS, called, honest, order
from view.numbers import show
from view.scene import found
from view.tables import markdown
from view.text import Text


@dataclass(frozen=True)
class Nudge:
    """One number that has been asked: its array and index, after how many updates, both answers, and whether they agree."""

    name: str
    i: tuple[int, ...]
    k: int
    claimed: float
    found: float
    same: bool


@dataclass(frozen=True)
class Game:
    """What has been tried on one broken engine: nudges, the oldest first; how many hints were taken; the last accusation."""

    experiment: Experiment
    nudges: tuple[Nudge, ...] = ()
    hints: int = 0
    accused: str = ""


@lru_cache(maxsize=256)
def plantable(experiment: Experiment) -> tuple[str, ...]:
    """The mistakes that can be found out in this network from its start, but for the one that is planted already."""
    keys = telling(objective_of(replace(experiment, mistake="")), start_of(experiment))
    return tuple(key for key in keys if key != experiment.mistake)


@lru_cache(maxsize=256)
def findable(experiment: Experiment) -> bool:
    """Whether the planted mistake can show in this network, whatever its weights; an address may ask for one that cannot."""
    return shows(objective_of(replace(experiment, mistake="")), experiment.mistake)


def drawn(experiment: Experiment, played: int) -> str:
    """One of them, by chance, yet the same for the same network and number of games played."""
    keys = plantable(experiment)
    seed = hashlib.sha256(f"{played} {experiment}".encode()).digest()
    return keys[int.from_bytes(seed[:8]) % len(keys)]


def plant() -> None:
    """Another broken engine, from the start, with a whole backward pass made."""
    now = controls.recipe().experiment
    played = st.session_state.get("games", 0)
    st.session_state.games = played + 1
    broken = replace(now, mistake=drawn(now, played))
    controls.restart(broken, m=len(moments_of(broken)) - 1)


def repair() -> None:
    """The honest engine from the same start, at the same moment; the broken one's run stays behind it."""
    now = controls.recipe()
    place = now.place
    controls.restart(replace(now.experiment, mistake=""), k=place.k, m=place.m, pin=place.pin or now.experiment)


def _game(experiment: Experiment) -> Game:
    """The game of this engine, whatever its learning rate."""
    kept = st.session_state.get("game")
    same = kept and replace(kept.experiment, rates=()) == replace(experiment, rates=())
    return kept if same else Game(experiment)


def _keep(game: Game) -> None:
    st.session_state.game = game


def _hint(game: Game) -> None:
    _keep(replace(game, hints=min(game.hints + 1, HINTS)))


def _accuse(game: Game, key: str) -> None:
    _keep(replace(game, accused=key))


# What is shown


def banner(experiment: Experiment, text: Text) -> None:
    """As long as the engine is broken, the page says so, and above the drawing what the last nudge found."""
    if experiment.mistake:
        with st.container(key="break_banner"):
            with st.container(horizontal=True, vertical_alignment="center", key="break_says"):
                st.markdown(text.say("break-banner"), width="content")
                st.button(text("Repair the engine"), on_click=repair, key="break_repair")
            here = update_at(experiment, controls.recipe().place.k)
            st.markdown(said(here, net_rows.inside(here, controls.recipe().place)[0], text))


def said(here: Update, place: Place, text: Text) -> str:
    """What a nudge of the picked number finds, or what is to be done first."""
    asked = chosen(here, place.select)
    if not asked or not known(here, place.m, asked[0]):
        return text.say("break-later" if asked else "break-pick")
    last = nudged(here, *asked)
    return net_break_words.nudge(here, last.name, last.i, last.found, last.same, text)


def offer(experiment: Experiment, text: Text) -> None:
    """The game's beginning, folded away."""
    if not experiment.mistake:
        with st.expander(text("Break backprop"), key="break_offer"):
            if plantable(experiment):
                st.markdown(text.say("break-offer"))
                st.button(text("Plant a mistake"), on_click=plant, key="break_plant")
            else:
                st.markdown(text.say("break-nothing"))


def play(recipe: Recipe, here: Update, text: Text) -> None:
    """The game: a nudge, what has been found, hints, accusations, the verdict."""
    experiment, place = recipe.experiment, recipe.place
    if not experiment.mistake:
        return
    game = _game(experiment)
    with st.container(key="break"):
        st.markdown(f"##### {text('Break backprop')}")
        if not findable(experiment):
            st.markdown(text.say("break-never"))
            if plantable(experiment):
                st.button(text("Another one"), on_click=plant, key="break_instead")
            return
        st.markdown(text.say("break-intro"))
        asked = chosen(here, place.select)
        _arrays(here, asked, text)
        if asked and known(here, place.m, asked[0]):
            game = with_nudge(game, nudged(here, *asked))
            _keep(game)
        st.markdown(said(here, place, text))
        if game.nudges:
            with st.container(key="tables_break"):
                st.markdown(table(game, here, text))
        _hints(game, here, text)
        _accusations(game, here, text)


def chosen(here: Update, select: str) -> tuple[str, tuple[int, ...]] | None:
    """The number that the reader picked, if it has a gradient in question."""
    name, i = names.from_key(select) if select else ("", ())
    return (name, i) if name in order(here) and all(a < b for a, b in zip(i, here.trace.grads[name].shape, strict=True)) else None


def known(here: Update, m: int, name: str) -> bool:
    """Whether the backward pass has reached this array."""
    return ("backward", name) in found(here, m)


def nudged(here: Update, name: str, i: tuple[int, ...]) -> Nudge:
    claimed, truly = float(here.trace.grads[name][i]), by_nudge(here.of, here.theta, name, i)
    off = float(rounding(here.of.program, here.trace.values)[name][i])
    return Nudge(name, i, here.k, claimed, truly, agrees(claimed, truly, off))


def with_nudge(game: Game, new: Nudge) -> Game:
    """The newest last; the same number at the same update counts once."""
    others = tuple(n for n in game.nudges if (n.name, n.i, n.k) != (new.name, new.i, new.k))
    return replace(game, nudges=(*others, new))


def table(game: Game, here: Update, text: Text) -> str:
    """Array by array from the loss back: the first of its numbers that differs, else the newest."""
    rows = []
    for name in order(here):
        if asked := [n for n in game.nudges if n.name == name]:
            shown = next((n for n in asked if not n.same), asked[-1])
            number = called(update_at(game.experiment, shown.k), name, shown.i, text)
            when = "" if shown.k == here.k else text(" ({when})", when=f"k = {shown.k}")
            answer = text("agrees") if shown.same else f"**{text('differs')}**"
            rows.append([number + when, show(shown.claimed), show(shown.found), answer])
    return markdown([text("number"), text("backprop"), text("nudge"), text("answer")], rows)


def _arrays(here: Update, asked, text: Text) -> None:
    """The way back as a menu: an array is asked by one of its numbers, a telling one; the drawing asks any."""
    options = {"": text("choose an array"), **{name: names.partial(name) for name in order(here)}}
    controls.select(text("Nudge an array"), "break_array", options, asked[0] if asked else "", pick, width=220)


def pick(name: str) -> None:
    if name:
        now = controls.recipe()
        here = update_at(now.experiment, now.place.k)
        controls.look(select=net_rows.address(here, name, telltale(honest(here)[name], here.trace.grads[name])))


def _hints(game: Game, here: Update, text: Text) -> None:
    for level in range(1, game.hints + 1):
        st.markdown(f"{level}. {net_break_words.hint(here, level, text)}")
    if game.hints < HINTS:
        label = text("Hint {n} of {count}", n=game.hints + 1, count=HINTS)
        st.button(label, on_click=_hint, args=(game,), key="break_hint")


def _accusations(game: Game, here: Update, text: Text) -> None:
    """Which of the six is it? After the verdict: the way on."""
    st.markdown(text("Which mistake is it? The engine …"))
    with st.container(horizontal=True, key="break_six"):
        for key in BROKEN:
            st.button(text.say(f"break-name-{key}"), on_click=_accuse, args=(game, key), key=f"accuse_{key}")
    planted = game.experiment.mistake
    if game.accused:
        st.markdown(net_break_words.accused(here, game.accused, planted, text))
    if game.accused == planted:
        with st.container(horizontal=True, key="break_on"):
            st.button(text("Repair"), on_click=repair, key="break_mended")
            if plantable(game.experiment):
                st.button(text("Another one"), on_click=plant, key="break_another")
