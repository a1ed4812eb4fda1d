"""Build a nation's worth of synthetic municipalities: how memory and cost grow with the number of reports.

Makes municipalities that do not exist, each a plan of about 40 items with a status sheet a year, in a temporary
folder; builds all their reports with the real command, once for each size and each time from nothing; and prints
a Markdown table, whether memory is flat and cost linear, and what 1,741 municipalities x 10 years would cost, as
an extrapolation. Takes Linux and, to install the locked environment, a package registry.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any

from environments import REPOSITORY, Environment, environment_variables, make_environment
from machine import cores, machine
from nation_cluster import WORKERS, cluster_table, queue_verdict, run_on_cluster, run_queue, scaling
from nation_plans import write_plans
from nation_processes import adopting_orphans
from nation_run import Run, Tell, watch_build
from nation_stages import bottleneck
from nation_table import core_hours, extrapolation, table, unseen, verdicts
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

SIZES, YEARS, SEED, CLUSTER_SIZE, QUEUED = (10, 100, 1000), 10, 1741, 100, 10_000


def lay_out(root: Path, reports: int, years: int, seed: int) -> Path:
    """A project of synthetic plans with the project's own notebooks and lock file."""
    write_plans(root, reports, years, seed)
    shutil.copytree(
        REPOSITORY / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    shutil.copytree(REPOSITORY / "requirements", root / "requirements")
    return root


def build_command(environment: Environment, root: Path, *arguments: str) -> list[str]:
    """The real command."""
    return [environment.program("gyokaku"), "build", "--root", str(root), *arguments]


def run_local(environment: Environment, root: Path, reports: int, jobs: int, tell: Tell) -> Run:
    """Build on this machine, from nothing."""
    command = build_command(environment, root, "--jobs", str(jobs))
    return watch_build(command, environment_variables(), reports, min(jobs, cores()), tell=tell)


@contextmanager
def progress_line(what: str, reports: int, console: Console) -> Iterator[Tell]:
    """One line on the screen; in a file, a line at each tenth."""
    if not console.is_terminal:
        step = max(1, reports // 10)

        def print_tenths(done: int, memory_mb: float) -> None:
            if done % step == 0 or done == reports:
                console.print(f"{what}: {done:,} of {reports:,}, build {memory_mb:.0f} MB", highlight=False)

        yield print_tenths
        return
    memory = TextColumn("{task.fields[memory]}")
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), memory,
        console=console, transient=True,
    ) as progress:  # fmt: skip
        task = progress.add_task(what, total=reports, memory="")
        yield lambda done, mb: progress.update(task, completed=done, memory=f"build {mb:.0f} MB")


def as_json(run: Run) -> dict[str, Any]:
    """A run with its derived figures."""
    return asdict(run) | {
        "reports_per_minute": run.per_minute,
        "reports_per_minute_and_core": run.per_minute_and_core,
        "core_seconds_per_report": run.core_seconds,
        "extrapolated_core_hours": core_hours(run),
    }


def report(runs: Sequence[Run], on_cluster: Sequence[Run]) -> str:
    """Everything that is printed about runs, as Markdown."""
    lines = [table(runs), ""]
    if told := [*map(str, verdicts(runs)), *filter(None, map(unseen, (*runs, *on_cluster)))]:
        lines += [*(f"* {line}" for line in told), ""]
    largest = max(runs, key=lambda run: run.reports)
    lines += [*_bottleneck(largest), "", extrapolation(largest, "on one machine")]
    if queue := on_cluster[len(WORKERS) :]:
        on_cluster = on_cluster[: len(WORKERS)]
    if on_cluster:
        lines += [
            "",
            "With a Dask scheduler and workers of one report at a time, each on a core of this machine:",
            "",
        ]
        lines += [cluster_table(on_cluster), ""]
        lines += [f"* {scaling(on_cluster[0], on_cluster[-1])}", "", *_bottleneck(on_cluster[-1]), ""]
        lines += [extrapolation(on_cluster[-1], "on a cluster, scheduler and client among them")]
        lines += [f"\n* {queue_verdict(run)}" for run in queue]
    return "\n".join(lines)


def _bottleneck(run: Run) -> list[str]:
    what = (run.stages, run.reports, run.cores, run.cpu_seconds, run.disk_seconds, run.per_minute)
    return [bottleneck(*what)] if run.stages else []


def parse_options(arguments: list[str] | None = None) -> argparse.Namespace:
    """What is measured."""
    parser = argparse.ArgumentParser(
        prog="make bench-nation ARGS=…",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--sizes", type=_sizes, default=SIZES, metavar="N,N,…",
        help="how many reports to build, one run after the other (default: 10,100,1000)",
    )  # fmt: skip
    parser.add_argument(
        "--years", type=_positive, default=YEARS, metavar="N",
        help="reports of each municipality; the last may have fewer (default: 10)",
    )  # fmt: skip
    parser.add_argument(
        "--cluster-size", type=_whole, default=CLUSTER_SIZE, metavar="N",
        help="how many reports to build once more with a Dask scheduler and one and two workers on this machine "
        "(default: 100; 0 leaves it out)",
    )  # fmt: skip
    parser.add_argument(
        "--queued", type=_whole, default=QUEUED, metavar="N",
        help="how many orders to send through the scheduler to a worker that answers at once with a report that is "
        f"there, to see whether the scheduler's memory grows (default: {QUEUED:,}; 0 leaves it out)",
    )  # fmt: skip
    parser.add_argument(
        "--jobs", type=_positive, default=cores(), metavar="N",
        help="reports made side by side (default: the cores of this machine)",
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=int, default=SEED, metavar="N",
        help="another seed makes other municipalities; the same one makes the same bytes",
    )  # fmt: skip
    parser.add_argument(
        "--environment", type=Path, metavar="FOLDER",
        help="build with the gyokaku of this virtual environment (default: one made from the lock file)",
    )  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="write figures and samples there, too")
    parser.add_argument(
        "--keep", action="store_true", help="keep the temporary folder with its reports, and say where it is"
    )
    options = parser.parse_args(arguments)
    if options.json and not options.json.parent.is_dir():
        parser.error(f"there is no folder {options.json.parent} for --json")
    return options


def measure(
    environment: Environment, options: argparse.Namespace, folder: Path, console: Console
) -> list[Run]:
    """Build every size, each in a project of its own."""
    runs = []
    for reports in options.sizes:
        root = lay_out(folder / f"{reports}", reports, options.years, options.seed)
        with progress_line(f"{reports:,} reports", reports, console) as tell:
            runs.append(run_local(environment, root, reports, options.jobs, tell))
        if not options.keep:
            shutil.rmtree(root)
    return runs


def measure_cluster(
    environment: Environment, options: argparse.Namespace, folder: Path, console: Console
) -> list[Run]:
    """Build one size with a scheduler and one worker, then with two; then send many orders through a scheduler."""
    reports, runs = options.cluster_size, []
    for workers in WORKERS:
        root = lay_out(folder / f"cluster-{workers}", reports, options.years, options.seed)
        with progress_line(f"{reports:,} reports, {workers} of a cluster", reports, console) as tell:
            runs.append(run_on_cluster(environment, root, root, reports, workers, tell))
    if options.queued:
        with progress_line(f"{options.queued:,} orders", options.queued, console) as tell:
            runs.append(run_queue(environment, root, root, options.queued, tell))
    return runs


def main() -> None:
    """Measure what was asked for and print it."""
    options, console = parse_options(), Console(stderr=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    about = machine()
    folder = Path(tempfile.mkdtemp(prefix="gyokaku-nation-"))
    try:
        with adopting_orphans():
            # Both at once: they are made from the files of this repository, which may change in half an hour.
            here = _environment(options, "base")
            there = _environment(options, "cluster") if options.cluster_size else None
            runs = measure(here, options, folder, console)
            on_cluster = measure_cluster(there, options, folder, console) if there else []
    except KeyboardInterrupt:
        sys.exit(130)
    except CalledProcessError as error:
        sys.exit("\n".join([str(error), *error.__notes__]))
    finally:
        if options.keep:
            print(f"Kept: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(about, "", report(runs, on_cluster), sep="\n")
    if options.json:
        told: dict[str, Any] = {"machine": about, "years": options.years, "seed": options.seed}
        told |= {"runs": list(map(as_json, runs)), "cluster": list(map(as_json, on_cluster))}
        options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _environment(options: argparse.Namespace, layer: str) -> Environment:
    return Environment(options.environment) if options.environment else make_environment(layer)


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(_positive(size) for size in text.split(","))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return number


def _whole(text: str) -> int:
    return 0 if text == "0" else _positive(text)


if __name__ == "__main__":
    main()
