"""Write workbooks: text that stays text, and the same bytes for the same contents."""

from __future__ import annotations

import re
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Border, Side

from helpers.tabular.archive import parts_of, zipped
from helpers.tabular.book import width_of
from helpers.tabular.text import is_formula_like
from helpers.text import LONGEST_CELL

_PROPERTIES = "docProps/core.xml"
_TIME = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")

THIN = Side(style="thin", color="8C96A0")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def put_text(cell: Any, text: str) -> None:
    """Write a text that no spreadsheet program takes for a formula; what xlsx cannot hold becomes □."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("□", text)[:LONGEST_CELL] or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = is_formula_like(text)


def text_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of a width, in half-width characters."""
    return sum(1 + max(0, width_of(line) - 1) // max(1, int(width) - 1) for line in text.split("\n"))


def workbook_bytes(workbook: Workbook) -> bytes:
    """Save a workbook with fixed times, in its properties and on the members of the zip."""
    members = parts_of(workbook)
    members[_PROPERTIES] = _TIME.sub(rb"\g<1>2000-01-01T00:00:00Z", members[_PROPERTIES])
    return zipped(members)
