"""The page in a real browser, as a reader meets it: by keyboard alone, by link, after a reload, back in time, in the dark, on a
phone. Waiting is always for something to be seen, never for a time to pass."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import free_port, serve

XOR = "data=xor&w=1.25,0.25&lr=0.5&lang=en"


def open_at(page: Page, address: str, query: str = "lang=en") -> None:
    page.goto(f"{address}/?{query}")
    expect(page.locator(".bp-stepper")).to_be_visible(timeout=30_000)
    expect(page.locator(".bp-chart")).to_be_visible(timeout=30_000)
    expect(page.locator("[class*=st-key-now] .katex").first).to_be_visible()


def moment(page: Page) -> str:
    return page.locator("[class*=st-key-now_] p").first.inner_text()


def expect_at(page: Page, at: str) -> None:
    """The address and the track both stand at this moment."""
    expect(page).to_have_url(re.compile(rf"at={re.escape(at)}(&|$)"))
    expect(page.locator(".bp-dot[aria-current]")).to_have_attribute("data-m", at.split(".")[1])
    expect(page.locator("[class*=st-key-now_] p").first).to_contain_text(f"Moment {at.split('.')[1]} of")


@pytest.fixture
def watched(page: Page):
    """Every console error and foreign request of the page; two 404s of Streamlit's own on a deep link are harmless."""
    seen = {"errors": [], "hosts": set()}
    page.on("pageerror", lambda error: seen["errors"].append(str(error)))
    ours = lambda m: m.type == "error" and "_stcore" not in m.location["url"]  # noqa: E731
    page.on("console", lambda m: seen["errors"].append(m.text) if ours(m) else None)
    page.on("request", lambda r: seen["hosts"].add(r.url.split("/")[2]) if r.url.startswith("http") else None)
    return seen


def test_the_update_by_keyboard_alone(page: Page, app, watched):
    """From the first screen through one whole update with the arrow keys, back again exactly, and into the next by N."""
    open_at(page, app)
    for m in range(2, 8):
        page.keyboard.press("ArrowRight")
        expect_at(page, f"0.{m}")
    expect(page.locator(".st-key-slot")).to_contain_text("L goes from 0.25 to 0.0625")
    for m in range(6, 1, -1):
        page.keyboard.press("ArrowLeft")
        expect_at(page, f"0.{m}")
    page.keyboard.press("End")
    expect_at(page, "0.7")
    page.keyboard.press("n")
    expect_at(page, "1.3")
    assert not watched["errors"]
    assert watched["hosts"] == {app.split("/")[2]}


def test_n_works_while_the_slider_has_the_focus(page: Page, app):
    """Left and Right belong to a focused slider; N and P step even then."""
    open_at(page, app)
    page.locator(".bp-chart input[type=range]").first.focus()
    page.keyboard.press("n")
    expect_at(page, "0.2")
    page.keyboard.press("p")
    expect(page.locator(".bp-dot[aria-current]")).to_have_attribute("data-m", "1")


def test_fast_clicks_lose_no_step(page: Page, app):
    """Twenty clicks as fast as they come are twenty moments further."""
    open_at(page, app, f"{XOR}&steps=operation")
    for _ in range(20):
        page.locator(".bp-next").click(no_wait_after=True)
    expect_at(page, "2.3")


def test_back_steps_back_exactly_and_reload_stays(page: Page, app):
    """The browser's Back is a step back; a reload is the same moment; no red KaTeX anywhere."""
    open_at(page, app, f"{XOR}&at=0.7")
    before = page.locator("[class*=st-key-now_]").inner_text()
    page.locator(".bp-next").click()
    expect_at(page, "0.8")
    page.go_back()
    expect_at(page, "0.7")
    page.reload()
    expect_at(page, "0.7")
    expect(page.locator("[class*=st-key-now_]")).to_have_text(re.compile(re.escape(before.split("\n")[0])))
    expect(page.locator(".katex-error, .katex [style*='color:#cc0000'], .katex [style*='color: rgb(204, 0, 0)']")).to_have_count(0)


def test_a_deep_link_on_a_fresh_server(page: Page):
    """The first visitor of a new server may come by any link."""
    port = free_port()
    server = serve(port)
    try:
        open_at(page, f"http://127.0.0.1:{port}", f"{XOR}&at=3.8&bias=1")
        expect_at(page, "3.8")
    finally:
        server.terminate()
        server.wait(timeout=10)


def test_playing_leaves_no_trail(page: Page, app):
    """Play goes on by itself and adds one history entry, not one per step."""
    open_at(page, app, f"{XOR}&speed=4")
    entries = page.evaluate("history.length")
    page.locator(".bp-play").click()
    expect(page).to_have_url(re.compile(r"at=(0\.[5-9]|[1-9])"), timeout=15_000)
    page.locator(".bp-play").click()
    expect(page.locator(".bp-play")).to_contain_text("Play")
    assert page.evaluate("history.length") - entries <= 1


def test_dragging_the_rate_calls_the_server_once(page: Page, app):
    """The landing place follows the finger in the browser; one message tells the server when it is let go."""
    page.add_init_script("""
        window.sent = 0;
        const send = WebSocket.prototype.send;
        WebSocket.prototype.send = function (...message) { window.sent += 1; return send.apply(this, message); };
    """)
    open_at(page, app, f"{XOR}&at=0.8&predict=0")
    page.wait_for_function("document.querySelector('.bp-chart').innerText.includes('0.4199')")
    before = page.evaluate("window.sent")
    box = page.locator(".bp-chart input[type=range]").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.67, box["y"] + box["height"] / 2)
    page.mouse.down()
    for k in range(20):
        page.mouse.move(box["x"] + box["width"] * (0.67 + k / 200), box["y"] + box["height"] / 2)
    assert page.evaluate("window.sent") == before
    assert page.evaluate("document.body.classList.contains('bp-dragging')")
    assert "0.4199" not in page.locator(".bp-chart").inner_text()
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"lr=(?!0\.5(&|$))"))
    expect(page.locator("body")).not_to_have_class(re.compile("bp-dragging"))


def test_a_click_on_the_contour_starts_there(page: Page, app):
    """The contour is a place to choose start weights; the run begins again and can be undone."""
    open_at(page, app, f"{XOR}&at=2.8&view=contour")
    plot = page.locator(".bp-chart .plotly .xy, .bp-chart .nsewdrag").first
    expect(plot).to_be_visible(timeout=15_000)
    box = page.locator(".bp-chart .nsewdrag").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.3)
    expect(page.locator(".st-key-slot")).to_contain_text("Another run")
    expect(page).not_to_have_url(re.compile("w=1.25"))
    page.get_by_role("button", name="Undo").click()
    expect_at(page, "2.8")


def test_a_click_on_a_number_goes_to_its_moment(page: Page, app):
    """Every number found can be asked about: the page goes to the moment that computed it."""
    open_at(page, app, f"{XOR}&at=0.8")
    page.get_by_role("button", name=re.compile("^y of sample 4")).first.click()
    expect_at(page, "0.2")
    expect(page).to_have_url(re.compile(r"sel=y\.3\.0"))


def test_the_camera_is_kept_over_a_step(page: Page, app):
    """A step moves the point, never the reader's view of the surface."""
    open_at(page, app, f"{XOR}&view=3d")
    page.wait_for_selector(".bp-chart canvas", timeout=30_000)
    eye = "JSON.stringify(document.querySelector('.bp-chart .js-plotly-plot')._fullLayout.scene.camera.eye)"
    page.wait_for_function("document.querySelector('.bp-chart .js-plotly-plot')?._fullLayout?.scene?._scene?.glplot")
    box = page.locator(".bp-chart canvas").first.bounding_box()
    start = page.evaluate(eye)
    page.mouse.move(box["x"] + 200, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + 280, box["y"] + 170, steps=5)
    page.mouse.up()
    page.wait_for_function(f"{eye} !== {start!r}")
    turned = page.evaluate(eye)
    page.keyboard.press("n")
    expect_at(page, "0.2")
    assert page.evaluate(eye) == turned


def test_copy_link_holds_everything(page: Page, app, context):
    """The copied link names version, language and view, defaults included, and leads to the same moment elsewhere."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_at(page, app, f"{XOR}&at=1.6&view=contour")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert all(part in link for part in ("v=1", "lang=en", "view=contour", "at=1.6", "lr=0.5", "act=relu", "predict=1"))
    other = context.new_page()
    other.goto(link)
    expect_at(other, "1.6")


def test_chinese_comes_from_the_browser_and_stays_chosen(browser, app):
    """A Chinese browser gets Chinese; whoever chooses English keeps it."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(app)
    expect(page.get_by_role("heading", name="单个神经元")).to_be_visible(timeout=30_000)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.goto(f"{app}/?lang=en")
    expect(page.get_by_role("heading", name="One neuron")).to_be_visible(timeout=30_000)
    context.close()
