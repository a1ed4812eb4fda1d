"""Read the tables of a published page and of its PDF without white space, and compare their cells."""

from __future__ import annotations

__all__ = ["PageRow", "PageTable", "Texts", "close", "page_tables", "pdf_tables", "same_cells"]

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from helpers.fiscal_year import year_or_none
from helpers.proof.html_page import HtmlTable, read_tables
from helpers.proof.pdf_text import Tagged, table_cells

Texts = Sequence[Sequence[str]]


@dataclass(frozen=True)
class PageRow:
    """A body row: the heading of its row group ("" for none), its cells and their first lines by column heading."""

    group: str
    cells: dict[str, str]
    first_lines: dict[str, str]


@dataclass(frozen=True)
class PageTable:
    """A table of the page without white space: a line may end anywhere in Japanese, and a PDF has no line breaks.

    ``id``: of a table in parts (``cards:card-1``) the name before the colon. ``columns``: the heading of each, the lowest header cell above it. ``kinds``: of each row, head, body, foot or group.
    ``totals``: of each row, whether it is marked as a sum. ``texts``: of every cell as written, row by row, headings included.
    """

    id: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    texts: Texts
    rows: tuple[PageRow, ...]
    caption: str = ""
    totals: tuple[bool, ...] = ()


def close(text: str) -> str:
    """Remove all white space from a text.

    >>> close("8 (72.7%)")
    '8(72.7%)'
    """
    return "".join(text.split())


def page_tables(html: bytes) -> list[PageTable]:
    """Read the tables of a page, in order."""
    return [_page_table(table) for table in read_tables(html)]


def _page_table(table: HtmlTable) -> PageTable:
    columns = tuple(close(heads[-1]) for heads in table.headings)
    rows = tuple(
        PageRow(
            close(group),
            {column: close(cell.text) for column, cell in zip(columns, cells, strict=False)},
            {column: close(cell.lines[0]) for column, cell in zip(columns, cells, strict=False)},
        )
        for group, cells in table.body
    )
    texts = [[close(cell.text) for cell in row.cells] for row in table.rows]
    kinds = tuple(row.kind for row in table.rows)
    totals = tuple(row.is_total for row in table.rows)
    return PageTable(table.id.partition(":")[0], columns, kinds, texts, rows, table.caption, totals)


def pdf_tables(pdf: Tagged) -> list[Texts]:
    """Read the cells of the tables of a tagged PDF, in order."""
    return [[[close(cell) for cell in row] for row in table] for table in table_cells(pdf)]


def same_cells(page: Sequence[PageTable], pdf: Sequence[Texts]) -> Iterator[tuple[str, str]]:
    """List the cells that differ between page and PDF: the table's id ("" if tables are missing), a Japanese sentence.

    A head of the PDF may name the page's fiscal year in brief: R元 for 令和元年度.
    """
    if len(page) != len(pdf):
        yield "", f"report.html には表が{len(page)}個、report.pdf には{len(pdf)}個あります"
        return
    for table, texts in zip(page, pdf, strict=True):
        for number, (mine, theirs) in enumerate(zip_longest(table.texts, texts, fillvalue=()), start=1):
            for cell, other in zip_longest(mine, theirs, fillvalue="（なし）"):
                is_head = number <= len(table.kinds) and table.kinds[number - 1] == "head"
                if cell != other and not (is_head and _is_year_in_brief(other, cell)):
                    text = (
                        f"表 {table.id} {number}行目: report.html は「{cell}」、report.pdf は「{other}」です"
                    )
                    yield table.id, text


def _is_year_in_brief(brief: str, name: str) -> bool:
    """Whether two texts name one fiscal year, as R元 and as 令和元年度."""
    if not (re.fullmatch("[RHS](?:元|[0-9]{1,2})", brief) and re.fullmatch(".{3,4}年度", name)):
        return False
    year = year_or_none(brief)
    return year is not None and year == year_or_none(name)
