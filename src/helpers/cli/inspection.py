"""Inspect status sheets in their order: one by one, or many of them on all cores."""

from __future__ import annotations

__all__ = ["FEWEST", "Inspected", "Inspector", "inspect_all"]

from collections.abc import Iterator, Sequence
from pathlib import Path

from helpers.cli.inspector import Inspected as Inspected
from helpers.cli.inspector import Inspector as Inspector

FEWEST = 24  # files from which on it pays to start processes


def inspect_all(
    inspector: Inspector, files: Sequence[Path], processes: int | None = None
) -> Iterator[Inspected]:
    """Inspect files, in their order; many of them in several processes side by side, by default on all cores.

    Raises:
        GyokakuError: as of ``Inspector``.
    """
    for file in files:
        inspector.plan_folder(file)  # before anything is said
    if len(files) < FEWEST or processes == 1:
        yield from map(inspector.inspect, files)
        return
    # They load what starts and asks processes.
    from helpers.cli.inspection_crew import inspect_many
    from helpers.pipeline.crews.workers import usable_cores

    if (processes := processes or usable_cores()) == 1:
        yield from map(inspector.inspect, files)
    else:
        yield from inspect_many(inspector, files, processes)
