"""The loss of a run as a time line: dragging it shows the run's film in the browser, letting go leads to that update.

| key | what |
|---|---|
| train | (K, 3) as `figures.packed`: k, height, loss on all training samples, from the first update to the last one computed |
| held, pinned, batches | the same for the held-out samples, the pinned run and single mini-batches, or None |
| k, last, now | where the reader stands, how far the run is known, the height of the loss now |
| film | the hash of the film that `chart.carry` brings (view/net_film.py); until it has come only the handle moves |
| axes | {x, y: [low, high], xticks, yticks: [[place, text]], names: [across, up]}; a place is log₁₀(1 + k) |
| texts | {title, note, jump, alt, now, nowShort: beside the dot, where there is room the longer one; end, train: two lines at the |
|       | curve's end; held, pinned: at the ends of theirs; of: what the curve shows; batches: what the dots are, or ""} |

While it is dragged <html> has the attribute data-bp-scrub, and the document hears "bp-scrub" with {film, frame}, at the end with
null.
"""

from view.components import component

mount = component("timeline")


def timeline(data: dict, key: str, on_jump_change) -> None:
    """The trigger jump is the number of updates made at the chosen place."""
    mount(key=key, data=data, on_jump_change=on_jump_change)
