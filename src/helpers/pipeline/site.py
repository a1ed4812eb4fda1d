"""One plan during a build: its files, its lock and the readings of its sheets."""

from __future__ import annotations

__all__ = ["PlanFolder", "PlanSite"]

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from helpers.errors import DataError, SheetError
from helpers.files.paths import Kind, kind_of
from helpers.files.writing import sha256_of
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.inputs import Inputs, gather_inputs
from helpers.pipeline.outcome import WithheldError
from helpers.pipeline.publication.exclusion import InUseError, clear_leftovers, has_leftovers, sole_writer
from helpers.plan import PLAN_FILES, Plan
from helpers.plan.lineage import years_used
from helpers.plan.reading.plan_file import load_plan
from helpers.plan.reading.published_folder import published_years
from helpers.project import Target

if TYPE_CHECKING:
    from helpers.pipeline.outcome import MadeReport
    from helpers.sheets import Finding, SheetReading


@dataclass(frozen=True)
class PlanFolder:
    """A plan with the sheets that are there.

    Attributes:
        plan_files: SHA-256 of the files that the plan was read from, by name.
        doubled: the errors for years with several sheets, of which ``sheets`` has the first by name.
        unread: warnings of the spreadsheets and published figures in the folder that nothing reads.
        published: the years that have published figures.
    """

    root: Path
    plan: Plan
    sheets: Mapping[FiscalYear, Path]
    plan_files: Mapping[str, str]
    doubled: Mapping[FiscalYear, tuple[Finding, ...]] = field(default_factory=dict)
    unread: tuple[Finding, ...] = ()
    published: tuple[FiscalYear, ...] = ()

    @classmethod
    def open(cls, root: Path, plan_id: str) -> PlanFolder:
        """Read the plan and look for its sheets.

        Raises:
            DataError: the plan cannot be used.
        """
        from helpers.sheets import SheetFolder

        folder = root / "data" / "raw" / plan_id
        # Before the plan is read, so that ``gather`` notices a file that changes in between.
        plan_files = {}
        for name in PLAN_FILES:
            if kind_of(folder / name) is Kind.FILE:
                with suppress(OSError):  # load_plan reports it
                    plan_files[name] = sha256_of((folder / name).read_bytes())
        plan = load_plan(folder)
        sheets = SheetFolder.look(folder)
        published = published_years(plan)
        uncompared = (year for year in published if year not in sheets.sheets)
        unread = (*sheets.unread, *map(_without_sheet, uncompared))
        return cls(root, plan, sheets.sheets, plan_files, sheets.doubled, unread, published)

    def check_names(self, target: Target) -> None:
        """Refuse to choose between two sheets of one year.

        Raises:
            SheetError: there are two of the report's own year.
            WithheldError: there are two of an earlier year that it uses.
            DataError: no implementation plan covers the year.
        """
        used = years_used(self.plan, target.year) if self.doubled and target.year in self.sheets else ()
        for year in sorted(self.doubled.keys() & used, reverse=True):
            if year == target.year:
                raise SheetError(self.doubled[year])
            raise WithheldError(target.year, year, self.sheets[year], self.doubled[year])

    def gather(self, target: Target, accepted: str = "") -> Inputs:
        """The bytes of everything that a report is made from.

        Raises:
            DataError: as of ``gather_inputs`` and ``check_names``; or the plan's files are no longer those that the
                plan was read from.
            UsageError: as of ``gather_inputs``.
        """
        self.check_names(target)
        inputs = gather_inputs(self.root, self.plan, self.sheets, target, accepted)
        for name, sha256 in self.plan_files.items():
            path = (self.plan.folder / name).relative_to(self.root).as_posix()
            if name in self.plan.files and sha256_of(inputs.files[path]) != sha256:
                # The sheets and neighbours were chosen by the old plan.
                raise DataError(
                    f"{path} は、作成を始めた後に変わりました。保存が終わってから、もう一度実行してください"
                )
        return inputs


class PlanSite:
    """The folders of one plan during a build; closed after the plan's last report."""

    def __init__(self, root: Path, plan_id: str) -> None:
        """Open the plan, and mend what a killed build left.

        Raises:
            DataError: the plan cannot be used.
            InUseError: something has to be mended, and another build is at work there.
        """
        self.folder = PlanFolder.open(root, plan_id)
        self._reports, self._processed = (root / part / plan_id for part in ("reports", "data/processed"))
        self._readings: dict[tuple[FiscalYear, str], SheetReading] = {}
        self._lock = ExitStack()
        self._is_locked = False
        if has_leftovers(self._reports) or has_leftovers(self._processed):
            self.lock()

    def lock(self) -> bool:
        """Keep other builds out until ``close``; whether they could come in until now.

        Raises:
            InUseError: another build is at work there, or the folders cannot be written.
        """
        if self._is_locked:
            return False
        self._lock.enter_context(sole_writer(self._reports))
        self._is_locked = True
        try:
            clear_leftovers(self._processed)
        except OSError as error:
            self.close()
            raise InUseError(
                f"data/processed/{self._processed.name} を片付けられません（{error.strerror}）。"
                "書き込みの権限を確かめてください"
            ) from error
        return True

    def close(self) -> None:
        """Let other builds of the plan begin."""
        self._lock.close()
        self._is_locked = False
        self._readings.clear()

    def check_sheets(self, target: Target, inputs: Inputs) -> tuple[Finding, ...]:
        """Inspect every sheet that the report uses; its own year's warnings.

        Raises:
            SheetError: the year's own sheet has errors.
            WithheldError: an earlier year's sheet has errors.
        """
        used = years_used(self.folder.plan, target.year)
        for year in sorted((year for year in self.folder.sheets if year in used), reverse=True):
            reading = self._reading(year, inputs)
            if reading.has_errors and year == target.year:
                raise SheetError(reading.findings)
            if reading.has_errors:
                raise WithheldError(target.year, year, self.folder.sheets[year], reading.findings)
        return self._reading(target.year, inputs).findings

    def frames(self, target: Target, inputs: Inputs) -> dict[str, bytes]:
        """The frames of the sheets that a report uses, by path; ``check_sheets`` let them pass."""
        from helpers.history.processed import frame_files

        plan, used = self.folder.plan, years_used(self.folder.plan, target.year)
        readings = [self._reading(year, inputs) for year in self.folder.sheets if year in used]
        return {
            (target.processed.parent / name).as_posix(): content
            for reading in readings
            if reading.status_sheet is not None
            for name, content in frame_files(plan, reading.status_sheet).items()
        }

    def publish(self, target: Target, made: MadeReport) -> None:
        """Put a report in the place of the one that is there.

        Raises:
            BuildError: it could not be written; the old one stays.
        """
        from helpers.pipeline.publication.publication import OLD_STAYS, publish_file, publish_folder

        # Readers see the new report last, when nothing can fail any more: a new frame beside the old one proves itself.
        for path, content in made.processed.items():
            publish_file(self.folder.root / path, content, OLD_STAYS)
        publish_folder(self.folder.root / target.folder, made.files)

    def _reading(self, year: FiscalYear, inputs: Inputs) -> SheetReading:
        """The reading of a sheet, from the very bytes that the report is made from; each is read once."""
        from helpers.sheets import inspect_parts
        from helpers.sheets.parts import digest_of_parts

        sheet = self.folder.sheets[year]
        path = PurePosixPath(sheet.relative_to(self.folder.root).as_posix())
        contents = {
            PurePosixPath(name).relative_to(path.parent).as_posix(): data
            for name, data in inputs.files.items()
            if path in (PurePosixPath(name), *PurePosixPath(name).parents)
        }
        key = (year, digest_of_parts(contents))
        if key not in self._readings:
            self._readings[key] = inspect_parts(contents, sheet.name, self.folder.plan, year)
        return self._readings[key]


def _without_sheet(year: FiscalYear) -> Finding:
    from helpers.sheets.finding import WARNING, Finding

    message = f"{year}の状況調査がないため、照合していません"
    return Finding(f"published/{int(year)}", message, "unread_file", severity=WARNING)
