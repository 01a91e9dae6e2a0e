"""All weights and biases as fields to type in, one matrix per layer: a row for each unit that the weights go to, a column for each
number they come from, the bias last. The arrow keys and Enter walk through a column, Tab through a row, and a block copied from a
spreadsheet fills the fields from the chosen one on.

| key | what |
|---|---|
| layers | [{caption, from: [names of the columns], to: [names of the rows], at: [[place in theta]] as the matrix}] |
| names, start, now | for each place its name, the number it starts from as it is typed, the number now as it is shown |
| wrong | {place: what was typed and could not be read}: it stays in its field |
| told | sentences under the table: why |
| texts | {which, start, now, to, from}: the switch and its two sides, the corner of a matrix |
"""

from collections.abc import Callable

from view.components import component

_mount = component("weights")


def weights(data: dict, key: str, on_typed_change: Callable[[], None]) -> None:
    """The trigger typed is {cells: {place: text}, beyond}: all fields that differ from what the server knows; how many numbers of
    a pasted block lay beyond the matrix."""
    _mount(data=data, key=key, on_typed_change=on_typed_change)
