"""The optimizers' page in a real browser: a race by keyboard alone, a deep link with hyper-parameters, both languages, both themes,
a phone, axe, and absurd hyper-parameters, which leave a sentence."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def open_at(page: Page, app: str, query: str = "", lang: str = "en") -> None:
    page.goto(f"{app}/optimizers?lang={lang}&{query}")
    expect(page.locator(".bp-race")).to_be_visible(timeout=30_000)
    expect(page.locator(".st-key-race_cards .katex").first).to_be_visible(timeout=30_000)


def word(page: Page, name: str) -> str | None:
    return page.evaluate("(name) => new URL(location.href).searchParams.get(name)", name)


def at(page: Page, k: int) -> None:
    page.wait_for_function("(at) => new URL(location.href).searchParams.get('at') === at", arg=f"{k}.1")


def test_a_race_by_keyboard(page: Page, app):
    """Three steps, one back, a jump on the curves; all lanes stand at the same update, each with its own numbers."""
    open_at(page, app)
    expect(page.locator(".st-key-line1")).to_contain_text("4 optimizers stand at the same place")
    for k in (1, 2, 3):
        page.keyboard.press("ArrowRight")
        at(page, k)
    expect(page.locator(".st-key-line1")).to_contain_text("After 3 updates")
    page.keyboard.press("ArrowLeft")
    at(page, 2)
    way = page.locator(".bp-race .bp-way")
    way.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    at(page, 1)
    expect(page.locator(".st-key-line1")).to_contain_text("After one update")


def test_a_lane_is_changed_by_keyboard(page: Page, app):
    """Its button opens its choices; β typed there is in the address and in the equations."""
    open_at(page, app, "opt=momentum,adam")
    page.get_by_role("button", name="1 · Momentum").first.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("β · how much is kept of the sum")
    expect(field).to_be_visible()
    field.fill("0.5")
    field.press("Enter")
    page.wait_for_function("() => new URL(location.href).searchParams.get('opt') === 'momentum:momentum=0.5,adam'")
    expect(page.locator(".st-key-race_card_0 .katex-mathml").first).to_contain_text("0.5")
    expect(field).to_be_visible()  # another name would close what is open


@pytest.mark.parametrize("lang, said", [("en", "AMSGrad (Keras)"), ("zh", "AMSGrad（Keras）")])
def test_a_deep_link(page: Page, app, lang, said):
    """Optimizers with their flavours and hyper-parameters, mode and update: what the link says is what is shown."""
    query = "on=beale&opt=adam:keras:amsgrad:beta1=0.8,gd:cosine:total=50,nadam&mode=best&ahead=50&at=7.1&shown=1"
    open_at(page, app, query, lang)
    expect(page.locator(".bp-race")).to_contain_text(said)
    expect(page.locator(".st-key-race_card_0")).to_contain_text(said)
    assert page.evaluate("document.documentElement.lang") == {"en": "en", "zh": "zh-Hans"}[lang]
    expect(page.locator(".katex-error")).to_have_count(0)
    assert word(page, "at") == "7.1"


@pytest.mark.parametrize(
    "opt, said", [("adam:beta1=1", "Stopped."), ("rmsprop:alpha=1:eps=0,gd", "Stopped."), ("momentum:momentum=1", "β = 1")]
)
def test_absurd_hyper_parameters_leave_a_sentence(page: Page, app, opt, said):
    """With η = 1,000,000 on top: no error box, and words that say what happened."""
    open_at(page, app, f"opt={opt}&eta=1000000&at=2.1")
    expect(page.locator(".st-key-race_remarks")).to_contain_text(said)
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    expect(page.locator(".katex-error")).to_have_count(0)


def test_a_click_on_the_surface_starts_there(page: Page, app):
    """Another start is another race, and one undo brings the old one back."""
    open_at(page, app, "at=3.1")
    surface = page.locator(".bp-race .bp-surface")
    page.wait_for_function("() => document.querySelector('.bp-race .bp-marks circle')")
    box = surface.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.45)
    page.wait_for_function("() => new URL(location.href).searchParams.get('from')")
    expect(page.locator(".st-key-line1")).to_contain_text("stand at the same place")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    at(page, 3)
    assert word(page, "from") is None


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width, lang", [(1366, "en"), (390, "zh")])
def test_comfort(browser, app, width, lang, theme):
    """No sideways scroll, nothing serious for axe, no broken formula."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce")
    page = context.new_page()
    open_at(page, app, "opt=gd,momentum,adam:keras,nadam&at=9.1", lang)
    expect(page.locator(".st-key-race_sweep svg").first).to_be_visible(timeout=20_000)
    assert page.locator('[data-testid="stMain"]').evaluate("e => e.scrollWidth <= e.clientWidth")
    expect(page.locator(".katex-error")).to_have_count(0)
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert not found, [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found]
    context.close()
