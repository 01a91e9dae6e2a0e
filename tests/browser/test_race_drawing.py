"""The race of the optimizers in the browser: every lane has its dashes and its badge in every picture, one lane at a time is lit,
and pointer and keyboard choose a place or an update. The components are mounted by themselves, with ways written down here."""

from math import atan2, degrees, hypot

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from engine.plane import of_parameters
from engine.surface import Landmark, surface
from tests.browser.conftest import stand_still
from tests.browser.race_mounts import BOWL, CLEAR, MOUNT, RECORD, START, lane, race, six, sweep
from view import figures
from view.components.chart import packed


@pytest.fixture(scope="module")
def picture() -> str:
    plane = of_parameters(np.array(START), (0, 1))
    found = surface(BOWL.objective, plane, BOWL.across, BOWL.up, 31)
    return packed(figures.surface_figure(found, 0.001, ("u", "v"), [(Landmark("valley", 0.0, 0.0, 0.0), "L = 0")]))


@pytest.fixture(scope="module")
def window(browser, app):
    context = browser.new_context(viewport={"width": 1366, "height": 1000}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{app}/?lang=en")
    expect(page.locator(".bp-curve").first).to_be_visible(timeout=30_000)
    yield page
    context.close()


def mount(page: Page, picture: str, data: dict, kind: str = "race", width: int = 1280, anew: bool = True) -> None:
    if anew:
        page.evaluate(CLEAR)
    page.evaluate(MOUNT, [kind, data, picture, width])
    if kind == "race":
        expect(page.locator("#own-race .bp-marks .bp-badge")).to_have_count(len(data["lanes"]))
    stand_still(page, "[id^=own-]")


def said(page: Page) -> list:
    return page.evaluate("said")


def buttons(page: Page):
    return page.locator("#own-race .bp-race-legend button")


def middles(page: Page, where: str) -> dict[str, tuple[float, float]]:
    """The badges' numbers and where they stand in the window."""
    script = """(all) => all.map((badge) => {
        const { x, y, width, height } = badge.querySelector("circle").getBoundingClientRect();
        return [badge.textContent, [x + width / 2, y + height / 2]];
    })"""
    found = page.locator(f"#own-race {where} .bp-badge").evaluate_all(script)
    assert len({number for number, _ in found}) == len(found)
    return dict(found)


def widths(page: Page, where: str, kind: str = "race") -> list[float]:
    """How thick each lane's line is."""
    line = "(all) => all.map((path) => parseFloat(getComputedStyle(path).strokeWidth))"
    lanes = [page.locator(f"#own-{kind} {where} .bp-lane-{n}:not(.bp-rim)") for n in range(1, 7)]
    return [one.evaluate_all(line)[0] for one in lanes]


@pytest.mark.parametrize("updates", [0, 4])
def test_every_lane_has_its_badge(window, picture, updates):
    """In the legend, on the surface and at the curves' ends; none covers another."""
    mount(window, picture, six(updates))
    numbers = {str(n) for n in range(1, 7)}
    for where in (".bp-race-legend", ".bp-marks", ".bp-curve"):
        found = middles(window, where)
        assert set(found) == numbers
        places = list(found.values())
        gaps = [hypot(a[0] - b[0], a[1] - b[1]) for i, a in enumerate(places) for b in places[:i]]
        assert min(gaps) >= 18, where


def test_lanes_differ_by_their_dashes(window, picture):
    """Six patterns, the same for a lane in all pictures, and one colour."""
    mount(window, picture, six(4))
    script = "(all) => all.map((p) => [getComputedStyle(p).strokeDasharray, getComputedStyle(p).stroke])"
    seen = []
    for where in (".bp-race-legend", ".bp-marks", ".bp-curve"):
        lanes = [window.locator(f"#own-race {where} .bp-lane-{n}:not(.bp-rim)").evaluate_all(script)[0] for n in range(1, 7)]
        seen.append([dashes for dashes, _ in lanes])
        assert len({colour for _, colour in lanes}) == 1
    assert len(set(seen[0])) == 6
    assert seen[0] == seen[1] == seen[2]


def test_at_the_start_the_badges_stand_where_the_updates_land(window, picture):
    """The landing places fan out, in green, and the arrow is the common gradient."""
    mount(window, picture, six(0))
    expect(window.locator("#own-race .bp-marks .bp-badge.bp-hollow")).to_have_count(6)
    expect(window.locator("#own-race .bp-marks .bp-head.bp-gradient")).to_have_count(1)
    mount(window, picture, six(1))
    expect(window.locator("#own-race .bp-marks .bp-badge.bp-hollow")).to_have_count(0)
    expect(window.locator("#own-race .bp-marks .bp-point.bp-hollow")).to_have_count(6)
    expect(window.locator("#own-race .bp-marks .bp-head.bp-gradient")).to_have_count(0)


@pytest.mark.parametrize("updates", [0, 1, 4])
def test_every_next_update_is_an_arrow(window, picture, updates):
    """Side by side: each points from where its lane is to where it lands, and ends before the mark there."""
    mount(window, picture, six(updates))
    ways = window.locator("#own-race .bp-marks .bp-reach:not(.bp-rim)").evaluate_all("(all) => all.map((p) => p.getAttribute('d'))")
    heads = window.locator("#own-race .bp-marks .bp-head.bp-hollow")
    turned = heads.evaluate_all("(all) => all.map((p) => p.getAttribute('transform').match(/-?[0-9.]+/g).map(Number))")
    assert len(ways) == len(turned) == 6
    for way, (x, y, turn) in zip(ways, turned, strict=True):
        (ax, ay), (bx, by) = ([float(n) for n in pair.split()] for pair in way[1:].split("L"))
        assert turn == pytest.approx(degrees(atan2(by - ay, bx - ax)), abs=0.5)
        assert 5 < hypot(bx - x, by - y) < 16 and hypot(x - ax, y - ay) < hypot(bx - ax, by - ay)


def test_a_step_too_short_for_an_arrow_has_none(window, picture):
    mount(
        window,
        picture,
        race([lane(1, [START, (0.0, 0.5)], (0.0, 0.49)), lane(2, [START, (1.0, 1.0)], (2.0, 1.0))], [[1, 0]] * 2, 1),
    )
    expect(window.locator("#own-race .bp-marks .bp-head.bp-hollow")).to_have_count(1)


def test_a_click_on_the_contour_says_the_place(window, picture):
    """Where the start is drawn, there is the start."""
    mount(window, picture, six(4))
    box = window.locator("#own-race .bp-marks circle.bp-point").first.bounding_box()
    window.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    window.wait_for_function("said.length")
    near = {"across": pytest.approx(START[0], abs=0.03), "up": pytest.approx(START[1], abs=0.03)}
    assert said(window) == [["pick", near]]


def test_an_update_is_chosen_by_keyboard_or_click(window, picture):
    mount(window, picture, six(4))
    way = window.locator("#own-race .bp-way")
    way.focus()
    for key in ("ArrowLeft", "ArrowLeft", "Enter", "Home", "Enter", "End", "ArrowRight", "Enter"):
        window.keyboard.press(key)
    assert said(window) == [["jump", 2], ["jump", 0]]  # at the end stands where the race is now
    box = way.bounding_box()
    window.mouse.click(box["x"] + 12 + (box["width"] - 24) * 0.75, box["y"] + box["height"] / 2)
    window.wait_for_function("said.length === 3")
    assert said(window)[2] == ["jump", 3]


def test_updates_already_known_stay_in_reach(window, picture):
    """A reader who went back sees what comes, pale, and can go there; the badges stand at now."""
    data = six(4)
    data["lanes"] = six(2)["lanes"]
    mount(window, picture, data)
    expect(window.locator("#own-race .bp-curve .bp-later")).to_have_count(6)
    window.locator("#own-race .bp-way").focus()
    window.keyboard.press("End")
    window.keyboard.press("Enter")
    assert said(window) == [["jump", 4]]


def test_a_lane_is_lit_by_focus_and_press(window, picture):
    """In the race and in the sweep: thick where it is lit. A press stays until the next one."""
    mount(window, picture, six(4))
    mount(window, picture, sweep(), "race_sweep", anew=False)
    pictures = [(".bp-marks", "race"), (".bp-curve", "race"), (".bp-curve", "race_sweep")]

    def thickest() -> list[int | None]:
        """The lane whose line is thickest in each picture, None where all are equal."""
        found = [widths(window, *one) for one in pictures]
        return [int(np.argmax(lines)) if len(set(lines)) > 1 else None for lines in found]

    assert thickest() == [None] * 3
    buttons(window).nth(1).focus()
    window.wait_for_timeout(50)
    assert thickest() == [1] * 3
    expect(window.locator("#own-race .bp-marks")).to_contain_text("lane 2 lands here")
    buttons(window).nth(1).blur()
    window.wait_for_timeout(50)
    assert thickest() == [None] * 3
    buttons(window).nth(4).focus()
    window.keyboard.press("Enter")
    buttons(window).nth(4).blur()
    window.wait_for_timeout(50)
    assert thickest() == [4] * 3
    expect(buttons(window).nth(4)).to_have_attribute("aria-pressed", "true")
    buttons(window).nth(4).press("Enter")
    buttons(window).nth(4).blur()
    window.wait_for_timeout(50)
    assert thickest() == [None] * 3


def test_a_button_says_its_lane_and_keeps_the_focus(window, picture):
    """The next update changes its words, not the button."""
    mount(window, picture, six(1))
    expect(window.locator("#own-race").get_by_role("button", name="2 Lane 2 η = 0.1 L = 1")).to_be_visible()
    buttons(window).nth(1).focus()
    later = six(2)
    later["lanes"][1] |= {"loss": "L ≈ 0.5", "state": "dead"}
    mount(window, picture, later, anew=False)
    expect(window.locator("#own-race").get_by_role("button", name="2 Lane 2 dead η = 0.1 L ≈ 0.5")).to_be_focused()


def test_a_lane_that_leaves_the_picture_has_its_number_at_the_rim(window, picture):
    """However far it went; the arrow head points outwards and the line has the true direction."""
    gone = lane(2, [START, (2.0, -1.5), (-4e30, 3e30)], None, state="diverged")
    mount(window, picture, race([lane(1, [START, (-1.0, 1.0), (0.0, 0.5)], (0.0, 0.2)), gone], [[1, 0, -1], [1, 1, 60]], 2))
    stage = window.locator("#own-race .bp-surface").bounding_box()
    x, y = middles(window, ".bp-marks")["2"]
    assert stage["x"] < x < stage["x"] + stage["width"] and stage["y"] < y < stage["y"] + stage["height"]
    expect(window.locator("#own-race .bp-marks .bp-head.bp-now")).to_have_count(1)
    route = window.locator("#own-race .bp-marks .bp-lane-2:not(.bp-rim)").first.get_attribute("d")
    start, turn, end = ([float(n) for n in pair.split()] for pair in route[1:].split("L"))
    forth, back = ([b - a for a, b in zip(*ends, strict=True)] for ends in ((start, turn), (turn, end)))
    # (−2, 1.5) to (2, −1.5) and back through the start: the same line
    assert forth[0] * back[1] - forth[1] * back[0] == pytest.approx(0, abs=0.01 * hypot(*forth) * hypot(*back))
    expect(window.locator("#own-race .bp-curve .bp-head")).to_have_count(1)


def test_the_sweep_marks_best_rates_limits_and_gaps(window, picture):
    own = window.locator("#own-race_sweep .bp-curve")
    mount(window, picture, sweep(), "race_sweep")
    for n in range(1, 7):
        expect(own.locator(f".bp-lane-{n}:not(.bp-rim)")).to_have_count(2 if n == 3 else 1)
    expect(own.locator(".bp-race-diamond")).to_have_count(5)
    expect(own.locator(".bp-badge")).to_have_count(6)  # at every diamond, and at the head of the limit
    expect(own.locator(".bp-race-limit > text")).to_have_text("2/λ")
    expect(own.locator(".bp-race-limit .bp-badge")).to_have_text("1")
    expect(own.locator(".bp-race-now")).to_have_text("η = 0.01")
    mount(window, picture, sweep(now=None), "race_sweep", anew=False)
    expect(own.locator(".bp-race-now")).to_have_count(0)


def test_on_a_phone_it_is_one_column(window, picture):
    """Nothing is cut off at the side, no text is smaller than 11 px; where there is room, two columns stand beside each other."""
    for width in (358, 1280):
        mount(window, picture, six(4), width=width)
        mount(window, picture, sweep(), "race_sweep", width=width, anew=False)
        for kind in ("race", "race_sweep"):
            assert window.locator(f"#own-{kind}").evaluate("(own) => own.scrollWidth") <= width
        sizes = window.locator("[id^=own-] :is(text, span, b, h2, p)").evaluate_all(
            "(all) => all.map((t) => parseFloat(getComputedStyle(t).fontSize))"
        )
        assert min(sizes) >= 11
        legend, stage = (window.locator(f"#own-race .bp-race-{part}").first.bounding_box() for part in ("names", "surface"))
        if width == 358:
            assert legend["y"] + legend["height"] <= stage["y"] and legend["x"] == stage["x"]
        else:
            assert legend["x"] >= stage["x"] + stage["width"]


def test_one_update_forward_is_a_walk(browser, app, picture):
    """The badge is on its way at first and arrives; with reduced motion, as in the other tests, it simply is there."""
    context = browser.new_context(viewport={"width": 1366, "height": 1000})
    page = context.new_page()
    page.goto(f"{app}/?lang=en")
    expect(page.locator(".bp-curve").first).to_be_visible(timeout=30_000)
    moves = [(START, (1.0, -1.0), (2.0, 2.0)), (START, (-1.0, -1.0), (2.0, -2.0))]

    def two(k: int) -> dict:
        return race([lane(n + 1, way[: k + 1], None) for n, way in enumerate(moves)], [[1] * (k + 1)] * 2, k)

    mount(page, picture, two(1))
    before = middles(page, ".bp-marks")
    page.evaluate(RECORD)
    mount(page, picture, two(2), anew=False)
    page.wait_for_timeout(600)
    places = page.evaluate("places")
    after = middles(page, ".bp-marks")
    assert places[-1] == pytest.approx(after["1"][0], abs=1)
    assert any(before["1"][0] + 2 < x < after["1"][0] - 2 for x in places)
    context.close()
