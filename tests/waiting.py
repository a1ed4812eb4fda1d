"""Wait for what other processes do, and look for those that are left."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def wait_until(holds: Callable[[], object], seconds: float) -> bool:
    """Whether something holds at once or within so many seconds."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return bool(holds())


def processes_of(folder: Path) -> list[str]:
    """The processes that were told of a folder; forked kernels say so in their working directory only."""
    commands = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            if str(folder).encode() in command or (process / "cwd").readlink().is_relative_to(folder):
                commands.append((process / "cmdline").read_text().replace("\0", " "))
    return commands
