"""Read a published page: its running text, and its tables with every cell under its headings.

The gate compares a page with the other files of its report, ``diff`` with another version of the page. Nothing here
is shared with the code that writes the page.
"""

from __future__ import annotations

__all__ = ["HtmlCell", "HtmlRow", "HtmlTable", "Page", "Text", "read_page", "read_tables"]

from collections.abc import Iterator
from dataclasses import dataclass

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

_UNREAD = frozenset({"script", "style", "nav", "template", "form", "button", "noscript", "head", "dialog"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TEXTS = {"p": "文", "li": "文", "summary": "見出し", "figcaption": "図の表題", "dt": "文", "dd": "文"}
_KINDS = {"thead": "head", "tfoot": "foot"}
_WIDEST = 100  # columns; a larger colspan or rowspan is cut to this
_BREAK = "\0"  # stands for <br>; no parser lets it into a text


@dataclass(frozen=True)
class Text:
    """A sentence, heading or note; ``section`` is the heading above it, ``kind`` its kind in Japanese."""

    section: str
    kind: str
    text: str


@dataclass(frozen=True)
class HtmlCell:
    """A cell: its lines, separated by ``<br>``, and the numbers of columns and rows that it covers."""

    lines: tuple[str, ...]
    is_header: bool = False
    wide: int = 1
    high: int = 1

    @property
    def text(self) -> str:
        """The lines joined by spaces; empty lines are left out."""
        return " ".join(line for line in self.lines if line)


@dataclass(frozen=True)
class HtmlRow:
    """A row as written; ``section`` is the number of its thead, tbody or tfoot, ``kind`` head, group, body or foot.

    ``is_total``: whether it is marked as the sum of others.
    """

    section: int
    kind: str
    cells: tuple[HtmlCell, ...]
    is_total: bool = False


@dataclass(frozen=True)
class HtmlTable:
    """A table of a page; ``id`` is "" where the table has none."""

    id: str
    caption: str
    rows: tuple[HtmlRow, ...]

    @property
    def headings(self) -> list[list[str]]:
        """The texts of the header cells above each column, from top to bottom."""
        heads = [cells for row, cells in zip(self.rows, self._placed(), strict=True) if row.kind == "head"]
        width = max((len(cells) for cells in heads), default=0)
        return [[cells[x].text for cells in heads if x < len(cells)] for x in range(width)]

    @property
    def body(self) -> Iterator[tuple[str, list[HtmlCell]]]:
        """The rows of body and foot: the heading of the row group ("" for none), and a cell for each column."""
        section, group = -1, ""
        for row, cells in zip(self.rows, self._placed(), strict=True):
            if row.section != section:
                section, group = row.section, ""
            if row.kind == "group":
                group = row.cells[0].text if row.cells else ""
            elif row.kind != "head":
                yield group, cells

    def _placed(self) -> list[list[HtmlCell]]:
        """The cells of each row by column; a cell that spans is repeated in every row and column that it covers."""
        placed: list[dict[int, HtmlCell]] = [{} for _ in self.rows]
        for y, row in enumerate(self.rows):
            x = 0
            for cell in row.cells:
                while x in placed[y]:
                    x += 1
                for below, other in zip(placed[y : y + cell.high], self.rows[y:], strict=False):
                    if other.section == row.section:
                        below.update(dict.fromkeys(range(x, x + cell.wide), cell))
                x += cell.wide
        return [
            [cells.get(x, HtmlCell(("",))) for x in range(max(cells, default=-1) + 1)] for cells in placed
        ]


@dataclass(frozen=True)
class Page:
    """The texts and tables of a page in reading order; navigation and drawings are left out."""

    title: str
    texts: tuple[Text, ...]
    tables: tuple[HtmlTable, ...]


def read_page(html: bytes) -> Page:
    """Read a report's page.

    Raises:
        ValueError: the bytes are no HTML page with a body.
    """
    root, walk = _parsed(html), _Walk()
    for block in list(root.iter("main")) or list(root.iter("body")):
        walk.read(block)
    title = next((_text(element) for element in root.iter("h1", "title")), "")
    return Page(title, tuple(walk.texts), tuple(walk.tables))


def read_tables(html: bytes) -> list[HtmlTable]:
    """Read every table of a page, inside ``<main>`` or not.

    Raises:
        ValueError: the bytes are no HTML page.
    """
    return [_table(table) for table in _parsed(html).iter("table")]


def _parsed(html: bytes) -> HtmlElement:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return lxml.html.document_fromstring(html, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from error


class _Walk:
    def __init__(self) -> None:
        self.section = ""
        self.texts: list[Text] = []
        self.tables: list[HtmlTable] = []

    def read(self, element: HtmlElement) -> None:
        """Read a container in reading order."""
        self.add("文", element.text or "")
        for child in element:
            self.read_block(child)
            self.add("文", child.tail or "")

    def read_block(self, element: HtmlElement) -> None:
        tag, css = element.tag, (element.get("class") or "").split()
        if tag in _UNREAD or {"back", "skip", "past"} & {*css} or element.get("hidden") is not None:
            return
        if tag in _HEADINGS:
            self.section = _text(element)
            self.add("見出し", self.section)
        elif tag == "table":
            self.tables.append(_table(element))
        elif tag == "svg":
            self.add("図の説明", element.get("aria-label") or "")
        elif "card" in css:
            self.add("概況", ": ".join(_text(part) for part in element))
        elif tag in _TEXTS:
            self.add("注記" if "note" in css else _TEXTS[tag], _text(element))
        else:
            self.read(element)

    def add(self, kind: str, text: str) -> None:
        if words := " ".join(text.split()):
            self.texts.append(Text(self.section, kind, words))


def _table(table: HtmlElement) -> HtmlTable:
    caption = next((_text(element) for element in table.iter("caption")), "")
    rows = [
        _row(row, section, _KINDS.get(part.tag, "body"))
        for section, part in enumerate(table)
        for row in ([part] if part.tag == "tr" else part.iterchildren("tr"))
    ]
    return HtmlTable(table.get("id") or "", caption, tuple(rows))


def _row(row: HtmlElement, section: int, kind: str) -> HtmlRow:
    css = (row.get("class") or "").split()
    cells = tuple(_cell(cell) for cell in row.iterchildren("th", "td"))
    return HtmlRow(section, "group" if "group" in css else kind, cells, "total" in css)


def _cell(cell: HtmlElement) -> HtmlCell:
    return HtmlCell(_lines(cell), cell.tag == "th", _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "1")
    return min(int(value), _WIDEST) if value.isdecimal() and value != "0" else 1


def _text(element: HtmlElement) -> str:
    """The words of an element with single spaces between them; a line break is a space."""
    return " ".join(line for line in _lines(element) if line)


def _lines(element: HtmlElement) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in "".join(_words(element)).split(_BREAK))


def _words(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "svg":
            yield child.get("aria-label") or ""
        elif child.tag == "br":
            yield _BREAK
        elif child.tag not in _UNREAD:
            yield from _words(child)
        yield child.tail or ""
