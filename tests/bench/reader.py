"""One reader without a browser: a websocket that speaks Streamlit's own messages and clicks Next as the stepper does. Like the
browser it sends the state of every visible widget and the hashes of the large messages it holds, and it checks each answer.

The package websockets comes with Streamlit.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from time import perf_counter
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60  # seconds; a server that is silent for longer has failed
KEPT = 2  # runs after which the browser forgets a large message that was not used again


def address(w1: float, w2: float) -> str:
    """XOR from these weights, one operation per click; other weights are another experiment, which shares no cache."""
    return urlencode({"data": "xor", "w": f"{w1},{w2}", "lr": "0.05", "steps": "operation", "lang": "en", "view": "3d"})


def own(i: int) -> str:
    """The i-th reader's own experiment: a slow run near preset B."""
    return address(round(1.2 + 0.002 * i, 3), round(0.2 + 0.001 * i, 3))


@asynccontextmanager
async def reader(host: str, query: str, page: str = "") -> AsyncIterator["Reader"]:
    """A reader who has opened the page of this name, by default the first, at this address and seen all of it."""
    async with connect(f"ws://{host}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as socket:
        one = Reader(socket, host, query, page)
        await one.run()
        yield one


@asynccontextmanager
async def readers(host: str, queries: Sequence[str]) -> AsyncIterator[list["Reader"]]:
    """Several readers at once, opened one after the other."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(reader(host, query)) for query in queries]


class Reader:
    def __init__(self, socket: ClientConnection, host: str, query: str, name: str = ""):
        self.socket, self.host, self.query, self.name, self.page = socket, host, query, name, ""
        self.widgets: dict[str, WidgetState] = {}  # of the last run, in the order of the page
        self.held: dict[str, int] = {}  # hash of a large message -> the last run that used it
        self.runs = 0
        self.stepper: dict = {}
        self.trigger = ""

    async def click(self, wanted: str | None = None) -> None:
        """Next, one stop further, or to the moment `wanted`; done when the whole answer has arrived."""
        wanted = wanted or self.next()
        await self.run(wanted)
        if self.stepper["at"] != wanted:
            raise RuntimeError(f"asked for moment {wanted}, the page shows {self.stepper['at']}")

    def next(self) -> str:
        k, m = map(int, self.stepper["at"].split("."))
        return f"{k}.{m + 1}" if m < len(self.stepper["moments"]) else f"{k + 1}.1"

    async def run(self, wanted: str | None = None) -> None:
        await self.socket.send(self.asked(wanted).SerializeToString())
        self.runs, self.hidden, self.shown = self.runs + 1, [], {}
        async with asyncio.timeout(PATIENCE):
            while not self.take(await self.socket.recv()):
                pass
        self.widgets = self.shown
        self.held = {h: run for h, run in self.held.items() if self.runs - run < KEPT}

    def asked(self, wanted: str | None) -> BackMsg:
        """The message that a click sends, as recorded from a browser."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_script_hash, run.page_name = self.query, self.page, "" if self.page else self.name
        run.widget_states.widgets.extend(self.widgets.values())
        if wanted is not None:
            event = {"event": "go", "value": {"at": wanted, "play": False}}
            run.widget_states.widgets.add(id=self.trigger, json_trigger_value=json.dumps([event], separators=(",", ":")))
        run.cached_message_hashes.extend(self.held)
        where = run.context_info
        where.timezone, where.locale, where.url, where.color_scheme = "UTC", "en-US", f"http://{self.host}/{self.name}", "light"
        return message

    def take(self, data: bytes) -> bool:
        """Read one message; True when it says that the run is over."""
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if message.metadata.cacheable or kind == "ref_hash":
            self.held[message.ref_hash or message.hash] = self.runs
        if kind == "navigation":
            self.page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            self.see(tuple(message.metadata.delta_path), message.delta)
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            raise RuntimeError("the run did not finish")
        return kind == "script_finished"

    def see(self, path: tuple[int, ...], delta) -> None:
        """Remember what the next click has to report. What is folded away in a popover is not on the page, so not reported."""
        if delta.add_block.WhichOneof("type") == "popover":
            self.hidden.append(path)
        kind = delta.new_element.WhichOneof("type")
        element = getattr(delta.new_element, kind) if kind else None
        if kind == "exception":
            raise RuntimeError(f"the page failed: {element.message} {list(element.stack_trace)[-4:]}")
        if kind == "bidi_component" and element.id.endswith("-stepper"):
            self.stepper, self.trigger = json.loads(element.json), f"$$STREAMLIT_INTERNAL_KEY_{element.id}__events"
        if kind in STATES and not any(path[: len(folded)] == folded for folded in self.hidden):
            before = self.widgets.get(element.id)
            self.shown[element.id] = before if before and not element.set_value else STATES[kind](element)


def _text(element) -> WidgetState:
    return WidgetState(id=element.id, string_value=element.value if element.set_value else element.default)


def _buttons(element) -> WidgetState:
    chosen = element.raw_values if element.set_value else [element.options[i].content for i in element.default]
    state = WidgetState(id=element.id)
    state.string_array_value.data.extend(chosen)
    return state


STATES = {"text_input": _text, "button_group": _buttons}


async def walk(one: Reader, clicks: int, pace: float = 1.0, delay: float = 0.0) -> list[float]:
    """Click by the clock, however long answers take. What is returned is the time from the moment a click was due to the end of
    its answer, so a click that had to wait for the one before counts as slow."""
    begin, waits = perf_counter() + delay, []
    for i in range(clicks):
        due = begin + i * pace
        await asyncio.sleep(max(0.0, due - perf_counter()))
        await one.click()
        waits.append(perf_counter() - due)
    return waits
