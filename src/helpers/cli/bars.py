"""Bars on a terminal, one per report."""

from __future__ import annotations

from collections.abc import Iterable

from rich.progress import BarColumn, Progress, TextColumn

from helpers.build.outcome import Outcome
from helpers.build.target import Target


class Bars:
    """A bar for each report, in order, shown until ``stop``."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("{task.fields[what]}"),
        )
        self._tasks = {
            target: self._progress.add_task(str(target), total=1.0, what="待ち") for target in targets
        }
        self._progress.start()

    def stop(self) -> None:
        """Leave the bars as they are."""
        self._progress.stop()

    def advance(self, target: Target, done: float, what: str) -> None:
        """The report's bar grows."""
        self._progress.update(self._tasks[target], completed=done, what=what)

    def end(self, outcome: Outcome) -> None:
        """The report's bar is full, or stays where the report failed."""
        task = self._tasks[outcome.target]
        if outcome.error is not None:
            self._progress.update(task, what="[red]作成できません")
        else:
            self._progress.update(task, completed=1.0, what="最新" if outcome.is_current else "完成")
