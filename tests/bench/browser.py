"""The browser of the measurements: an installed Chromium or Chrome without a window, 1366×900, and nothing outside this machine
within its reach. It draws 3-D in software, as a machine without a graphics card does."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page, sync_playwright
from server import QUIET, browser_path

WINDOW = {"width": 1366, "height": 900}
PATIENCE = 60_000  # ms


@contextmanager
def browsing() -> Iterator[BrowserContext]:
    """A fresh browser with an empty cache that asks for reduced motion."""
    path = browser_path()
    if path is None:
        raise SystemExit("no Chromium or Chrome is installed")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=QUIET)
        context = chromium.new_context(viewport=WINDOW, reduced_motion="reduce", locale="en-US")
        context.set_default_timeout(PATIENCE)
        try:
            yield context
        finally:
            chromium.close()


def arrived(page: Page, address: str, quiet: float = 2000) -> None:
    """Open the page and wait until equation, graph, surface and stepper are drawn and nothing more comes."""
    page.goto(address)
    for part in (".bp-next", ".bp-graph svg *", "[class*=st-key-now_] .katex", ".bp-marks circle"):
        page.wait_for_selector(part, state="attached")
    page.wait_for_timeout(quiet)
