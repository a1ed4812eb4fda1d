"""The interface of what makes reports: the cores of this computer (``workers``) or those of many (``cluster``)."""

from __future__ import annotations

__all__ = ["Crew", "CrewError"]

from concurrent.futures import Future
from typing import Protocol

from helpers.errors import BuildError
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.outcome import MadeReport, Progress
from helpers.pipeline.target import Target


class CrewError(BuildError):
    """The crew can make no more reports; published ones stay."""


class Crew(Protocol):
    """Makes reports, several at a time."""

    # Seconds to wait for a report before ``check`` is called; None: without limit.
    patience: float | None

    def start(self) -> None:
        """Get ready for the first report; does nothing a second time.

        Raises:
            CrewError: nothing can make a report.
        """

    def room(self) -> int:
        """How many reports should be under way: enough to keep the crew busy, few enough to keep in memory.

        Raises:
            CrewError: nothing is left that can make a report.
        """

    def submit(self, target: Target, inputs: Inputs, warnings: int, progress: Progress) -> Future[MadeReport]:
        """Have a report made; the future raises what ``make_report`` raises, or that it cannot be made here."""

    def check(self) -> None:
        """Look whether the reports that are under way will still be made.

        Raises:
            CrewError: they will not.
        """
