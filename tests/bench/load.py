"""A class of thirty: each reader walks an experiment of their own, one click a second, all on one server process. The clicks are
spread over the second and come by the clock, so an answer that is late makes the next click's wait longer, too. All stand in the
same moment at about the same time, like a class that follows its teacher, so the dear moments fall together.

The driver runs on the same machine and reads every message, so what it costs is in the figure: with two cores it is an upper bound.
"""

import asyncio
from time import perf_counter

from reader import own, readers, walk
from report import Row, p95, pair
from server import Server, server

READERS = 30
WARM, CLICKS = 8, 32  # clicks of each reader, at one a second
LIMIT = 0.150


def rows() -> list[Row]:
    with server() as ours:
        waits, used, passed = asyncio.run(measured(ours))
    shown = f"{100 * used / passed:.0f} % of one core, {1e3 * used / len(waits):.1f} ms a click"
    return [
        Row(f"{READERS} sessions, 1 click/s each, click to answer: median / p95", "150 ms (p95)", pair(waits), p95(waits) <= LIMIT),
        Row("  processor time of the server meanwhile", "", shown),
    ]


async def measured(ours: Server) -> tuple[list[float], float, float]:
    """(seconds of every counted click, the server's processor time, the time all took)."""
    async with readers(ours.host, [own(i) for i in range(READERS)]) as many:
        await everyone(many, WARM)
        used, since = ours.cpu(), perf_counter()
        waits = await everyone(many, CLICKS)
        return waits, ours.cpu() - used, perf_counter() - since


async def everyone(many, clicks: int) -> list[float]:
    walks = [walk(one, clicks, delay=i / len(many)) for i, one in enumerate(many)]
    return [wait for waits in await asyncio.gather(*walks) for wait in waits]
