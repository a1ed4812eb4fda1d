"""What a command costs: seconds, CPU seconds, and the memory of all its processes."""

from __future__ import annotations

import ctypes
import platform
import re
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from environments import environment_variables

_PSS = re.compile(rb"^Pss: +(\d+) kB", re.M)
_EVERY = 0.05  # seconds between two looks at the memory
_KCMP, _KCMP_VM = {"x86_64": 312, "aarch64": 272}, 1  # Linux's system call that compares two processes


@dataclass(frozen=True)
class Cost:
    """Wall-clock and CPU seconds, user and system, of a command and all that it started and waited for."""

    seconds: float
    cpu_seconds: float


def run(command: Sequence[str], folder: Path, succeeds: bool = True) -> Cost:
    """Run a command to its end; ``succeeds``: whether it must end with 0.

    Raises:
        subprocess.CalledProcessError: it failed; what it wrote is in the error.
    """
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    try:
        subprocess.run(
            command,
            cwd=folder,
            env=environment_variables(),
            check=succeeds,
            capture_output=True,
            text=True,
        )
    except subprocess.CalledProcessError as error:
        error.add_note(error.stderr[-2000:])
        raise
    seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, cpu_seconds)


def peak_memory_mb(commands: Sequence[Sequence[str]], folder: Path) -> float:
    """The largest memory that commands, one after the other, had at any one time."""
    peak = 0
    for command in commands:
        with subprocess.Popen(
            command,
            cwd=folder,
            env=environment_variables(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            while process.poll() is None:
                peak = max(peak, sum(pss_kb(pid) for pid in descendants(process.pid)))
                time.sleep(_EVERY)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
    return peak / 1024


def descendants(root: int) -> set[int]:
    """A process and all below it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = _parent(int(entry.name))
            except (OSError, IndexError):
                continue
    found, grew = {root}, True
    while grew:
        below = {pid for pid, parent in parents.items() if parent in found}
        grew = not below <= found
        found |= below
    return found


def pss_kb(pid: int) -> int:
    """A process's own memory and its share of what it has in common with others.

    0 if it is gone, or not begun: a process that starts a program lends it its own memory until the program begins.
    """
    try:
        if shares_memory(pid, _parent(pid)):
            return 0
        found = _PSS.search(Path("/proc", str(pid), "smaps_rollup").read_bytes())
    except (OSError, IndexError):
        return 0
    return int(found[1]) if found else 0


def shares_memory(one: int, other: int) -> bool:
    """Whether two processes or threads are in one and the same memory; False where the system does not tell."""
    number = _KCMP.get(platform.machine())
    return number is not None and ctypes.CDLL(None).syscall(number, one, other, _KCMP_VM, 0, 0) == 0


def _parent(pid: int) -> int:
    # The name in parentheses may hold anything; the parent's number is the second field after it.
    return int(Path("/proc", str(pid), "stat").read_text().rsplit(")", 1)[1].split()[1])
