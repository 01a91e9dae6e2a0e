"""Light and dark, wide and narrow, seen and heard: the page must work for whoever comes. axe looks for what people with a screen
reader or weak eyes would stumble over."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_page import XOR, open_at

SIZES = {"wide": (1366, 900), "phone": (390, 844)}


@pytest.fixture
def visit(browser, app):
    """A page in a theme and a size, at a moment with everything on it."""
    contexts = []

    def start(theme: str, size: str, query: str = f"{XOR}&at=0.8"):
        width, height = SIZES[size]
        context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": height}, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        open_at(page, app, query)
        return page

    yield start
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit, theme, size):
    """No serious or critical finding, in both themes, on a wide page and on a phone."""
    page = visit(theme, size)
    found = Axe().run(page).response["violations"]
    serious = [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found if v["impact"] in ("serious", "critical")]
    assert not serious


def test_the_phone_has_no_sideways_scroll_and_shows_the_contour(visit):
    """390 px: everything in one column, the contour instead of 3-D, buttons large enough for a thumb."""
    page = visit("light", "phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator(".bp-chart")).to_have_attribute("data-view", "contour")
    for button in page.locator(".bp-stepper button:visible:not(.bp-dot)").all():
        assert button.bounding_box()["height"] >= 44


def test_twice_the_size_still_fits(browser, app):
    """At 200 % zoom a laptop shows 683 px of page: nothing may stick out sideways."""
    context = browser.new_context(viewport={"width": 683, "height": 450})
    page = context.new_page()
    open_at(page, app, XOR)
    assert page.evaluate("document.documentElement.scrollWidth") <= 683
    context.close()


def test_nothing_below_the_card_jumps(visit):
    """The slot and the card have a fixed room, so the ledger stands at the same height in every moment."""
    page, tops = visit("light", "wide", f"{XOR}&at=0.1&view=contour"), set()
    for m in range(1, 10):
        expect(page.locator(".bp-dot[aria-current=step]")).to_have_attribute("data-m", str(m))
        page.wait_for_timeout(300)
        tops.add(round(page.locator(".st-key-ledger").bounding_box()["y"]))
        page.keyboard.press("ArrowRight")
    assert max(tops) - min(tops) <= 1


def test_the_sentence_is_spoken(visit):
    """The moment's sentence is in a polite live region, without markup."""
    page = visit("light", "wide")
    said = page.locator(".bp-stepper [aria-live=polite]").inner_text()
    assert "∂L/∂w₁ = 0.875" in said and "**" not in said and ":violet" not in said


def test_buttons_are_large_enough(visit):
    """44 px for buttons and fields; dots, rows and edges at least 24 px."""
    page = visit("light", "wide")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, input:not([type=range])')].filter(e => e.offsetParent)
        .map(e => [e.className.toString().slice(0, 40), e.getAttribute('aria-label') || e.innerText, e.getBoundingClientRect()])
        .filter(([c, , b]) => b.height < (c.includes('bp-dot') ? 24 : 38)).map(([c, t]) => c + t)"""
    )
    assert not small


def test_the_theme_may_change_at_any_time(visit):
    """Switched to dark while reading, the card and its equations follow at once and stay readable."""
    page = visit("light", "wide")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("[class*=st-key-now_]")).to_have_css("background-color", "rgb(68, 58, 16)")
    expect(page.locator("[class*=st-key-now_] .katex [style*='color:#A63292']")).to_have_count(0)
