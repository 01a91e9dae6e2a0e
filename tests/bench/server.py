"""The server under test: `streamlit run app.py` on a free port of this machine, with the project's own configuration. What it
costs is read from outside, from the system's own account of the process, so the program measured is the one that is shipped."""

import ctypes
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import TimeoutExpired

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

from conftest import QUIET, browser_path, free_port, serve  # noqa: E402, F401 - the browser tests' own server and browser


@dataclass(frozen=True)
class Server:
    pid: int
    port: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of processor time that all its threads have used, by the system's clock for that process (Linux)."""
        clock = ctypes.c_int()
        if ctypes.CDLL(None).clock_getcpuclockid(self.pid, ctypes.byref(clock)):
            raise OSError(f"there is no processor clock of process {self.pid}")
        return time.clock_gettime(clock.value)

    def resident(self) -> float:
        """MB of memory in use (VmRSS, Linux)."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def server(**options: str) -> Iterator[Server]:
    """A fresh server; options are settings that this measurement changes, such as SERVER_DISCONNECTED_SESSION_TTL="5"."""
    changed = {f"STREAMLIT_{name}": value for name, value in options.items()}
    os.environ.update(changed)
    port = free_port()
    try:
        process = serve(port)
    finally:
        for name in changed:
            del os.environ[name]
    try:
        yield Server(process.pid, port)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except TimeoutExpired:
            process.kill()
            process.wait(timeout=10)
