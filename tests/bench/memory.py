"""Memory of the server process: what a live session adds, whether clicking goes on adding, and whether sessions that were opened
and closed leave something behind. Every session walks an experiment of its own, so what the caches keep for it is counted, too.

A closed session is kept for server.disconnectedSessionTTL, normally 120 s; here it is 4 s, to keep the measurement short.
"""

import asyncio

from reader import own, reader, readers
from report import Row
from server import Server, server

TTL = 4
LIVE = 30  # sessions at once
WARM, MORE = 4000, 2000  # clicks of all of them together
OPENED = 200  # sessions opened and closed
GROWTH = 1.10


def rows() -> list[Row]:
    with server(SERVER_DISCONNECTED_SESSION_TTL=str(TTL)) as ours:
        found = asyncio.run(measured(ours))
    each = (found["live"] - found["before"]) / LIVE
    return [
        Row(f"memory a live session ({LIVE}, two updates each)", "1.5 MB", f"{each:.2f} MB", each <= 1.5),
        growth(f"memory over {MORE:,} clicks, after {WARM:,}", found["warm"], found["more"]),
        growth(f"memory over {OPENED} sessions opened and closed", found["closed"], found["after"]),
    ]


def growth(what: str, before: float, after: float) -> Row:
    shown = f"{before:.0f} → {after:.0f} MB ({100 * (after / before - 1):+.1f} %)"
    return Row(what, "+10 %", shown, after <= GROWTH * before)


async def measured(ours: Server) -> dict[str, float]:
    """MB at each stage; each after a moment of rest."""
    found = {}
    async with reader(ours.host, own(999)) as warm:
        await clicks([warm], 40)
    found["before"] = await rested(ours)
    async with readers(ours.host, [own(i) for i in range(LIVE)]) as many:
        await clicks(many, 18)
        found["live"] = await rested(ours)
        await clicks(many, -(-WARM // LIVE) - 18)
        found["warm"] = await rested(ours)
        await clicks(many, -(-MORE // LIVE))
        found["more"] = await rested(ours)
    found["closed"] = await cleared(ours, 1000)
    for i in range(OPENED):
        async with reader(ours.host, own(LIVE + i)) as one:
            await one.click()
    found["after"] = await cleared(ours, 1001)
    return found


async def clicks(many, each: int) -> None:
    """Everyone clicks as soon as they have their answer."""

    async def go(one):
        for _ in range(each):
            await one.click()

    await asyncio.gather(*map(go, many))


async def rested(ours: Server) -> float:
    await asyncio.sleep(2)
    return ours.resident()


async def cleared(ours: Server, i: int) -> float:
    """After the closed sessions' time is up and one more visit, at which Streamlit notices that."""
    await asyncio.sleep(TTL + 2)
    async with reader(ours.host, own(i)):
        pass
    return await rested(ours)
