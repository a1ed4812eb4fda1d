"""Rows of a text file that are cut into more fields than its header has columns, or not at all."""

from __future__ import annotations

__all__ = ["check"]

import re

from helpers.sheets.files.text_files import RARE_SEPARATORS, SEPARATORS
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.sheets.rows.table_body import FREE_TEXTS
from helpers.text.forms import quoted

_OTHERS = "|".join(map(re.escape, (*SEPARATORS, *RARE_SEPARATORS)))


def check(table: SheetTable) -> None:
    """Refuse rows that are cut otherwise than the header."""
    if not table.grid.name:  # no separator cuts the cells of a worksheet
        _report_longer_rows(table)
    _report_uncut_rows(table)  # in a worksheet, too, into which such a text was pasted


def _report_longer_rows(table: SheetTable) -> None:
    """Refuse a row with more fields than the header: a separator without quotes has moved its texts to the right.

    Then the last column has a text. A text in the margin beside it moves nothing. Where other rows have as many fields
    as the header, no program ended all lines, or short ones, with separators: a row with a free text is then refused
    whatever stands in its last fields, because those of the sheet may have been empty.
    """
    columns = len(table.grid.rows[table.header.last_row])
    free = [index for name, index in table.header.columns.items() if name in FREE_TEXTS]
    rows = {row: table.grid.rows[row] for entry in table.body.entries for row in entry.rows}
    lengths = set(map(len, rows.values()))
    is_strict = len(lengths) > 1 and min(lengths) >= columns
    for row, fields in rows.items():
        if len(fields) <= columns:
            continue
        has_more = any(text.strip() for text in fields[columns:])
        has_text = any(fields[index].strip() for index in (*free, columns - 1))
        if (is_strict and has_text) or (has_more and fields[columns - 1].strip()):
            message = (
                f"この行は{len(fields)}列に分かれていて、見出しの{columns}列より多くなっています。"
                '文の中の区切り文字（コンマ、タブ）を消すか、その文を引用符「"」で囲んでください'
            )
            table.error("more_fields", message, (row, columns))


def _report_uncut_rows(table: SheetTable) -> None:
    """Refuse a row of an item whose texts have other separators between them than the header."""
    for row in range(table.header.last_row + 1, len(table.grid.rows)):
        filled = [field for field in table.grid.rows[row] if field.strip()]
        pieces = re.split(_OTHERS, filled[0]) if len(filled) == 1 else []
        if len(pieces) > 2 and table.vocabulary.item(pieces[0]) is not None:
            message = f"この行は列に分かれていません（{quoted(filled[0], 30)}）。ほかの行と同じ文字で区切ってください"
            table.error("uncut_row", message, (row, 0))
