"""tables.ods: the same workbook as xlsx has it, for LibreOffice; the same bytes for the same tables."""

from __future__ import annotations

__all__ = ["write"]

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape
from xlsxwriter.utility import xl_rowcol_to_cell

from helpers.export.files.book import COVER, COVER_WIDTHS, Book, decimals_of
from helpers.export.files.fields import Kind
from helpers.files.writing import zipped
from helpers.report.faces.records import Value

_TEMPLATES = Path(__file__).parents[1] / "templates" / "ods"
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_GAPS = re.compile("( {2,}|^ | $|\t)")


def write(book: Book) -> Mapping[str, bytes]:
    """Write the book as an OpenDocument spreadsheet."""
    parts = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
    members = {
        "mimetype": _MIMETYPE.encode(),
        **{name: _part(name, book) for name in parts},
        "META-INF/manifest.xml": _part("manifest.xml", book),
    }
    return {"tables.ods": zipped(members, stored=frozenset({"mimetype"}))}


def _part(template: str, book: Book) -> bytes:
    widths = {*COVER_WIDTHS, *(width for sheet in book.sheets for width in sheet.widths)}
    used = {
        (field.kind, _decimals(field.kind, value))
        for sheet in book.sheets
        for table in sheet.tables
        for row in table.rows
        for field, value in zip(table.fields, row, strict=True)
        if not isinstance(value, str | None)
    }
    numbers = sorted(used, key=lambda each: (each[0].name, each[1]))
    rendered = _environment().get_template(template).render(book=book, widths=sorted(widths), numbers=numbers)
    return (_DECLARATION + rendered).encode()


def _decimals(kind: Kind, value: Value) -> int:
    """How many decimals of a number are shown, where it is shown as typed."""
    return decimals_of(value) if kind.is_as_typed else 0


@cache
def _environment() -> Environment:
    made = Environment(loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined)
    made.filters["paragraphs"] = _paragraphs
    made.globals |= {"cover": COVER, "cover_widths": COVER_WIDTHS}
    made.globals |= {"cell_name": xl_rowcol_to_cell, "decimals": _decimals}
    return made


def _source(template: str) -> str:
    """A template without the blanks that people read it by: between elements they would be text of the document."""
    text = (_TEMPLATES / template).read_text(encoding="utf-8")
    return re.sub(r"\s*\n\s*", " ", re.sub(r"\s*\n\s*(?=[<{']|$)", "", text))


def _paragraphs(text: str) -> Markup:
    """Lines of text as paragraphs; spaces that XML would drop, and tabs, as elements."""
    lines = (_GAPS.sub(_gap, escape(line)) for line in text.split("\n"))
    return Markup("".join(f"<text:p>{line}</text:p>" if line else "<text:p/>" for line in lines))


def _gap(blanks: re.Match[str]) -> str:
    return "<text:tab/>" if blanks[0] == "\t" else f'<text:s text:c="{len(blanks[0])}"/>'
