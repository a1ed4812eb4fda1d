"""A finding about a status sheet: an error or a warning."""

from __future__ import annotations

__all__ = ["ERROR", "WARNING", "Finding", "quoted", "visible"]

import unicodedata
from dataclasses import dataclass

from helpers.text.forms import code_point

ERROR, WARNING = "error", "warning"
_LONGEST_QUOTE = 60
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def quoted(text: str, most: int = _LONGEST_QUOTE) -> str:
    """Quote the text of a cell in a finding: on one line, cut where it is long, with invisible characters named.

    >>> quoted("一部\\n実施\\x1b")
    '「一部 実施〔U+001B〕」'
    """
    cut = text if len(text) <= most else f"{text[:most]}…"
    return f"「{visible(cut)}」"


def visible(text: str) -> str:
    """Put a text on one line, with its control characters and gaiji named instead of written.

    A terminal would obey control characters, and a clerk could not see why a word is refused.
    """
    if text.isprintable():
        return text
    return "".join(
        " "
        if char.isspace() and char != "\u3000"
        else f"〔{code_point(char)}〕"
        if unicodedata.category(char) in _UNSEEN
        else char
        for char in text
    )


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
