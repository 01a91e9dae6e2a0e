"""How a benchmark reports: one row for every figure, beside the limit it has to keep. Durations are shown as median / p95, because
one slow click in twenty is what a reader notices; a row without a limit is there to explain another one."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median

WIDTHS = (62, 16, 40, 8)


@dataclass(frozen=True)
class Row:
    """kept: whether the limit is kept, or None where there is none."""

    what: str
    limit: str
    measured: str
    kept: bool | None = None


def p95(numbers: Sequence[float]) -> float:
    """The smallest measured value that at least 95 % of all do not exceed."""
    ranked = sorted(numbers)
    return ranked[max(0, -(-95 * len(ranked) // 100) - 1)]


def pair(seconds: Sequence[float], digits: int = 0) -> str:
    """Median / p95 in milliseconds."""
    return f"{1e3 * median(seconds):.{digits}f} / {1e3 * p95(seconds):.{digits}f} ms (n = {len(seconds)})"


def header() -> str:
    """The facts about this machine that the figures depend on, and the names of the columns."""
    load = ", ".join(f"{x:.2f}" for x in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "numpy", "sympy", "plotly"))
    facts = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}, {packages}"
    columns = cells("what", "limit", "measured", "verdict")
    return f"{facts}\nload average at the start: {load} (1, 5, 15 minutes)\n\n{columns}\n{'-' * len(columns)}"


def line(row: Row) -> str:
    verdict = {None: "", True: "met", False: "NOT MET"}[row.kept]
    return cells(row.what, row.limit, row.measured, verdict)


def cells(*texts: str) -> str:
    return "  ".join(f"{text:<{width}}" for text, width in zip(texts, WIDTHS, strict=True)).rstrip()
