"""What the network's drawing shows at a moment is that moment's alone, however the reader came to it; and no words of it cross each
other or a line: names, arrows, labels of biases, the limits of the gradients, the names of the phases."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import stand_still
from tests.browser.test_network import XOR
from tests.browser.test_network_live import open_at

DEEP = "data=spiral&hidden=4:tanh,4:tanh,4:tanh,4:tanh&bias=1&act=sigmoid&loss=cross_entropy_logits&lr=1&seed=0&lang=en"
FADING = DEEP.replace("4:tanh", "2:sigmoid").replace("seed=0", "init=small_normal&seed=3")  # its last but one: about a thousandth
BLOBS = "data=blobs&hidden=4:tanh&bias=1&act=softmax&loss=categorical_cross_entropy_logits&lr=0.5&seed=0&lang=en"
HAND = (
    "data=mazur&hidden=2:sigmoid&bias=1&act=sigmoid&loss=half_squared_error&lr=0.5&lang=en"
    "&w=0.15,0.2,0.25,0.3,0.35,0.35,0.4,0.45,0.5,0.55,0.6,0.6"
)
SINE = "data=sine&hidden=8:tanh&bias=1&act=identity&loss=squared_error&lr=0.1&seed=0&lang=en"

# The picture as text: every element with its attributes in order; where the Tab key stops is the reader's, not the moment's.
PICTURE = """() => { const told = (e) => e.nodeType === 3 ? e.data : `<${e.tagName} ${[...e.attributes]
  .filter(a => a.name !== 'tabindex').map(a => `${a.name}="${a.value}"`).sort().join(' ')}>` + [...e.childNodes].map(told).join('');
  return told(document.querySelector('.bp-net svg')); }"""

BOXES = """(selector) => [...document.querySelectorAll(selector)].map(e => e.getBoundingClientRect())
  .filter(b => b.width).map(b => [b.left, b.top, b.right, b.bottom])"""


def boxes(page: Page, selector: str) -> list[list[float]]:
    return page.evaluate(BOXES, selector)


def meet(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def settled(page: Page, m: int) -> str:
    expect(page.locator(".bp-dot[aria-current=step]")).to_have_attribute("data-m", str(m))
    stand_still(page, ".bp-net")
    return page.evaluate(PICTURE)


def test_a_moment_looks_the_same_however_it_is_reached(page: Page, app):
    """Stepped to or opened by its address: no light, no label and no number of another moment is left."""
    page.emulate_media(reduced_motion="reduce")  # the same end picture, at once
    open_at(page, app, f"{XOR}&steps=operation&at=0.1")
    stepped = [settled(page, 1)]
    for m in range(2, page.locator(".bp-dot").count() + 1):
        page.keyboard.press("ArrowRight")
        stepped.append(settled(page, m))
    for m, picture in enumerate(stepped, start=1):
        open_at(page, app, f"{XOR}&steps=operation&at=0.{m}")
        assert settled(page, m) == picture, m


def test_units_without_maps_show_their_first_sample(page: Page, app):
    """One input: a number in every circle as soon as the forward pass is done, and the legend says of which sample."""
    open_at(page, app, f"{SINE}&at=0.1")
    assert len(boxes(page, ".bp-net .bp-number:not(.bp-loss-number)")) == 1
    open_at(page, app, f"{SINE}&at=0.9")
    assert len(boxes(page, ".bp-net .bp-number:not(.bp-loss-number)")) == 10
    expect(page.locator(".bp-net-legend")).to_contain_text("values: sample 1")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [1366, 1200, 900])
def test_the_names_of_the_phases_stay_in_their_place(page: Page, app, width, lang):
    """Also with 33 moments: neither a phase's nor the first or last moment's name reaches under a button beside the track."""
    page.set_viewport_size({"width": width, "height": 900})
    for m in (1, 33):
        open_at(page, app, f"{DEEP.replace('lang=en', f'lang={lang}')}&at=0.{m}")
        names = boxes(page, ".bp-group > span, .bp-dot[data-state=now] b")
        inside = "all => all.every(e => e.scrollWidth <= e.clientWidth + 1)"  # what is written may be wider than its own box
        assert page.locator(".bp-group > span").evaluate_all(inside)
        assert len(names) == 4
        assert not [(a, b) for a in names for b in boxes(page, ".bp-stepper .bp-edge") if meet(a, b)]


def test_no_arrow_crosses_an_outputs_name(page: Page, app):
    """Names of outputs above the loss stand above their arrow, those below it below."""
    open_at(page, app, f"{BLOBS}&at=0.8")
    crossed = page.evaluate(
        """() => {
          const names = [...document.querySelectorAll('.bp-net [data-id^="y."] .bp-name')].map(e => e.getBBox());
          const points = [...document.querySelectorAll('.bp-net .bp-arrow')].flatMap(path =>
            Array.from({ length: 101 }, (_, n) => path.getPointAtLength((n / 100) * path.getTotalLength())));
          return [names.length, points.filter(({ x, y }) =>
            names.some(b => x > b.x && x < b.x + b.width && y > b.y && y < b.y + b.height)).length];
        }"""
    )
    assert crossed == [3, 0]


@pytest.mark.parametrize("width", [1366, 800])
def test_the_limits_name_leaves_the_numbers_free(page: Page, app, width):
    """Each layer's number can be read, also where the gradient beside the last one's is about a thousandth of it."""
    page.set_viewport_size({"width": width, "height": 900})
    open_at(page, app, f"{FADING}&at=0.33")
    names, numbers = boxes(page, ".bp-limit-name"), boxes(page, ".bp-norms .bp-number")
    assert len(names) == 1 and len(numbers) == 5
    assert not [(a, b) for a in names for b in numbers if meet(a, b)]


def test_no_label_is_led_across_the_drawing(page: Page, app):
    """Where labels crowd, a bias whose label finds no place near it has none; picked by the reader it has one."""
    length = "all => Math.max(0, ...all.map(path => path.getTotalLength()))"
    open_at(page, app, f"{FADING}&at=0.33")
    assert page.locator(".bp-net .bp-lead").evaluate_all(length) <= 61
    stubs = [f"b{layer}.{unit}" for layer in (1, 2, 3, 4) for unit in (0, 1)]
    without = [stub for stub in stubs if not page.locator(f'.bp-net .bp-label [data-id="{stub}"]').count()]
    assert without
    open_at(page, app, f"{FADING}&at=0.33&sel={without[0]}")
    assert page.locator(f'.bp-net .bp-label [data-id="{without[0]}"]').count()


def test_a_biass_label_belongs_to_its_stub(page: Page, app):
    """The numbers that can be done by hand: every label of a bias touches its stub or is led to it."""
    for at in ("0.1", "0.13"):
        open_at(page, app, f"{HAND}&at={at}")
        away = page.evaluate(
            """() => [...document.querySelectorAll('.bp-net .bp-label:has([data-id^="b1."])')].map(label => {
              const id = label.querySelector('[data-id]').dataset.id;
              const stub = document.querySelector(`.bp-net .bp-faint[data-edge="${id}"]`).getBoundingClientRect();
              const [foot, { left, right, top, bottom }] = [{ x: stub.x + stub.width / 2, y: stub.bottom },
                label.querySelector('.bp-card').getBoundingClientRect()];
              const gap = Math.hypot(Math.max(left - foot.x, 0, foot.x - right), Math.max(top - foot.y, 0, foot.y - bottom));
              return gap < 10 || label.querySelector('.bp-lead') ? 0 : gap;
            })"""
        )
        assert away == [0, 0], at
