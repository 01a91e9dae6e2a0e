"""The race and the sweep of the optimizers mounted by themselves: the scripts that do it, and lanes with ways that are written down
here, on a bowl where −∇L is the way to (0, 0)."""

from math import cos, sin

import numpy as np

from engine.functions import FUNCTIONS
from view import figures

MOUNT = """async ([kind, data, carried, width]) => {
    const found = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/common.js")).name;
    const { show } = await import(new URL(`${kind}.js`, found));
    const { receive } = await import(new URL("payloads.js", found));
    await receive("picture", carried);
    let own = document.getElementById(`own-${kind}`);
    if (!own) {
        own = document.createElement("div");
        own.id = `own-${kind}`;
        const top = kind === "race" ? 0 : 560;
        own.style.cssText = `position: fixed; left: 0; top: ${top}px; width: ${width}px; z-index: 99999; background: white`;
        document.body.append(own);
    }
    window.said ??= [];
    own.gone = show({ data, parentElement: own, setTriggerValue: (name, value) => said.push([name, value]) });
}"""
RECORD = """() => {
    window.places = [];
    const look = () => {
        const circle = document.querySelector("#own-race .bp-marks .bp-badge circle").getBoundingClientRect();
        places.push(circle.x + circle.width / 2);
        requestAnimationFrame(look);
    };
    look();
}"""
CLEAR = """() => {
    for (const own of document.querySelectorAll("[id^=own-]")) { own.gone(); own.remove(); }
    window.said = [];
}"""
BOWL = FUNCTIONS["bowl"]  # ½ u² + ½ v² on [−3, 3]²: −∇L is the way to (0, 0)
START = (-2.0, 1.5)
RACE_TEXTS = {
    "legend": "Optimizers", "surfaceTitle": "Surface", "surfaceNote": "", "switch3d": "3-D", "switchContour": "Contour",
    "alt3d": "a surface", "altContour": "a contour", "start": "start", "curveTitle": "Losses", "curveNote": "",
    "updateAxis": "updates", "jump": "Updates made", "altCurve": "curves",
}  # fmt: skip
SWEEP_TEXTS = {"title": "Sweep", "note": "", "etaAxis": "η", "alt": "every rate", "best": "best rate"}


def height(u: float, v: float) -> float:
    return float(figures.height(0.5 * u * u + 0.5 * v * v, 0.001))


def lane(number: int, places: list, then: tuple | None, **changes) -> dict:
    """A lane that has been at these places and will be at `then`."""
    path = np.array([[u, v, height(u, v), k] for k, (u, v) in enumerate(places)])
    u, v = places[-1]
    arrow = np.array([[u * (1 - s), v * (1 - s), height(u * (1 - s), v * (1 - s))] for s in np.linspace(0, 1, 9)])
    shown = {
        "number": number, "name": f"Lane {number}", "eta": "η = 0.1", "loss": "L = 1", "state": "", "path": figures.packed(path),
        "next": None if then is None else [*then, height(*then)], "arrow": figures.packed(arrow), 
        "lands": f"lane {number} lands here",
    }  # fmt: skip
    return {**shown, **changes}


def race(lanes: list, heights: list, known: int, **changes) -> dict:
    """heights: of every lane's losses."""
    curves = [figures.packed(np.column_stack([np.arange(len(one)), one])) for one in heights]
    ticks = {"xticks": [[0, "0"], [10, "10"]], "yticks": [[0, "1"]]}
    curve = {"lanes": curves, "x": [0, 10], "y": [-3, 2], **ticks, "axis": "log₁₀ L", "known": known}
    return {"surface": "picture", "view": "", "lit": None, "lanes": lanes, "curve": curve, "texts": RACE_TEXTS, **changes}


def six(updates: int) -> dict:
    """Six lanes, each on a straight way of its own from the common start; at the start the last two land at the same place."""
    turns = [0.2, 0.5, 0.8, 1.1, 1.4, 1.4 if not updates else 1.7]

    def way(n: int, k: int) -> tuple[float, float]:
        return START[0] + 0.35 * k * cos(turns[n] - 1.2), START[1] + 0.35 * k * sin(turns[n] - 1.2)

    lanes = [lane(n + 1, [way(n, k) for k in range(updates + 1)], way(n, updates + 1)) for n in range(6)]
    return race(lanes, [[1 - 0.1 * n * k for k in range(updates + 1)] for n in range(6)], updates)


def sweep(**changes) -> dict:
    """Six curves over log₁₀ η from −4 to 1; the third has a gap, the sixth no best rate."""
    x = np.linspace(-4, 1, 21)
    curves = [0.1 * n + 0.05 * (x + 2 - 0.2 * n) ** 2 for n in range(6)]
    curves[2][10] = np.nan
    shown = [
        {"number": n + 1, "name": f"Lane {n + 1}", "curve": figures.packed(np.column_stack([x, curve])),
         "best": [float(x[np.nanargmin(curve)]), float(np.nanmin(curve))] if n < 5 else None,
         "limit": [-1, "2/λ"] if n == 0 else None}
        for n, curve in enumerate(curves)
    ]  # fmt: skip
    axes = {"x": [-4, 1], "y": [-0.2, 1.5], "xticks": [[-4, "0.0001"], [1, "10"]], "yticks": [[0, "1"]], "axis": "log₁₀ L"}
    return {"lanes": shown, "now": [-2, "η = 0.01"], **axes, "texts": SWEEP_TEXTS, **changes}
