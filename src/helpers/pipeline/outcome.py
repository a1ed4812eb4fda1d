"""A finished report, the outcomes of a build, the receiver of its events, and the interface of what makes reports. Light to import."""

from __future__ import annotations

__all__ = [
    "BuildResult", "Crew", "CrewError", "MadeReport", "Outcome", "Progress", "Watcher", "WithheldError",
]  # fmt: skip

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from helpers.errors import BuildError, DataError, GyokakuError
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.manifest import NAME, Manifest, Summary, digests, identity
from helpers.project import Target

if TYPE_CHECKING:
    from helpers.sheets import Finding


# Called with the part of the work that is done (0 to 1) and the name of the step that begins.
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class MadeReport:
    """A finished report: the files of its folder, the processed frames of its year, its manifest."""

    files: Mapping[str, bytes]
    processed: Mapping[str, bytes]
    manifest: Manifest

    @classmethod
    def of(
        cls,
        target: Target,
        inputs: Inputs,
        summary: Summary,
        files: Mapping[str, bytes],
        processed: Mapping[str, bytes],
    ) -> MadeReport:
        """Add the manifest to the files of a report that this software made from ``inputs``."""
        manifest = Manifest(target, identity(target, inputs), summary, digests(files), digests(processed))
        return cls({**files, NAME: manifest.to_json()}, processed, manifest)


@dataclass(frozen=True)
class Outcome:
    """The outcome of one report.

    Attributes:
        summary: of the published report; None where it failed.
        error: why it failed; None where it was built or is up to date.
        is_current: it was up to date, and nothing was done.
        why: why it was made or had to be, or why nothing had to be done; empty where it failed before that was known.
        warnings: the findings about the year's sheet that are no errors.
        compared_less: the tables of which fewer cells were compared with published ones than for the report before.
    """

    target: Target
    summary: Summary | None = None
    error: Exception | None = None
    is_current: bool = False
    why: tuple[str, ...] = ()
    warnings: tuple[Finding, ...] = ()
    compared_less: str = ""


@dataclass(frozen=True)
class BuildResult:
    """The result of a build.

    Attributes:
        outcomes: in the order of plan and year, one per report; of a plan that could not be opened or locked, and of a
            lost cluster, only those that were settled before.
        problems: what went wrong outside single reports: a plan that cannot be used, a cluster, the index.
        unread: by plan, warnings of the spreadsheets in its folder that nothing reads.
    """

    outcomes: tuple[Outcome, ...]
    problems: tuple[GyokakuError, ...]
    unread: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whether nothing failed; a report whose figures differ from the published ones fails unless that is accepted."""
        return not self.problems and all(outcome.summary is not None for outcome in self.outcomes)


class Watcher:
    """Receives the events of a build; this base class ignores them."""

    def begins(self, targets: Sequence[Target]) -> None:
        """These reports will be built, in this order."""

    def stand(self, outcomes: Sequence[Outcome]) -> None:
        """These reports are known to be up to date; by default each of them ``ends``."""
        for outcome in outcomes:
            self.ends(outcome)

    def advances(self, target: Target, done: float, step: str) -> None:
        """This part of a report is done (0 to 1), and this step of it begins."""

    def notes(self, text: str) -> None:
        """A message that concerns no single report."""

    def ends(self, outcome: Outcome) -> None:
        """A report is published, up to date or has failed, or nothing becomes of it because its plan cannot be used."""


class WithheldError(DataError):
    """A report that needs an earlier year's sheet which has errors."""

    def __init__(self, year: FiscalYear, cause: FiscalYear, path: Path, findings: Sequence[Finding]) -> None:
        self.cause, self.findings = cause, tuple(findings)
        super().__init__(
            f"{cause}の状況調査（{path.name}）に誤りがあるため、{year}の報告書は更新しません（前の報告書はそのままです）"
        )


class CrewError(BuildError):
    """The crew can make no more reports; published ones stay."""


class Crew(Protocol):
    """Makes reports, several at a time: the cores of this computer (``workers``) or those of many (``cluster``)."""

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
