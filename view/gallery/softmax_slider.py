"""The slider into saturation: for every z of a range what comes out in two steps, without the clip, and fused; where the ways part,
and what is to be said there. Every number is the engine's."""

from functools import lru_cache
from math import isnan

import numpy as np

from engine.cancellation import Saturation
from engine.limits import INPUT
from engine.op import Array
from engine.softmax import log_sum_exp
from view import figures
from view.components.chart import packed
from view.gallery.softmax_limits import Asked, clip_limits, not_a_number, parted
from view.numbers import is_, show
from view.pictures import hashed
from view.tables import markdown
from view.text import Text

REACH, STEP = 60, 0.5  # of the range, to both sides of its middle
ROUND = 10  # its middle is a multiple of this
AGREE, LOST, HARMLESS = range(3)


def grid(asked: Asked) -> Array:
    """(R,): around the place where p is one half, as far as that can be typed."""
    middle = ROUND * round(float(log_sum_exp(np.array(asked.z[1:]))) / ROUND) if len(asked.z) > 1 else 0
    return np.clip(middle, INPUT[0] + REACH, INPUT[1] - REACH) + np.arange(-REACH, REACH + STEP, STEP)


def row(z: float, n: int, found: Saturation) -> list[str]:
    """The texts of one z, in the order of components/saturation.js."""
    clipped, bare, fused = found.clipped, found.bare, found.fused
    numbers = [
        z, found.p[n], found.complement[n], found.slope[n], clipped.error[n], clipped.gradient[n], clipped.loss[n],
        bare.error[n], bare.gradient[n], bare.loss[n], fused.gradient[n], fused.loss[n],
    ]  # fmt: skip
    return [
        *(show(float(x)) for x in numbers),
        not_a_number(float(bare.error[n]), float(found.slope[n])) if isnan(bare.gradient[n]) else "",
    ]


def codes(found: Saturation) -> list[int]:
    return np.select([found.lost, found.outside], [LOST, HARMLESS], AGREE).tolist()


@lru_cache(maxsize=64)
def payload(asked: Asked) -> tuple[str, str]:
    """(hash, packed) of the whole range; asked: `Asked.rest`."""
    zs = grid(asked)
    found = asked.at(zs)
    curve = np.column_stack([zs, found.clipped.gradient, found.fused.gradient])
    rows = [row(float(z), n, found) for n, z in enumerate(zs)]
    return hashed("saturation", asked), packed({"curve": figures.packed(curve), "rows": rows, "codes": codes(found)})


# The picture and the table


def picture(asked: Asked, text: Text) -> dict:
    """The data of components/saturation.js."""
    zs, parts = grid(asked), parted(asked.rest)
    here = asked.at(np.array(asked.z[:1]))
    z, clipped, fused = asked.z[0], float(here.clipped.gradient[0]), float(here.fused.gradient[0])
    ends = [-asked.t[0], 1 - asked.t[0]]  # of p − t
    name = asked.name
    return {
        "payload": payload(asked.rest)[0],
        "now": {
            "row": row(z, 0, here),
            "code": codes(here)[0],
            "point": [z, clipped, fused],
            "index": int(np.abs(zs - z).argmin()),
        },
        "x": [float(zs[0]), float(zs[-1])],
        "y": [ends[0] - 0.16, ends[1] + 0.16],
        "xticks": [(float(x), show(float(x))) for x in zs[:: int(2 * ROUND / STEP)]],
        "yticks": [(y, show(y)) for y in dict.fromkeys((*ends, 0.0))],
        **{key: [[part.low, part.high] for part in parts[key]] for key in ("lost", "broken")},
        "dims": f"saturating_{asked.pair}",
        "texts": {
            "title": text("Into saturation"),
            "note": text("drag {name}: the numbers follow", name=name),
            "name": name,
            "axis": f"∂L/∂{name}",
            "alt": alt(asked, z, clipped, fused, text),
            "clipped": text("in two steps"),
            "bare": text("without the clip"),
            "fused": text("fused"),
            "lostHere": text("gradient lost"),
            "brokenHere": text("without the clip: NaN"),
            "p": text("probability {name}", name=asked.p),
            "complement": f"1 − {asked.p}",
            "error": f"{text('error')} ∂L/∂{asked.p}",
            "slope": f"· {text('slope')} ∂{asked.p}/∂{name}",
            "gradient": f"= ∂L/∂{name}",
            "loss": text("loss L"),
            "told": [text.say(f"told-{code}", name=name) for code in ("agree", "lost", "harmless")],
            "nan": text.say("told-nan"),
            "between": text(" "),
        },
    }  # fmt: skip


def alt(asked: Asked, z: float, clipped: float, fused: float, text: Text) -> str:
    """The picture in words: what is drawn, where the curves part, where the reader stands."""
    zs, name = grid(asked), asked.name
    drawn = text.say("alt", name=name, low=show(float(zs[0])), high=show(float(zs[-1])))
    now = text.say("alt-now", name=name, z=is_(z), clipped=is_(clipped), fused=is_(fused))
    return text(" ").join(filter(None, [drawn, clip_limits(asked, text), now]))


def table(asked: Asked, text: Text) -> str:
    """The same numbers at a few places of the range."""
    zs = grid(asked)[:: int(2 * ROUND / STEP)]
    found = asked.at(zs)
    ways = (text("in two steps"), found.clipped), (text("without the clip"), found.bare), (text("fused"), found.fused)
    columns = [
        *((text("{where}: {what}", where=f"∂L/∂{asked.name}", what=name), way.gradient) for name, way in ways),
        *((text("{where}: {what}", where="L", what=name), way.loss) for name, way in ways),
    ]
    numbers = np.column_stack([zs, found.p, *(column for _, column in columns)])
    return markdown([asked.name, asked.p, *(title for title, _ in columns)], [[show(float(x)) for x in line] for line in numbers])
