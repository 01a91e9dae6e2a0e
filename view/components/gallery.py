"""One activation or loss as curves of value and slope, with a point that the reader moves along them, and what the slope there does
to a gradient through many layers. Beside it, as small pictures, all entries of the topic; a click takes one.

Data of the curve:

| key | what |
|---|---|
| payload | the hash of what `chart.carry` brings: {curve: (R, 3): place, value, slope; chain: (R, LAYERS): powers of ten; |
|         | rows: R rows of texts} |
| now | {row, point, chain, index}: where the reader stands, maybe at none of the R places; index: the nearest of them |
| best | the chain of the largest slope, or None: then there is no picture of layers |
| x, y, s, xticks, yticks, sticks | ends and ticks: the place, the value, the slope |
| powers | {x, y, xticks, yticks} of the picture of layers |
| slope | (M, 2) packed: the slope's curve, with nan where it jumps |
| kinks | [[place, value, slope to the left, ours, slope to the right], …] |
| flats, target | [[from, to], …] where it is flat; the target's place or None |
| texts | title, note, name, value, slope, flat, kink, target, range, told (a template), alt, depthTitle, depthNote, |
|       | depthAxis, depthUp, here, best, altDepth |

Data of the small pictures: {topic, chosen, tiles: [{key, name, value, slope}], texts: {label, hint}}; value and slope are polylines
in a box of 100 by 60 whose middle line is 0.
"""

from view.components import component

mount, mount_tiles = component("gallery"), component("gallery", "tiles")


def gallery(data: dict, key: str, on_z_change) -> None:
    """The trigger z is the place in the range at which the point was let go."""
    mount(key=key, data=data, on_z_change=on_z_change)


def tiles(data: dict, key: str, on_entry_change) -> None:
    """The trigger entry is the key of the entry that was clicked."""
    mount_tiles(key=key, data=data, on_entry_change=on_entry_change)
