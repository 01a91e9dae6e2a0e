"""Own weights, own data and files in a real browser: a weight typed by keyboard, a block pasted, a CSV uploaded, a wrong one
refused, an experiment loaded; on a phone, in Chinese, and looked at by axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from engine.experiment import NETWORKS
from engine.file import write_file
from engine.words import Place
from tests.browser.test_network import XOR, open_at


def typed(page: Page) -> list[str]:
    """The weights that the address names."""
    return page.evaluate("(new URL(location.href).searchParams.get('w') ?? '').split(',')")


def weights(page: Page, app, query: str = f"{XOR}&at=3.1") -> None:
    open_at(page, app, query)
    page.get_by_role("button", name="Weights", exact=True).click()
    expect(page.get_by_label("w⁽¹⁾₁₁", exact=True)).to_be_visible()


def data(page: Page, app, query: str = XOR) -> None:
    open_at(page, app, query)
    page.get_by_role("button", name="Data", exact=True).click()
    expect(page.locator(".bp-sheet")).to_be_visible()


def test_a_weight_is_typed_by_keyboard(page: Page, app):
    """Typed, taken by Enter, one row further down: a new run from update 0; Undo brings the old one back, also in the table."""
    weights(page, app)
    field = page.get_by_label("w⁽¹⁾₁₂", exact=True)
    before = field.input_value()
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("0.25")
    page.keyboard.press("Enter")
    page.wait_for_function("(new URL(location.href).searchParams.get('w') ?? '').split(',')[1] === '0.25'")
    expect(page.get_by_label("w⁽¹⁾₂₂", exact=True)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    expect(page.locator(".bp-updates input")).to_have_value("0")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".bp-updates input")).to_have_value("3")
    page.get_by_role("button", name="Weights", exact=True).click()
    expect(field).to_have_value(before)


def test_fast_typing_loses_nothing(page: Page, app):
    """Four weights in a row by Tab, without waiting for the server: all four are in the address."""
    weights(page, app)
    page.get_by_label("w⁽¹⁾₁₁", exact=True).focus()
    for text in ("0.125", "0.25", "-0.5", "0.75"):
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.wait_for_function("(new URL(location.href).searchParams.get('w') ?? '').startsWith('0.125,0.25,')")
    expect(page.get_by_label("b⁽¹⁾₁", exact=True)).to_have_value("-0.5")
    page.wait_for_function("(new URL(location.href).searchParams.get('w') ?? '').split(',')[8] === '-0.5'")
    page.wait_for_function("(new URL(location.href).searchParams.get('w') ?? '').split(',')[2] === '0.75'")


def test_a_long_weight_is_whole_in_its_field(page: Page, app):
    """Rounded and said so, with all digits as its title; whole while it has the focus; looked at, it is not changed."""
    weights(page, app)
    address, field = page.url, page.get_by_label("w⁽¹⁾₁₁", exact=True)
    whole = field.get_attribute("title")
    assert len(whole) > 12 and field.input_value() == f"≈ {float(f'{float(whole):.4g}')}"
    field.focus()
    expect(field).to_have_value(whole)
    assert field.evaluate("(e) => e.scrollWidth <= e.clientWidth")
    page.keyboard.press("Tab")
    expect(field).to_have_value(f"≈ {float(f'{float(whole):.4g}')}")
    every = page.locator(".bp-weights input")
    assert set(every.evaluate_all("(all) => all.map((e) => e.scrollWidth <= e.clientWidth)")) == {True}
    page.wait_for_timeout(500)
    assert page.url == address


def test_remove_stands_beside_its_layer(page: Page, app):
    """In each layer's row of the choices, units, activation and the button that removes it are on one line."""
    open_at(page, app, "data=xor&bias=1&hidden=4:leaky_relu,3:tanh&act=sigmoid&loss=cross_entropy&lr=0.5&seed=1")
    page.get_by_role("button", name="More choices", exact=True).click()
    for at in (0, 1):
        boxes = [page.locator(f".st-key-{key}_{at}").bounding_box() for key in ("units", "bend", "less")]
        bottoms = [box["y"] + box["height"] for box in boxes]
        assert max(bottoms) - min(bottoms) < 10


def test_a_wrong_weight_stays_and_is_named(page: Page, app):
    """The field keeps it, marked; the sentence names it; a right one beside it counts."""
    weights(page, app)
    field = page.get_by_label("w⁽¹⁾₃₁", exact=True)
    field.fill("abc")
    field.press("Tab")
    expect(page.locator(".bp-weights-told")).to_contain_text("w⁽¹⁾₃₁ must be a number from −1000 to 1000, not “abc”.")
    expect(field).to_have_attribute("aria-invalid", "true")
    other = page.get_by_label("w⁽²⁾₁₁", exact=True)
    other.fill("1.5")
    other.press("Enter")
    page.wait_for_function("(new URL(location.href).searchParams.get('w') ?? '').split(',')[12] === '1.5'")
    expect(field).to_have_value("abc")
    field.fill("2")
    field.press("Enter")
    expect(page.locator(".bp-weights-told")).to_be_empty()
    assert typed(page)[4] == "2"


def test_a_block_is_pasted(page: Page, app):
    """Two rows of three from a spreadsheet fill the fields from the chosen one on; what does not fit is counted."""
    weights(page, app)
    page.get_by_label("w⁽¹⁾₃₂", exact=True).focus()
    page.evaluate("""() => {
        const clip = new DataTransfer();
        clip.setData('text/plain', '0.5\\t1\\t9\\n-0.25\\t−2\\t9\\n');
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: clip, bubbles: true, cancelable: true}));
    }""")
    expect(page.locator(".bp-weights-told")).to_contain_text("2 pasted numbers found no field")
    found = typed(page)
    assert (found[5], found[7], found[10], found[11]) == ("0.5", "-0.25", "1", "-2")


def test_the_weights_now_are_read_and_taken(page: Page, app):
    """The other side of the switch shows this update's weights, which cannot be typed; a button starts from them."""
    weights(page, app)
    field = page.get_by_label("w⁽¹⁾₁₁", exact=True)
    start = field.input_value()
    page.get_by_role("button", name="now, k = 3").click()
    expect(field).to_have_attribute("readonly", "")
    assert field.input_value() != start
    page.get_by_role("button", name="start weights").click()
    expect(field).to_have_value(start)
    page.get_by_role("button", name="Start from the weights now").click()
    expect(page.locator(".bp-updates input")).to_have_value("0")
    assert len(typed(page)) == 17


def test_a_csv_is_uploaded(page: Page, app):
    """Five rows, semicolons and decimal commas: five points on the map, and the hostile name is shown as text."""
    alerts = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    data(page, app)
    page.get_by_role("radio", name="Upload a file").or_(page.get_by_role("button", name="Upload a file")).first.click()
    source = "<img src=x onerror=alert(1)>;$\\alpha$;y\n0;0;0\n0,5;1;1\n1;0;1\n1;1;0\n2;2;1\n"
    file = {"name": "own.csv", "mimeType": "text/csv", "buffer": source.encode("utf-16")}
    page.locator(".st-key-own_file input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Use this table").click()
    expect(page.locator(".bp-sheet caption")).to_contain_text("5")
    expect(page.locator(".bp-sheet thead th", has_text="<img src=x onerror=alert(1)>")).to_be_visible()
    page.wait_for_function("new URL(location.href).searchParams.get('data') === 'own'")
    assert not alerts and page.locator("img[src=x]").count() == 0


def test_a_wrong_csv_keeps_the_data(page: Page, app):
    """The sentence says where; text and data stay; the mended text is then used."""
    data(page, app)
    page.locator(".st-key-own_text textarea").fill("1,2,0\n3,four,1")
    page.get_by_role("button", name="Use this table").click()
    expect(page.locator(".st-key-wrong_bad_own")).to_contain_text("Row 2, column 2 must be a number")
    expect(page.locator(".bp-sheet caption")).to_contain_text("4")
    expect(page.locator(".st-key-own_text textarea")).to_have_value("1,2,0\n3,four,1")
    page.locator(".st-key-own_text textarea").fill("1,2,0\n3,4,1")
    page.get_by_role("button", name="Use this table").click()
    expect(page.locator(".bp-sheet caption")).to_contain_text("2")
    expect(page.locator(".st-key-wrong_bad_own")).to_have_count(0)


def test_an_experiment_is_saved_and_loaded(page: Page, app):
    """The file of another network, chosen in the menu: it is on the page; and the page hands out a file of its own."""
    open_at(page, app)
    page.get_by_role("button", name="More choices").click()
    file = {"name": "experiment.json", "mimeType": "application/json", "buffer": write_file(NETWORKS["xor2"], Place(k=4)).encode()}
    page.locator(".st-key-load_file input[type=file]").set_input_files(file)
    expect(page.locator(".bp-updates input")).to_have_value("4")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the experiment").click()
    with open(saved.value.path(), encoding="utf-8") as text:
        assert text.read() == write_file(NETWORKS["xor2"], Place(k=4, lang="en"))


MENUS = {"en": ("Data", "Weights", "More choices"), "zh": ("数据", "权重", "更多选项")}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width,lang", [(1366, "en"), (390, "zh")])
def test_comfort(page: Page, app, scheme, width, lang):
    """Each menu open: no violation of the accessibility rules and no sideways scroll, in both themes, on a desk and a phone."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    open_at(page, app, f"{XOR.replace('lang=en', f'lang={lang}')}&at=3.1")
    for name in MENUS[lang]:
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.locator('[data-testid="stPopoverBody"]')).to_be_visible()
        page.wait_for_timeout(700)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = page.locator('[data-testid="stPopoverBody"]').bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert not found, (name, [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found])
        page.keyboard.press("Escape")
        expect(page.locator('[data-testid="stPopoverBody"]')).to_have_count(0)
