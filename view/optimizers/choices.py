"""What the reader can choose on the optimizers' page: the loss, the optimizers with all their hyper-parameters, and on what terms
they run. Each choice is one new address."""

from functools import partial

import streamlit as st

from engine.experiment import NETWORK, PRESETS, Experiment, is_neuron
from engine.functions import FUNCTIONS
from engine.limits import WEIGHT
from engine.lockstep import LANES
from engine.method import Method
from engine.optimizers import BOUNDS, OPTIMIZERS
from engine.race import MODES, OWN, begin_of, horizons
from engine.recipe import Recipe
from engine.words import Place
from view import controls, names
from view.choices import folded, language_and_link, speed_choice
from view.optimizers import called
from view.optimizers.lane_choices import lane_choices
from view.optimizers.state import Now, add_method, begin, choose
from view.text import Text

OWN_NAMES = {"neuron": "Neuron", "network": "Network"}
MODE_NAMES = {"same": "Same η for all", "best": "Each at its best η"}


def title_row(title: str, recipe: Recipe, now: Now | None, text: Text) -> None:
    """now: None where there is no race to be shown."""
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.title(title, anchor=False, width="content")
        losses = {key: text(said) for key, said in (called.FUNCTIONS | OWN_NAMES).items()}
        own = "neuron" if not recipe.experiment.hidden else "network"
        on = recipe.place.race.on
        chosen = own if on == OWN else on
        controls.segmented(text("Loss"), "race_on", losses, chosen, take_loss, label_visibility="collapsed")
        if now:
            folded(text("More choices"), "race_more", partial(_more, recipe.place, now, text))
        language_and_link(recipe, text)


def take_loss(key: str) -> None:
    """A test function with a rate that suits it; or the neuron or network that the address holds, or else a telling one."""
    if key in FUNCTIONS:
        begin(on=key, start=None, eta=FUNCTIONS[key].eta)
    else:
        begin(_own(key, controls.recipe().experiment), on=OWN, eta=PRESETS["B"].rates[0][1])


def _own(key: str, experiment: Experiment) -> Experiment:
    if key == "network":
        return experiment if experiment.hidden else NETWORK
    return experiment if is_neuron(experiment) and experiment != Experiment() else PRESETS["B"]


def _more(place: Place, now: Now, text: Text) -> None:
    """Where to start, and how fast to play."""
    if now.race.on != OWN:
        start = begin_of(now.course)
        with st.container(horizontal=True, key="weights"):
            for at, parameter in enumerate(now.of.parameters):
                label = text("start {name}", name=names.plain(*parameter))
                act = partial(_start, start, at)
                controls.number_field(label, f"race_start{at}", float(start[at]), WEIGHT, act, text, width=100)
        st.caption(text("or click the contour"))
    else:
        st.caption(text("The start weights are the experiment's: they are chosen on its own page."))
    speed_choice(place, text)


def _start(start, at: int, value: float) -> None:
    spot = list(map(float, start))
    spot[at] = value
    begin(start=tuple(spot))


def lane_row(now: Now, text: Text) -> None:
    """One button per lane, which opens its choices; the rate, and on what terms it holds."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="lane_row"):
        for at, method in enumerate(now.race.methods):
            folded(f"{at + 1} · {text(called.OPTIMIZERS[method.key])}", f"lane_{at}", partial(lane_choices, now, at, text))
        if len(now.race.methods) < LANES:
            st.button(text("Add an optimizer"), on_click=add_method, args=(_next(now),), key="lane_add")
        st.space("stretch")
        modes = {key: text(MODE_NAMES[key]) for key in MODES}
        allowed = horizons(now.of, len(now.lanes))
        if allowed:
            how = {"label_visibility": "collapsed", "required": True}
            controls.segmented(text("Learning rates"), "race_mode", modes, now.race.mode, _take_mode, **how)
        if now.race.mode == "same":
            with st.container(horizontal=True, vertical_alignment="center", width="content", gap="xsmall", key="race_rate"):
                st.markdown("η", width="content")
                how = {"width": 100, "label_visibility": "collapsed"}
                controls.bare_field("η", "race_eta", now.race.eta, BOUNDS["lr"], edits_of("eta"), **how)
        else:
            ahead = {n: text("after {n} updates", n=n) for n in allowed}
            with st.container(width=180):
                controls.select(
                    text("Best"), "race_ahead", ahead, now.race.horizon, edits_of("horizon"), label_visibility="collapsed"
                )


def _take_mode(mode: str) -> None:
    """The field of the common rate comes or goes, and what was refused in it goes too."""
    controls.forget_refusals("race_eta")
    choose(mode=mode)


def edits_of(field: str):
    """A choice that is one field of the race."""
    return lambda value: choose(**{field: value})


def _next(now: Now) -> Method:
    """The first optimizer that does not run yet."""
    used = {method.key for method in now.race.methods}
    return Method(next((key for key in OPTIMIZERS if key not in used), "gd"))


def shown_row(now: Now, text: Text) -> None:
    """Which parameter's update is written out."""
    labels = {at: names.plain(*parameter) for at, parameter in enumerate(now.of.parameters)}
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="shown_row"):
        st.markdown(text("**The next update, in words and numbers,** of"), width="content")
        how = {"label_visibility": "collapsed"}
        if len(labels) <= 6:
            controls.segmented(text("Parameter"), "race_shown", labels, now.race.shown, edits_of("shown"), required=True, **how)
        else:
            with st.container(width=140):
                controls.select(text("Parameter"), "race_shown", labels, now.race.shown, edits_of("shown"), **how)
        st.space("stretch")
        for n in (10, 100):
            to = min(now.k + n, now.last)
            act = {"on_click": controls.go, "args": (f"{to}.1",), "key": f"race_run_{n}"}
            st.button(text("+{n} updates", n=n), disabled=to == now.k, **act)
