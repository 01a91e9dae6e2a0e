"""The Learning rate page on a running server: what a click costs, what others feel while a map of fates is computed, and how the
pictures follow a drag in a real browser. No message may leave the browser before the handle is let go; then one run is asked for.

While the map is computed, the server's event loop is asked for its health every 20 ms: every message of every session goes through
it, so the longest wait, less the usual one, is how long others were kept waiting. A click shares the processor, too: no limit.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median
from time import perf_counter
from urllib.parse import urlencode

from browser import browsing
from click_cpu import spent
from playwright.sync_api import CDPSession, Page
from reader import own, reader
from report import Row, pair
from server import Server, server
from streamlit.proto.BackMsg_pb2 import BackMsg

PAGE = "learning-rate"
VISITED, ROUNDS = 8, 5  # updates, and how often a reader goes back to the first and forth again
PACE, TICK = 0.5, 0.02  # seconds from click to click, and from one question for the server's health to the next
BIAS = {"data": "xor", "bias": "1", "init": "glorot_uniform", "seed": "1", "lang": "en"}
NETWORK = {**BIAS, "hidden": "4:tanh", "act": "sigmoid", "loss": "cross_entropy_logits"}
SWEPT, DRAGS, WARM = 2.0, 6, 2  # seconds from end to end
LISTEN = """
  const send = WebSocket.prototype.send;
  window.sent = [];
  window.frames = [];
  WebSocket.prototype.send = function (data) {
    sent.push([...new Uint8Array(data)]);
    return send.call(this, data);
  };
  window.follow = (now) => { // while `following`, the time of every frame and the rate and landing place on the screen before it
    frames.push([now, document.querySelector(".bp-handle text").textContent + document.querySelector(".bp-caption").textContent]);
    if (window.following) requestAnimationFrame(follow);
  };
"""


def rows() -> list[Row]:
    found = []
    for measured in (clicks, waits):
        with server() as ours:
            found += asyncio.run(measured(ours))
    for view in ("contour", "3d"):
        with server() as ours, browsing() as context:
            found += drags(context.new_page(), ours, view)
    return found


def address(eta: float, **choices: str) -> str:
    return urlencode({"data": "xor", "w": "1.25,0.25", "lr": str(eta), "lang": "en", **choices})


async def clicks(ours: Server) -> list[Row]:
    """New updates, and then the same ones again, back and forth; idling is taken off, as in click_cpu."""
    async with reader(ours.host, address(0.04), PAGE) as warm:
        for at in (None,) * 4 + ("3.1", "2.1") * 4:
            await warm.click(at)
    there = [f"{k}.1" for k in range(VISITED)]
    async with reader(ours.host, address(0.05), PAGE) as one:
        await asyncio.sleep(4 * PACE)
        used, passed = await spent(ours, asyncio.sleep(10))
        idle = used / passed

        async def cost(wanted: str) -> float:
            used, passed = await spent(ours, asyncio.gather(one.click(wanted), asyncio.sleep(PACE)))
            return used - idle * passed

        new = [await cost(at) for at in there[1:]]
        known = [await cost(at) for _ in range(ROUNDS) for at in there[-2::-1] + there[1:]]
    shown, shown_new = (f"{1e3 * fmean(costs):.1f} ms; {pair(costs, 1)}" for costs in (known, new))
    return [
        Row("rate page, CPU per click to a known update: mean; median / p95", "25 ms (mean)", shown, fmean(known) <= 0.025),
        Row("  to a new one, with all its runs", "", shown_new),
    ]


async def waits(ours: Server) -> list[Row]:
    """What others feel while one session after another asks for a map that nobody has asked for yet."""
    async with reader(ours.host, urlencode({**BIAS, "lr": "0.02"}), PAGE), reader(ours.host, own(0)) as other:
        for _ in range(12):
            await other.click()
            await healthy(ours.host)
        return [
            *await others(ours, "health", lambda: healthy(ours.host), TICK, 0.01, 0.100),
            *await others(ours, "click of another", other.click, 0.25, 0.015),
        ]


async def others(ours: Server, what: str, ask: Callable[[], Awaitable], pace: float, eta: float, limit=None) -> list[Row]:
    """The waits of those who ask, in silence and during maps; no two of the maps are the same."""
    quiet = await meanwhile(asyncio.sleep(6), ask, pace)
    found = [Row(f"{what}, quiet server: median / p95; longest", "", longest(quiet))]
    for name, experiment, count in (("neuron with bias", BIAS, 5), ("network", NETWORK, 3)):
        queries = [urlencode({**experiment, "lr": f"{eta + i / 10_000:.4f}"}) for i in range(count)]
        busy = await meanwhile(visits(ours.host, queries), ask, pace)
        found.append(Row(f"  during maps of the {name}", "", longest(busy)))
        if limit:
            more = max(busy) - median(quiet)
            found.append(Row("  the longest wait that this adds", f"{1e3 * limit:.0f} ms", f"{1e3 * more:.0f} ms", more <= limit))
    return found


def longest(seconds: Sequence[float]) -> str:
    return f"{pair(seconds, 1)}; {1e3 * max(seconds):.0f} ms"


async def visits(host: str, queries: list[str]) -> None:
    for query in queries:
        async with reader(host, query, PAGE):
            pass


async def meanwhile(act: Awaitable, ask: Callable[[], Awaitable], pace: float) -> list[float]:
    """The seconds of each answer until `act` is done, counted from when its question was due."""
    task, due, found = asyncio.ensure_future(act), perf_counter(), []
    while not task.done():
        await asyncio.sleep(max(0.0, due - perf_counter()))
        await ask()
        found.append(perf_counter() - due)
        due = max(due + pace, perf_counter())
    await task
    return found


async def healthy(host: str) -> None:
    """One question to the server's event loop. On a connection that stays open the system would hold each answer back by 40 ms."""
    answer, ask = await asyncio.open_connection(*host.split(":"))
    ask.write(b"GET /_stcore/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    head = await answer.readline()
    await answer.read()
    ask.close()
    if b" 200 " not in head:
        raise RuntimeError(head.decode())


@dataclass(frozen=True)
class Drag:
    """times of the frames and what each showed, processor seconds of the page, messages meanwhile, runs asked for afterwards."""

    times: list[float]
    shown: list[str]
    busy: float
    messages: int
    runs: int


def drags(page: Page, ours: Server, view: str) -> list[Row]:
    """From one end of the sweep to the other, and back, by the clock."""
    page.add_init_script(LISTEN)
    page.goto(f"http://{ours.host}/{PAGE}?{address(0.5, view=view)}")
    page.wait_for_selector(".bp-fates-labels text", state="attached")  # the map comes last
    page.wait_for_timeout(3000)
    meter = page.context.new_cdp_session(page)
    meter.send("Performance.enable", {"timeDomain": "threadTicks"})
    done = [dragged(page, meter, backwards=bool(i % 2)) for i in range(DRAGS)][WARM:]
    rates = [(len(one.times) - 1) / (one.times[-1] - one.times[0]) for one in done]
    frames = [after - before for one in done for before, after in pairwise(one.times)]
    other = fmean(before != after for one in done for before, after in pairwise(one.shown))
    messages, runs = sum(one.messages for one in done), [one.runs for one in done]
    shown = f"{median(rates):.1f}; {min(rates):.1f} a second ({len(done)} × {SWEPT:g} s)"
    return [
        Row(f"drag over all rates, {view}, frames: median; worst drag", "50 a second", shown, median(rates) >= 50),
        Row("  from frame to frame: median / p95; longest", "", longest(frames)),
        Row("  the page's own processor time per frame", "", f"{1e3 * sum(one.busy for one in done) / len(frames):.1f} ms"),
        Row("  frames that show another rate than the one before", "", f"{100 * other:.0f} %"),
        Row("  messages to the server before the handle is let go", "none", str(messages), messages == 0),
        Row("  runs asked for after each release", "1", ", ".join(map(str, runs)), set(runs) == {1}),
    ]


def dragged(page: Page, meter: CDPSession, backwards: bool) -> Drag:
    box = page.locator(".bp-sweep-picture").bounding_box()
    left, width, y = box["x"] + 44, box["width"] - 60, box["y"] + box["height"] / 2
    page.mouse.move(left + width * backwards, y)
    page.evaluate("() => { sent.length = frames.length = 0; window.following = true; }")
    page.mouse.down()
    page.evaluate("() => { requestAnimationFrame(follow); }")
    before, since = busy(meter), perf_counter()
    while (part := (perf_counter() - since) / SWEPT) < 1:
        page.mouse.move(left + width * abs(part - backwards), y)
    used = busy(meter) - before
    frames, messages = page.evaluate("() => { window.following = false; return [frames, sent.length]; }")
    page.mouse.up()
    page.wait_for_selector("body:not(.bp-dragging)", state="attached")
    page.wait_for_selector("[data-test-script-state=notRunning]", state="attached")
    page.wait_for_timeout(3000)
    sent = [BackMsg.FromString(bytes(data)) for data in page.evaluate("() => sent")[messages:]]
    runs = sum(message.WhichOneof("type") == "rerun_script" for message in sent)
    return Drag([time / 1000 for time, _ in frames], [what for _, what in frames], used, messages, runs)


def busy(meter: CDPSession) -> float:
    """Seconds of processor time that the page's main thread has used."""
    return next(m["value"] for m in meter.send("Performance.getMetrics")["metrics"] if m["name"] == "TaskDuration")
