"""What a benchmark ran on."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path

from environments import Environment


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


def machine() -> str:
    """Processor, cores, system, and the load before anything was measured."""
    cpus = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":", 1)[1].strip() for line in cpus if line.startswith("model name")), "")
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    load = os.getloadavg()[0]
    return f"{model or platform.processor()}, {cores()} cores, {system}, load {load:.1f} at the beginning"


def versions(environment: Environment, names: Sequence[str]) -> str:
    """Those packages of an environment that it has, with their versions."""
    code = (
        "from importlib.metadata import distributions\n"
        f"found = {{one.name: one.version for one in distributions()}}; wanted = {tuple(names)}\n"
        "print(*(f'{name} {found[name]}' for name in wanted if name in found), sep=', ')"
    )
    printed = subprocess.run([environment.python, "-c", code], capture_output=True, text=True, check=True)
    return printed.stdout.strip()
