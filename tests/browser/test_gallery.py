"""The gallery of activations and losses in a real browser: a point moved by keyboard and by mouse, an entry taken from the small
pictures, a deep link, both languages, both themes, a phone, and axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def open_at(page: Page, app: str, query: str = "", lang: str = "en") -> None:
    page.goto(f"{app}/activations?lang={lang}&{query}")
    expect(page.locator(".bp-gallery .bp-run").first).to_be_attached(timeout=30_000)
    expect(page.locator(".bp-gallery-range")).to_be_enabled(timeout=20_000)


def word(page: Page, name: str) -> str | None:
    return page.evaluate("(name) => new URL(location.href).searchParams.get(name)", name)


def test_the_point_is_moved_by_keyboard(page: Page, app):
    """It and its tangent follow at once; let go, its place is in the address and the equations have caught up."""
    open_at(page, app, "entry=sigmoid&z=0")
    told, tangent = page.locator(".bp-gallery-told"), page.locator(".bp-gallery .bp-tangent")
    expect(told).to_contain_text("slope y′ = 0.25")
    before = tangent.get_attribute("d")
    page.locator(".bp-gallery-range").focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("z = 1: y ≈ 0.7311, slope y′ ≈ 0.1966")
    assert tangent.get_attribute("d") != before
    page.wait_for_function("() => new URL(location.href).searchParams.get('z') === null")  # 1 is the default
    expect(page.locator(".st-key-moving_equations")).to_contain_text("0.1966")


def test_an_entry_is_taken_from_the_small_pictures(page: Page, app):
    """By click, and by arrow keys and Enter; its paragraph comes along."""
    open_at(page, app)
    page.get_by_role("button", name="GELU", exact=True).click()
    page.wait_for_function("() => new URL(location.href).searchParams.get('entry') === 'gelu'")
    expect(page.get_by_text("Hendrycks and Gimpel")).to_be_visible()
    page.get_by_role("button", name="GELU", exact=True).focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_function("() => new URL(location.href).searchParams.get('entry') === 'silu'")


def test_a_deep_link_to_a_loss(page: Page, app):
    """Entry, place and target; nothing that KaTeX does not know."""
    open_at(page, app, "topic=losses&entry=huber&z=1.5&goal=0")
    expect(page.locator(".bp-gallery-told")).to_contain_text("y = 1.5: L = 1, slope ∂L/∂y = 1")
    expect(page.locator(".katex-error")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width, lang, query", [(1366, "en", "entry=gelu&z=0.5"), (390, "zh", "topic=losses&entry=hinge&z=-0.5")])
def test_comfort(browser, app, width, lang, query, theme):
    """No sideways scroll, nothing serious for axe, no broken formula."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce")
    page = context.new_page()
    open_at(page, app, query, lang)
    page.wait_for_timeout(500)
    main = page.locator('[data-testid="stMain"]')
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth")
    expect(page.locator(".katex-error")).to_have_count(0)
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert not found, [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found]
    context.close()
