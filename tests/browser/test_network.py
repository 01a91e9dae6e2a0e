"""The network's page in a real browser: an update by keyboard, a weight picked by click and by key, the time line, both languages,
a phone, and axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

XOR = "data=xor&hidden=4:tanh&bias=1&act=sigmoid&loss=cross_entropy_logits&lr=0.5&seed=0&lang=en"


def open_at(page: Page, app: str, query: str = XOR) -> None:
    page.goto(f"{app}/network?{query}")
    expect(page.locator(".bp-net")).to_be_visible(timeout=30_000)
    expect(page.locator(".bp-decision")).to_be_visible()
    expect(page.locator(".bp-timeline")).to_be_visible()


@pytest.mark.parametrize("depth", ["network", "layer", "unit"])
def test_a_whole_update_by_keyboard(page: Page, app, depth):
    """At each depth the arrow key walks through all moments, forwards, backwards and the update, to the next update's first one."""
    open_at(page, app, f"{XOR}&steps=operation&depth={depth}")
    count = page.locator(".bp-dot").count()
    assert count == 15
    page.locator("h1").click()
    for m in range(2, count + 1):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".bp-dot[aria-current=step]")).to_have_attribute("data-m", str(m))
    page.keyboard.press("ArrowRight")
    expect(page.locator(".bp-updates input")).to_have_value("1")


def test_a_weight_is_picked_and_its_paths_add_up(page: Page, app):
    """A click on an edge opens that weight up close: its number, and the table of its paths with the sum that is its gradient."""
    open_at(page, app, f"{XOR}&at=0.15")
    edge = page.locator('.bp-net [data-id="W2.0.2"]').first
    edge.dispatch_event("click")
    expect(page.locator(".st-key-tables_paths")).to_contain_text("w⁽²⁾₁₃")
    page.wait_for_function("() => new URL(location.href).searchParams.get('sel') === 'W2.0.2'")
    expect(page.get_by_role("radio", name="Unit and weight")).to_be_checked()


def test_the_time_line_leads_to_an_update(page: Page, app):
    """From the keyboard: the line moves, Enter goes there."""
    open_at(page, app, f"{XOR}&at=5.1")
    way = page.get_by_role("slider", name="Go to an update")
    way.focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator(".bp-updates input")).to_have_value("0")


def test_the_three_pages_share_the_experiment(page: Page, app):
    """The network goes along to the learning rate and back, with its moment."""
    open_at(page, app, f"{XOR}&at=3.1")
    page.get_by_role("link", name="Learning rate").click()
    expect(page.locator(".bp-sweep")).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="Network").click()
    expect(page.locator(".bp-net")).to_be_visible(timeout=30_000)
    expect(page.locator(".bp-updates input")).to_have_value("3")


def test_the_depths_are_one_click_apart(page: Page, app):
    """The same moment and the same number at each: the drawing stays, what is under it changes."""
    open_at(page, app, f"{XOR}&at=7.14&sel=W1.3.0")
    for depth, part in (("Layer", ".st-key-layer"), ("Unit and weight", ".st-key-now_unit"), ("Network", ".st-key-now_net")):
        page.get_by_role("radio", name=depth, exact=True).click()
        expect(page.locator(part)).to_be_visible()
        assert "at=7.14" in page.url and "sel=W1.3.0" in page.url


BLOBS = "data=blobs&hidden=4:tanh&bias=1&act=softmax&loss=categorical_cross_entropy_logits&seed=0&lang=zh&at=30.10"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width,query", [
    (1366, XOR), (390, XOR.replace("lang=en", "lang=zh")), (1366, BLOBS), (1366, f"{XOR}&at=7.14&depth=unit"),
    (390, f"{XOR}&at=7.14&depth=unit"), (1366, f"{BLOBS}&depth=layer"), (390, f"{XOR}&at=7.14&depth=layer"),
    (1366, f"{XOR}&at=7.14&broken=2&sel=W2.0.1"),
])  # fmt: skip
def test_comfort(page: Page, app, scheme, width, query):
    """No violation of the accessibility rules, no sideways scroll, no red formula, no error; both themes, on a desk and a phone."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    open_at(page, app, query)
    expect(page.locator("[class*=st-key-now_] .katex").first).to_be_visible()
    assert page.locator(".katex-error").count() == 0 and not errors
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.wait_for_timeout(300)  # the stepper looks for formulas that scroll a tenth of a second after it is drawn
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert not found, [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]
