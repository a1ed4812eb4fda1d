"""A status sheet in the formats in which cities send theirs; the same cells give the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random

from helpers.export.files.open_document_parts import MIMETYPE, element, part
from helpers.files.archive import zipped
from helpers.files.xlsx import Xlsx

Rows = Sequence[Sequence[str]]

WIDTHS = (8, 24, 40, 12, 60, 16, 30)


def csv_utf8(rows: Rows) -> bytes:
    """Comma-separated, UTF-8 with the mark that Excel writes."""
    return _csv(rows).encode("utf-8-sig")


def csv_cp932(rows: Rows) -> bytes:
    """Comma-separated, in the code page of Japanese Windows."""
    return _csv(rows).encode("cp932")


def xlsx(rows: Rows) -> bytes:
    """A workbook of Excel."""
    workbook = Xlsx(datetime(2000, 1, 1))
    sheet = workbook.add_sheet("状況調査", WIDTHS, is_wide=True)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                workbook.put(sheet, number, column, text, {})
    return workbook.to_bytes()


def ods(rows: Rows) -> bytes:
    """A spreadsheet of LibreOffice."""
    lines = (element("table:table-row", {}, *map(_ods_cell, row)) for row in rows)
    table = element("table:table", {"table:name": "状況調査"}, *lines)
    body = element("office:body", {}, element("office:spreadsheet", {}, table))
    files = {"/": MIMETYPE, "content.xml": "text/xml"}
    entries = (
        element("manifest:file-entry", {"manifest:full-path": path, "manifest:media-type": kind})
        for path, kind in files.items()
    )
    members = {
        "mimetype": MIMETYPE.encode(),
        "content.xml": part("office:document-content", {"office:version": "1.3"}, body),
        "META-INF/manifest.xml": part("manifest:manifest", {"manifest:version": "1.3"}, *entries),
    }
    return zipped(members, stored=frozenset({"mimetype"}))


# How often a format occurs: an assumption, as nobody counts what cities send round.
_FORMATS: dict[tuple[str, Callable[[Rows], bytes]], int] = {
    (".xlsx", xlsx): 50,
    (".csv", csv_cp932): 20,
    (".csv", csv_utf8): 15,
    (".ods", ods): 15,
}


def sheet_file(random: Random, rows: Rows) -> tuple[str, bytes]:
    """A file's ending and its bytes, in a format drawn by how often it occurs."""
    ((ending, write),) = random.choices(list(_FORMATS), list(_FORMATS.values()))
    return ending, write(rows)


def _csv(rows: Rows) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def _ods_cell(text: str) -> str:
    if not text:
        return element("table:table-cell", {})
    return element("table:table-cell", {"office:value-type": "string"}, element("text:p", {}, text=text))
