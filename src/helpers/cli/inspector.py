"""Inspect one status sheet, a file or a folder of files: read it, list its findings and what was returned."""

from __future__ import annotations

__all__ = ["Inspected", "Inspector"]

from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers.cli.terminal.screen import unexpected
from helpers.errors import GyokakuError, PlanFileError
from helpers.files.paths import Kind, kind_of, real_path
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.reading.plan_file import load_plan
from helpers.project import chosen_root, home_of_sheet, plan_folder_of, sole_plan_id
from helpers.sheets import Finding, SheetFolder, SheetReading, inspect_sheet
from helpers.sheets.outgoing.returns import Return, returns_of
from helpers.sheets.parts import parts_or_itself, year_of_sheet
from helpers.sheets.reading import departments_before


@dataclass(frozen=True)
class Inspected:
    """The findings about a sheet, a file or a folder of files.

    Attributes:
        files: how many there are in it.
        returns: of a folder, what each department gave back; None of a file.
    """

    file: Path
    findings: tuple[Finding, ...]
    sha256: str = ""
    files: int = 1
    returns: tuple[Return, ...] | None = None

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.is_error for finding in self.findings)


@dataclass(frozen=True)
class Inspector:
    """Inspects sheets by the plan that was named, the one in whose folder a sheet lies, or the only one."""

    root: Path | None
    plan_id: str | None
    year: FiscalYear | None
    _plans: dict[Path, Plan] = field(default_factory=dict, compare=False, repr=False)

    def plan_folder(self, file: Path) -> Path:
        """The folder of a sheet's plan.

        Raises:
            UsageError, DataError: which plan is meant is not clear, or there is none.
        """
        if self.plan_id is None and (folder := home_of_sheet(file)) is not None:
            return folder
        project = chosen_root(self.root)
        return project / "data" / "raw" / sole_plan_id(project, self.plan_id)

    def inspect(self, file: Path) -> Inspected:
        """Read a sheet; where its plan cannot be used, the findings are those of the plan."""
        try:
            return self._inspect(file)
        except GyokakuError:
            raise
        except Exception as error:  # a bug of ours, which must not hide what is wrong with the other files
            return Inspected(file, (Finding(file.name, unexpected(error), "unexpected"),))

    def _inspect(self, file: Path) -> Inspected:
        files, is_folder = len(parts_or_itself(file)), kind_of(file) is Kind.FOLDER
        try:
            plan = self._plan(self.plan_folder(file))
            reading = _with_name(file, inspect_sheet(file, plan, self.year))
            returns = self._returns(file, plan, reading) if is_folder else None
        except PlanFileError as error:
            lines = [line.partition(": ") for line in str(error).splitlines()]
            findings = tuple(Finding(file_name, message, "unusable_plan") for file_name, _, message in lines)
            return Inspected(file, findings, "", files, () if is_folder else None)
        return Inspected(file, reading.findings, reading.sha256, files, returns)

    def _returns(self, folder: Path, plan: Plan, reading: SheetReading) -> tuple[Return, ...]:
        year = self.year or year_of_sheet(folder)
        return returns_of(plan, year, reading, departments_before(plan, year)) if year else ()

    def _plan(self, folder: Path) -> Plan:
        if folder not in self._plans:
            self._plans.clear()  # the sheets of a plan mostly come together
            self._plans[folder] = load_plan(folder)
        return self._plans[folder]


def _with_name(file: Path, reading: SheetReading) -> SheetReading:
    """Add findings where a sheet in a plan's folder has a name that no report reads, or the year of another sheet."""
    if (folder := plan_folder_of(file)) is None:
        return reading
    sheet_folder = SheetFolder.look(folder)
    name = real_path(file).name
    about = [finding for finding in sheet_folder.unread if finding.file == name]
    for year, doubled in sheet_folder.doubled.items():
        if name in (sheet_folder.sheets[year].name, *(finding.file for finding in doubled)):
            about += doubled
    return replace(reading, findings=(*reading.findings, *about))
