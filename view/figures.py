"""The pictures as plain data: the loss surface for plotly; path, arrow, curves and landing places for the chart component.
A place's height is log₁₀ of its true loss, while every label shows the loss itself. Nothing is drawn or stored here."""

import base64
from collections.abc import Sequence
from math import ceil, log10
from math import floor as whole

import numpy as np

from engine.objective import Objective
from engine.op import Array
from engine.surface import Landmark, Surface
from view.numbers import equals, is_, show

NEAR_ZERO, FLOOR = 0.01, 0.001  # a picture whose loss gets below the first shows log₁₀(L + the second)
HIGHEST = 300  # a height beyond has no number any more
SMALLEST = 1e-12  # an exact 0 still needs a height where the picture has no floor
LARGEST = 1e37  # 32 bits hold no more; what is farther away leaves the picture anyway
POINTS = 400  # of a path or a curve; a longer run keeps its first, last and most extreme ones
ISO_LINES = 14

# 301 round learning rates from 0.001 to 10. Their places in the list are nearly their logarithms: a decade is always 75 long.
RATE_GRID = np.array(
    [round(mantissa / 100 * 10.0**e, 6) for e in (-3, -2, -1, 0) for mantissa in (*range(100, 200, 5), *range(200, 500, 10),
                                                                                 *range(500, 1000, 20))] + [10.0]
)  # fmt: skip
RATE_TEXTS = [show(eta) for eta in RATE_GRID]
RATE_MARKS = RATE_TEXTS[::75]


def packed(x) -> dict:
    """Numbers for the browser, as plotly wants them: 32 bits each, base64."""
    with np.errstate(over="ignore"):
        x = np.clip(x, -LARGEST, LARGEST).astype(np.float32)
    return {"dtype": "f4", "bdata": base64.b64encode(x.tobytes()).decode(), "shape": ", ".join(map(str, x.shape))}


# Heights and ticks


def floor_of(picture: Surface) -> float:
    """What is added to the loss before its logarithm: nothing, unless this picture's loss gets near 0."""
    return FLOOR if np.nanmin(picture.loss) < NEAR_ZERO else 0.0


LINEAR = None  # in place of a floor: the axis shows the loss itself, without a logarithm


def height(loss, floor: float | None):
    """Where a loss stands on the axis, usually a logarithmic one; what is too large for a number stands at infinity."""
    if floor is LINEAR:
        return np.asarray(loss, dtype=float)
    with np.errstate(over="ignore", invalid="ignore"):
        return np.log10(np.maximum(loss, 0 if floor else SMALLEST) + floor)


def axis_name(floor: float | None) -> str:
    return "L" if floor is LINEAR else "log₁₀(L + 10⁻³)" if floor else "log₁₀ L"


def round_step(length: float, parts: float) -> float:
    """The smallest of 1, 2, 5, 10, … (times a power of ten) that cuts `length` into at most `parts` parts."""
    decade = 10.0 ** np.floor(np.log10(length / parts))
    return next(float(m * decade) for m in (1, 2, 5, 10, 20) if m * decade >= length / parts * (1 - 1e-9))


def ticks(low: float, high: float, parts: float = 5) -> list[tuple[float, str]]:
    """Round numbers on a linear axis, each with its label; none on an axis without length."""
    if not high > low:
        return []
    step = round_step(high - low, parts)
    return [(n * step, show(n * step)) for n in range(ceil(low / step - 1e-9), whole(high / step + 1e-9) + 1)]


def loss_ticks(low: float, high: float, floor: float | None, parts: float = 6.5) -> list[tuple[float, str]]:
    """Round losses between two heights, at least 1/parts of the axis apart: powers of ten, then halves and quarters, then more."""
    if floor is LINEAR:
        return ticks(low, high, parts)
    if low >= HIGHEST:
        return []
    bottom, top = max(10.0**low - floor, SMALLEST), 10.0 ** min(high, HIGHEST) - floor
    decades = [10.0**e for e in range(whole(log10(bottom)), ceil(log10(top)) + 1)]
    step = round_step(top - bottom, parts)
    between = [n * step for n in range(ceil(bottom / step), whole(top / step) + 1)]
    fine = [d / 2 for d in decades] + [d / (4 if d <= 1 else 5) for d in decades]
    found: list[tuple[float, float]] = []
    for loss in [0.0] * bool(floor) + decades + fine + between:
        at = float(height(loss, floor))
        if low - 0.01 * (high - low) <= at <= high and all(abs(at - other) > (high - low) / parts for other, _ in found):
            found.append((at, loss))
    return [(at, show(loss)) for at, loss in sorted(found)]


# The surface


def surface_figure(picture: Surface, floor: float | None, names: Sequence[str], labels: Sequence[tuple[Landmark, str]]) -> dict:
    """One grid and two drawings of it, without colours (the browser knows the theme): "3d" and "contour", each {trace, layout}.

    names: of the two axes; labels: a text per landmark.
    """
    z = height(picture.loss, floor)
    finite = np.isfinite(z)
    low, high = (float(z[finite].min()), float(z[finite].max())) if finite.any() else (0.0, 1.0)
    high = max(high, low + 0.1)
    z = np.where(finite, z, high)
    step = (high - low) / ISO_LINES
    levels = {"start": low + step / 2, "end": high, "size": step}  # half a step up: no line falls on a flat floor
    upward = _ticked(loss_ticks(low, high, floor), [low, high], axis_name(floor))
    across, up = (
        _ticked(ticks(line[0], line[-1]), [float(line[0]), float(line[-1])], name)
        for line, name in zip((picture.across, picture.up), names, strict=True)
    )
    grid = {"x": packed(picture.across), "y": packed(picture.up), "z": packed(z), "hoverinfo": "skip"}
    bar = {key: upward[key] for key in ("tickvals", "ticktext", "title")}
    lines = {"z": {"show": True, **levels, "width": 1}}
    flat = {"zmin": low, "zmax": high, "autocontour": False, "contours": levels}
    return {
        "grid": grid,
        "3d": {
            "trace": {"type": "surface", "showscale": False, "cmin": low, "cmax": high, "contours": lines},
            "layout": {"scene": {"xaxis": across, "yaxis": up, "zaxis": {**upward, "title": {"text": ""}}}},
        },
        "contour": {
            "trace": {"type": "contour", **flat, "colorbar": bar},
            "layout": {"xaxis": across, "yaxis": up},
        },
        "height": axis_name(floor),
        "labels": [_label(mark, text, floor) for mark, text in labels],
    }


def _label(mark: Landmark, text: str, floor: float | None) -> dict:
    return {"at": [mark.across, mark.up, float(height(mark.loss, floor))], "text": text, "kind": mark.kind}


def _ticked(marks: list[tuple[float, str]], ends: list[float], name: str) -> dict:
    return {
        "range": ends,
        "tickmode": "array",
        "tickvals": [at for at, _ in marks],
        "ticktext": [text for _, text in marks],
        "title": {"text": name},
    }


# What moves on it


def landings(of: Objective, theta: Array, g: Array, axes, floor: float, names: Sequence[str], rates) -> tuple[Array, list]:
    """Where one update from theta would land for each rate (R,): (across, up, height) (R, 3), and place and loss in words."""
    with np.errstate(over="ignore", invalid="ignore"):
        ends = theta - np.asarray(rates)[:, None] * g
        loss = of.loss(ends)
    points = np.column_stack([ends[:, axes[0]], ends[:, axes[1]], height(loss, floor)])
    return points, [[_place(end, axes, names), _is(value)] for end, value in zip(ends, loss, strict=True)]


def family(of: Objective, theta: Array, g: Array, axes, floor: float, names: Sequence[str]) -> dict:
    """The landing places of one update for every rate of the range; names: one for each number of theta."""
    points, says = landings(of, theta, g, axes, floor, names, RATE_GRID)
    return {"etas": RATE_TEXTS, "points": packed(points), "says": says}


def rate(of: Objective, theta: Array, g: Array, axes, floor: float, names: Sequence[str], eta: float) -> dict:
    """The same for the rate chosen now, which need not be one of the range: it has the place of its nearest neighbour there."""
    points, says = landings(of, theta, g, axes, floor, names, [eta])
    nearest = int(np.argmin(np.abs(np.log(RATE_GRID / max(eta, SMALLEST)))))
    return {"index": nearest, "eta": show(eta), "point": plain(points[0]), "says": says[0], "marks": RATE_MARKS}


def plain(point: Array) -> list[float | None]:
    """JSON knows no infinity."""
    return [float(x) if np.isfinite(x) else None for x in point]


def _place(end: Array, axes, names: Sequence[str]) -> str:
    """(0.5, 0.125), and after it every other number of theta by name; ≈ before it where digits are missing."""
    if not np.isfinite(end).all():
        return "∞"
    more = [f"{name} = {show(x)}" for i, (name, x) in enumerate(zip(names, end, strict=True)) if i not in axes]
    sign = "" if equals(*end) == "=" else "≈ "
    return ", ".join([f"{sign}({show(end[axes[0]])}, {show(end[axes[1]])})", *more])


def _is(loss: float) -> str:
    return is_(loss) if np.isfinite(loss) else "= ∞"


def path(theta: Array, loss: Array, axes, floor: float) -> dict:
    """A run so far, theta (T, P) and loss (T,): (across, up, height, k) at up to POINTS of its updates."""
    kept = thinned(loss)
    return packed(np.column_stack([theta[kept][:, list(axes)], height(loss[kept], floor), kept]))


def arrow(of: Objective, theta: Array, g: Array, axes, floor: float) -> dict:
    """−∇L from theta, to scale: 25 points (across, up, height) of theta − s·g for s from 0 to 1."""
    return packed(landings(of, theta, g, axes, floor, [""] * len(theta), np.linspace(0, 1, 25))[0])


def thinned(y: Array) -> Array:
    """At most POINTS indices of y (T,): all of them, or the first, the last and each stretch's lowest and highest."""
    if len(y) <= POINTS:
        return np.arange(len(y))
    stretches = np.array_split(np.arange(len(y)), POINTS // 2 - 1)
    lows_and_highs = [part[pick(y[part])] for part in stretches for pick in (np.argmin, np.argmax)]
    return np.unique([0, *lows_and_highs, len(y) - 1])


# The curves below it


def curve(loss: Array, floor: float, preview: float | None = None, ghost: Array | None = None) -> dict:
    """The loss after each update so far (T,). The ranges hold the preview and the ghost too, shown or not, so nothing jumps."""
    runs = [_curve(run, floor) for run in (loss, ghost) if run is not None]
    seen = np.concatenate([h for _, h in runs] + ([] if preview is None else [[float(height(preview, floor))]]))
    seen = seen[np.isfinite(seen)]
    low, high = float(seen.min()), float(min(seen.max(), runs[0][1].max() + 3))  # a wild preview leaves the picture instead
    slack = max(0.08 * (high - low), 0.1)
    last = room(max(len(loss), len(ghost) - 1 if ghost is not None else 0))
    return {
        "points": packed(np.column_stack(runs[0])),
        "ghost": packed(np.column_stack(runs[1])) if ghost is not None else None,
        "x": [0, last],
        "y": [low - slack, high + slack],
        "xticks": [(at, text) for at, text in ticks(0, last, 6) if at == int(at)],
        "yticks": loss_ticks(low - slack, high + slack, floor, 4.5),
        "axis": axis_name(floor),
    }


def _curve(loss: Array, floor: float) -> tuple[Array, Array]:
    kept = thinned(loss)
    return kept, height(loss[kept], floor)


def room(updates: int) -> int:
    """How far the curve's axis reaches: 6, 10, 20, 50, 100, …, so that it seldom changes."""
    return 6 if updates <= 6 else int(round_step(updates, 1))


def nudge(x: Array, loss: Array, at: float, here: float, slope: float | None) -> dict:
    """L (R,) as a function of one number x (R,) alone, which is now `at` with loss `here`; `slope` is its gradient, if known.

    The axis is linear: only there is the tangent a straight line whose steepness is the gradient.
    """
    here, ends = float(here), np.array([x[0], x[-1]])
    good = np.append(loss[np.isfinite(loss)], here)
    low, high = float(good.min()), float(good.max())
    slack = max(0.08 * (high - low), 0.02 * abs(here), 1e-4)
    low, high = low - slack, high + slack
    return {
        "points": packed(np.column_stack([x, loss])),
        "at": [float(at), here],
        "tangent": None if slope is None else np.column_stack([ends, here + slope * (ends - at)]).tolist(),
        "x": ends.tolist(),
        "y": [low, high],
        "xticks": ticks(*ends, 5),
        "yticks": ticks(low, high, 4),
    }
