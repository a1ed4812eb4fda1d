"""The tables of a published page and of its PDF, as a reader finds them: cells, headings, groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import lxml.html
from lxml.html import HtmlElement

from helpers.export.pdf_text import table_cells

Texts = Sequence[Sequence[str]]


@dataclass(frozen=True)
class PageRow:
    """A body row: the group that it stands in ("" for none), its cells and their first lines by column heading."""

    group: str
    cells: dict[str, str]
    first_lines: dict[str, str]


@dataclass(frozen=True)
class PageTable:
    """A table: the text of every cell, row by row; ``columns`` and ``kinds`` say what its rows are.

    White space is left out of all texts: a line may end anywhere in Japanese, and a PDF has no line breaks. Where the
    first line of a cell ends is known from the page alone.
    """

    id: str
    texts: Texts
    first_lines: Texts
    columns: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def rows(self) -> Iterator[PageRow]:
        """The body rows, in order."""
        group = ""
        for kind, texts, first in zip(self.kinds, self.texts, self.first_lines, strict=True):
            if kind == "group":
                group = texts[0]
            elif kind in ("body", "foot"):
                named = (dict(zip(self.columns, found, strict=False)) for found in (texts, first))
                yield PageRow(group if kind == "body" else "", *named)


def close(text: str) -> str:
    """A text without white space.

    >>> close("8 (72.7%)")
    '8(72.7%)'
    """
    return re.sub(r"\s", "", text)


def page_tables(html: bytes) -> list[PageTable]:
    """The tables of a page, in order."""
    tables = []
    for table in lxml.html.document_fromstring(html.decode("utf-8")).iter("table"):
        rows = list(table.iter("tr"))
        texts = [[close(str(cell.text_content())) for cell in _cells(row)] for row in rows]
        first = [[_first_line(cell) for cell in _cells(row)] for row in rows]
        kinds = tuple(_kind(row) for row in rows)
        tables.append(PageTable(table.get("id") or "", texts, first, _spread_columns(rows, kinds), kinds))
    return tables


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


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("th", "td")]


def _first_line(cell: HtmlElement) -> str:
    first = next(cell.iter("br"), None)
    if first is None:
        return close(str(cell.text_content()))
    return close("".join(_before(cell, first)))


def _before(element: HtmlElement, end: HtmlElement) -> Iterator[str]:
    """The texts of an element up to another within it."""
    yield element.text or ""
    for child in element:
        if child is end:
            return
        yield from _before(child, end)
        if any(inner is end for inner in child.iter()):
            return
        yield child.tail or ""


def _kind(row: HtmlElement) -> str:
    if "group" in (row.get("class") or "").split():
        return "group"
    return {"thead": "head", "tfoot": "foot"}.get(row.getparent().tag, "body")


def _spread_columns(rows: Sequence[HtmlElement], kinds: Sequence[str]) -> tuple[str, ...]:
    """The heading of every column: the lowest header cell above it."""
    names: dict[int, str] = {}
    taken: set[tuple[int, int]] = set()
    for y, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
        if kind != "head":
            continue
        x = 0
        for cell in _cells(row):
            while (y, x) in taken:
                x += 1
            width, height = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
            for column in range(x, x + width):
                names[column] = close(str(cell.text_content()))
                taken |= {(y + down, column) for down in range(height)}
            x += width
    return tuple(names[column] for column in sorted(names))
