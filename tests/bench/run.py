"""The benchmark: how fast, how small and how steady, as a table. It is read by people, not by the tests, because its figures belong
to the machine they were measured on. Let the machine be quiet meanwhile: the load average is printed so that one can tell.

    .venv/bin/python tests/bench/run.py            everything, about fifteen minutes
    .venv/bin/python tests/bench/run.py engine     only these: engine, rates, network, optimizers, wire, click, page, drag, layers,
                                                   lockstep, load, memory

Each part starts a server of its own where it needs one, on a free port of this machine, and warms it up before it counts. The
processor time and the memory of the server are read as Linux gives them, so click, drag, layers, lockstep, load and memory run on
Linux only.
"""

import sys
from importlib import import_module

import report

PARTS = {
    "engine": "engine_speed",
    "rates": "rate_speed",
    "network": "network_speed",
    "optimizers": "optimizer_speed",
    "wire": "wire",
    "click": "click_cpu",
    "page": "page_speed",
    "drag": "rate_page",
    "layers": "network_page",
    "lockstep": "race_page",
    "load": "load",
    "memory": "memory",
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    print(report.header(), flush=True)
    for name in names or PARTS:
        for row in import_module(PARTS[name]).rows():
            print(report.line(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
