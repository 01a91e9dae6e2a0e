"""The paths of a picked number as a table, each with its share as a bar, and the samples' votes as a strip of bars. The row under
the pointer or the keyboard is said to the drawing, which lights exactly that path; the server hears nothing of it."""

from view.components import component

_mount = component("paths")


def paths(data: dict, key: str) -> None:
    """Draw `data`:

    - head: the columns' captions before the share; the first `words` of them hold words, the others numbers
    - rows: [{"cells": [one text per column], "share": "+0.07677", "size": 0.07677, "ids": ids of the drawing}]
    - rest: {"text", "share", "size"}, what is not listed, or None; sum: {"text", "share"}
    - votes: (N, 2) as `figures.packed`, each sample's share and its number, or None
    - texts: {caption, share, votes, order, sample, alt}: order is the button that sorts the strip by size
    """
    _mount(data=data, key=key)
