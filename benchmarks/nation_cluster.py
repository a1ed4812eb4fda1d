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
from nation_run import Run, Tell, watch_build
from nation_stages import BUILD, OTHERS
from nation_table import FLAT

WORKERS = (1, 2)  # workers of the runs, each on a core of its own
SCALES = 1.8  # wanted of two workers against one
ANSWER = "BENCH_ANSWER"  # the variable that queue_worker.py reads
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
    return _run(
        environment,
        folder,
        workers,
        reports,
        tell,
        [environment.program("gyokaku"), "build", "--root", str(root), "--cluster"],
    )


def run_queue(environment: Environment, root: Path, folder: Path, reports: int, tell: Tell) -> Run:
    """Send the orders of so many reports through a scheduler to a worker that answers each with a report of ``root``.

    Raises:
        subprocess.CalledProcessError: an order failed.
        RuntimeError: the scheduler did not start.
    """
    answer = min((root / "reports").glob("*/*/manifest.json")).parent
    program, target = Path(__file__).with_name("queue_client.py"), (answer.parent.name, answer.name)
    command = [environment.python, str(program), str(root), *target, str(reports)]
    return _run(environment, folder, 1, reports, tell, command, answer)


def _run(
    environment: Environment,
    folder: Path,
    workers: int,
    reports: int,
    tell: Tell,
    command: Sequence[str],
    answer: Path | None = None,
) -> Run:
    """Run a command, to which the scheduler's address is added; CPU time counts from the start of the cluster to its end."""
    before = cpu_of_children()
    # A loaded machine starts workers slowly.
    variables = environment_variables() | {"GYOKAKU_CLUSTER_SECONDS": "300"}
    with loopback_cluster(environment, folder, workers, answer) as cluster:
        run = watch_build([*command, cluster.address], variables, reports, workers, cluster.processes, tell)
    return replace(run, cpu_seconds=cpu_of_children() - before)


def queue_verdict(run: Run) -> str:
    """How the scheduler's memory grew with the orders that were done."""
    growth = run.growth(SCHEDULER)
    outcome = "holds" if growth <= FLAT else "**does not hold**"
    return (
        f"the scheduler's memory is flat over {run.reports:,} orders, answered at once with a report that was there "
        f"({run.per_minute:,.0f} a minute, {run.peak_mb(SCHEDULER):.0f} MB at most): "
        f"last tenth to second tenth {growth:.2f} (wanted ≤ {FLAT}): {outcome}; the client's: {run.growth(BUILD):.2f}"
    )


@contextmanager
def loopback_cluster(
    environment: Environment, folder: Path, workers: int, answer: Path | None = None
) -> Iterator[Cluster]:
    """Start a scheduler and its workers; at the end none is left. ``answer``: a report that workers give for every order."""
    file = folder / "scheduler.json"
    with ExitStack() as stack:
        variables = environment_variables() | ({ANSWER: str(answer)} if answer else {})

        def start(name: str, *command: str) -> subprocess.Popen[str]:
            log = stack.enter_context((folder / f"{name}.log").open("w", encoding="utf-8"))
            process = subprocess.Popen(command, cwd=folder, env=variables, stdout=log, stderr=log, text=True)
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
            worker = start(name, *_worker_command(environment, address, is_dry=answer is not None))
            # Its kernels inherit it: a worker stands for a computer of one core.
            os.sched_setaffinity(worker.pid, {cores[number % len(cores)]})
            processes[name] = worker.pid
        yield Cluster(address, processes)


def _worker_command(environment: Environment, address: str, *, is_dry: bool) -> list[str]:
    if not is_dry:
        return [environment.program("gyokaku"), "worker", address, "--jobs", "1"]
    options = ["--nthreads", "1", "--no-dashboard", "--memory-limit", "0"]
    preload = str(Path(__file__).with_name("queue_worker.py"))
    return [environment.program("dask"), "worker", address, *options, "--preload", preload]


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
