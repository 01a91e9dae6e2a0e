"""Each layer's gradient as a bar on a logarithmic scale, with its run as a thin line behind. The browser only draws.

| key | what |
|---|---|
| layers | from the first to the last: name; known, whether its bar may be seen; height, log₁₀ of its length, None for 0; |
|        | text, its number; points, (K, 2) as `figures.packed` |
| at, x | where on the logarithmic axis of updates the reader stands; that axis's two ends |
| y, yticks, limits | the heights' two ends; [height, text]; {height, text} of the dashed lines |
| texts | {title, note, alt}: alt says every number that is drawn |
"""

from view.components import component

mount = component("norms")


def norms(data: dict, key: str) -> None:
    mount(key=key, data=data)
