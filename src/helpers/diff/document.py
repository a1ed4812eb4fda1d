"""A report's page, read back: its running text and its tables; navigation and drawings left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from helpers.diff.grid import Grid, Row, named_row
from helpers.diff.texts import Text

_UNREAD = frozenset({"script", "style", "nav", "template", "form", "button", "noscript", "head", "dialog"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TEXTS = {"p": "文", "li": "文", "summary": "見出し", "figcaption": "図の表題", "dt": "文", "dd": "文"}


@dataclass(frozen=True)
class Document:
    """What a reader of report.html reads: texts and tables in reading order."""

    title: str
    texts: tuple[Text, ...]
    tables: tuple[Grid, ...]


def read_document(page: bytes) -> Document:
    """Read a report's page.

    Raises:
        ValueError: it is no HTML page with a body.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = lxml.html.document_fromstring(page, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from error
    walk = _Walk()
    mains = list(root.iter("main"))
    for block in mains or list(root.iter("body")):
        walk.read(block)
    title = next((_text(element) for element in root.iter("h1", "title")), "")
    return Document(title, tuple(walk.texts), tuple(walk.tables))


class _Walk:
    def __init__(self) -> None:
        self.section = ""
        self.texts: list[Text] = []
        self.tables: list[Grid] = []

    def read(self, element: HtmlElement) -> None:
        """Read a container in reading order."""
        self.add("文", element.text or "")
        for child in element:
            self.read_block(child)
            self.add("文", child.tail or "")

    def read_block(self, element: HtmlElement) -> None:
        tag, css = element.tag, (element.get("class") or "").split()
        if tag in _UNREAD or "back" in css or "skip" in css or element.get("hidden") is not None:
            return
        if tag in _HEADINGS:
            self.section = _text(element)
            self.add("見出し", self.section)
        elif tag == "table":
            self.tables.append(_grid(element, len(self.tables)))
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


def _grid(table: HtmlElement, number: int) -> Grid:
    caption = next((_text(element) for element in table.iter("caption")), "")
    heads = _placed([row for part in table.iter("thead") for row in part.iter("tr")])
    width = max((len(row) for row in heads), default=0)
    columns = tuple(
        " ".join(dict.fromkeys(row[x][0] for row in heads if x < len(row) and row[x][0]))
        for x in range(width)
    )
    rows: list[Row] = []
    for part in table:
        if part.tag == "tr":
            rows += _rows([part], "")
        elif part.tag in ("tbody", "tfoot"):
            rows += _rows(list(part.iter("tr")), "")
    width = max([width, *(len(row.cells) for row in rows)])
    columns += tuple(f"{place}列目" for place in range(len(columns) + 1, width + 1))
    filled = [replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows]
    return Grid(table.get("id") or f"#{number}", caption, columns, tuple(filled))


def _rows(elements: list[HtmlElement], group: str) -> Iterator[Row]:
    for element, cells in zip(elements, _placed(elements), strict=True):
        if "group" in (element.get("class") or "").split():
            group = cells[0][0] if cells else ""
            continue
        names = tuple(text for text, is_header in cells if is_header)
        every = tuple(text for text, _ in cells)
        yield named_row(group, names or every[:1], every)


def _placed(rows: list[HtmlElement]) -> list[list[tuple[str, bool]]]:
    """The cells of each row by column, (text, is a header); a cell that spans stands in every place it covers."""
    placed: list[dict[int, tuple[str, bool]]] = [{} for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row.iterchildren("th", "td"):
            while x in placed[y]:
                x += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for dy in range(min(high, len(rows) - y)):
                for dx in range(wide):
                    placed[y + dy][x + dx] = (_text(cell), cell.tag == "th")
            x += wide
    return [[cells.get(x, ("", False)) for x in range(max(cells, default=-1) + 1)] for cells in placed]


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "1")
    return min(int(value), 100) if value.isdecimal() and value != "0" else 1


def _text(element: HtmlElement) -> str:
    """The words of an element, white space as a reader sees it; a line break is a space."""
    return " ".join("".join(_words(element)).split())


def _words(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "svg":
            yield child.get("aria-label") or ""
        elif child.tag == "br":
            yield " "
        elif child.tag not in _UNREAD:
            yield from _words(child)
        yield child.tail or ""
