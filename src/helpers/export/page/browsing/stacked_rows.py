"""Tables too wide for a phone: there each row is read as a list, every cell beside the heading of its column.

The style sheet does it by these classes and attributes; the roles keep a table a table for screen readers.
"""

from __future__ import annotations

__all__ = ["stack_rows"]

from lxml.html import HtmlElement

from helpers.export.page.serialized import text_of
from helpers.export.spans import first_columns, span_of

_ROLES = {
    "table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row", "td": "cell",
    "col": "columnheader", "colgroup": "columnheader", "row": "rowheader", "rowgroup": "rowheader",
}  # fmt: skip


def stack_rows(table: HtmlElement) -> None:
    """Mark a table as one whose rows are stacked on a phone, each cell labelled by the lowest heading of its column."""
    table.set("class", f"{table.get('class') or ''} stacks".strip())
    for element in table.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th"):
        if role := _ROLES.get(element.get("scope") or element.tag):
            element.set("role", role)
    rows = list(table.iter("tr"))
    columns, _ = first_columns([[span_of(cell) for cell in row] for row in rows])
    headings: dict[int, str] = {}
    for row, firsts in zip(rows, columns, strict=True):
        for cell, x in zip(row, firsts, strict=True):
            if row.getparent().tag == "thead":
                headings[x] = text_of(cell)
            elif cell.tag == "td" and x in headings:
                cell.set("data-label", headings[x])
