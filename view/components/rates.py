"""The Learning rate page's pictures: the sweep that is the slider, the paths with the loss over time, the oracle of this step and
the map of fates. While the reader drags η the browser draws from what it has; the server hears of the rate when it is let go.

Data, every run:

| key | what |
|---|---|
| surface, family, map | the hashes of three payloads that `chart.carry` brings; until one has come its part is left out |
| view | "", "3d" or "contour": what the link says; "" is the contour |
| rate | {eta, value, refused, marks}: η as text and number, on the family's grid or off it; a rate that was asked for and not |
|      | granted; the numbers under the axis [[value, text]], whose first and last are its ends |
| current | the run from here on with exactly this η: {points (K, 3), says, end, spot, landing}, each like a row of the family |
| path | (T, 5) the run so far: across, up, height of its true loss, k, height of the surface beneath it |
| ghost | (T, 3) the run that was made before this one, or None |
| curve | {past (T, 2), at, x, y, xticks, yticks, axis, last}: past is [place, height]; `at`: places of the K updates to |
|       | come; a place is proportional to log(1 + k); last is k now |
| oracle | {x, y, xticks, yticks, exact (M, 2), first, quadratic (M, 2) or None, level, marks, now}: see rates_oracle.js |
| spots | {path (T, 2), start, click}: the run so far on the map's axes, the experiment's start, what a click on the map does |
| companions | rows of the family that are drawn thin on the contour |
| texts | sweepTitle, sweepNote, altSweep, eta; pathsTitle, switch3d, switchContour, alt3d, altContour, landing, lands, |
|       | companions, start, now; curveTitle, curveNote, updateAxis, jump, altCurve, end; oracleTitle, oracleNote, altOracle, |
|       | oracleAxis, lossAxis, exact, first, quadratic, facts; mapTitle, mapNote, mapWaiting, mapKeys |

Templates: landing {0} η {1} place {2} loss; lands {0} η; end {0} fate {1} loss. facts has one fact a line.

Payloads. Arrays are `figures.packed`; K update numbers, R rates, point 0 of a run is now, point 1 its next landing place.

| payload | what |
|---|---|
| surface | `figures.surface_figure`, and switches: (S, 6) or None, x1, y1, h1, x2, y2, h2 where a ReLU switches |
| family | {etas [R texts], values [R], ks [K, from 0], points (R·K, 3), says [[place, loss]], |
|        | ends [[code, loss, height]], spots (R, 2), landing (R, 1), fates [{text, fill}], |
|        | labels [{row, text, code}], y, yticks, limit {value, text} or None} |
| map | {n, across, up, codes (base64 of n·n bytes, lowest row first), fates, labels, eta, facts, alt, |
|     | xticks, yticks, names} |

says and ends hold words ("≈ 0.39"); a height is log₁₀ as on the surface; fill names a colour of the palette ("fate_basin").
"""

from view.components import component

mount = component("rates")


def rates(data: dict, key: str, on_rate_change, on_pick_change, on_jump_change) -> None:
    """The triggers: rate, the chosen η as text; pick, {"across", "up", "on": "surface" or "map"}; jump, the updates made."""
    mount(key=key, data=data, on_rate_change=on_rate_change, on_pick_change=on_pick_change, on_jump_change=on_jump_change)
