"""The Learning rate page for whoever comes, with whatever they ask: on a phone, by touch, in the dark, with a screen reader, and
with runs that blow up."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import test_learning_rate as base
from tests.browser.test_comfort import SIZES
from tests.browser.test_learning_rate import at_rest, errors_of, expect_update, expect_word, map_pixel, open_at, rate_pixel, start
from tests.browser.test_page import XOR

BROKEN = """() => [...document.querySelectorAll(".bp-rates svg, .bp-rates svg *")]
    .flatMap((element) => [...element.attributes].map(({ name, value }) => `${element.tagName} ${name}=${value}`))
    .filter((said) => !said.includes("=data:") && /NaN|Infinity|undefined|null/.test(said))"""
desk, page = base.desk, base.page  # fixtures


@pytest.fixture(scope="module")
def pocket(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def phone(pocket, app):
    """A page under a thumb, 390 pixels wide, and finger(kind, x, y): what the finger does."""
    page = pocket.new_page()
    page.add_init_script(base.COUNT_MESSAGES)
    open_at(page, app)
    page.locator(".bp-sweep-picture").scroll_into_view_if_needed()
    devtools = pocket.new_cdp_session(page)

    def finger(kind: str, *spot: float) -> None:
        points = [dict(zip("xy", spot, strict=True))] if spot else []
        devtools.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    yield page, finger
    page.close()


def test_the_phone_shows_one_picture_below_the_other(phone):
    """390 px: no sideways scroll, every picture as wide as the page in its turn, the contour instead of 3-D, room for a thumb."""
    page, _ = phone
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    boxes = [page.locator(f".bp-area-{area}").bounding_box() for area in ("sweep", "paths", "oracle", "map")]
    for box in boxes:
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["width"] > 340 and box["height"] > 150
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"] + 1
    for picture in (".bp-sweep-picture", ".bp-surface", ".bp-timeline", ".bp-oracle", ".bp-fates-box"):
        box = page.locator(picture).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["height"] > 90, picture
    expect(page.locator(".bp-rates")).to_have_attribute("data-view", "contour")
    for button in page.locator(".bp-stepper button:visible").all():
        assert button.bounding_box()["height"] >= 44


def test_a_finger_drags_the_handle_sideways(phone):
    """A finger moves the rate without a message to the server; lifted, it chooses the rate with one."""
    page, finger = phone
    (x, y), (aim, _) = rate_pixel(page, 0.5), rate_pixel(page, 0.1)
    before = page.evaluate("window.sent")
    finger("Start", x, y)
    for k in range(1, 11):
        finger("Move", x + k / 10 * (aim - x), y + k % 2)
    expect(page.locator(".bp-handle text")).to_have_text("η = 0.1")
    assert page.evaluate("document.body.classList.contains('bp-dragging')")
    assert page.evaluate("window.sent") == before
    finger("End")
    expect_word(page, "lr", "0.1")
    expect(page.locator(".st-key-slot")).to_contain_text("η = 0.1")
    at_rest(page)
    assert page.evaluate("window.sent") == before + 1


def test_a_finger_that_moves_down_scrolls_the_page(phone):
    """The pictures fill a phone's screen: swiping over the sweep scrolls, and leaves the rate as it was."""
    page, finger = phone
    x, y = rate_pixel(page, 0.1)
    top = page.locator(".bp-sweep-picture").bounding_box()["y"]
    finger("Start", x, y)
    for k in range(1, 16):
        finger("Move", x, y - 14 * k)
    finger("End")
    page.wait_for_function("(top) => document.querySelector('.bp-sweep-picture').getBoundingClientRect().top < top - 50", arg=top)
    at_rest(page)
    expect(page.locator(".bp-handle text")).to_have_text("η = 0.5")
    assert base.words(page.url)["lr"] == "0.5"


def test_a_tap_on_the_map_starts_there(phone):
    """What a click does a tap does too."""
    page, _ = phone
    page.locator(".st-key-rate_row").scroll_into_view_if_needed()
    page.locator(".bp-fates-box").scroll_into_view_if_needed()
    page.touchscreen.tap(*map_pixel(page, (0.5, 1.0)))
    page.wait_for_function("new URL(location).searchParams.get('w') !== '1.25,0.25'")
    assert start(page) == pytest.approx((0.5, 1.0), abs=0.03)
    expect_update(page, 0)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, app, theme, size):
    """No serious or critical finding, in both themes, on a wide page and on a phone."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    open_at(page, app, f"{XOR}&at=2.1")
    found = Axe().run(page).response["violations"]
    assert not [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("query", [f"{XOR}&at=3.1", "data=xor&w=1.25,0.25&lr=0.5&lang=zh&bias=1"])
def test_no_errors_and_no_red_formula(page: Page, app, query):
    """Opened, dragged, stepped and with its choices unfolded, the page says nothing on the console and has no red KaTeX."""
    errors = errors_of(page)
    open_at(page, app, query)
    k = int(base.words(page.url).get("at", "0.1").split(".")[0])
    page.mouse.move(*rate_pixel(page, 0.5))
    page.mouse.down()
    page.mouse.move(*rate_pixel(page, 5), steps=10)
    page.mouse.up()
    expect_word(page, "lr", f"0.5,{k}:5" if k else "5")
    page.locator(".bp-next").click()
    expect_word(page, "at", f"{k + 1}.1")
    page.locator(".st-key-more_rate button").click()
    expect(page.get_by_test_id("stPopoverBody").get_by_role("radiogroup").first).to_be_visible()
    at_rest(page)
    expect(page.locator(".katex-error, .katex [style*='color:#cc0000'], .katex [style*='color: rgb(204, 0, 0)']")).to_have_count(0)
    assert not errors


def test_divergence_is_an_arrow_and_a_number(page: Page, app):
    """A run that leaves every picture is shown by arrows at their rims with what it came to, and nothing is drawn at NaN."""
    errors = errors_of(page)
    open_at(page, app, "data=one&act=identity&x=10,20&lr=0.1&view=contour&lang=en")
    expect(page.locator(".st-key-slot")).to_contain_text("diverges")
    for picture, kind in {".bp-timeline": "ahead", ".bp-marks": "hollow"}.items():
        expect(page.locator(f"{picture} .bp-head.bp-{kind}")).to_have_count(1)
        expect(page.locator(picture)).to_contain_text("diverged · L = ∞")
    for picture, told in {".bp-oracle": "L ≈ 1.921×10⁶", ".bp-fates-over": "(−27.5, −55.5)"}.items():
        expect(page.locator(f"{picture} .bp-head.bp-hollow")).to_have_count(1)
        expect(page.locator(picture)).to_contain_text(told)
    assert page.evaluate(BROKEN) == []
    page.get_by_role("button", name="3-D").click()
    expect(page.locator(".bp-marks .bp-head.bp-hollow")).to_have_count(1, timeout=15_000)
    page.mouse.move(*rate_pixel(page, 0.1))
    page.mouse.down()
    page.mouse.move(*rate_pixel(page, 10), steps=10)
    expect(page.locator(".bp-handle text")).to_have_text("η = 10")
    assert page.evaluate(BROKEN) == []
    page.mouse.move(*rate_pixel(page, 0.1), steps=10)
    page.mouse.up()
    page.locator(".bp-next").click()
    expect(page.locator(".bp-updates input")).to_have_value("1")
    at_rest(page)
    assert page.evaluate(BROKEN) == [] and not errors


def test_an_absurd_rate_leaves_a_sentence(page: Page, app):
    """η = 10⁶ in the address is refused by name, and every picture stands as with the default."""
    open_at(page, app, "lr=1e6&lang=en")
    expect(page.locator(".st-key-refused")).to_contain_text("lr must be a number from 0.001 to 10, not “1e6”.")
    expect(page.locator(".bp-handle text")).to_have_text("η = 0.05")
    assert page.evaluate(BROKEN) == []
