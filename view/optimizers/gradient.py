"""Where the gradient comes from that the optimizers use: the loss at one lane's place, operation by operation, forwards and back.
Of a test function every moment is shown here; a neuron or a network has pages of its own."""

import streamlit as st

from engine.explain import Equation, gradient_of, value_of
from engine.moments import moments
from engine.race import OWN
from view import controls, numbers
from view.equations import equal
from view.optimizers import called
from view.optimizers.choices import edits_of
from view.optimizers.state import Now
from view.palette import PALETTE
from view.printer import Letters, Numbers
from view.text import Text


def show_gradient(now: Now, theme: str, text: Text) -> None:
    with st.expander(text("Where the gradient comes from"), key="race_gradient", on_change="rerun") as opened:
        if not opened.open:
            return
        if now.race.on == OWN:
            st.markdown(text.say("gradient-elsewhere"))
            words = st.query_params.to_dict()
            st.page_link("../pages/network.py", label=text("Open this experiment on the Network page"), query_params=words)
            return
        lanes = {at + 1: f"{at + 1} · {called.name(m, text)}" for at, m in enumerate(now.race.methods)}
        controls.segmented(text("At the place of"), "race_lane", lanes, now.race.lane, edits_of("lane"), required=True)
        forward, backward = st.columns(2, gap="large")
        for column, phase in ((forward, "forward"), (backward, "backward")):
            with column:
                st.markdown(f"###### {text({'forward': 'Forward: values', 'backward': 'Backward: gradients'}[phase])}")
                st.markdown("\n\n".join(f"${line}$" for line in moment_lines(now, now.race.lane - 1, phase, theme)))


def moment_lines(now: Now, lane: int, phase: str, theme: str) -> list[str]:
    """A line for each moment of this phase, at the lane's place."""
    trace = now.of.trace(now.theta(lane))
    explain = value_of if phase == "forward" else gradient_of
    found = []
    for moment in moments(now.of):
        if moment.phase == phase:
            shape = trace.values[moment.name].shape
            found.append(_line(explain(trace, moment.name, (0,) * len(shape)), theme))
    return found


def _line(e: Equation, theme: str) -> str:
    purple = PALETTE[theme]["gradient"]
    letters = Letters(gradient=lambda tex: rf"\textcolor{{{purple}}}{{{tex}}}")
    printer = Numbers(e.numbers, lambda cell, tex: rf"\textcolor{{{purple}}}{{{tex}}}" if cell.what == "gradient" else tex)
    shown, value = printer.write(e.rhs, True), numbers.latex(e.value)
    middle = f"= {shown} " if shown != value else ""
    return f"{letters.write(e.lhs)} = {letters.write(e.rhs, True)} {middle}{equal(e.value)} {value}"
