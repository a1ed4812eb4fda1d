"""Build many reports: one that fails never stops the others, and its old report stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.build import reasons
from helpers.build.exclusion import sole_writer
from helpers.build.inputs import Inputs, gather_inputs
from helpers.build.manifest import Manifest, Summary
from helpers.build.publication import clear_leftovers, publish_file, publish_folder
from helpers.build.standing import standing
from helpers.build.target import Target
from helpers.build.workers import Workers
from helpers.errors import DataError, SheetError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.lineage import years_used
from helpers.plan.plan_file import load_plan

if TYPE_CHECKING:
    from helpers.build.job import MadeReport
    from helpers.sheets import Finding, SheetReading


@dataclass(frozen=True)
class Outcome:
    """What became of one report.

    Attributes:
        summary: of the published report; None where it failed.
        error: why it failed; None where it was built or is up to date.
        is_current: it was up to date, and nothing was done.
        why: why it was made, or why nothing had to be done.
        warnings: the findings about the year's sheet that are no errors.
    """

    target: Target
    summary: Summary | None = None
    error: Exception | None = None
    is_current: bool = False
    why: tuple[str, ...] = ()
    warnings: tuple[Finding, ...] = ()


class Watcher:
    """Told of a build's course; does nothing by itself."""

    def begins(self, targets: Sequence[Target]) -> None:
        """These reports will be built, in this order."""

    def advances(self, target: Target, done: float, what: str) -> None:
        """A report is so far done (0 to 1) and doing this."""

    def ends(self, outcome: Outcome) -> None:
        """A report is published, up to date or has failed."""


@dataclass(frozen=True)
class PlanFolder:
    """A plan with the sheets that are there."""

    root: Path
    plan: Plan
    sheets: Mapping[FiscalYear, Path]

    @classmethod
    def open(cls, root: Path, plan_id: str) -> PlanFolder:
        """Read the plan and look for its sheets.

        Raises:
            DataError: the plan cannot be used, or two sheets are of one year.
        """
        from helpers.sheets import find_sheets

        plan = load_plan(root / "data" / "raw" / plan_id)
        return cls(root, plan, find_sheets(plan))

    def targets(self, years: Iterable[FiscalYear] = ()) -> list[Target]:
        """The reports of these years, or of every year that has a sheet."""
        return [Target(self.plan.id, year) for year in sorted(set(years) or self.sheets)]


class Builder:
    """Builds the reports of one plan, as many side by side as there are workers."""

    def __init__(
        self,
        folder: PlanFolder,
        workers: Workers,
        watcher: Watcher | None = None,
        force: bool = False,
        accepted: str = "",
    ) -> None:
        self.folder, self.workers = folder, workers
        self.watcher, self.force = watcher or Watcher(), force
        self.accepted = accepted
        self._why: dict[Target, tuple[str, ...]] = {}
        self._readings: dict[tuple[FiscalYear, bytes], SheetReading] = {}

    def build(self, targets: Sequence[Target]) -> list[Outcome]:
        """Build each report and publish it; the outcomes in the order of ``targets``, failures among them.

        Raises:
            BuildError: another build of the plan is running.
        """
        outcomes: dict[Target, Outcome] = {}
        begun: dict[Future[MadeReport], tuple[Target, tuple[Finding, ...]]] = {}

        def settle(target: Target, step: Callable[[], Outcome | None]) -> None:
            try:
                outcome = step()
            except Exception as error:
                # Every report stands for itself: what went wrong is shown at the end, also if it is a bug of ours.
                outcome = Outcome(target, error=error)
            if outcome is not None:
                outcomes[target] = outcome
                self.watcher.ends(outcome)

        root, plan_id = self.folder.root, self.folder.plan.id
        with sole_writer(root / "reports" / plan_id):
            clear_leftovers(root / "data" / "processed" / plan_id)
            for target in targets:
                settle(target, partial(self._begin, target, begun))
            for future in as_completed(begun):
                target, warnings = begun.pop(future)
                settle(target, partial(self._publish, target, future, warnings))
        return [outcomes[target] for target in targets]

    def _begin(
        self, target: Target, begun: dict[Future[MadeReport], tuple[Target, tuple[Finding, ...]]]
    ) -> Outcome | None:
        """Have the report made, noting it in ``begun``; its outcome if it is up to date."""
        inputs = gather_inputs(self.folder.root, self.folder.plan, self.folder.sheets, target, self.accepted)
        manifest, why = self._standing(target, inputs)
        if manifest is not None:
            return Outcome(target, manifest.summary, is_current=True, why=why)
        self._why[target] = why
        self.workers.start()
        warnings = self._check_sheets(target, inputs)
        future = self.workers.submit(
            target, inputs, len(warnings), lambda *done: self.watcher.advances(target, *done)
        )
        begun[future] = target, warnings
        return None

    def _publish(self, target: Target, future: Future[MadeReport], warnings: tuple[Finding, ...]) -> Outcome:
        made = future.result()
        publish_folder(self.folder.root / target.folder, made.files)
        for path, content in made.processed.items():
            publish_file(self.folder.root / path, content)
        return Outcome(target, made.manifest.summary, warnings=warnings, why=self._why[target])

    def _standing(self, target: Target, inputs: Inputs) -> tuple[Manifest | None, tuple[str, ...]]:
        """The manifest of the published report if it may stay, and why it may or may not."""
        if self.force:
            return None, (reasons.FORCED,)
        found = standing(self.folder.root, target, inputs)
        return found.manifest, found.why

    def _check_sheets(self, target: Target, inputs: Inputs) -> tuple[Finding, ...]:
        """Inspect every sheet that the report uses; its own year's warnings.

        Raises:
            SheetError: the year's own sheet has errors.
            WithheldError: an earlier year's sheet has errors.
        """
        used = years_used(self.folder.plan, target.year)
        years = sorted((year for year in self.folder.sheets if year in used), reverse=True)
        for year in years:
            reading = self._reading(year, inputs)
            if reading.has_errors and year == target.year:
                raise SheetError(reading.findings)
            if reading.has_errors:
                raise WithheldError(target.year, year, self.folder.sheets[year], reading.findings)
        return self._reading(target.year, inputs).findings

    def _reading(self, year: FiscalYear, inputs: Inputs) -> SheetReading:
        """The reading of a sheet, from the very bytes that the report is made from; each is read once."""
        from helpers.sheets import inspect_bytes

        path = self.folder.sheets[year]
        data = inputs.files[path.relative_to(self.folder.root).as_posix()]
        if (year, data) not in self._readings:
            self._readings[year, data] = inspect_bytes(data, path.name, self.folder.plan, year)
        return self._readings[year, data]


class WithheldError(DataError):
    """A report that needs an earlier year's sheet which has errors."""

    def __init__(self, year: FiscalYear, cause: FiscalYear, path: Path, findings: Sequence[Finding]) -> None:
        self.cause, self.findings = cause, tuple(findings)
        super().__init__(
            f"{cause}の状況調査（{path.name}）に誤りがあるため、{year}の報告書は更新しません（前の報告書はそのままです）"
        )
