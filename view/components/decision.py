"""The decision picture of the Network page: what the network says for every input, with the data's points on it. Two inputs make a
map, shaded by probability or by class; one input makes the fitted curve. The browser draws the decision line and names the places.

Data, every run:

| key | what |
|---|---|
| kind | "map" or "curve" |
| payload | map: the hash of the payload that `chart.carry` brings; until it has come the picture before it stays. None where |
|         | the outputs are not finite: then there are only the points |
| curve | curve: (M, 2) as `figures.packed`, from left to right |
| points | [{x, t, text, right, held, used, shade}]: x (2,) with t the class, or x (1,) with t the target; text may be missing: |
|        | it is shown for at most eight points, where there is room; right: False draws a ring; held: not trained on, smaller and |
|        | hollow; used: whether this update uses it, missing where it uses all; shade: its target as a byte of the map, where t |
|        | is no class |
| axes | {x, y: [low, high], xticks, yticks: [[place, text]], names: [across, up]} |
| bar | one output: the texts of its least, middle and greatest value beside the colour bar; missing for classes and curves |
| scale, half | what the bytes 0 and 255 stand for; whether the middle divides two classes: then there is a line |
| legend | points like the ones above, without x, each with its text; without t the ring of those used |
| editable | whether the points that are not held can be moved and removed |
| editClasses | the classes that a new point may have, by name: one is chosen beside the title; [] for none |
| texts | {title, note, right ("4 of 4 right"), alt, add (how, "" where none can be added), keys (what the |
|       | keyboard does here), output ("p", the name of what is shaded or fitted), classes (the classes' names, or missing), |
|       | tally ("{0} of 4 right", "" where there is no right or wrong), newPoint, point ("point {0}")} |

The payload of a map, lowest row first, each number the network's at the centre of its cell of the axes' box:
{n, half, values: base64 of n·n bytes, 0..255 for the scale} or
{n, k, classes: base64 of n·n bytes, the class with the largest output}.
Round so that p = ½ is 128 in spite of its last digit, floor(255 p + ½ + 10⁻⁶): a flat map then has no line.
While the time line is dragged, "bp-scrub" {film, frame} shows that frame instead: its map or curve, its rings, its tally.
Classes 0, 1, 2, 3 are orange squares, blue circles, grey triangles, dark diamonds; further ones begin again.
"""

from view.components import component

mount = component("decision")

ON = ("on_point_change", "on_move_change", "on_remove_change")


def decision(data: dict, key: str, on_point_change=None, on_move_change=None, on_remove_change=None) -> None:
    """The triggers: point, {x1, x2, t} with t the class chosen (None without classes); move, {n, x1, x2}; remove, {n}: the n-th
    sample from 0. On a curve x2 is None and t the height at which the pointer was, in point and in move."""
    given = zip(ON, (on_point_change, on_move_change, on_remove_change), strict=True)
    mount(key=key, data=data, **{name: act for name, act in given if act is not None})
