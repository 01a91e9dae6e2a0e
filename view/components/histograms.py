"""Histograms as small multiples: one column per start, one row per layer, with a switch for what is counted and one for when. All
counts come once; the switches need no server.

| key | what |
|---|---|
| payload | the hash of {counts: (starts · 2 times · 2 kinds · layers, 1 + bins) as `figures.packed`}, in this order; the first |
|         | count is of the numbers that are exactly 0 |
| starts | [{name, note, says, ends, cells}]; cells[time][kind]: per layer {spread, alt} |
| layers | per kind the layers' names |
| scales | per kind {log, ticks: [[place from 0 to 1, text]]} |
| texts | {title, times, kinds: what the switches offer, time, kind: what they choose, spread, zero, note} |
"""

from view.components import component

_mount = component("histograms")


def histograms(data: dict, key: str) -> None:
    _mount(data=data, key=key)
