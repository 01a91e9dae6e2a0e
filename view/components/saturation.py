"""A slider into saturation: the gradient in two steps, without the clip and fused, as a table of numbers and as two curves. All
numbers of the range come once; while z is dragged the browser only looks them up.

| key | what |
|---|---|
| payload | the hash of {curve: (R, 3) as `figures.packed`: z, two steps, fused; rows: R rows of texts; codes: R codes} |
| now | {row, code, point: [z, two steps, fused], index}: where the reader stands, which need not be one of the range; |
|     | index: its nearest neighbour there |
| x, y, xticks, yticks | the picture's ends and ticks |
| lost, broken | [[from, to], …]: where the clip takes away a gradient; where no clip means NaN |
| dims | the containers whose key begins with st-key-<dims> are dimmed while z is dragged |
| texts | {title, note, name, axis, alt, clipped, bare, fused, lostHere, brokenHere; p, complement, error, slope, gradient, |
|       | loss: the table's rows; told: a sentence per code with {0} z, {1} fused gradient, {2} error, {3} slope; nan: {0};     |
|       | between: what stands between two sentences} |

A row of texts: z, p, 1 − p, slope; then error, gradient and loss with the clip, the same without it; fused gradient and loss;
and the product that is NaN without the clip, or nothing.
"""

from view.components import component

mount = component("saturation")


def saturation(data: dict, key: str, on_z_change) -> None:
    """The trigger z is the place in the range that the reader has let go at."""
    mount(key=key, data=data, on_z_change=on_z_change)
