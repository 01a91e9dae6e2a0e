"""The ways through the Learning rate page: by link, from page to page and back, from update to update, to the other language."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser import test_learning_rate as base
from tests.browser.conftest import free_port, serve
from tests.browser.test_learning_rate import TICKS, at_rest, expect_update, expect_word, open_at, ready, words
from tests.browser.test_page import XOR, expect_at
from tests.browser.test_page import open_at as open_neuron

desk, page = base.desk, base.page  # fixtures

NETWORK = (
    "hidden=4:tanh&bias=1&act=sigmoid&loss=cross_entropy_logits&data=xor&seed=3&plane=gradient&scale=linear&range=0.5&grid=51"
    "&view=3d&at=2.1&lr=0.5&lang=en"
)
# Links


def test_a_deep_link_with_every_choice_on_a_fresh_server(page: Page):
    """The first visitor of a new server may come by a link with every choice: the network, its seed, the plane and the moment."""
    port = free_port()
    server = serve(port)
    try:
        page.goto(f"http://127.0.0.1:{port}/learning-rate?{NETWORK}")
        expect_update(page, 2)
        assert words(page.url) == words(f"?{NETWORK}")
        expect(page.locator(".st-key-refused")).to_have_count(0)
        expect(page.get_by_role("radio", name="Network 2-4-1")).to_be_checked()
        expect(page.get_by_role("button", name="Start: seed 3")).to_be_visible()
        expect(page.locator(".st-key-eta input")).to_have_value("0.5")
        expect(page.locator(".bp-handle text")).to_have_text("η = 0.5")
        expect(page.locator(".bp-rates")).to_have_attribute("data-view", "3d")
        drawn = page.evaluate("""() => {
            const { _fullLayout: { scene: { xaxis } }, data: [{ z }] } = document.querySelector(".bp-plot.js-plotly-plot");
            return [xaxis.range, xaxis.title.text, z.shape];
        }""")
        assert drawn == [[-0.5, 0.5], "along −∇L", "51, 51"]
        page.get_by_role("button", name="More choices").click()
        body = page.get_by_test_id("stPopoverBody")
        for chosen in ("XOR", "gradient and strongest bend", "linear", "51 × 51"):
            expect(body.get_by_role("radio", name=chosen, exact=True)).to_be_checked()
        for label, chosen in {"Activation": "sigmoid", "Loss": "cross-entropy from logits", "Range": "± 0.5 around now"}.items():
            expect(body.get_by_role("combobox", name=label)).to_have_value(chosen)
        assert words(page.url) == words(f"?{NETWORK}")
    finally:
        server.terminate()
        server.wait(timeout=10)


def test_the_experiment_goes_along_from_page_to_page_and_back(page: Page, app):
    """Both ways the link carries experiment and moment; the browser's Back returns along the same way, each with its address."""
    open_neuron(page, app, f"{XOR}&at=2.8&bias=1")
    trail = [page.url]
    page.get_by_role("link", name="Learning rate").click()
    ready(page)
    assert urlsplit(page.url).path == "/learning-rate" and words(page.url) == words(trail[0])
    trail.append(page.url)
    page.locator(".bp-next").click()
    expect_update(page, 3)
    trail.append(page.url)
    page.get_by_role("link", name="One neuron").click()
    expect_at(page, "3.1")
    assert urlsplit(page.url).path == "/" and words(page.url) == words(trail[-1])
    for before in reversed(trail):
        page.go_back()
        expect(page).to_have_url(before)
        expect(page.locator("h1")).to_have_text("One neuron" if urlsplit(before).path == "/" else "Learning rate")
        expect(page.locator(".bp-updates input")).to_have_value(words(before)["at"].split(".")[0])


def test_a_link_to_the_other_page_may_be_opened_in_a_new_tab(page: Page, app):
    """What a link leads to does not depend on how it is opened: its address names its page, from either page."""
    for path in ("/", "/learning-rate"):
        page.goto(f"{app}{path}?{XOR}")
        for name, target in {"One neuron": "/", "Learning rate": "/learning-rate"}.items():
            link = page.get_by_role("link", name=name).element_handle()
            page.wait_for_function("([a, target]) => new URL(a.href).pathname === target", arg=[link, target])


# Updates


def test_next_is_a_whole_update(page: Page, app):
    """On this page the button and the arrow keys step from update to update; Home returns to the start."""
    open_at(page, app)
    expect_update(page, 0)
    page.locator(".bp-next").click()
    expect_update(page, 1)
    page.locator("h1").click()
    for key, k in (("ArrowRight", 2), ("n", 3), ("ArrowLeft", 2), ("Home", 0)):
        page.keyboard.press(key)
        expect_update(page, k)


def test_the_run_is_a_slider(page: Page, app):
    """The stepper's track goes to any update of the run, by pointer and by keyboard."""
    open_at(page, app)
    track = page.get_by_role("slider", name="Updates of this run")
    box = track.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect_update(page, 30)
    for key, k in (("ArrowRight", 31), ("Home", 0)):
        page.keyboard.press(key)
        expect_update(page, k)


def test_the_loss_curve_goes_to_an_update(page: Page, app):
    """A click on the time line leads to the update under it, back or ahead; from the keyboard it is Enter."""
    open_at(page, app, f"{XOR}&at=5.1")
    page.locator(".bp-timeline").scroll_into_view_if_needed()
    page.locator(".st-key-rate_row").scroll_into_view_if_needed()
    ticks = dict(page.evaluate(TICKS, [".bp-timeline", "middle"]))
    height = page.locator(".bp-timeline").bounding_box()["y"] + 40
    page.mouse.click(ticks[10], height)
    expect_update(page, 10)
    page.mouse.click(ticks[0], height)
    expect_update(page, 0)
    way = page.get_by_role("slider", name="Go to an update")
    way.focus()
    page.keyboard.press("ArrowRight")
    expect(way).to_have_attribute("aria-valuetext", "k = 1")
    page.keyboard.press("Enter")
    expect_update(page, 1)


def test_play_plays_and_pauses_without_a_trail(page: Page, app):
    """Play makes update after update until it is paused, and leaves one entry in the history."""
    open_at(page, app, f"{XOR}&speed=4")
    entries = page.evaluate("history.length")
    play = page.locator(".bp-play")
    play.click()
    expect(play).to_contain_text("Pause")
    expect(page).to_have_url(re.compile(r"at=[3-9]\.1"), timeout=15_000)
    play.click()
    expect(play).to_contain_text("Play")
    at_rest(page)
    expect_update(page, int(words(page.url)["at"].split(".")[0]))
    assert page.evaluate("history.length") - entries <= 1


# Languages


def test_both_languages_and_the_switch(browser, app):
    """A Chinese browser gets a Chinese page; the switch in the title row changes page, links and the document's language."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 900})
    page = context.new_page()
    open_at(page, app, "")
    expect(page.locator("h1")).to_have_text("学习率")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_role("link", name="学习率")).to_be_visible()
    expect(page.get_by_role("slider", name=re.compile("学习率"))).to_be_attached()
    for label, heading, lang in (("English", "Learning rate", "en"), ("中文", "学习率", "zh")):
        page.get_by_role("radio", name=label).click()
        expect_word(page, "lang", lang)
        expect(page.locator("h1")).to_have_text(heading)
        expect(page.get_by_role("radio", name=label)).to_be_checked()
        expect(page.get_by_role("link", name=heading)).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", {"en": "en", "zh": "zh-Hans"}[lang])
    context.close()


def test_the_title_row_holds_the_choices(page: Page, app):
    """Heading, objective, start, more choices, language and link stand in one row, as on the other page."""
    open_at(page, app)
    row = page.locator(".st-key-title")
    parts = [row.get_by_role("heading", name="Learning rate", exact=True), row.get_by_role("radiogroup", name="Objective")]
    parts += [row.get_by_role("button", name=name) for name in ("Start: (1.25, 0.25)", "More choices", "Copy link")]
    parts.append(row.get_by_role("radiogroup", name="Language"))
    middles = [box["y"] + box["height"] / 2 for box in (part.bounding_box() for part in parts)]
    assert max(middles) - min(middles) < 12
    expect(page.get_by_role("radio", name="Neuron without bias")).to_be_checked()
