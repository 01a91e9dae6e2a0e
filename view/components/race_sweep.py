"""The sweep of the Optimizers page: the loss that every learning rate leads to, one curve for each optimizer. A still picture; the
lane that is lit in the race is lit here, too.

Data, every run:

| key | what |
|---|---|
| lanes | [{number, name, curve, best, limit}]: curve is packed (R, 2), log₁₀ η and height, nan where a run did not stay finite; |
|       | best [log₁₀ η, height] or None; limit of stability [log₁₀ η, text] or None |
| now | the chosen rate [log₁₀ η, text], or None where each optimizer runs at its own best |
| x, y, xticks, yticks, axis | the ends of the axes, ticks [[place, text]], the name of the height |
| texts | title, note, etaAxis, alt, best |
"""

from view.components import component

mount = component("race_sweep")


def race_sweep(data: dict, key: str) -> None:
    """Says nothing to the server."""
    mount(key=key, data=data)
