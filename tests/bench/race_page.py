"""The Optimizers page on a running server: what a step in lockstep costs it, for the four lanes that the page opens with and for
the six that have the most to say, on a test function and on a network."""

import asyncio
from statistics import fmean
from urllib.parse import urlencode

from click_cpu import steady
from reader import reader
from report import Row, pair
from server import Server, server

PAGE, STEPS = "optimizers", 40
CPU = 0.040
SIX = "momentum,nesterov,adagrad,rmsprop,adam,nadam"
XOR = {"data": "xor", "hidden": "4:tanh", "bias": "1", "act": "sigmoid", "loss": "cross_entropy_logits", "seed": "0"}
RACES = {
    "4 optimizers on the ravine": {},
    "6 optimizers on Rosenbrock": {"on": "rosenbrock", "opt": SIX, "eta": "0.001"},
    "6 optimizers on XOR 2-4-1": {**XOR, "on": "experiment", "opt": SIX, "eta": "0.01"},
}


def rows() -> list[Row]:
    found = []
    for name, words in RACES.items():
        with server() as ours:
            found.append(asyncio.run(steps(ours, name, words)))
    return found


async def steps(ours: Server, name: str, words: dict[str, str]) -> Row:
    """Steps from the start on, each of them new; idling is taken off, as in click_cpu."""
    async with reader(ours.host, urlencode({**words, "lang": "en", "at": "100.1"}), PAGE) as warm:
        for _ in range(10):
            await warm.click()
    async with reader(ours.host, urlencode({**words, "lang": "en"}), PAGE) as one:
        costs = await steady(ours, one, STEPS)
    shown = f"{1e3 * fmean(costs):.1f} ms; {pair(costs, 1)}"
    return Row(f"lockstep step, {name}, CPU: mean; median / p95", "40 ms (mean)", shown, fmean(costs) <= CPU)
