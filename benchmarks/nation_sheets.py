"""A status sheet in the formats in which cities send theirs; the same cells give the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random
from xml.sax.saxutils import escape

from helpers.files.writing import zipped
from helpers.files.xlsx import Xlsx

Rows = Sequence[Sequence[str]]

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
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
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    table = f'<table:table table:name="状況調査">{lines}</table:table>'
    spaces = " ".join(
        f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "table", "text", "manifest")
    )
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f'<office:document-content {spaces} office:version="1.3">{body}</office:document-content>'
    files = {"/": _MIMETYPE, "content.xml": "text/xml"}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in files.items()
    )
    members = {
        "mimetype": _MIMETYPE.encode(),
        "content.xml": content.encode(),
        "META-INF/manifest.xml": f'<manifest:manifest {spaces} manifest:version="1.3">{entries}</manifest:manifest>'.encode(),
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
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
