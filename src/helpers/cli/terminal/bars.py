"""Bars on a terminal: one per report or, of many reports, one for them all and one for each that is being made."""

from __future__ import annotations

__all__ = ["Bars"]

from collections.abc import Iterable

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from helpers.pipeline.outcome import Outcome
from helpers.project import Target

_MOST = 12  # bars that a terminal has room for, with what stood there before


class Bars:
    """A bar for each report, in order, shown until ``stop``."""

    def __init__(self, targets: Iterable[Target]) -> None:
        targets = list(targets)
        are_many = len(targets) > _MOST
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("{task.fields[step]}"),
            *([TimeRemainingColumn()] if are_many else []),
        )
        self._count, self._ended, self._failed = len(targets), 0, 0
        self._whole = (
            self._progress.add_task("全体", total=len(targets), step=self._ended_of_all())
            if are_many
            else None
        )
        self._tasks = {} if are_many else {target: self._added(target) for target in targets}
        self._progress.start()

    def stop(self) -> None:
        """Leave the bars as they are."""
        self._progress.stop()

    def advance(self, target: Target, done: float, step: str) -> None:
        """Let the report's bar grow, and say what is being done."""
        if target not in self._tasks:
            self._tasks[target] = self._added(target)
        self._progress.update(self._tasks[target], completed=done, step=step)

    def end(self, outcome: Outcome) -> None:
        """Fill the report's bar, or leave it where the report failed; of many reports, remove it."""
        self._ended += 1
        self._failed += outcome.error is not None
        if self._whole is not None:
            if (task := self._tasks.pop(outcome.target, None)) is not None:
                self._progress.remove_task(task)
            self._progress.update(self._whole, completed=self._ended, step=self._ended_of_all())
        elif outcome.error is not None:
            self._progress.update(self._tasks[outcome.target], step="[red]作成できません")
        else:
            self._progress.update(
                self._tasks[outcome.target], completed=1.0, step="最新" if outcome.is_current else "完成"
            )

    def _added(self, target: Target) -> TaskID:
        return self._progress.add_task(str(target), total=1.0, step="待ち")

    def _ended_of_all(self) -> str:
        failed = f"　[red]作成できません {self._failed}件" if self._failed else ""
        return f"{self._ended}/{self._count}件{failed}"
