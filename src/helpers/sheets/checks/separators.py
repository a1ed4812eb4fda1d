"""Rows of a text file that are cut into more fields than its header has columns."""

from __future__ import annotations

__all__ = ["check"]

from helpers.sheets.rows.sheet_table import SheetTable


def check(table: SheetTable) -> None:
    """Refuse a row with more fields than the header: a separator without quotes has moved its texts to the right.

    Then the last column has a text. A text in the margin beside it moves nothing; fields without text count where
    other rows have as many fields as the header: a program may end all lines, or short ones, with separators.
    """
    if table.grid.name:  # a worksheet, whose cells no separator cuts
        return
    columns = len(table.grid.rows[table.header.last_row])
    rows = {row: table.grid.rows[row] for entry in table.body.entries for row in entry.rows}
    lengths = set(map(len, rows.values()))
    is_strict = len(lengths) > 1 and min(lengths) >= columns
    for row, fields in rows.items():
        is_longer = len(fields) > columns and fields[columns - 1].strip()
        if is_longer and (is_strict or any(text.strip() for text in fields[columns:])):
            message = (
                f"この行は{len(fields)}列に分かれていて、見出しの{columns}列より多くなっています。"
                '文の中の区切り文字（コンマ、タブ）を消すか、その文を引用符「"」で囲んでください'
            )
            table.error("more_fields", message, (row, columns))
