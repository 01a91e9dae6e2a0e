"""The graph: inputs, weights, the neuron and its loss as a drawing that is also the table of all numbers. It is told every
text and what is lit; it draws, keeps the keyboard's place and says which number was clicked."""

from collections.abc import Callable

from view.components import component

_mount = component("graph")


def graph(data: dict, key: str, on_select_change: Callable[[], None]):
    """Draw `data`; a click on a number sets the trigger `select` to that number's id.

    A *cell* is {"id", "text", "lit", "muted", "selected", "label"}. An empty text is a number that is not revealed yet: its
    room is kept, it cannot be focused. `muted` is grey (zero, dead, second rank), `label` is what a screen reader says.

    - samples: the rows' labels, [] for one sample; sampleHead: the head above them ("n")
    - inputs: [{"base": "x", "sub": "1", "lit", "cells": [cell, ...]}]
    - weights: [{"base": "w", "sub": "1", "id", "value", "equals", "after", "gradient", "gradientEquals", "size", "from",
      "votes", "lit", "selected"}]. `after` (or None) is the new value in the moment of the update; `gradient` None: not
      revealed; `size` is the number that gives width and sign; `from` is the index of the input, None for a bias. `votes`
      (or None) is one {"text", "share", "sample"} per sample. Optional: "muted" (a grey dotted edge), "label" (what a screen
      reader says, instead of the texts put together).
    - cards: from left to right [{"caption", "inside", "columns": [{"base", "sub", "partial", "kind", "lit", "cells"}]}];
      `inside` is in the grey box of the neuron, `partial` heads the column with ∂L/∂…, `kind` is "value" or "gradient"
    - loss: {"base": "L", "cell": cell, "caption", "lit"}
    - arrow: whether "gradients travel back" is shown
    - texts: {"alt", "neuron", "back", "votes", "legend": [{"mark", "text"}]}; a mark is value, gradient, plus, minus, now or
      next
    """
    return _mount(data=data, key=key, on_select_change=on_select_change)
