"""From the click on Next to the picture on the screen, in a real browser at 1366×900. The clock starts in a click listener of the
capture phase. It stops after the frame in which all of this is drawn: the card's heading names the new moment, its equation is
another one, and the graph is drawn anew; in the moments of ∂L/∂w and of the update, whose arrow and point are on the surface, the
marks over it are drawn anew too, and in the update they stand at other weights. In other moments nothing moves on the surface.

The browser asks for reduced motion, so the point's walk of 350 ms is not in the figure: the point is at its new place at once.
"""

from statistics import median

from browser import arrived, browsing
from playwright.sync_api import Page
from reader import address
from report import Row, p95, pair
from server import server

UPDATES = 8  # the first is the warm-up
PAUSE = 500  # ms from one picture to the next click
LIMITS = (0.180, 0.300)
PARTS = [".bp-graph svg", ".bp-marks"]

WATCH = """(PARTS) => {
  const card = () => document.querySelector("[class*=st-key-now_]");
  const equation = () => card()?.querySelector("annotation")?.textContent;
  const place = () => document.querySelector(".bp-surface")?.getAttribute("aria-label"); // names the current weights
  const seen = { childList: true, characterData: true, attributes: true, subtree: true };
  let wait;

  /** The seconds from the next click until `heading` and all that belongs to it are painted. */
  window.nextPicture = (heading, parts, moves) => new Promise((done) => {
    wait = { heading, moves, done, equation: equation(), place: place(), missing: new Set(parts) };
  });

  const painted = ({ since, done }) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done((performance.now() - since) / 1000);
    channel.port2.postMessage(null);
  });

  const look = () => {
    if (wait?.since === undefined || wait.missing.size || equation() === wait.equation) return;
    if (!card().textContent.includes(wait.heading) || (wait.moves && place() === wait.place)) return;
    painted(wait);
    wait = undefined;
  };

  document.addEventListener("click", () => {
    if (wait) wait.since = performance.now();
  }, { capture: true });
  for (const part of PARTS) {
    new MutationObserver(() => {
      if (wait?.since === undefined) return;
      wait.missing.delete(part);
      look();
    }).observe(document.querySelector(part), seen);
  }
  new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""


def rows() -> list[Row]:
    found = []
    for view in ("3d", "contour"):
        with server() as ours, browsing() as context:
            page = context.new_page()
            arrived(page, f"http://{ours.host}/?{address(1.25, 0.25).replace('view=3d', f'view={view}')}")
            page.evaluate(WATCH, PARTS)
            times = pictures(page)
        kept = all(x <= limit for x, limit in zip((median(times), p95(times)), LIMITS, strict=True))
        found.append(Row(f"click to painted equation and moved point, {view}: p50 / p95", "180 / 300 ms", pair(times), kept))
    return found


def pictures(page: Page) -> list[float]:
    """The seconds of every counted click."""
    count, times = page.locator(".bp-dot").count(), []
    for click in range(1, UPDATES * count):
        m = click % count + 1
        awaited = [f"Moment {m} of {count}", PARTS if m >= count - 1 else PARTS[:1], m == count]
        page.evaluate("(awaited) => { window.picture = nextPicture(...awaited) }", awaited)
        page.click(".bp-next")
        late = f"the picture of click {click}, {awaited[0]}, did not come"
        times.append(page.evaluate(f"Promise.race([picture, new Promise((_, no) => setTimeout(no, 10000, '{late}'))])"))
        page.wait_for_timeout(PAUSE)
    return times[count - 1 :]
