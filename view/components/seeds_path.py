"""The repair path as a row of cards. It is told each program's success, and says which one the reader wants to see.

data: {cards: [{key, taken, name, rate, share, counted, others, fates: [{name, part}], says}], texts: {take, taken}}.
"""

from view.components import component

mount = component("seeds_path")


def path(data: dict, key: str, on_take_change) -> None:
    """The trigger take is the key of the chosen program."""
    mount(key=key, data=data, on_take_change=on_take_change)
