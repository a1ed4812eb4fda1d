"""The course of a build as it is shown: a line as each report ends, and on a terminal a bar while it is made."""

from __future__ import annotations

__all__ = ["Lines", "LinesThenBars", "watcher"]

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

from helpers.cli.terminal.screen import is_quiet, is_terminal, remark
from helpers.pipeline.outcome import Outcome, Watcher
from helpers.project import Target

if TYPE_CHECKING:
    from helpers.cli.terminal.bars import Bars


class Lines(Watcher):
    """For files and pipes: one line as each report ends."""

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def notes(self, text: str) -> None:
        """Show what the build waits for before it makes a report."""
        remark(text)

    def stand(self, outcomes: Sequence[Outcome]) -> None:
        """Show the lines of reports that stand in one piece: there may be thousands."""
        if outcomes:
            remark("\n".join(map(_line, outcomes)))

    def ends(self, outcome: Outcome) -> None:
        """'yamaguchi 令和4年度: 作成しました'."""
        remark(_line(outcome))


class LinesThenBars(Lines):
    """For a terminal: bars as soon as a report is being made, for every report of which nothing was said before."""

    def __init__(self) -> None:
        self._left: dict[Target, None] = {}
        self._bars: Bars | None = None
        self._lock = Lock()

    def __exit__(self, *_: object) -> None:
        if self._bars is not None:
            self._bars.stop()

    def begins(self, targets: Sequence[Target]) -> None:
        """Remember the reports; nothing is shown yet, as there may be nothing to make."""
        self._left = dict.fromkeys(targets)

    def advances(self, target: Target, done: float, step: str) -> None:
        """Let the report's bar grow; called from the threads in which reports are made."""
        with self._lock:
            if self._bars is None:
                # Loaded only now: a build with nothing to do has no use for it.
                from helpers.cli.terminal.bars import Bars

                self._bars = Bars(tuple(self._left))
            self._bars.advance(target, done, step)

    def stand(self, outcomes: Sequence[Outcome]) -> None:
        """Show lines for them; they get no bars."""
        for outcome in outcomes:
            del self._left[outcome.target]
        super().stand(outcomes)

    def ends(self, outcome: Outcome) -> None:
        """Show on the report's bar how it ended, or in a line where there are no bars yet."""
        with self._lock:
            if self._bars is not None:
                self._bars.end(outcome)
            else:
                del self._left[outcome.target]
                super().ends(outcome)


def _line(outcome: Outcome) -> str:
    done = "最新です" if outcome.is_current else "作成しました"
    return f"{outcome.target}: {'作成できません' if outcome.error else done}"


def watcher() -> Lines:
    """Choose bars for a terminal, lines for files and pipes."""
    return LinesThenBars() if is_terminal() and not is_quiet() else Lines()
