"""A cluster on this machine: a scheduler and worker processes that listen on the loopback interface alone."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from environments import Environment, environment_variables
from markdown_table import markdown
from nation_processes import cpu_of_children, end_tree
from nation_run import BUILD, OTHERS, Run, Tell, watch_build

WORKERS = (1, 2)  # workers of the runs, each on a core of its own
SCALES = 1.8  # wanted of two workers against one
SCHEDULER = "scheduler"
_HEADS = (
    "workers", "reports", "seconds", "reports/min", "core-seconds/report", "build's memory, peak",
    "scheduler's memory, peak", "scheduler's growth", "workers' memory, peak (each)", "workers' growth",
)  # fmt: skip
_UP = 60.0  # seconds that a scheduler gets to listen


@dataclass(frozen=True)
class Cluster:
    """A scheduler's address, and the processes by the names under which their memory is told."""

    address: str
    processes: Mapping[str, int]


def worker_name(number: int) -> str:
    """'worker 1'."""
    return f"worker {number}"


def run_on_cluster(
    environment: Environment, root: Path, folder: Path, reports: int, workers: int, tell: Tell
) -> Run:
    """Build with a scheduler and so many workers; their CPU time counts from their start to their end.

    Raises:
        subprocess.CalledProcessError: the build failed.
        RuntimeError: the scheduler did not start.
    """
    before = cpu_of_children()
    with loopback_cluster(environment, folder, workers) as cluster:
        run = watch_build(
            [environment.program("gyokaku"), "build", "--root", str(root), "--cluster", cluster.address],
            environment_variables(),
            reports,
            workers,
            cluster.processes,
            tell,
        )
    return replace(run, cpu_seconds=cpu_of_children() - before)


@contextmanager
def loopback_cluster(environment: Environment, folder: Path, workers: int) -> Iterator[Cluster]:
    """Start a scheduler and its workers; at the end none is left."""
    file = folder / "scheduler.json"
    with ExitStack() as stack:

        def start(name: str, *command: str) -> subprocess.Popen[str]:
            log = stack.enter_context((folder / f"{name}.log").open("w", encoding="utf-8"))
            process = subprocess.Popen(
                command, cwd=folder, env=environment_variables(), stdout=log, stderr=log, text=True
            )
            stack.callback(end_tree, process)
            return process

        scheduler = start(
            SCHEDULER,
            *(environment.program("dask"), "scheduler", "--host", "127.0.0.1", "--port", "0"),
            *("--no-dashboard", "--scheduler-file", str(file)),
        )
        address = _address(file, scheduler, folder / f"{SCHEDULER}.log")
        processes = {SCHEDULER: scheduler.pid}
        cores = sorted(os.sched_getaffinity(0))
        for number in range(1, workers + 1):
            name = worker_name(number)
            worker = start(name, environment.program("gyokaku"), "worker", address, "--jobs", "1")
            # Its kernels inherit it: a worker stands for a computer of one core.
            os.sched_setaffinity(worker.pid, {cores[number % len(cores)]})
            processes[name] = worker.pid
        yield Cluster(address, processes)


def cluster_table(runs: Sequence[Run]) -> str:
    """A line per run, as Markdown."""
    return markdown(
        _HEADS,
        [
            (
                f"{run.cores}",
                f"{run.reports:,}",
                f"{run.seconds:,.1f}",
                f"{run.per_minute:.1f}",
                f"{run.core_seconds:.2f}",
                f"{run.peak_mb(BUILD) + run.peak_mb(OTHERS):.0f} MB",
                f"{run.peak_mb(SCHEDULER):.0f} MB",
                f"{run.growth(SCHEDULER):.2f}",
                ", ".join(f"{run.peak_mb(name):.0f} MB" for name in _names(run)),
                ", ".join(f"{run.growth(name):.2f}" for name in _names(run)),
            )
            for run in runs
        ],
    )


def scaling(one: Run, two: Run) -> str:
    """How much more two workers make than one."""
    ratio = two.per_minute / one.per_minute
    outcome = "holds" if ratio >= SCALES else "**does not hold**"
    return f"two workers make more reports a minute than one: {ratio:.2f} × (wanted ≥ {SCALES:g}): {outcome}"


def _names(run: Run) -> list[str]:
    return [worker_name(number) for number in range(1, run.cores + 1)]


def _address(file: Path, scheduler: subprocess.Popen[str], log: Path) -> str:
    deadline = time.monotonic() + _UP
    while time.monotonic() < deadline and scheduler.poll() is None:
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except (OSError, json.JSONDecodeError, KeyError):
            time.sleep(0.1)
    raise RuntimeError(f"the scheduler did not start: {log.read_text(encoding='utf-8')[-2000:]}")
