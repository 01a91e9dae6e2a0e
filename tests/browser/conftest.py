"""A real server and a real browser. Both are started once; a test opens a page of its own. Where there is no Chromium or Chrome
the tests are skipped with that reason, unless REQUIRE_BROWSER=1 makes its absence a failure."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

STILL = """(selector) => new Promise((done) => {
    const end = () => { changes.disconnect(); done(); };
    const changes = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(end, 150); });
    let timer = setTimeout(end, 150);
    for (const part of document.querySelectorAll(selector)) {
        changes.observe(part, { subtree: true, childList: true, attributes: true });
    }
})"""

expect.set_options(timeout=15_000)  # patience on a busy machine; what is expected is as soon there as it is


def stand_still(page: Page, selector: str) -> None:
    """Until these pictures have not been drawn anew for a while: what is measured then is not taken away meanwhile."""
    page.evaluate(STILL, selector)


def browser_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items):
    if browser_path() is None and os.environ.get("REQUIRE_BROWSER") != "1":
        for item in items:
            if "browser" in Path(str(item.fspath)).parts:
                item.add_marker(pytest.mark.skip(reason="no Chromium or Chrome is installed"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = browser_path()
    assert path, "REQUIRE_BROWSER=1, but no Chromium or Chrome is installed"
    return {**browser_type_launch_args, "executable_path": path, "args": QUIET}


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def serve(port: int) -> subprocess.Popen:
    """streamlit run app.py, ready to answer."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
            return server
        except OSError:
            time.sleep(0.25)
    server.kill()
    raise RuntimeError("the server did not start within 30 seconds")


@pytest.fixture(scope="session")
def app():
    """The address of a running server."""
    port = free_port()
    server = serve(port)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=10)
