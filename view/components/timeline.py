"""The loss of a run as a time line. It is told what has been and what is to come, and says to which update the reader wants to go.

data: {curve (as in rates.py), ks: the updates to come, counted from now; ahead: packed (K, 3) rows [0, 0, height] for them; fill: a
colour of the palette; ends: how it ends, in words; texts {curveTitle, curveNote, altCurve, updateAxis, jump}}.
"""

from view.components import component

mount = component("timeline")


def timeline(data: dict, key: str, on_jump_change) -> None:
    """The trigger jump is the number of updates made at the chosen place."""
    mount(key=key, data=data, on_jump_change=on_jump_change)
