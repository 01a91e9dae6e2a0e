"""The network's time line in a real browser: dragging it shows the run as a film without a word to the server, letting go leads to
the update under the handle. What the pictures must show is worked out with NumPy from the history of the same run."""

import re
from itertools import pairwise
from statistics import median

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from engine.datasets import DATASETS
from engine.experiment import NETWORKS, history_of, objective_of
from tests.browser.test_learning_rate import AT_REST, COUNT_MESSAGES
from view.numbers import show

SPIRAL = "data=spiral&hidden=8:tanh,8:tanh&bias=1&act=sigmoid&loss=cross_entropy_logits&lr=1&seed=0&lang=en"
K = 1500
SECONDS = 2
FOLLOW = """
    window.heard = [];
    document.addEventListener("bp-scrub", ({ detail }) => heard.push(detail?.frame ?? null));
    document.addEventListener("pointerdown", ({ pointerId }) => (window.pointer = pointerId), true);
"""
ALONG = """([from, to, clientY, duration]) => new Promise((done) => {
    const line = document.querySelector(".bp-timeline"), frames = [];
    const move = (now) => {
        frames.push([now, document.querySelector(".bp-time .bp-cursor").textContent]);
        const part = (now - frames[0][0]) / duration;
        const at = { pointerId: window.pointer, clientX: from + (to - from) * Math.min(1, part), clientY, bubbles: true };
        line.dispatchEvent(new PointerEvent("pointermove", at));
        if (part < 1) requestAnimationFrame(move);
        else done(frames);
    };
    requestAnimationFrame(move);
})"""
MAP = """() => {
    const canvas = document.querySelector(".bp-decision-box canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return `${canvas.width} ${[...data].reduce((sum, value, i) => (sum * 31 + value * (i % 97)) % 1000000007, 7)} ` +
        document.querySelector(".bp-decision-line").getAttribute("d").length;
}"""
PALE = (
    """() => [".st-key-net_slot", "[class*=st-key-now_]"].map((part) => getComputedStyle(document.querySelector(part)).opacity)"""
)


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.add_init_script(COUNT_MESSAGES + FOLLOW)
    yield page
    context.close()


def open_at(page: Page, app: str, query: str) -> None:
    page.goto(f"{app}/network?{query}")
    expect(page.locator(".bp-timeline .bp-run").first).to_be_attached(timeout=30_000)
    expect(page.locator(".bp-decision-line").first).to_be_attached()
    page.wait_for_function(AT_REST)
    page.locator(".bp-timeline").scroll_into_view_if_needed()
    page.wait_for_timeout(1000)  # the film comes last


def ends(page: Page) -> tuple[float, float, float]:
    """Left and right of the time line's axis and a height between, in the window's pixels."""
    return tuple(
        page.evaluate("""() => {
            const axis = document.querySelector(".bp-timeline .bp-axis").getBoundingClientRect();
            return [axis.left, axis.right, (axis.top + axis.bottom) / 2];
        }""")
    )


def handle(page: Page) -> tuple[int, str]:
    """(k, the loss in words) that stand beside the handle."""
    k, loss = re.fullmatch(r"k = (\d+), L ≈ (.+)", page.locator(".bp-time .bp-cursor text").text_content()).groups()
    return int(k), loss


def moments_a_second(page: Page, left: float, right: float, y: float) -> float:
    """How many different moments are seen a second while the pointer, held down, moves along the line with every frame. It is moved
    within the page, because a driver's own moves are slower than the film."""
    way = [left + 0.35 * (right - left), right, y, 1000 * SECONDS]  # left of this a pixel is less than an update
    frames = page.evaluate(ALONG, way)
    return 1000 * sum(a[1] != b[1] for a, b in pairwise(frames)) / (frames[-1][0] - frames[0][0])


def next_picture(page: Page) -> None:
    """What the hand has asked for is drawn with the next frame."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_the_film_runs_and_the_server_hears_once(page: Page, app):
    """At least 30 different moments a second while the pointer moves, no message meanwhile, one after it is let go. The median
    of three moves counts, for what else the machine does is not the film's."""
    open_at(page, app, f"{SPIRAL}&at={K}.1")
    (left, right, y), before, maps = ends(page), page.evaluate("window.sent"), [page.evaluate(MAP)]
    page.mouse.move(left, y)
    page.mouse.down()
    assert median(moments_a_second(page, left, right, y) for _ in range(3)) >= 30
    for share in (0.2, 0.6, 0.9):
        page.mouse.move(left + (right - left) * share, y)
        next_picture(page)
        maps.append(page.evaluate(MAP))
    assert len(set(maps)) == 4, "the decision picture does not follow"
    assert len(set(page.evaluate("heard"))) >= 40
    assert page.evaluate("window.sent") == before
    page.wait_for_function(f"({PALE})().every((pale) => pale === '0.35')")
    k, _ = handle(page)
    page.mouse.up()
    page.wait_for_function("(k) => new URL(location).searchParams.get('at').startsWith(`${k}.`)", arg=k)
    page.wait_for_function(f"({AT_REST}) && !document.documentElement.hasAttribute('data-bp-scrub')")
    expect(page.locator(".bp-updates input")).to_have_value(str(k))
    assert page.evaluate("window.sent") == before + 1 and page.evaluate("heard.at(-1)") is None
    page.wait_for_function(f"({PALE})().every((pale) => pale === '1')")


def test_what_is_shown_is_that_moment(page: Page, app):
    """Beside the handle stands the loss of exactly that update; above the map how many samples its nearest frame has right."""
    open_at(page, app, f"{SPIRAL}&at={K}.1")
    experiment, (left, right, y) = NETWORKS["spiral"], ends(page)
    history, of, table = history_of(experiment, K), objective_of(experiment), DATASETS["spiral"].train
    counts = [int(((of.values(theta)["y"] > 0.5) == table.y_true).sum()) for theta in history.theta]
    page.mouse.move(left + 1, y)
    page.mouse.down()
    for share in (0.3, 0.75, 0.9):
        at = left + share * (right - left)
        page.mouse.move(at, y)
        next_picture(page)
        k, loss = handle(page)
        assert loss == show(float(np.float32(history.loss[k])))
        assert np.log1p(k) / np.log1p(history.updates) == pytest.approx(share, abs=0.01)
        right_ones = int(page.locator(".bp-decision .bp-chart-head strong").inner_text().split()[0])
        near = counts[int(k * 0.9) : int(k * 1.1) + 2]
        assert min(near) <= right_ones <= max(near)
    page.keyboard.press("Escape")
    page.mouse.up()


def test_escape_goes_back(page: Page, app):
    """A drag that is called off leaves everything as it was, and the server knows nothing of it."""
    open_at(page, app, f"{SPIRAL}&at={K}.1")
    (left, right, y), before, drawn = ends(page), page.evaluate("window.sent"), page.evaluate(MAP)
    page.mouse.move(left + 30, y)
    page.mouse.down()
    page.mouse.move((left + right) / 2, y, steps=5)
    page.wait_for_function(f"({MAP})() !== {drawn!r}")
    page.keyboard.press("Escape")
    assert page.evaluate(MAP) == drawn
    page.mouse.up()
    page.wait_for_timeout(500)
    assert page.evaluate("window.sent") == before
    assert not page.evaluate("document.documentElement.hasAttribute('data-bp-scrub')")
    expect(page.locator(".bp-time .bp-cursor text")).to_have_count(0)
    assert f"at={K}.1" in page.url


def test_the_keyboard_scrubs(page: Page, app):
    """Arrows move by one update, Page down by a tenth of the axis, Home to the start; Escape goes back, Enter goes there."""
    open_at(page, app, f"{SPIRAL}&at={K}.1")
    way, before, drawn = page.get_by_role("slider", name="Go to an update"), page.evaluate("window.sent"), page.evaluate(MAP)
    last = history_of(NETWORKS["spiral"], K).updates
    way.focus()
    seen = []
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight", "PageDown", "PageDown", "Home", "End"):
        page.keyboard.press(key)
        next_picture(page)
        seen.append(handle(page)[0])
    tenth = last**0.1 if last else 1
    assert seen[:3] == [K - 1, K - 2, K - 1]
    assert seen[3:5] == pytest.approx([(K - 1) / tenth, (K - 1) / tenth**2], rel=0.02)
    assert seen[5:] == [0, last]
    page.keyboard.press("Home")
    page.wait_for_function(f"({MAP})() !== {drawn!r}")
    next_picture(page)
    assert re.fullmatch(r"k = 0, L ≈ .+", way.get_attribute("aria-valuetext"))
    page.keyboard.press("Escape")
    page.wait_for_function(f"({MAP})() === {drawn!r}")
    for _ in range(3):
        page.keyboard.press("PageDown")
    next_picture(page)
    k, _ = handle(page)
    assert page.evaluate("window.sent") == before
    page.keyboard.press("Enter")
    page.wait_for_function("(k) => new URL(location).searchParams.get('at').startsWith(`${k}.`)", arg=k)
    page.wait_for_function(AT_REST)
    assert page.evaluate("window.sent") == before + 1


@pytest.mark.parametrize(
    "query",
    [
        "data=blobs&hidden=4:tanh&bias=1&act=softmax&loss=categorical_cross_entropy_logits&lr=0.5&seed=0&lang=zh&at=60.1",
        "data=sine&hidden=8:tanh&bias=1&act=identity&loss=squared_error&lr=0.1&seed=0&lang=en&at=60.1",
    ],
)
def test_classes_and_curves_are_films_too(page: Page, app, query):
    """The map of several classes, and the fitted curve of one input, follow the handle."""
    open_at(page, app, query)
    (left, right, y), line = ends(page), "document.querySelector('.bp-decision-line').getAttribute('d')"
    seen = [page.evaluate(line)]
    page.mouse.move(right - 5, y)
    page.mouse.down()
    for share in (0.7, 0.4, 0.1):
        page.mouse.move(left + share * (right - left), y)
        next_picture(page)
        seen.append(page.evaluate(line))
    assert len(set(seen)) == 4
    page.keyboard.press("Escape")
    assert page.evaluate(line) == seen[0]
    page.mouse.up()
