"""Points on the decision picture: added by a click, moved by dragging, taken away by Alt-click, and all of it by keyboard. The
component is mounted by itself, so that what it says to the server can be read word by word."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import stand_still

MOUNT = """async (data) => {
    const found = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/decision.js")).name;
    const { show } = await import(found);
    const own = document.createElement("div");
    own.style.cssText = "position: fixed; inset: 0 auto auto 0; width: 520px; z-index: 99999; background: white";
    own.id = "own";
    document.body.append(own);
    window.said = [];
    show({ data, parentElement: own, setTriggerValue: (name, value) => said.push([name, value]) });
}"""
TEXTS = {
    "title": "Map", "note": "n", "right": "", "alt": "a map", "add": "click to add a point", "keys": "keys", "output": "y",
    "tally": "", "newPoint": "new point:", "point": "point {0}", "classes": [],
}  # fmt: skip
POINTS = [
    {"x": [-1, -1], "t": 0, "text": "", "right": True, "held": False},
    {"x": [1, 1], "t": 1, "text": "", "right": True, "held": False},
    {"x": [0, -1], "t": 1, "text": "", "right": True, "held": True},
]
AXES = {"x": [-2, 2], "y": [-2, 2], "xticks": [], "yticks": [], "names": ["x₁", "x₂"]}
DATA = {
    "kind": "map", "payload": None, "points": POINTS, "axes": AXES, "bar": None, "editable": True,
    "editClasses": ["class 0", "class 1"], "texts": TEXTS,
}  # fmt: skip


@pytest.fixture(scope="module")
def window(browser, app):
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.goto(f"{app}/network?data=xor&hidden=4:tanh&bias=1&act=sigmoid&loss=cross_entropy_logits&lr=0.5&seed=0&lang=en")
    expect(page.locator(".bp-decision-line").first).to_be_attached(timeout=30_000)
    yield page
    context.close()


def mount(page: Page, **changes) -> Page:
    page.evaluate("document.querySelector('#own')?.remove()")
    page.evaluate(MOUNT, {**DATA, **changes})
    expect(page.locator("#own .bp-decision-box")).to_be_visible()
    stand_still(page, "#own")
    return page


def pixel(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a place stands in the window."""
    box = page.locator("#own .bp-decision-box").bounding_box()
    return box["x"] + (x + 2) / 4 * box["width"], box["y"] + (2 - y) / 4 * box["height"]


def said(page: Page) -> list:
    return page.evaluate("said")


def near(x1: float, x2: float) -> dict:
    """A place to within one of the 81 cells."""
    return {"x1": pytest.approx(x1, abs=0.05), "x2": pytest.approx(x2, abs=0.05)}


def test_a_click_adds_a_point_of_the_chosen_class(window):
    page = mount(window)
    page.mouse.click(*pixel(page, 0.5, -0.5))
    page.locator("#own").get_by_role("button", name="class 1").click()
    page.mouse.click(*pixel(page, -0.5, 0.5))
    assert said(page) == [["point", {"t": 0, **near(0.5, -0.5)}], ["point", {"t": 1, **near(-0.5, 0.5)}]]


def test_a_point_is_dragged(window):
    """The drag ends in one message; the click that follows it adds nothing."""
    page = mount(window)
    page.mouse.move(*pixel(page, 1, 1))
    page.mouse.down()
    page.mouse.move(*pixel(page, 0.5, 1.5), steps=5)
    assert said(page) == []
    page.mouse.up()
    assert said(page) == [["move", {"n": 1, **near(0.5, 1.5)}]]


def test_a_point_is_taken_away(window):
    """Alt-click, or a click that chooses it and Delete; a held-out point stays."""
    page = mount(window)
    page.keyboard.down("Alt")
    page.mouse.click(*pixel(page, -1, -1))
    page.keyboard.up("Alt")
    page.mouse.click(*pixel(page, 1, 1))
    page.keyboard.press("Delete")
    assert said(page) == [["remove", {"n": 0}], ["remove", {"n": 1}]]
    page.mouse.click(*pixel(page, 0, -1))
    page.keyboard.press("Delete")
    assert [name for name, _ in said(page)[2:]] == ["point"]


def test_everything_by_keyboard(window):
    """Page down walks from point to point, Enter takes up and puts down, arrows move, Escape lets go."""
    page = mount(window)
    page.locator("#own .bp-decision-box").focus()
    page.keyboard.press("PageDown")
    expect(page.locator("#own output")).to_contain_text("point 1")
    page.keyboard.press("PageDown")
    expect(page.locator("#own output")).to_contain_text("point 2")
    for key in ("Enter", "Shift+ArrowLeft", "Escape", "Enter", "Shift+ArrowLeft", "Enter"):
        page.keyboard.press(key)
    assert said(page) == [["move", {"n": 1, **near(1 - 10 * 4 / 81, 1)}]]
    page.keyboard.press("PageUp")
    page.keyboard.press("Delete")
    assert said(page)[1:] == [["remove", {"n": 1}]]


def test_on_a_curve_the_height_is_the_target(window):
    points = [{"x": [1], "t": 1, "text": "", "right": True, "held": False}]
    page = mount(window, kind="curve", points=points, editClasses=[])
    page.mouse.click(*pixel(page, 0.5, -0.5))
    page.mouse.move(*pixel(page, 1, 1))
    page.mouse.down()
    page.mouse.move(*pixel(page, 1, 0), steps=4)
    page.mouse.up()
    place = near(0.5, -0.5)
    assert said(page)[0] == ["point", {"x1": place["x1"], "x2": None, "t": place["x2"]}]
    place = near(1, 0)
    assert said(page)[1] == ["move", {"n": 0, "x1": place["x1"], "x2": None, "t": place["x2"]}]


def test_what_is_not_the_readers_own_stays(window):
    """Without leave to edit, drags and keys move nothing; without leave to add, a click says nothing."""
    page = mount(window, editable=False, editClasses=[], texts={**TEXTS, "add": ""})
    page.mouse.move(*pixel(page, 1, 1))
    page.mouse.down()
    page.mouse.move(*pixel(page, 0.5, 1.5), steps=5)
    page.mouse.up()
    page.keyboard.press("PageDown")
    page.keyboard.press("Delete")
    assert said(page) == []


def test_help_does_not_cover_the_map(window):
    """What the hand and the keys can do stands under the map, in one place, and nothing moves when the keyboard comes."""
    page = mount(window)
    box, hint, keys = (page.locator(f"#own {part}") for part in (".bp-decision-box", ".bp-add", ".bp-keys"))
    expect(hint).to_be_visible()
    height = page.locator("#own .bp-decision").bounding_box()["height"]
    page.keyboard.press("Tab")
    box.focus()
    page.keyboard.press("ArrowUp")
    expect(keys).to_be_visible()
    expect(hint).to_be_hidden()
    inner = box.bounding_box()
    assert keys.bounding_box()["y"] >= inner["y"] + inner["height"]
    assert page.locator("#own .bp-decision-told").bounding_box()["height"] <= 40
    assert page.locator("#own .bp-decision").bounding_box()["height"] == height


def test_targets_that_are_no_classes_are_drawn(window):
    """A circle of the shade of its target; the ring of a batch around those used, the others pale."""
    shaded = [{**POINTS[n], "t": 0.01 + n, "shade": 40 + 100 * n, "used": bool(n)} for n in (0, 1)]
    page = mount(
        window, points=shaded, legend=[{"used": True, "text": "of the batch"}], bar=["0", "1", "2"], scale=[0, 2], half=False
    )
    found = page.locator("#own .bp-decision-stage .bp-decision-point")
    expect(found).to_have_count(2)
    fills = found.evaluate_all("(all) => all.map((p) => [getComputedStyle(p).fill, getComputedStyle(p).opacity])")
    assert sorted(opacity for _, opacity in fills) == ["0.35", "1"] and fills[0][0] != fills[1][0]
    assert all(found.nth(n).bounding_box()["width"] > 8 for n in (0, 1))
    expect(page.locator("#own .bp-decision-stage .bp-used")).to_have_count(1)
    expect(page.locator("#own .bp-decision-legend")).to_have_text("of the batch")
    assert page.locator("#own .bp-decision-bar path").count() == 0
