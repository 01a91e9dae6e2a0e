"""What a visit brings over the wire: the encoded bytes of every answer, headers included, as the browser's own network log has
them, and the content of the websocket's messages, which Streamlit sends uncompressed. Nothing may be asked of any other address
than the server's own. The second visit is the same page once more, with the cache of the first."""

from urllib.parse import urlsplit

from browser import arrived, browsing
from playwright.sync_api import BrowserContext
from report import Row
from server import server

LIMIT = 3.0  # MB
REST = 5000  # ms after everything is drawn, for what comes late


def rows() -> list[Row]:
    with server() as ours, browsing() as context:
        first, second = Visit(context, ours.host), Visit(context, ours.host)
    foreign = sorted(first.foreign | second.foreign)
    return [
        Row("first visit, over the wire", f"{LIMIT} MB", first.summary(), first.megabytes() <= LIMIT),
        Row("  requests to another address", "none", ", ".join(foreign) or "none", not foreign),
        Row("second visit, over the wire", "", second.summary()),
    ]


class Visit:
    """The home page, opened and left. The browser keeps its cache from visit to visit."""

    def __init__(self, context: BrowserContext, host: str):
        self.host, self.requests, self.http, self.socket, self.foreign = host, 0, 0.0, 0.0, set()
        page = context.new_page()
        log = context.new_cdp_session(page)
        log.on("Network.requestWillBeSent", self.asked)
        log.on("Network.webSocketCreated", lambda event: self.told(event["url"]))
        log.on("Network.loadingFinished", self.came)
        log.on("Network.webSocketFrameReceived", self.framed)
        log.on("Network.webSocketFrameSent", self.framed)
        log.send("Network.enable")
        arrived(page, f"http://{host}/", quiet=REST)
        page.close()

    def asked(self, event: dict) -> None:
        self.told(event["request"]["url"])
        self.requests += urlsplit(event["request"]["url"]).scheme in ("http", "https")

    def told(self, url: str) -> None:
        where = urlsplit(url)
        if where.scheme not in ("data", "blob") and where.netloc != self.host:
            self.foreign.add(where.netloc)

    def came(self, event: dict) -> None:
        self.http += event["encodedDataLength"]

    def framed(self, event: dict) -> None:
        """Binary frames are logged as base64: four characters for three bytes."""
        payload = event["response"]["payloadData"]
        self.socket += len(payload) * 3 / 4 - payload.count("=")

    def megabytes(self) -> float:
        return (self.http + self.socket) / 1e6

    def summary(self) -> str:
        return f"{self.megabytes():.3f} MB, {self.requests} requests ({self.socket / 1e3:.0f} kB websocket)"
