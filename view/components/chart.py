"""The right column: the range of learning rates, the loss surface with everything that moves on it, the loss so far and the nudge.
The browser draws; what heavy things it needs come through two invisible carriers, so that a click sends only a few kB.

Data of the chart:

| key | what | from |
|---|---|---|
| surface, family | the hashes of the two payloads it needs | `carry` |
| view | "", "3d" or "contour": what the link says; the reader's click on the switch overrides it | |
| rate | {index, eta, point, says, marks}, and refused: a rate the reader asked for and did not get | `figures.rate` |
| path, ghost | the run so far, and the one before it or None | `figures.path` |
| arrow | −∇L from the current point, or None until the gradient has been found | `figures.arrow` |
| hollow | whether the landing place, its caption and the curve's preview may be seen now | |
| done | the moment of the update itself: a landing place only while another rate is tried | |
| curve | the loss so far | `figures.curve` |
| nudge | None, or the curve with its words {note, name, slope, sentence, alt} | `figures.nudge` |
| texts | {eta, title, subtitle, switch3d, switchContour, landing, curveTitle, curveNote, updateAxis, jump, ghost, | |
|       | nudgeTitle, start, now, alt3d, altContour, altCurve} | |

texts.landing is a template: {0} the learning rate, {1} the place, {2} "= 0.25" or "≈ 0.3809". At k = 0 only texts.now is shown.
"""

import base64
import json
import zlib

from view.components import component

mount, mount_carrier = component("chart"), component("chart", "carry")


def packed(payload: dict) -> str:
    """A payload as the carrier takes it: JSON, deflated, base64. Made once and kept with its hash."""
    return base64.b64encode(zlib.compress(json.dumps(payload).encode())).decode()


def carry(name: str, payload: str, key: str) -> None:
    """Brings a packed surface (`figures.surface_figure`) or family (`figures.family`) to the browser, under a hash."""
    mount_carrier(key=key, data={"hash": name, "packed": payload})


def chart(data: dict, key: str, on_rate_change, on_pick_change, on_jump_change) -> None:
    """The triggers: rate, the chosen η as text; pick, {"w1", "w2"} clicked on the contour; jump, the number of updates made."""
    mount(key=key, data=data, on_rate_change=on_rate_change, on_pick_change=on_pick_change, on_jump_change=on_jump_change)
