"""The decision picture of the Network page: what the network says for every input, with the data's points on it. Two inputs make a
map, shaded by probability or by class; one input makes the fitted curve. The browser draws the decision line and names the places.

Data, every run:

| key | what |
|---|---|
| kind | "map" or "curve" |
| payload | map: the hash of the payload that `chart.carry` brings; until it has come the picture before it stays. None where |
|         | the outputs are not finite: then there are only the points |
| curve | curve: (M, 2) as `figures.packed`, from left to right |
| points | [{x, t, text, right, held}]: x (2,) with t the class, or x (1,) with t the target; text may be missing: it is shown for |
|        | at most eight points, where there is room; right: False draws a ring; held: not trained on, smaller and hollow |
| axes | {x, y: [low, high], xticks, yticks: [[place, text]], names: [across, up]} |
| bar | probabilities: the texts of p = 0, ½ and 1 beside the colour bar; None for classes and curves |
| legend | points like the ones above, without x, each with its text; may be missing |
| texts | title, note, right ("4 of 4 right"), alt, add ("click to add a point"), keys (what the keyboard does here), |
|       | output ("p", the name of what is shaded or fitted), classes (the classes' names, or missing) |

The payload of a map, lowest row first, each number the network's at the centre of its cell of the axes' box:
{n, values: base64 of n·n bytes, 0..255 for p = 0..1} or {n, k, classes: base64 of n·n bytes, the class with the largest output}.
Round so that p = ½ is 128 in spite of its last digit, floor(255 p + ½ + 10⁻⁶): a flat map then has no line.
Classes 0, 1, 2, 3 are orange squares, blue circles, grey triangles, dark diamonds; further ones begin again.
"""

from view.components import component

mount = component("decision")


def decision(data: dict, key: str) -> None:
    """Mount it. Points cannot be added yet: texts.add is "", so that a click asks nothing of the server."""
    mount(key=key, data=data)
