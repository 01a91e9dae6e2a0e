"""What goes wrong in the network, in words: which units or layers, since when, by which numbers, and a button that mends it. The
mended run is then shown at the same update, the ill one behind it, with what was wrong before and what is now."""

from dataclasses import dataclass
from math import isfinite, isnan

import streamlit as st

from engine.experiment import Experiment, moments_of, rate_of
from engine.health import Finding, sums
from engine.objective import Objective
from engine.program import Program
from engine.update import Update, update_at
from view import controls
from view.names import key, partial, plain, sampled
from view.network import net_overflow
from view.network.net_cures import CURES, cure, cured, found_at, lower
from view.numbers import is_, show
from view.questions import complete
from view.sentences import samples_are, together
from view.text import Text

NUMBERS = (
    "nearest z", "largest slope", "weights", "gradient", "norm", "last norm", "norm then", "mean loss", "loss of guessing",
)  # fmt: skip


@dataclass(frozen=True)
class Mended:
    """What a click on a remedy left behind: the run before and after, at how many updates, which finding, and what was done."""

    before: Experiment
    after: Experiment
    k: int
    finding: Finding
    act: str


def known(found: tuple[Finding, ...], here: Update, m: int) -> tuple[Finding, ...]:
    """What moment m lets the reader know: that the run ends, what held before this update, and all once its gradient is found."""
    return tuple(f for f in found if f.kind == "not_finite" or f.since < here.k or complete(here, m))


def told(found: tuple[Finding, ...], text: Text, of: Objective | None = None) -> list[tuple[str, str]]:
    """(kind, sentence): findings of one kind are one sentence, in however many layers. of: names the outputs y."""
    return [(same[0].kind, _sentence(same, of, text)) for same in _grouped(found)]


def _grouped(found: tuple[Finding, ...]) -> list[list[Finding]]:
    """Alike are findings that are shown by numbers of the same names: a softmax is not saturated as a unit is."""
    groups = {}
    for f in found:
        groups.setdefault((f.kind, *(name for name, _ in f.numbers)), []).append(f)
    return list(groups.values())


def _sentence(same: list[Finding], of: Objective | None, text: Text) -> str:
    first, numbers = same[0], _numbers(same, text)
    fields = {"array": _arrays(same, text), "numbers": numbers, "count": first.count, "since": _since(_first(same), text)}
    if first.kind == "not_finite":
        found = dict(first.numbers)
        number = text("is no number, like ∞ − ∞") if isnan(found["number"]) else f"= {show(found['number'])}"
        where = f"{_place(first, text)} {number}"
        return text.say(f"health-first-{first.part}", update=first.since, place=where, loss=is_(found["last loss"]))
    if first.kind == "saturated" and not first.places:
        return text.say("health-softmax", **fields)
    if "norm then" in dict(first.numbers):
        return text.say("health-growing", **fields)
    if first.kind == "symmetric":
        copies = [together([_unit(f.array, place[-1], of) for place in f.places], text) for f in same]
        if len(same) == 1:
            return text.say("finding-symmetric", units=copies[0], **fields)
        each = [units + text(" ({when})", when=_when(f.since, text)) for units, f in zip(copies, same, strict=True)]
        return text.say("finding-symmetric-groups", units=text("; ").join(each), **fields)
    return text.say(f"finding-{first.kind}", units=_units(same, of, text), **fields)


def _first(same: list[Finding]) -> Finding:
    return min(same, key=lambda f: f.since)


def _arrays(same: list[Finding], text: Text) -> str:
    """z⁽¹⁾ and z⁽²⁾; of whole layers each with its own since, where they differ."""
    since = {plain(f.array): _when(f.since, text) for f in same}
    differ = same[0].kind == "exploding" and len(set(since.values())) > 1
    return together([array + (text(" ({when})", when=when) if differ else "") for array, when in since.items()], text)


def _numbers(same: list[Finding], text: Text) -> str:
    """The numbers that show it; of several units the one nearest to being alive."""
    named = [name for name, _ in same[0].numbers if (same[0].kind, name) != ("dead", "largest slope")]  # it is 0, as the word says
    found = {name: [dict(f.numbers)[name] for f in same] for name in named}
    nearest = min if same[0].kind == "saturated" else max
    told = {name: (nearest if name == "nearest z" else max)(x) for name, x in found.items()}
    return text("; ").join(f"{text(name)} {is_(x) if isfinite(x) else f'= {show(x)}'}" for name, x in told.items())


def _units(same: list[Finding], of: Objective | None, text: Text) -> str:
    """a⁽¹⁾₁ and a⁽¹⁾₃ (from the start), a⁽¹⁾₂ (since update 8)."""
    times = {f.since: [_unit(g.array, g.places[0][-1], of) for g in same if g.since == f.since] for f in same if f.places}
    return text(", ").join(
        together(units, text) + text(" ({when})", when=_when(since, text)) for since, units in sorted(times.items())
    )


def _unit(array: str, u: int, of: Objective | None) -> str:
    """Named as in the drawing: a⁽¹⁾₂ in a hidden layer, y or y₂ in the last."""
    if array == "z" or (of is not None and array == sums(of)[-1]):
        return plain("y", (0, u), many=of is not None and of.inputs["y_true"].shape[-1] > 1)
    return plain(array.replace("z", "a"), (0, u))


def _since(finding: Finding, text: Text) -> str:
    return text("in update {k}", k=finding.since) if finding.kind == "not_finite" else _when(finding.since, text)


def _when(since: int, text: Text) -> str:
    return text("since update {k}", k=since) if since else text("from the start")


def _place(finding: Finding, text: Text) -> str:
    """The first wrong number: z⁽²⁾₁ of sample 3, ∂L/∂w⁽¹⁾₂₁."""
    name, i = finding.array, finding.places[0]
    called = (partial if finding.part == "gradient" else plain)(name, i)
    if not sampled(name) or finding.count == 1:
        return called
    return text("{name} of {sample}", name=called, sample=samples_are([str(i[0] + 1)], text))


def marked(found: tuple[Finding, ...], program: Program) -> set[str]:
    """The dead units, by the ids that the drawing gives them: "a1.0.2"."""
    outs = {step.args[0]: step.out for step in program if step.op.role == "activation"}
    return {key(outs[f.array], (0, *place)) for f in found if f.kind == "dead" for place in f.places}


def show_findings(experiment: Experiment, here: Update, m: int, text: Text) -> None:
    """One line per finding with its remedy; above them what became of the last one."""
    outcome(experiment, here, m, text)
    found = known(found_at(experiment, here.k), here, m)
    for n, same in enumerate(gravest(found)):
        first = _first(same)  # what was there from the start is not cured by a smaller step
        sentence, act = _sentence(same, here.whole, text), cure(first, experiment)
        with st.container(horizontal=True, vertical_alignment="center", key=f"finding_{n}"):
            st.markdown(sentence, width="content")
            st.button(text(CURES[act][0]), on_click=mend, args=(act, first), key=f"mend_{n}")
        if same[0].chain:
            with st.container(key=f"finding_chain_{n}"):
                st.markdown(text.say("health-chain-value" if same[0].part == "value" else "health-chain-back"))
                st.markdown(f"$$\n{net_overflow.equation(same[0], here)}\n$$")
                if not net_overflow.alone(same[0], here):
                    st.markdown(text.say("health-chain-more"))


def gravest(found: tuple[Finding, ...]) -> list[list[Finding]]:
    """What is said, but not what only follows from something said already: gradients of an infinite value explode, and nothing
    comes back through a layer of dead units."""
    groups = _grouped(found)
    kinds = {same[0].kind: same for same in groups}
    follows = {"exploding": "not_finite" in kinds, "vanishing": "dead" in kinds and _stopped(kinds)}
    return [same for same in groups if not follows.get(same[0].kind)]


def _stopped(kinds: dict[str, list[Finding]]) -> bool:
    return "vanishing" in kinds and dict(kinds["vanishing"][0].numbers)["norm"] == 0


def mend(act: str, finding: Finding) -> None:
    """The cure, as a new run, looked at after as many updates and at the same moment, with the ill run behind it."""
    now = controls.recipe()
    new = cured(act, now.experiment, now.place.k, finding.kind)
    if new == now.experiment:
        return
    left = len(moments_of(now.experiment)) - now.place.m  # moments to come; another loss may have fewer of them
    m = max(1, len(moments_of(new)) - left)
    controls.restart(new, k=now.place.k, m=m, pin=now.experiment)
    st.session_state.mended = Mended(now.experiment, new, now.place.k, finding, act)


def is_outcome(experiment: Experiment, here: Update, m: int) -> bool:
    """Whether this is the run that a remedy made, at the update at which it was mended."""
    mended = st.session_state.get("mended")
    return bool(mended) and mended.after == experiment and mended.k == here.k and (here.k > 0 or complete(here, m))


def outcome(experiment: Experiment, here: Update, m: int, text: Text) -> None:
    """What became of the mended finding: told where it was mended, at the same update of the new run."""
    mended = st.session_state.get("mended")
    if not is_outcome(experiment, here, m):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="finding_mended"):
        st.markdown(result(mended, here, text), width="content")
        if here.k and st.session_state.get("undo"):
            st.button(text("Undo: back to the run before"), on_click=controls.undo, key="mended_undo")


def result(mended: Mended, here: Update, text: Text) -> str:
    """Before and now, in one sentence."""
    ill, kinds = update_at(mended.before, mended.k), {f.kind for f in found_at(mended.after, mended.k)}
    losses = [is_(float(x.whole.loss(x.theta))) for x in (ill, here)]
    rates = [show(rate_of(e, mended.k)) for e in (mended.before, mended.after)]
    did = text.say(f"health-did-{mended.act}", seed=mended.after.seed, old=rates[0], new=rates[1])
    fields = {
        "did": did, "kind": _kind(mended.finding.kind, text), "since": _before(mended, ill, text), "k": here.k,
        "before": losses[0], "now": losses[1],
    }  # fmt: skip
    if mended.finding.kind in kinds:
        return text.say("health-still", **fields)
    others, end = text(", ").join(_kind(kind, text) for kind in sorted(kinds)), "-but" if kinds else ""
    healed = "mended" if lower(mended.before, mended.after, mended.k) else "gone"
    return text.say(f"health-{healed}{end}", others=others, **fields)


def _before(mended: Mended, ill: Update, text: Text) -> str:
    """Since when, or, of units, which since when: the words in which the finding was told."""
    found = _grouped(found_at(mended.before, mended.k))
    same = next((same for same in found if mended.finding in same), [mended.finding])
    return _units(same, ill.whole, text) if same[0].kind in ("dead", "saturated") and same[0].places else _since(same[0], text)


def _kind(kind: str, text: Text) -> str:
    return text.say(f"health-kind-{kind}")
