"""The network as a picture: units with what they say about every input, weights as edges, the loss, and the light of the current
equation. It is told every text and what is lit; it draws and says what was pressed."""

from collections.abc import Callable

from view.components import component

_mount = component("net")


def net(data: dict, key: str, on_select_change: Callable[[], None]):
    """Draw `data`; the trigger `select` is the id of what was clicked or taken by keyboard.

    An empty text is a number that is not revealed yet: its room is kept. `lit` belongs to the current equation, `selected` was
    chosen by the reader, `muted` is dead or of second rank, `label` is what a screen reader says. `reached`: the forward pass has
    come here (else pale), `back`: the gradient has (purple); both may be missing. `note`: " · sample 1", whose value a unit shows.

    - layers: from the inputs to the outputs [{"caption": "tanh", "units": [unit, ...], "more": units that are not drawn}]
    - a unit: {"id": "a1.2", "base": "a", "sup": "(1)" or "", "sub": "3", "value": "≈ 0.1234", "sign": 1, 0 or −1 of the value,
      "gradient": "≈ −0.02", "map": its key in the maps payload or None, "lit", "muted", "selected", "label"}. Its value has the
      id itself, its gradient "g:" + id. Without `maps` units are circles with their value.
    - edges: [{"id": "W1.3.0", "from": [layer, unit], "to": [layer, unit], "size": number that gives width and sign,
      "text": "w⁽¹⁾₄₁ ≈ 0.5338", "gradient": "∂ ≈ −0.02966", "lit", "selected", "label"}]
    - biases: like edges, without "from"
    - loss: {"id": "L", "base": "L", "value": "0.5057", "lit", "caption"}, and if wanted "selected" and "label"
    - wave: "forward", "backward" (the arrow "gradient" is shown) or None
    - traced: the light is one path's, so an arrow to the loss is lit only with its output
    - maps: the hash of the maps payload, or None
    - texts: {"alt", "gradient", "legend": [{"mark", "text"}]}; a mark is value, gradient, plus, minus, now or output

    In the browser: "bp-path" with ids lights exactly these until it comes with null; "bp-scrub" with {film, frame} shows the
    weights of that frame of the film (ids, theta, loss), with null the drawing's own again.

    The maps payload comes through `chart.carry`: {"n": n, "cells": {key: base64 of n·n bytes}}. Byte 128 is 0, byte 0 the most
    negative, 255 the most positive; row 0 has the lowest x₂, column 0 the lowest x₁.
    """
    return _mount(data=data, key=key, on_select_change=on_select_change)
