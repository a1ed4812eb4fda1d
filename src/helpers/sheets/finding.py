"""A finding about a status sheet, an error or a warning, and the list of those of one file."""

from __future__ import annotations

__all__ = ["ERROR", "WARNING", "Finding", "FindingLog", "Position"]

from dataclasses import dataclass

from helpers.sheets.files.grid import Grid, Position, position
from helpers.text.forms import visible

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Finding:
    """An error or a warning: names the cell, the defect and the remedy: ``R4.xlsx!状況調査!D17: …``.

    ``code`` is stable and English, for tests and machines; ``message`` is Japanese, for the clerk.
    """

    file: str
    message: str
    code: str
    sheet: str = ""
    cell: str = ""
    severity: str = ERROR

    @property
    def is_error(self) -> bool:
        """Whether nothing of that year may be written."""
        return self.severity == ERROR

    @property
    def location(self) -> str:
        """File, sheet and cell: 'R4.xlsx!状況調査!D17'."""
        return "!".join(visible(part) for part in (self.file, self.sheet, self.cell) if part)

    def __str__(self) -> str:
        return f"{self.location}: {self.message}"


class FindingLog:
    """Gathers findings; ``sorted`` lists them by sheet, row and column, those of the whole file first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: tuple[str, ...] = ()
        self._findings: list[Finding] = []

    def error(self, code: str, message: str, grid: Grid | None = None, at: Position | None = None) -> None:
        """Add an error; nothing of the year is written then."""
        sheet, cell = grid.name if grid else "", grid.address(at) if grid and at else ""
        self.add(Finding(self.file, message, code, sheet, cell))

    def warn(self, code: str, message: str, grid: Grid | None = None, at: Position | None = None) -> None:
        """Add a warning."""
        sheet, cell = grid.name if grid else "", grid.address(at) if grid and at else ""
        self.add(Finding(self.file, message, code, sheet, cell, WARNING))

    def add(self, finding: Finding) -> None:
        """Add a finding that was made elsewhere."""
        self._findings.append(finding)

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.is_error for finding in self._findings)

    def sorted(self) -> tuple[Finding, ...]:
        """All findings, each once, in order of position."""
        order = {name: index for index, name in enumerate(self.sheets)}

        def key(finding: Finding) -> tuple[int, int, int]:
            return (order.get(finding.sheet, -1), *position(finding.cell))

        return tuple(sorted(dict.fromkeys(self._findings), key=key))
