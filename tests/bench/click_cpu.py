"""What one click on Next costs the server: processor time of its whole process, all threads, for one session at a steady pace.
What the same process uses in an equally long silence, with the session still open, is measured too and taken off.

Every moment of eight updates is visited, so what is computed once per update is in the mean.
"""

import asyncio
from collections.abc import Awaitable
from statistics import fmean, median
from time import perf_counter

from reader import Reader, address, own, reader
from report import Row, p95
from server import Server, server

UPDATES = 8
PACE = 0.4  # seconds from click to click
LIMIT = 0.025


def rows() -> list[Row]:
    with server() as ours:
        costs, idle = asyncio.run(measured(ours))
    every = [cost for _, cost in costs]
    moments = {m: median(cost for at, cost in costs if at == m) for m, _ in costs}
    dearest = max(moments, key=moments.get)
    spread = f"{1e3 * fmean(every):.1f} ms; {1e3 * median(every):.1f} / {1e3 * p95(every):.1f} ms (n = {len(every)})"
    return [
        Row("server CPU per click: mean; median / p95", "25 ms (mean)", spread, fmean(every) <= LIMIT),
        Row(f"  the dearest moment, {dearest} of {len(moments)}: median", "", f"{1e3 * moments[dearest]:.1f} ms"),
        Row("  idle, taken off", "", f"{1e3 * idle:.1f} ms a second"),
    ]


async def measured(ours: Server) -> tuple[list[tuple[int, float]], float]:
    """((moment, seconds above idling) of every click, seconds of idling per second)."""
    async with reader(ours.host, own(0)) as warm:
        for _ in range(2 * len(warm.stepper["moments"])):
            await warm.click()
    async with reader(ours.host, address(1.25, 0.25)) as one:  # preset B, in its first moment
        await asyncio.sleep(4 * PACE)
        costs = [await cost(ours, one) for _ in range(UPDATES * len(one.stepper["moments"]))]
        used, passed = await spent(ours, asyncio.sleep(PACE * len(costs)))
        idle = used / passed
        return [(m, used - idle * passed) for m, used, passed in costs], idle


async def steady(ours: Server, one: Reader, steps: int) -> list[float]:
    """Processor seconds above idling of so many clicks; what idling costs is measured before, for five seconds."""
    await asyncio.sleep(4 * PACE)
    used, passed = await spent(ours, asyncio.sleep(5))
    idle, costs = used / passed, []
    for _ in range(steps):
        used, passed = await spent(ours, asyncio.gather(one.click(), asyncio.sleep(PACE)))
        costs.append(used - idle * passed)
    return costs


async def cost(ours: Server, one: Reader) -> tuple[int, float, float]:
    """(moment, processor time, time) of a click and the rest of its pace, for what the server does after it has answered."""
    used, passed = await spent(ours, asyncio.gather(one.click(), asyncio.sleep(PACE)))
    return int(one.stepper["at"].split(".")[1]), used, passed


async def spent(ours: Server, act: Awaitable) -> tuple[float, float]:
    """(processor time of the server, time) that pass meanwhile, in seconds."""
    used, since = ours.cpu(), perf_counter()
    await act
    return ours.cpu() - used, perf_counter() - since
