"""The race of the Optimizers page: two to six optimizers, each in a lane of its own, make their updates together on one surface. It
is told where every lane has been and where its next update lands, and says which place or which update the reader wants.

Data, every run:

| key | what |
|---|---|
| surface | the hash of the payload that `chart.carry` brings (`figures.surface_figure`); until it has come the picture is empty |
| view | "", "3d" or "contour": what the link says; "" is the contour |
| lit | the index of the lane that is lit when nobody has pressed one, or None: all lanes are equal |
| lanes | one for each optimizer, see below; a lane's dashes and badge follow its number, 1 to 6 |
| curve | {lanes, x, y, xticks, yticks, axis, known}: a lane's losses are packed (T, 2), k and height; x and y are the ends of the |
|       | axes, ticks [[place, text]], axis names the height; known is the last update that can be chosen |
| texts | legend; surfaceTitle, surfaceNote, switch3d, switchContour, alt3d, altContour, start; |
|       | curveTitle, curveNote, updateAxis, jump, altCurve |

A lane:

| key | what |
|---|---|
| number, name | 1 to 6, and what the optimizer is called |
| eta, loss, state | words for the legend: "η = 0.05", "L ≈ 0.0123", and "" or what became of it |
| path | packed (T, 4): across, up, height of its loss, k; k may leave out updates, the last row is where the lane is now |
| next | [across, up, height] where its next update lands, or None |
| arrow | packed (M, 3): −∇L from where it is, to scale, or None |
| lands | words for that place, or "" |

A height is log₁₀ of the loss as on the surface. What is not finite is left out, what is far away leaves the picture at its rim.
"""

from view.components import component

mount = component("race")


def race(data: dict, key: str, on_pick_change, on_jump_change) -> None:
    """The triggers: pick, {"across", "up"} clicked on the contour; jump, the number of updates made."""
    mount(key=key, data=data, on_pick_change=on_pick_change, on_jump_change=on_jump_change)
