"""Long runs in a real browser: a bar says how far the run is, it can be left there, and another run stays in sight behind it."""

import re

from playwright.sync_api import Page, expect

DEEP = "data=spiral&hidden=8:tanh,8:tanh,8:tanh,8:tanh&bias=1&act=sigmoid&loss=cross_entropy_logits&lr=0.3&seed={seed}&lang=en"


def test_a_long_run_can_be_left_where_it_is(page: Page, app):
    """Ten thousand updates of a deep network show a bar; its button stops the run at what has been made."""
    page.goto(f"{app}/network?{DEEP.format(seed=41)}&at=10000.1")
    stop = page.get_by_role("button", name="Stop here")
    expect(stop).to_be_visible(timeout=30_000)
    expect(page.get_by_text(re.compile(r"Update [\d,]+ of 10,000"))).to_be_visible()
    stop.click()
    expect(page.locator(".bp-updates input")).to_be_visible(timeout=30_000)
    made = int(page.locator(".bp-updates input").input_value())
    assert 0 < made < 10_000 and f"at={made}.1" in page.url
    expect(stop).to_be_hidden()


def test_a_run_is_pinned_behind_the_next(page: Page, app):
    """The pinned run goes into the address with what differs, and stays when the rate is changed."""
    page.goto(f"{app}/network?{DEEP.format(seed=0)}&at=20.1")
    page.get_by_role("button", name="Pin this run").click()
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    box = page.locator(".st-key-rate_row input")
    box.fill("1")
    box.press("Enter")
    page.wait_for_function("() => new URL(location.href).searchParams.get('pin')?.includes('lr=0.3')")
    page.reload()
    expect(page.get_by_role("button", name="Unpin")).to_be_visible(timeout=30_000)
