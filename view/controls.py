"""Widgets and the address. The address bar is the only state: every widget shows what it says, and every change writes all of
it at once, so one change is one entry of the browser's history and Back always works."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from engine.experiment import PRESETS, Experiment, history_of, rate_of
from engine.history import with_rate
from engine.limits import RATE, RATES
from engine.parse import cut, number, shortest
from engine.race import fitted
from engine.recipe import Recipe, limited, of_words, write
from engine.refused import Refused
from engine.words import EXPERIMENT, Place
from view import shelf
from view.text import Text, of_browser


@lru_cache(maxsize=256)
def _asked(query: tuple[tuple[str, str], ...], twice: tuple[str, ...], gone: tuple[str, ...]) -> Recipe:
    """A word that stands twice counts once, and one of those `gone` from the shelf is left out: both said."""
    words, refused = limited(dict(query))
    words, lost = shelf.whole(words)
    told = [Refused("{name} stands more than once in the address; the last one counts.", name=cut(word)) for word in twice]
    found = of_words(words)
    return replace(found, refused=(*refused, *lost, *found.refused, *told))


def asked() -> Recipe:
    """The experiment and the place that the address names, and what in it was refused, before the run has been made."""
    words = st.query_params
    query, twice = with_default(words.to_dict()), tuple(word for word in words if len(words.get_all(word)) > 1)
    return _asked(tuple(sorted(query.items())), twice[:3], shelf.gone(query))


def with_default(query: dict[str, str]) -> dict[str, str]:
    """An address that names no experiment means the one that its page opens with."""
    return query if query.keys() & EXPERIMENT.keys() else {**st.session_state.get("opens_with", {}), **query}


def opens_with(experiment: Experiment, run: Callable[[Recipe], Recipe]) -> None:
    """What an address without an experiment means on the page that is about to be shown, and how far its run can be followed."""
    st.session_state.opens_with, st.session_state.within = write(experiment, Place()), run


def recipe() -> Recipe:
    """The same, once the run of this page is known."""
    return st.session_state.get("within", within)(asked())


def within(found: Recipe) -> Recipe:
    """As far as the experiment's own run goes: where it stops before the wanted update, its last finite one, and a sentence."""
    k, last = found.place.k, history_of(found.experiment, found.place.k).updates
    if k <= last:
        return found
    stops = Refused("at asks for update {k}, but the run stops being finite after update {last}.", k=k, last=last)
    return replace(found, place=replace(found.place, k=last, m=1), refused=(*found.refused, stops))


def text() -> Text:
    return Text(asked().place.lang or of_browser(st.context.locale))


def theme() -> str:
    return st.context.theme.type or "light"


def refusals(now: Recipe, words: Text) -> None:
    """What the address said and could not be read: one sentence each, as plain text."""
    if now.refused:
        with st.container(key="refused"):
            for reason in now.refused:
                st.text(words.refusal(reason))


def move(experiment: Experiment, place: Place) -> None:
    """Write the whole address once. An address that names no experiment would mean the page's own: so this one is named."""
    words = write(experiment, replace(place, race=fitted(place.race, experiment)))
    named = {} if words.keys() & EXPERIMENT.keys() else {"data": experiment.data}
    st.query_params.from_dict(shelf.shortened({**words, **(named if st.session_state.get("opens_with") else {})}))


def restart(experiment: Experiment, **changes) -> None:
    """Another run: it starts at update 0, says so, and one undo brings the old run back."""
    now = recipe()
    if experiment == now.experiment and not changes:
        return
    if now.place.k or now.place.m > 1 or not st.session_state.get("undo"):  # a second change keeps the way back to the run
        st.session_state.undo = st.query_params.to_dict()
    move(experiment, replace(now.place, **{"k": 0, "m": 1, "select": "", "ghost": None, **changes}))


def undo() -> None:
    st.query_params.from_dict(st.session_state.undo)
    st.session_state.undo = None


def look(**changes) -> None:
    """The same run, looked at in another way or from another moment."""
    now = recipe()
    move(now.experiment, replace(now.place, **changes))


def go(at: str) -> None:
    k, m = map(int, at.split("."))
    st.session_state.undo = None
    look(k=k, m=m)


def turn_rate(eta: float) -> None:
    """η from this update on; the updates made so far stay as they were."""
    now = recipe()
    rates = with_rate(now.experiment.rates, now.place.k, eta)
    if len(rates) > RATES:
        raise Refused("A run can hold {limit} changes of the learning rate; run again with this rate instead.", limit=RATES)
    move(replace(now.experiment, rates=rates), now.place)


def run_again() -> None:
    """From the start weights with the rate chosen now; the run made so far stays as a ghost."""
    now = recipe()
    rates = ((0, rate_of(now.experiment, now.place.k)),)
    ghost = (now.experiment.rates, max(now.place.k, 1))
    restart(replace(now.experiment, rates=rates), ghost=ghost)


def all_rates(factor: float) -> None:
    """The remedy for a run that overshoots: from the start, with the rate chosen now times `factor`."""
    now = recipe()
    eta = max(rate_of(now.experiment, now.place.k) * factor, RATE[0])
    restart(replace(now.experiment, rates=((0, eta),)), ghost=(now.experiment.rates, max(now.place.k, 1)))


# Widgets: each shows the address, and says what its callback is to do with the new value.


def segmented(label: str, key: str, options: dict, value, act, **how) -> None:
    """options: value -> what it says. act(value) is called when another one is chosen."""
    st.session_state[key] = value
    how = {"format_func": options.get, "on_change": _chosen, "args": (key, value, act), **how}
    st.segmented_control(label, list(options), key=key, **how)


def select(label: str, key: str, options: dict, value, act, **how) -> None:
    st.session_state[key] = value
    st.selectbox(label, list(options), key=key, format_func=options.get, on_change=_chosen, args=(key, value, act), **how)


def toggle(label: str, key: str, value: bool, act) -> None:
    st.session_state[key] = value
    st.toggle(label, key=key, on_change=_chosen, args=(key, value, act))


def _chosen(key: str, before, act) -> None:
    """A click on what is chosen already comes as None: it is that choice once more."""
    value = st.session_state.get(key)
    again = before if value is None else value
    if value != before and again is not None:
        act(again)


def number_field(label: str, key: str, value: float, bounds: tuple, act, words: Text, parse=number, **how) -> None:
    """A number typed exactly. What cannot be read stays in the field, with a sentence under it."""
    bad = st.session_state.get(f"bad_{key}")
    with st.container(width=how.pop("width", "stretch") if not bad else "stretch", gap="xxsmall"):
        bare_field(label, key, value, bounds, act, parse, **how)
        refused(key, words)


def bare_field(label: str, key: str, value: float, bounds: tuple, act, parse=number, **how) -> None:
    """The field alone: where its sentence would push things aside, `refused` says it elsewhere."""
    bad = st.session_state.get(f"bad_{key}")
    st.session_state[key] = bad[0] if bad else shortest(value)
    st.text_input(label, key=key, max_chars=32, on_change=_typed, args=(label, key, bounds, act, parse), **how)


def refused(key: str, words: Text, **how) -> None:
    """Why what was typed in this field was not taken."""
    if bad := st.session_state.get(f"bad_{key}"):
        with st.container(key=f"wrong_{key}", **how):
            st.text(words.refusal(bad[1]))


def _typed(label: str, key: str, bounds: tuple, act, parse) -> None:
    typed = st.session_state.get(key, "")
    try:
        act(parse(typed, label, bounds))
        st.session_state[f"bad_{key}"] = None
    except Refused as reason:
        st.session_state[f"bad_{key}"] = (typed, reason)


def forget_refusals(of: str = "") -> None:
    """Another experiment: what was typed wrongly in the old one's fields is no longer of use. of: how its keys begin."""
    for key in [k for k in st.session_state if str(k).startswith(f"bad_{of}")]:
        st.session_state[key] = None


def preset_of(experiment: Experiment) -> str | None:
    """The preset this is, its rates so far aside."""
    return next((key for key, preset in PRESETS.items() if replace(preset, rates=experiment.rates) == experiment), None)


def take_preset(key: str) -> None:
    """The preset as it is named, from its first moment."""
    forget_refusals()
    if recipe().experiment == PRESETS[key]:
        go("0.1")
    else:
        restart(PRESETS[key])


def change(**choices) -> None:
    """Another data set, activation, loss or start: a new run."""
    now = recipe().experiment
    forget_refusals()
    restart(replace(now, **choices))
