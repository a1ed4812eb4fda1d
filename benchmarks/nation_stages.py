"""The CPU time of a run by its stages, and which of them is the next bottleneck.

A stage is told by its processes. One that is a single process has a ceiling, however many cores there are: 60 seconds a
minute over its CPU seconds a report. So have the cores together, and the disk by the time that cores waited for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markdown_table import markdown

BUILD, OTHERS = "build", "others"  # the parent process, and everything below it
CELLS, TYPST, DISK = "cells", "Typst", "waiting for the disk"
WORKERS = "workers: page, tables, proof"
# What stands in the command lines of the processes of a stage; kernels are forks and have their server's.
_MODULES = {CELLS: b"helpers.pipeline.kernels.child", TYPST: b"helpers.export.pdf.typst_server"}
_BUILD = "the build's own process: page, tables, proof, publication"
_CLIENT = "the client's own process: sheets, receipts, publication"
_HEADS = ("stage", "CPU seconds a report", "part", "processes", "reports/min at most")


@dataclass(frozen=True)
class Stage:
    """The CPU seconds of a stage in a run, and the processes that shared them."""

    name: str
    cpu_seconds: float
    processes: int


def stage_of(pid: int, group: str) -> str:
    """The stage of a process, by its command line and the group that it is watched in; raises OSError if it is gone."""
    if group == BUILD:
        return BUILD
    line = Path("/proc", str(pid), "cmdline").read_bytes()
    own = WORKERS if group.startswith("worker") else group
    return next((stage for stage, module in _MODULES.items() if module in line), own)


def disk_seconds() -> float:
    """The seconds that cores of this machine have waited for a disk since it started (``iowait``)."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()
    return int(fields[5]) / 100


def ceilings(
    stages: Mapping[str, Stage], reports: int, cores: int, disk: float
) -> Iterator[tuple[Stage, float]]:
    """Each stage with the most reports a minute that it lets through; infinity where it took no time.

    There are as many kernels and workers as one likes: they have the ceiling of the cores.
    """
    for stage in (*stages.values(), Stage(DISK, disk, 1)):
        processes = max(cores, stage.processes) if stage.name in (CELLS, WORKERS) else stage.processes
        yield stage, 60 * processes * reports / stage.cpu_seconds if stage.cpu_seconds else float("inf")


def bottleneck(
    stages: Mapping[str, Stage], reports: int, cores: int, cpu_seconds: float, disk: float, per_minute: float
) -> str:
    """A table of the stages, and the sentence that names the next bottleneck; ``per_minute``: reports that were made."""
    limits = sorted(ceilings(stages, reports, cores, disk), key=lambda each: each[1])
    seen = sum(stage.cpu_seconds for stage in stages.values())
    names = {BUILD: _CLIENT if WORKERS in stages else _BUILD}
    lines = [
        (
            names.get(stage.name, stage.name),
            f"{stage.cpu_seconds / reports:.2f}",
            "" if stage.name == DISK else f"{stage.cpu_seconds / seen:.0%}",
            "" if stage.name == DISK else f"{stage.processes}",
            "" if limit == float("inf") else f"{limit:,.0f}",
        )
        for stage, limit in limits
    ]
    of_cores = 60 * cores * reports / cpu_seconds
    # With more cores come more kernels and, on a cluster, more workers, each with a Typst of its own.
    growing = {CELLS, WORKERS, TYPST} if WORKERS in stages else {CELLS}
    first, limit = next(each for each in limits if each[0].name not in growing)
    name = names.get(first.name, first.name)
    if of_cores <= limit:
        said = (
            f"the {cores} core{'s' * (cores > 1)}: {cpu_seconds / reports:.2f} core-seconds a report let {of_cores:,.0f} a minute through; "
            f"with more of them {name}, at {limit:,.0f} a minute"
        )
    else:
        said = f"{name}: it lets {limit:,.0f} reports a minute through, the cores ({cores}) {of_cores:,.0f}"
    return "\n".join(
        [
            markdown(_HEADS, lines),
            "",
            f"* next bottleneck at {reports:,} reports ({per_minute:.1f} made a minute): {said}",
        ]
    )
