"""One thing that is wrong, or worth knowing, about a status sheet."""

from __future__ import annotations

from dataclasses import dataclass

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Finding:
    """A finding names the place, what is wrong and what to do: ``R4.xlsx!状況調査!D17: …``.

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
    def place(self) -> str:
        """File, sheet and cell: 'R4.xlsx!状況調査!D17'."""
        return "!".join(part for part in (self.file, self.sheet, self.cell) if part)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"
