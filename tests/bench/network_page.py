"""The Network page on a running server, with 2-8-8-1 on 200 samples: what a step costs the server at each depth, how soon the
browser has painted it, and whether the pictures follow the time line while it is dragged. The 200 samples are a table of one's own,
with one decimal, so that they fit into an address.
"""

import asyncio
from statistics import fmean, median
from time import perf_counter
from urllib.parse import urlencode

import numpy as np
from browser import browsing
from click_cpu import steady
from page_speed import WATCH
from playwright.sync_api import Page
from reader import reader
from report import Row, p95, pair
from server import Server, server

PAGE, DEPTHS = "network", ("network", "layer", "unit")
STEPS, PAINTED, PAUSE = 40, 40, 500
SCRUBS, SWEPT, RUN = 4, 2.0, 2000  # drags, seconds for each, updates in sight
CPU, PAINT, FRAMES = 0.040, 0.400, 30


def table() -> str:
    """200 random samples in two classes, as the address's word."""
    rng = np.random.default_rng(0)
    x = rng.integers(-9, 10, (200, 2))
    return "1::" + ";".join(f"{a / 10:g},{b / 10:g},{int(a * b > 0)}" for a, b in x).replace("0.", ".")


def address(seed: int, **choices: str) -> str:
    net = {"data": "own", "own": table(), "hidden": "8:tanh,8:tanh", "bias": "1", "act": "sigmoid", "loss": "cross_entropy_logits"}
    return urlencode({**net, "seed": str(seed), "lr": "0.5", "steps": "operation", "lang": "en", **choices})


def rows() -> list[Row]:
    with server() as ours:
        found = [row for depth in DEPTHS for row in asyncio.run(clicks(ours, depth))]
    with server() as ours, browsing() as context:
        found.append(paints(context.new_page(), ours))
    with server() as ours, browsing() as context:
        return found + scrubs(context.new_page(), ours)


async def clicks(ours: Server, depth: str) -> list[Row]:
    """Every moment of two updates; idling is taken off, as in click_cpu."""
    async with reader(ours.host, address(0, depth=depth), PAGE) as warm:
        for _ in range(len(warm.stepper["moments"]) + 2):
            await warm.click()
    async with reader(ours.host, address(1, depth=depth), PAGE) as one:
        costs = await steady(ours, one, STEPS)
    shown = f"{1e3 * fmean(costs):.1f} ms; {pair(costs, 1)}"
    what = f"step of 2-8-8-1, 200 samples, depth {depth}, CPU: mean; median / p95"
    return [Row(what, "40 ms (mean)", shown, fmean(costs) <= CPU)]


def paints(page: Page, ours: Server) -> Row:
    """From the click on Next until the card has another equation and the drawing is drawn anew."""
    page.goto(f"http://{ours.host}/{PAGE}?{address(2)}")
    page.wait_for_selector("[class*=st-key-now_] .katex", state="attached")
    page.wait_for_timeout(3000)
    page.evaluate(WATCH, [".bp-net svg"])
    times = []
    for click in range(1, PAINTED + 1):
        awaited = ["", [".bp-net svg"], False]  # the card's words differ from moment to moment: another equation is enough
        page.evaluate("(awaited) => { window.picture = nextPicture(...awaited) }", awaited)
        page.click(".bp-next")
        late = f"the picture of click {click} did not come"
        times.append(page.evaluate(f"Promise.race([picture, new Promise((_, no) => setTimeout(no, 10000, '{late}'))])"))
        page.wait_for_timeout(PAUSE)
    times = times[2:]
    return Row("  click to painted drawing and card: median / p95", "400 ms (p95)", pair(times), p95(times) <= PAINT)


COUNT = """() => {
  window.drawn = 0;
  document.addEventListener("bp-scrub", () => drawn++);
  const send = WebSocket.prototype.send;
  window.sent = 0;
  WebSocket.prototype.send = function (data) { sent++; return send.call(this, data); };
  window.frames = 0;
  const count = () => { frames++; requestAnimationFrame(count); };
  count();
}"""


def scrubs(page: Page, ours: Server) -> list[Row]:
    """Along the time line and back, by the clock; frames are those that the browser painted, with its pictures following."""
    page.goto(f"http://{ours.host}/{PAGE}?{address(3, at=f'{RUN}.1')}")
    page.wait_for_selector(".bp-timeline", state="attached")
    page.wait_for_timeout(4000)
    page.evaluate(COUNT)
    page.locator(".bp-timeline").scroll_into_view_if_needed()
    box = page.locator(".bp-time").first.bounding_box()
    left, width, y = box["x"] + 60, box["width"] - 90, box["y"] + box["height"] / 2
    found = []
    for n in range(SCRUBS):
        page.mouse.move(left + width * (n % 2), y)
        page.mouse.down()
        before, since = page.evaluate("() => [frames, drawn, sent]"), perf_counter()
        while (part := (perf_counter() - since) / SWEPT) < 1:
            page.mouse.move(left + width * abs(part - n % 2), y)
        after, passed = page.evaluate("() => [frames, drawn, sent]"), perf_counter() - since
        page.keyboard.press("Escape")
        page.mouse.up()
        page.wait_for_timeout(500)
        found.append([(b - a) / passed for a, b in zip(before[:2], after[:2], strict=True)] + [after[2] - before[2]])
    painted, moments, messages = zip(*found, strict=True)
    shown = f"{median(painted):.1f}; {min(painted):.1f} a second"
    return [
        Row("scrubbing 2,000 updates, frames: median; worst drag", f"{FRAMES} a second", shown, min(painted) >= FRAMES),
        Row("  other moments of the film shown", "", f"{median(moments):.1f} a second"),
        Row("  messages to the server meanwhile", "none", str(sum(messages)), sum(messages) == 0),
    ]
