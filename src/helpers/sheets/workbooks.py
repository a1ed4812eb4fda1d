"""Write workbooks: text that stays text, and the same bytes for the same contents."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Border, Side

from helpers.tabular.text import is_formula_like

_EPOCH = (1980, 1, 1, 0, 0, 0)
_TIME = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_LONGEST_TEXT = 32_767

THIN = Side(style="thin", color="8C96A0")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def put_text(cell: Any, text: str) -> None:
    """Write a text that no spreadsheet program takes for a formula; what xlsx cannot hold becomes □."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("□", text)[:_LONGEST_TEXT] or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = is_formula_like(text)


def text_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of a width, in half-width characters."""
    return sum(1 + max(0, text_width(line) - 1) // max(1, int(width) - 1) for line in text.split("\n"))


def text_width(text: str) -> int:
    """The width of a text in half-width characters."""
    return sum(1 + (east_asian_width(letter) in "WFA") for letter in text)


def workbook_bytes(workbook: Workbook) -> bytes:
    """Save a workbook with fixed times, in its properties and on the members of the zip."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    workbook.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _TIME.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type, member.external_attr, member.create_system = (
                zipfile.ZIP_DEFLATED,
                0o600 << 16,
                3,
            )
            new.writestr(member, content)
    return fixed.getvalue()
