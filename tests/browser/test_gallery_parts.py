"""The gallery's softmax and initialisations in a real browser: the slider into saturation by keyboard, scores typed and added, the
switches of the histograms, both languages, both themes, a phone, and axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

SATURATION, HISTOGRAMS = ".bp-sat path.bp-sat-clipped", ".bp-hist-cell path"


def open_at(page: Page, app: str, query: str, lang: str = "en") -> None:
    page.goto(f"{app}/activations?{query}&lang={lang}")
    drawn = SATURATION if "softmax" in query else HISTOGRAMS
    expect(page.locator(drawn).first).to_be_attached(timeout=30_000)
    for slider in page.locator(".bp-sat-range").all():
        expect(slider).to_be_enabled(timeout=20_000)


def words(page: Page) -> dict:
    """The address, word by word."""
    return page.evaluate("() => Object.fromEntries(new URL(location.href).searchParams)")


def test_into_saturation_by_keyboard(page: Page, app):
    """The arrow keys move z without the server; where the clip holds p the two steps say 0, and the fused form does not. Let go, z
    is in the address, and the equation above has caught up."""
    open_at(page, app, "topic=softmax&z=-15.5")
    binary = page.locator(".bp-sat").nth(1)
    slider, told = binary.get_by_role("slider", name="z"), binary.locator(".bp-sat-told")
    expect(told).to_contain_text("both ways agree")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(told).to_have_text(re.compile("^z = −16.5: wrong, and in two steps nothing is learned"))
    expect(binary.locator(".bp-sat-row-gradient td")).to_have_text(["0", "−1", "−1"])
    expect(slider).to_have_attribute("aria-valuetext", "z = −16.5: in two steps 0, fused −1")
    page.wait_for_function("() => new URL(location.href).searchParams.get('z') === '-16.5'")
    expect(page.locator(".st-key-saturating_sigmoid_words")).to_contain_text("Here the two ways differ")
    page.keyboard.press("End")
    expect(told).to_contain_text("NaN · 0 = NaN")
    page.wait_for_function("() => new URL(location.href).searchParams.get('z') === '60'")
    page.go_back()
    expect(told).to_contain_text("z = −16.5")


def test_scores_are_typed_and_classes_added(page: Page, app):
    """A typed score changes p and the address; what cannot be read stays, with a sentence; five classes are the most."""
    open_at(page, app, "topic=softmax")
    field = page.get_by_label("z₂", exact=True)
    field.fill("4")
    field.press("Enter")
    page.wait_for_function("() => new URL(location.href).searchParams.get('logits') === '2,4,0'")
    expect(page.get_by_text("Class 2 has the largest score")).to_be_visible()
    field.fill("many")
    field.press("Enter")
    expect(page.get_by_text("z₂ must be a number from")).to_be_visible()
    for count in (4, 5):
        page.get_by_role("button", name="Add a class").click()
        expect(page.get_by_text(f"among {count} classes")).to_be_visible()
    expect(page.get_by_role("button", name="Add a class")).to_be_disabled()


def test_target_and_the_other_side(page: Page, app):
    """With the other target the gradient is lost on the other side, and no clip means infinity times 0."""
    open_at(page, app, "topic=softmax&z=40")
    page.get_by_role("radio", name="t = 0").or_(page.get_by_role("button", name="t = 0")).click()
    told = page.locator(".bp-sat-told").nth(1)
    expect(told).to_contain_text("in two steps nothing is learned")
    expect(told).to_contain_text("∞ · 0 = NaN")
    assert words(page)["goal"] == "0"


def test_histograms_before_and_after(page: Page, app):
    """Twenty histograms; the switches change what is counted and when; another activation and another seed go into the address."""
    open_at(page, app, "topic=initialisers")
    expect(page.locator(".bp-hist-cell")).to_have_count(20)
    first = page.locator(".bp-hist-cell svg").nth(4)
    expect(first).to_have_attribute("aria-label", re.compile(r"^a⁽¹⁾, before training: 1,200 numbers from "))
    page.get_by_role("button", name="gradients ∂L/∂z").click()
    page.get_by_role("button", name="after 200 updates").click()
    expect(first).to_have_attribute("aria-label", re.compile(r"^∂L/∂z⁽¹⁾, after 200 updates"))
    page.get_by_text("ReLU", exact=True).first.click()
    expect(page.get_by_text("2-8-8-8-8-1 with ReLU")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name="after 200 updates")).to_have_attribute("aria-pressed", "true")
    seed = page.get_by_label("seed", exact=True)
    seed.fill("3")
    seed.press("Enter")
    page.wait_for_function("() => new URL(location.href).searchParams.get('seed') === '3'")
    assert words(page)["entry"] == "relu"


@pytest.mark.parametrize("width,scheme,lang,query", [
    (1366, "light", "zh", "topic=softmax&logits=-40,0,3&z=-30"), (390, "dark", "en", "topic=softmax&logits=1,0,2,3,-1"),
    (1366, "dark", "en", "topic=initialisers"), (390, "light", "zh", "topic=initialisers&entry=relu"),
])  # fmt: skip
def test_comfort(page: Page, app, width, scheme, lang, query):
    """No violation of the accessibility rules, no sideways scroll, no red formula, no error; both themes, on a desk and a phone."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    open_at(page, app, query, lang)
    page.wait_for_timeout(300)  # formulas that scroll are made reachable a tenth of a second after they are drawn
    assert page.locator(".katex-error").count() == 0 and not errors
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if lang == "zh":
        said = " ".join(page.locator(".bp-sat, .bp-hist").all_inner_texts())
        assert re.search("[\u4e00-\u9fff]", said) and not re.search("the |spread|fused", said)
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert not found, [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]
