"""The Learning rate page in a real browser: the sweep's handle dragged and typed, starts chosen on the pictures, points where they
belong. Numbers that pictures must show are worked out by hand for preset B: its first gradient is (0.875, 0.375) at (1.25, 0.25),
so η = 0.5 lands at (0.8125, 0.0625) with L = 0.419921875."""

import re
from io import BytesIO
from math import log10
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from engine.outlook import RATES
from tests.browser.test_page import XOR
from view.numbers import show

HARMLESS = re.compile(r"/learning-rate/_stcore/(health|host-config)$")  # two 404s of Streamlit's own on a deep link
COUNT_MESSAGES = """
    window.sent = 0;
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (...message) { window.sent += 1; return send.apply(this, message); };
"""
AT_REST = """document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
    && !document.body.classList.contains("bp-dragging")"""
READY = """[".bp-sweep-dots > *", ".bp-marks .bp-now", ".bp-fates-over .bp-start"].every((part) => document.querySelector(part))"""
UPDATE = """(k) => new URL(location).searchParams.get("at") === (k ? `${k}.1` : null)
    && [".bp-updates input", ".bp-run-range"].every((part) => document.querySelector(part)?.value === String(k))
    && document.querySelector(".bp-marks")?.textContent.includes(`now, k = ${k}`)"""
FOLLOWERS = """() => {
    const at = (selector, ...names) => names.map((name) => document.querySelector(selector)?.getAttribute(name)).join(" ");
    const said = (selector) => document.querySelector(selector).textContent;
    return {
        handle: said(".bp-handle text"),
        grip: at(".bp-handle .bp-grip", "cx"),
        spoken: at(".bp-sweep-range", "aria-valuetext"),
        caption: said(".bp-caption"),
        way: at(".bp-marks .bp-line.bp-ahead:not(.bp-rim)", "d"),
        end: at(".bp-marks .bp-end", "cx", "cy"),
        landing: at(".bp-marks circle.bp-hollow", "cx", "cy"),
        loss: at(".bp-timeline .bp-tried", "d"),
        oracle: at(".bp-oracle circle.bp-hollow", "cx", "cy"),
        map: at(".bp-fates-over circle.bp-hollow", "cx", "cy"),
    };
}"""
TICKS = """([picture, anchor]) => {
    const { left, top } = document.querySelector(picture).getBoundingClientRect();
    const words = [...document.querySelectorAll(`${picture} .bp-ticks text[text-anchor=${anchor}]:not([transform])`)];
    const number = (word) => Number(word.textContent.replaceAll(",", "").replace("−", "-"));
    const pixel = (word) => anchor === "middle" ? left + word.x.baseVal[0].value : top + word.y.baseVal[0].value;
    return words.map((word) => [number(word), pixel(word)]).filter((tick) => tick.every(Number.isFinite));
}"""
ADD_MARKER = """async ([x, y, z]) => {
    const host = document.querySelector(".bp-plot:not([hidden])");
    const solid = Boolean(host._fullLayout.scene);
    const marker = { size: solid ? 16 : 10, color: "#ff00ff", line: { width: 0 }, opacity: 1 };
    if (solid) await Plotly.restyle(host, { visible: false }, [0]);  // it would hide what is drawn by plotly
    await Plotly.addTraces(host, { type: solid ? "scatter3d" : "scatter", mode: "markers", x: [x], y: [y], z: [z], marker });
    document.querySelector(".bp-marks").style.visibility = "hidden";
}"""


@pytest.fixture(scope="module")
def desk(browser):
    """One browser window for all tests: only the first has to fetch everything."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(desk):
    page = desk.new_page()
    yield page
    page.close()


def errors_of(page: Page) -> list[str]:
    """Every error that the page will have; only Streamlit's two 404s are allowed."""
    seen = []
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("console", lambda m: seen.append(m.text) if m.type == "error" and not HARMLESS.search(m.location["url"]) else None)
    return seen


def open_at(page: Page, address: str, query: str = XOR) -> None:
    page.goto(f"{address}/learning-rate?{query}")
    ready(page)


def ready(page: Page) -> None:
    """All pictures are there, the map among them, and the server is at rest."""
    page.wait_for_function(READY, timeout=30_000)
    at_rest(page)


def at_rest(page: Page) -> None:
    page.wait_for_function(AT_REST)


def words(url: str) -> dict[str, str]:
    """An address's words."""
    return {word: texts[-1] for word, texts in parse_qs(urlsplit(url).query).items()}


def start(page: Page) -> list[float]:
    return [float(w) for w in words(page.url)["w"].split(",")]


def expect_word(page: Page, word: str, text: str) -> None:
    page.wait_for_function("([word, text]) => new URL(location).searchParams.get(word) === text", arg=[word, text])


def expect_update(page: Page, k: int) -> None:
    """Address, stepper and picture all stand after k whole updates."""
    page.wait_for_function(UPDATE, arg=k)


def rate_pixel(page: Page, eta: float) -> tuple[float, float]:
    """Where this rate stands on the sweep's axis, as its ticks say."""
    (low, left), *_, (high, right) = page.evaluate(TICKS, [".bp-sweep-picture", "middle"])
    box = page.locator(".bp-sweep-picture").bounding_box()
    return left + (right - left) * log10(eta / low) / log10(high / low), box["y"] + box["height"] / 2


def map_pixel(page: Page, spot: tuple[float, float]) -> tuple[float, float]:
    """Where this start stands on the map of fates, as its ticks say."""
    found = []
    for value, anchor in zip(spot, ("middle", "end"), strict=True):
        (low, first), *_, (high, last) = page.evaluate(TICKS, [".bp-fates > svg", anchor])
        found.append(first + (last - first) * (value - low) / (high - low))
    return found[0], found[1]


def middle(box: dict) -> tuple[float, float]:
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


# The sweep's handle


@pytest.mark.parametrize("view", ["contour", "3d"])
def test_everything_follows_the_handle_and_the_server_hears_once(page: Page, app, view):
    """While η is dragged every picture follows without a message; letting go is one message, and the rate is the experiment's."""
    errors = errors_of(page)
    page.add_init_script(COUNT_MESSAGES)
    open_at(page, app, f"{XOR}&view={view}")
    expect(page.locator(".bp-rates")).to_have_attribute("data-view", view)
    before, seen = page.evaluate("window.sent"), [page.evaluate(FOLLOWERS)]
    page.mouse.move(*rate_pixel(page, 0.5))
    page.mouse.down()
    for eta in ("1", "2", "0.002"):
        page.mouse.move(*rate_pixel(page, float(eta)), steps=8)
        expect(page.locator(".bp-handle text")).to_have_text(f"η = {eta}")
        seen.append(page.evaluate(FOLLOWERS))
    assert page.evaluate("window.sent") == before
    assert page.evaluate("document.body.classList.contains('bp-dragging')")
    for name in seen[0]:
        found = [state[name] for state in seen]
        assert len(set(found)) == len(found), f"{name} does not follow: {found}"
    assert seen[1]["caption"] == "η = 1 lands at (0.375, −0.125), L ≈ 0.3633"
    assert seen[2]["caption"] == "η = 2 lands at (−0.5, −0.5), L = 0.5"
    page.mouse.up()
    expect_word(page, "lr", "0.002")
    expect(page.locator(".st-key-eta input")).to_have_value("0.002")
    expect(page.locator(".st-key-slot")).to_contain_text("η = 0.002")
    expect(page.locator(".bp-area-map")).to_contain_text("at η = 0.002")
    at_rest(page)
    assert page.evaluate("window.sent") == before + 1
    assert not errors


def test_the_handle_moves_by_keyboard(page: Page, app):
    """The native range has the focus; a held arrow key moves the rate, and the server hears of it when the key is let go."""
    page.add_init_script(COUNT_MESSAGES)
    open_at(page, app)
    handle, here = page.get_by_role("slider", name="Learning rate η"), RATES.tolist().index(0.5)
    handle.focus()
    before = page.evaluate("window.sent")
    for _ in range(4):
        page.keyboard.down("ArrowRight")
    expect(page.locator(".bp-handle text")).to_have_text(f"η = {show(RATES[here + 4])}")
    expect(handle).to_have_attribute("aria-valuetext", re.compile(f"^η = {re.escape(show(RATES[here + 4]))}, "))
    assert page.evaluate("window.sent") == before
    page.keyboard.up("ArrowRight")
    expect_word(page, "lr", show(RATES[here + 4]))
    expect(page.locator(".st-key-slot")).to_contain_text(f"η = {show(RATES[here + 4])}")
    at_rest(page)
    assert page.evaluate("window.sent") == before + 1
    expect(handle).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect_word(page, "lr", show(RATES[here + 3]))
    assert "at" not in words(page.url)  # the stepper left the keys to the handle


def test_a_typed_rate_moves_the_handle(page: Page, app):
    """Any exact rate can be typed; the handle stands there, between the slider's rates."""
    open_at(page, app)
    page.locator(".st-key-eta input").fill("0.123")
    page.keyboard.press("Enter")
    expect_word(page, "lr", "0.123")
    expect(page.locator(".bp-handle text")).to_have_text("η = 0.123")
    assert middle(page.locator(".bp-handle .bp-grip").bounding_box())[0] == pytest.approx(rate_pixel(page, 0.123)[0], abs=1)


# Another start


def expect_undo(page: Page) -> None:
    """A new run at its first moment; Undo brings back the one before, at its own moment."""
    expect_update(page, 0)
    expect(page.locator(".st-key-slot")).to_contain_text("Undo: back to the run before")
    page.get_by_role("button", name="Undo").click()
    expect_word(page, "w", "1.25,0.25")
    expect_update(page, 2)


def test_a_click_on_the_map_starts_there(page: Page, app):
    """The run begins again at the clicked place, the label and the point say where, and Undo brings the run before back."""
    open_at(page, app, f"{XOR}&at=2.1")
    spot = (0.5, -1.0)
    page.mouse.click(*map_pixel(page, spot))
    expect_update(page, 0)
    assert start(page) == pytest.approx(spot, abs=0.02)
    expect(page.locator(".st-key-starts button")).to_contain_text(f"Start: ({', '.join(map(show, start(page)))})")
    drawn = middle(page.locator(".bp-fates-over circle.bp-start").bounding_box())
    assert drawn == pytest.approx(map_pixel(page, spot), abs=1.5)
    expect_undo(page)


def test_the_keyboard_starts_on_the_map(page: Page, app):
    """With the focus on the map arrows walk over its 101 × 101 cells and Enter starts there; until then nothing else moves."""
    open_at(page, app, f"{XOR}&at=2.1")
    page.locator(".bp-fates-box").focus()
    cell, said = (2.25 + 2.25) / 101, []
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowUp"):  # with the first the cross appears at the start
        page.keyboard.press(key)
        said.append(page.locator(".bp-fates-note output").inner_text())
    first, *_, last = ([float(n) for n in re.findall(r"\d+\.\d+", text)[:2]] for text in said)
    assert first == pytest.approx((1.25, 0.25), abs=cell / 2)
    assert np.subtract(last, first) == pytest.approx((2 * cell, cell), abs=2e-3)
    expect_update(page, 2)
    page.keyboard.press("Enter")
    expect_update(page, 0)
    assert start(page) == pytest.approx(last, abs=1e-9)
    expect_undo(page)


def test_a_click_on_the_contour_starts_there(page: Page, app):
    """The contour of the paths is a place to choose a start, too."""
    open_at(page, app, f"{XOR}&at=2.1&view=contour")
    spot = page.evaluate("""() => {
        const { xaxis, yaxis } = document.querySelector(".bp-plot.bp-pick")._fullLayout;
        return [xaxis.p2d(0.3 * xaxis._length), yaxis.p2d(0.2 * yaxis._length)];
    }""")
    plot = page.locator(".bp-plot.bp-pick .nsewdrag").first
    box = plot.bounding_box()
    plot.click(position={"x": 0.3 * box["width"], "y": 0.2 * box["height"]})
    expect_update(page, 0)
    assert start(page) == pytest.approx(spot, abs=0.02)
    expect_undo(page)


@pytest.mark.parametrize("view", ["contour", "3d"])
def test_a_point_stands_where_plotly_draws_it(page: Page, app, view):
    """The current point, drawn by us over the surface, lies on a marker that plotly itself draws; in 3-D after a turn, too."""
    open_at(page, app, f"{XOR}&at=1.1&scale=linear&view={view}")
    surface = page.locator(".bp-surface")
    box = surface.bounding_box()
    if view == "3d":
        eye = "JSON.stringify(document.querySelector('.bp-plot.js-plotly-plot')._fullLayout.scene.camera.eye)"
        before = page.evaluate(eye)
        page.mouse.move(*middle(box))
        page.mouse.down()
        page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.6 * box["height"], steps=5)
        page.mouse.up()
        page.wait_for_function(f"{eye} !== {before!r}")
    page.evaluate(ADD_MARKER, [0.8125, 0.0625, 0.419921875])
    expect(page.locator(".bp-marks")).to_be_hidden()
    colours = np.asarray(Image.open(BytesIO(surface.screenshot(animations="disabled"))).convert("RGB")).astype(int)
    rows, columns = np.nonzero((colours[..., 0] > 200) & (colours[..., 1] < 90) & (colours[..., 2] > 200))
    assert rows.size > 40, "plotly drew no marker"
    x, y = middle(page.locator(".bp-marks circle.bp-now").bounding_box())
    assert (x - box["x"], y - box["y"]) == pytest.approx((columns.mean() + 0.5, rows.mean() + 0.5), abs=1.5)
