"""The tables of a published page and of its PDF in one form, without white space, so that they can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from helpers.proof.html_page import HtmlTable, read_tables
from helpers.proof.pdf_text import table_cells

Texts = Sequence[Sequence[str]]


@dataclass(frozen=True)
class PageRow:
    """A body row: the group that it stands in ("" for none), its cells and their first lines by column heading."""

    group: str
    cells: dict[str, str]
    first_lines: dict[str, str]


@dataclass(frozen=True)
class PageTable:
    """A table of the page without white space: a line may end anywhere in Japanese, and a PDF has no line breaks."""

    table: HtmlTable

    @property
    def id(self) -> str:
        """The table's id; "" for none."""
        return self.table.id

    @property
    def columns(self) -> tuple[str, ...]:
        """The heading of every column: the lowest header cell above it."""
        return tuple(close(heads[-1]) for heads in self.table.headings)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What each row is: head, body, foot or group."""
        return tuple(row.kind for row in self.table.rows)

    @property
    def texts(self) -> Texts:
        """The text of every cell, row by row, headings included."""
        return [[close(cell.text) for cell in row.cells] for row in self.table.rows]

    @property
    def rows(self) -> Iterator[PageRow]:
        """The body rows, in order."""
        for group, cells in self.table.body:
            named = dict(zip(self.columns, cells, strict=False))
            texts = {column: close(cell.text) for column, cell in named.items()}
            first = {column: close(cell.lines[0]) for column, cell in named.items()}
            yield PageRow(close(group), texts, first)


def close(text: str) -> str:
    """A text without white space.

    >>> close("8 (72.7%)")
    '8(72.7%)'
    """
    return re.sub(r"\s", "", text)


def page_tables(html: bytes) -> list[PageTable]:
    """The tables of a page, in order."""
    return [PageTable(table) for table in read_tables(html)]


def pdf_tables(pdf: bytes) -> list[Texts]:
    """The cells of the tables of a tagged PDF, in order."""
    return [[[close(cell) for cell in row] for row in table] for table in table_cells(pdf)]


def same_cells(page: Sequence[PageTable], pdf: Sequence[Texts]) -> Iterator[str]:
    """Where the cells of page and PDF differ, in Japanese."""
    if len(page) != len(pdf):
        yield f"report.html には表が{len(page)}個、report.pdf には{len(pdf)}個あります"
        return
    for table, texts in zip(page, pdf, strict=True):
        for number, (mine, theirs) in enumerate(zip_longest(table.texts, texts, fillvalue=()), start=1):
            for cell, other in zip_longest(mine, theirs, fillvalue="（なし）"):
                if cell != other:
                    yield f"表 {table.id} {number}行目: report.html は「{cell}」、report.pdf は「{other}」です"
