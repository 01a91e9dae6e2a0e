"""A thousand seeds as a thousand marks. It is told what became of each, and says which one the reader wants to see.

Data, every run:

| key | what |
|---|---|
| payload | the hash of the payload that `chart.carry` brings; until it has come the picture before it stays |
| seed | the seed whose run the page shows, or None |
| fates | [{name, text, count, share, part}], in the order of their codes: dead, stuck, solved; part is a share from 0 to 1 |
| texts | title, waiting, order, bySeed, byFate, alt, keys, hint; told and start are templates that the browser fills |

The payload: {codes: base64 of S bytes, loss: packed (S, 2) at the start and at the end, start: packed (S, P) or None}.
"""

from view.components import component

mount = component("seeds")


def seeds(data: dict, key: str, on_seed_change) -> None:
    """The trigger seed is the number of the seed that was clicked."""
    mount(key=key, data=data, on_seed_change=on_seed_change)
