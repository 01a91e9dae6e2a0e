"""The article's page in a real browser: a guess, a seed taken by click and by keyboard, a program taken from the repair path, an
epoch chosen on the time line; both languages, both themes, a phone, and axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

ARTICLE = "data=xor&bias=1&init=glorot_uniform&seed=0&lr=0.01"
HIDDEN = "data=xor&hidden=4:relu&bias=1&act=sigmoid&loss=cross_entropy_logits&lr=0.5&init=glorot_uniform&seed=1"


def open_at(page: Page, app: str, query: str = ARTICLE, lang: str = "en", predict: int = 0) -> None:
    page.goto(f"{app}/article?{query}&lang={lang}&predict={predict}")
    expect(page.locator(".bp-decision")).to_be_visible(timeout=30_000)
    if not predict:
        expect(page.locator(".bp-seeds-solved").first).to_be_attached(timeout=30_000)
        expect(page.locator(".bp-path li")).to_have_count(6, timeout=30_000)


def words(page: Page) -> dict:
    """The address, word by word."""
    return page.evaluate("() => Object.fromEntries(new URL(location.href).searchParams)")


def at_seed(page: Page, seed: int) -> None:
    page.wait_for_function(f"() => new URL(location.href).searchParams.get('seed') === '{seed}'")


def spot(page: Page, at: int) -> dict:
    """Where the mark at this place of the order lies in its box; the numbers of the seeds stand in 30 px at its left."""
    box = page.locator(".bp-seeds-box").bounding_box()
    columns = 50 if box["width"] >= 560 else 25
    pitch = (box["width"] - 30) / columns
    return {"x": 30 + (at % columns + 0.5) * pitch, "y": (at // columns + 0.5) * pitch}


def test_a_guess_reveals_the_seeds(page: Page, app):
    """The question stands where the picture will be; a guess brings its gap, the picture and the repair path."""
    open_at(page, app, predict=1)
    expect(page.locator(".bp-seeds")).to_have_count(0)
    page.get_by_role("button", name="fewer than half").click()
    expect(page.locator(".bp-seeds")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("You said “fewer than half”")).to_contain_text("0 of 1,000")
    expect(page.locator(".bp-path li")).to_have_count(6, timeout=20_000)


def test_a_click_takes_a_seed(page: Page, app):
    """Pointed at, a mark says its seed, fate and losses; clicked, it is the run that the page shows, and one undo leads back."""
    open_at(page, app)
    box = page.locator(".bp-seeds-box")
    box.hover(position=spot(page, 123))
    told = page.locator(".bp-seeds-told output")
    expect(told).to_contain_text(re.compile(r"^seed 123: \w+ · L [\d.]+ → [\d.]+ · start \(−?[\d.]+, −?[\d.]+, 0\)$"))
    box.click(position=spot(page, 123))
    at_seed(page, 123)
    expect(page.locator(".st-key-line1")).to_contain_text("seed 123")
    expect(page.locator(".bp-seeds-shown")).to_be_attached()
    page.get_by_role("button", name="Undo").click()
    at_seed(page, 0)


def test_seeds_by_keyboard(page: Page, app):
    """One stop for Tab; the arrows walk from the shown seed, Enter takes the one they reach; the stepper does not move."""
    open_at(page, app)
    box = page.locator(".bp-seeds-box")
    assert page.locator(".bp-seeds-stage [tabindex='0']").count() == 1
    box.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator(".bp-seeds-told output")).to_contain_text("seed 51:")
    page.keyboard.press("Enter")
    at_seed(page, 51)
    page.keyboard.press("Escape")
    expect(page.locator(".bp-seeds-told output")).to_contain_text("Each mark is one seed")
    page.keyboard.press("End")
    expect(page.locator(".bp-seeds-told output")).to_contain_text("seed 999:")
    assert "at" not in words(page)


def test_seeds_in_the_order_of_their_fates(page: Page, app):
    """Sorted, the solved come first and the dead last; a click takes the seed that stands there."""
    open_at(page, app, HIDDEN)
    page.get_by_role("button", name="by fate").click()
    box = page.locator(".bp-seeds-box")
    box.hover(position=spot(page, 0))
    expect(page.locator(".bp-seeds-told output")).to_contain_text("solved")
    box.hover(position=spot(page, 999))
    expect(page.locator(".bp-seeds-told output")).to_contain_text("dead")
    said = page.locator(".bp-seeds-told output").inner_text()
    box.click(position=spot(page, 999))
    at_seed(page, int(re.match(r"seed (\d+)", said)[1]))
    page.locator("h1").click()
    page.keyboard.press("End")
    expect(page.locator(".st-key-line1")).to_contain_text("dead at k = 1,000")


def test_the_repair_path_changes_the_program(page: Page, app):
    """A card's button makes it the page's program, with its code, its seeds and a line that bends."""
    open_at(page, app)
    card = page.locator(".bp-path li").nth(4)
    expect(card).to_contain_text("learn XOR: 596 of 1,000 seeds")
    card.get_by_role("button").click()
    expect(page.locator(".st-key-line1")).to_contain_text("4 hidden units")
    expect(page.locator("[data-testid=stCode]")).to_contain_text('Dense(4, activation="relu")')
    expect(page.locator(".bp-seeds-legend li").nth(2)).to_contain_text("596")
    expect(card.get_by_role("button")).to_be_disabled()
    assert words(page)["hidden"] == "4:relu"
    page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollTop === 0")  # led up to what has changed


def tops(page: Page) -> list[float]:
    """Where the program, the title row and the link stand."""
    return [page.locator(where).first.bounding_box()["y"] for where in ("[data-testid=stCode]", ".st-key-title", ".bp-link")]


def test_a_refused_rate_moves_nothing(page: Page, app):
    """A rate that cannot be read is told under the title row; row and program stay where they are."""
    open_at(page, app)
    before = tops(page)
    field = page.get_by_label("η", exact=True)
    field.fill("abc")
    field.press("Enter")
    expect(page.locator(".st-key-slot")).to_contain_text("η must be a number from 0.001 to 10, not “abc”.")
    assert tops(page) == before


def test_time_goes_on_here(page: Page, app):
    """The stepper makes one epoch at a time; the time line leads to any; the table has a row for where the reader stands."""
    open_at(page, app)
    page.locator("h1").click()
    for k in range(1, 4):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".bp-updates input")).to_have_value(str(k))
    expect(page.locator(".st-key-tables_epochs strong").first).to_have_text("3")
    way = page.get_by_role("slider", name="Go to an epoch")
    way.focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator(".bp-updates input")).to_have_value("1000")
    expect(page.locator(".st-key-line1")).to_contain_text("stuck")


def test_the_run_opens_elsewhere(page: Page, app):
    """The links under the table carry the run: the neuron's page shows it at the same epoch."""
    open_at(page, app, f"{ARTICLE}&at=5.1")
    page.locator(".st-key-navigation_run").get_by_role("link", name="One neuron").click()
    expect(page.locator(".bp-graph")).to_be_visible(timeout=30_000)
    expect(page.locator(".bp-updates input")).to_have_value("5")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width,query,lang,predict", [
    (1366, ARTICLE, "en", 0), (1366, HIDDEN, "zh", 0), (390, ARTICLE, "zh", 0), (390, HIDDEN, "en", 0), (1366, "v=1", "en", 1),
])  # fmt: skip
def test_comfort(page: Page, app, scheme, width, query, lang, predict):
    """No violation of the accessibility rules, no sideways scroll, no red formula, no error; both themes, on a desk and a phone."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    open_at(page, app, query, lang, predict)
    assert page.locator(".katex").count() and page.locator(".katex-error").count() == 0 and not errors
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.wait_for_timeout(300)  # tables and formulas that scroll are made reachable a tenth of a second after they are drawn
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert not found, [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]
