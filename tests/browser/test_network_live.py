"""The network's drawing as it goes along in the browser alone: a path that is pointed at, and the weights of any moment while the
time line is dragged, at thirty frames a second or more."""

import base64
import json
import zlib

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.conftest import stand_still
from tests.browser.test_learning_rate import AT_REST
from tests.browser.test_network import XOR

SPIRAL = "data=spiral&hidden=8:tanh,8:tanh&bias=1&act=sigmoid&loss=cross_entropy_logits&lr=1&seed=0&lang=en"
FRAMES = 60
LIT = "[...document.querySelectorAll('.bp-net .bp-halo.bp-on')].map(e => e.nextSibling.dataset?.edge).filter(Boolean).sort()"
TELL = "([kind, detail]) => document.dispatchEvent(new CustomEvent(kind, {detail}))"
LINE = """id => {
  const line = document.querySelector(`.bp-net path[data-edge='${id}']`);
  return [line.getAttribute("stroke-width"), line.getAttribute("class")];
}"""


def open_at(page: Page, app: str, query: str) -> None:
    page.goto(f"{app}/network?{query}")
    expect(page.locator(".bp-net [data-edge]").first).to_be_attached(timeout=30_000)
    page.wait_for_function(AT_REST)
    stand_still(page, ".bp-net")  # the maps arrive and the drawing is made anew


def packed(x) -> dict:
    x = np.asarray(x, dtype=np.float32)
    return {"dtype": "f4", "bdata": base64.b64encode(x.tobytes()).decode(), "shape": ", ".join(map(str, x.shape))}


def bring_film(page: Page, theta: np.ndarray, ids: list[str]) -> None:
    """A film of these weights, put where the drawing looks for it."""
    film = {"ids": ids, "theta": packed(theta), "loss": packed(np.full((len(theta), 1), 0.25))}
    payload = base64.b64encode(zlib.compress(json.dumps(film).encode())).decode()
    find = "performance.getEntriesByType('resource').map(r => r.name).find(n => n.includes('payloads.js'))"
    page.evaluate("async ([url, film]) => (await import(url)).receive('film', film)", [page.evaluate(find), payload])


def edges(page: Page) -> list[str]:
    return page.evaluate("[...new Set([...document.querySelectorAll('.bp-net [data-edge]')].map(e => e.dataset.edge))]")


def test_a_path_is_lit_alone_and_given_back(page: Page, app):
    """Exactly the ids that are named, whatever the moment lights; with null the moment's own light is back."""
    open_at(page, app, f"{XOR}&at=0.9")
    before = page.evaluate(LIT)
    page.evaluate(TELL, ["bp-path", ["W1.3.0", "W2.0.3", "a1.0.3", "y.0.0", "L"]])
    assert page.evaluate(LIT) == ["W1.3.0", "W2.0.3"] != before
    assert page.locator(".bp-net .bp-lamp.bp-on").count() == 2
    page.evaluate(TELL, ["bp-path", None])
    assert page.evaluate(LIT) == before


def test_the_path_under_the_pointer_is_lit(page: Page, app):
    """Each row of the table lights the edges of its own path, and none other; then the moment's light is back."""
    open_at(page, app, f"{SPIRAL}&at=3.21&depth=unit&sel=W1.2.0")
    before = page.evaluate(LIT)
    rows = page.locator(".bp-paths tbody tr[data-ids]")
    for at in (0, 3):
        row = rows.nth(at)
        row.hover()
        own = sorted(name for name in row.get_attribute("data-ids").split() if name.startswith("W"))
        page.wait_for_function(f"own => JSON.stringify({LIT}) === own", arg=json.dumps(own, separators=(",", ":")))
        assert len(own) == 3 and own[0] == "W1.2.0"
    page.locator("h1").hover()
    page.wait_for_function(f"own => JSON.stringify({LIT}) === own", arg=json.dumps(before, separators=(",", ":")))


def test_the_weights_go_along_with_the_time_line(page: Page, app):
    """Width and sign are the frame's, also after the drawing was made anew; afterwards all is as it was."""
    open_at(page, app, SPIRAL)
    ids = edges(page)
    rng = np.random.default_rng(0)
    theta = np.cumsum(rng.normal(size=(FRAMES, len(ids))), axis=0)
    theta[-1, 0], theta[-1, 1] = -1.4, 1.4
    bring_film(page, theta, ids)
    first = [page.evaluate(LINE, i) for i in ids]
    page.evaluate(TELL, ["bp-scrub", {"film": "film", "frame": FRAMES - 1}])

    def seen() -> None:
        (thin, minus), (wide, plus) = (page.evaluate(LINE, i) for i in ids[:2])
        assert thin == wide and "bp-negative" in minus and "bp-positive" in plus

    seen()
    page.set_viewport_size({"width": 1200, "height": 800})
    stand_still(page, ".bp-net")
    seen()
    assert page.locator(".bp-net .bp-loss-number").all_inner_texts() in ([], ["0.25"])
    page.set_viewport_size({"width": 1280, "height": 720})
    page.evaluate(TELL, ["bp-scrub", None])
    stand_still(page, ".bp-net")
    assert [page.evaluate(LINE, i) for i in ids] == first


def test_thirty_frames_a_second(page: Page, app):
    """All 105 weights and biases of 2-8-8-1: a frame takes a small part of its thirty-third of a second."""
    open_at(page, app, SPIRAL)
    ids = edges(page)
    assert len(ids) == 105
    bring_film(page, np.cumsum(np.random.default_rng(0).normal(size=(FRAMES, len(ids))), axis=0), ids)
    spent = page.evaluate(
        """async (frames) => {
          const spent = [];
          for (let frame = 0; frame < frames; frame++) {
            const began = performance.now();
            document.dispatchEvent(new CustomEvent("bp-scrub", { detail: { film: "film", frame } }));
            document.querySelector(".bp-net").getBoundingClientRect();
            spent.push(performance.now() - began);
            await new Promise(requestAnimationFrame);
          }
          return spent;
        }""",
        FRAMES,
    )
    assert float(np.median(spent)) < 1000 / 30, spent


def test_the_light_goes_along_with_the_lines(page: Page, app):
    """A halo is as much wider than its line as before, whatever the frame."""
    open_at(page, app, f"{XOR}&at=0.3")
    ids = edges(page)
    bring_film(page, np.full((1, len(ids)), 0.9), ids)
    rims = """() => [...document.querySelectorAll('.bp-net .bp-strong')].map(({ firstChild, lastChild }) =>
      [firstChild, lastChild].map(e => Number(e.getAttribute('stroke-width')))).filter(([, line]) => line > 2.6)
      .map(([halo, line]) => halo - line)"""
    before = page.evaluate(rims)
    page.evaluate(TELL, ["bp-scrub", {"film": "film", "frame": 0}])
    during = page.evaluate(rims)
    assert len(during) == 5 and np.ptp([*before, *during]) < 1e-9, (before, during)


def test_only_what_is_of_another_moment_is_pale(page: Page, app):
    """The inputs' maps never change; the units' maps go pale while a frame with other weights is shown, and only then."""
    open_at(page, app, f"{XOR}&at=0.9")
    look = """() => { const dots = devicePixelRatio, canvas = document.querySelector('.bp-net canvas');
      const pen = canvas.getContext('2d');
      return [...document.querySelectorAll('.bp-net .bp-frame')].map(frame => {
        const [x, y, w, h] = ['x', 'y', 'width', 'height'].map(name => Number(frame.getAttribute(name)) * dots);
        return pen.getImageData(x, y, w, h).data.filter((_, at) => at % 4 === 3).reduce((a, b) => Math.max(a, b), 0); }); }"""
    page.wait_for_function(f"() => Math.min(...({look})()) === 255")
    ids = edges(page)
    bring_film(page, np.full((1, len(ids)), 0.9), ids)
    page.evaluate(TELL, ["bp-scrub", {"film": "film", "frame": 0}])
    inputs, units = page.evaluate(look)[:2], page.evaluate(look)[2:]
    assert inputs == [255, 255] and len(units) == 5 and max(units) < 128
    page.evaluate(TELL, ["bp-scrub", None])
    assert set(page.evaluate(look)) == {255}
