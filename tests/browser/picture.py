"""Makes the picture at the head of the README from the running app: one start, three learning rates, three fates (preset B).
Run from the project's folder: python -m tests.browser.picture"""

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import QUIET, browser_path, free_port, serve

TARGET = Path(__file__).parents[2] / "view" / "readme.png"
FATES = {"0.5": "stuck in the middle basin, L = 1/3", "1": "into a valley, L = 1/4", "2": "dead in one step, L = 1/2"}
LINK = "lang=en&view=3d&predict=0&data=xor&w=1.25,0.25&lr={eta}&at=40.1"


def shot(page: Page, address: str, eta: str) -> bytes:
    """The loss surface with the run on it, after forty updates."""
    page.goto(f"{address}/?{LINK.format(eta=eta)}")
    page.wait_for_function(
        "document.querySelector('.bp-chart .js-plotly-plot')?._fullLayout?.scene?._scene?.glplot", timeout=60_000
    )
    page.wait_for_timeout(1500)
    return page.locator(".bp-surface").screenshot()


def join(page: Page, shots: dict[str, bytes]) -> bytes:
    """The three side by side, each with its learning rate and its fate in words."""
    look = "display: inline-flex; background: #fff; font: 17px sans-serif; color: #17212B; text-align: center"
    page.set_content(f"<div style='{look}'></div>")
    for eta, png in shots.items():
        page.evaluate(
            """async ([eta, fate, png]) => {
                const figure = document.createElement("figure"), image = new Image(), text = document.createElement("figcaption");
                figure.style.margin = "4px"; image.width = 400; text.textContent = `η = ${eta}: ${fate}`;
                image.src = URL.createObjectURL(new Blob([new Uint8Array(png)], { type: "image/png" }));
                figure.append(image, text); document.querySelector("div").append(figure); await image.decode();
            }""",
            [eta, FATES[eta], list(png)],
        )
    return page.locator("div").screenshot()


def main() -> None:
    port = free_port()
    server = serve(port)
    try:
        with sync_playwright() as p:
            browser = p.chromium.launch(executable_path=browser_path(), args=QUIET)
            page = browser.new_page(viewport={"width": 1366, "height": 900}, device_scale_factor=1.5)
            shots = {eta: shot(page, f"http://127.0.0.1:{port}", eta) for eta in FATES}
            TARGET.write_bytes(join(page, shots))
    finally:
        server.terminate()
        server.wait(timeout=10)


if __name__ == "__main__":
    main()
