"""The body of a report as one tree, from which both the HTML page and the PDF are made."""

from __future__ import annotations

__all__ = ["RESERVED_IDS", "UNSEEN", "Heading", "ReportBody", "assemble_body"]

import re
from collections.abc import Iterable
from dataclasses import dataclass

import lxml.html
from lxml.html import HtmlElement

from helpers.errors import ExportError
from helpers.export.page.drawings import prepare_drawing
from helpers.export.page.serialized import text_of
from helpers.export.spans import first_columns, span_of

UNSEEN = "unseen"  # the class of what only screen readers tell
# Ids that the page around the body has.
RESERVED_IDS = frozenset({"main", "top", "contents-title"})
_TYPED_NUMBER = re.compile(r"(?:[0-9０-９]+[.．]?|[(（][0-9０-９]+[)）])[ 　]")


@dataclass(frozen=True)
class Heading:
    """An entry of the contents; ``children`` are the headings one level below."""

    id: str
    text: str
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, eq=False)
class ReportBody:
    """The sanitized, completed body: ``opening`` (cover, year at a glance, digest) and ``sections`` (all the rest)."""

    title: str
    description: str
    opening: tuple[HtmlElement, ...]
    sections: tuple[HtmlElement, ...]
    contents: tuple[Heading, ...]


def assemble_body(pieces: Iterable[str], fallback_title: str) -> ReportBody:
    """Put sanitized pieces together, and complete them: a cover, ids of headings, alignment of header cells, ids of drawings.

    A report, which shows its cover itself, has its sections numbered; other notebooks keep their headings.

    Raises:
        ExportError: loose text, an id that occurs twice, a second cover, a chart without alternative text, a typed number.
    """
    blocks = [block for piece in pieces for block in _blocks(piece)]
    if any(block.tag == "header" for block in blocks):
        _number_sections(_elements_in(blocks, "h2", "h3"))
    cover = _take_cover(blocks, fallback_title)
    _complete_ids([cover, *blocks])
    for number, drawing in enumerate(_elements_in([cover, *blocks], "svg"), start=1):
        prepare_drawing(drawing, number)
    for table in _elements_in(blocks, "table"):
        _align_headers(table)
    _hush_repeated_captions(blocks)
    opening = [cover]
    while blocks and _is_opening(blocks[0]):
        opening.append(blocks.pop(0))
    title = text_of(next(cover.iter("h1")))
    return ReportBody(title, _description(opening), tuple(opening), tuple(blocks), _contents(blocks))


def _is_opening(block: HtmlElement) -> bool:
    return block.tag == "section" and bool({"glance", "digest"} & set((block.get("class") or "").split()))


def _blocks(piece: str) -> list[HtmlElement]:
    """The top-level elements of a piece; a ``div`` without a class is replaced by its children."""
    root = lxml.html.fragment_fromstring(piece, create_parent="div")
    # lxml drops deeply nested elements without an error.
    if len(re.findall(r"<[A-Za-z]", piece)) != sum(1 for _ in root.iter()) - 1:
        raise ExportError(
            "出力の要素が深く入れ子になっていて読み取れません。表・文・図を表示するセルに分けてください"
        )
    return list(_opened(root))


def _opened(container: HtmlElement) -> Iterable[HtmlElement]:
    loose = [container.text or "", *(child.tail or "" for child in container)]
    if stray := "".join(loose).strip():
        raise ExportError(f"段落に入っていない文字「{stray[:40]}」があります。<p> などの要素に入れてください")
    for child in container:
        child.tail = None
        if child.tag == "div" and not child.get("class"):
            yield from _opened(child)
        else:
            yield child


def _take_cover(blocks: list[HtmlElement], fallback_title: str) -> HtmlElement:
    """Take the cover out of the blocks; without one, make a cover of the notebook's first title."""
    covers = [block for block in blocks if block.tag == "header"]
    if len(covers) > 1:
        raise ExportError("表紙（header.cover）が二つ以上あります。一つにしてください")
    if covers:
        if len(list(covers[0].iter("h1"))) != 1:
            raise ExportError("表紙（header.cover）の見出し <h1> を一つにしてください")
        blocks.remove(covers[0])
        return covers[0]
    cover = lxml.html.Element("header", {"class": "cover"})
    title = next((block for block in blocks if block.tag == "h1"), None)
    if title is None:
        title = lxml.html.Element("h1")
        title.text = fallback_title
    else:
        blocks.remove(title)
    cover.append(title)
    return cover


def _number_sections(headings: Iterable[HtmlElement]) -> None:
    """Put numbers before the words of the headings: h2 1, 2, …, h3 (1), (2), … anew after each h2.

    Raises:
        ExportError: a heading has a number typed before its words.
    """
    section = part = 0
    for heading in headings:
        words = text_of(heading)
        if _TYPED_NUMBER.match(words):
            raise ExportError(
                f"見出し「{words}」に番号が書いてあります。番号は報告書の順に付くので、消して言葉だけにしてください"
            )
        section, part = (section + 1, 0) if heading.tag == "h2" else (section, part + 1)
        number = str(section) if heading.tag == "h2" else f"({part})"
        heading.text = f"{number} {(heading.text or '').lstrip()}"


def _complete_ids(blocks: list[HtmlElement]) -> None:
    taken = set(RESERVED_IDS)
    for element in (e for block in blocks for e in block.iter() if not _is_drawn(e)):
        if (given := element.get("id")) is None:
            continue
        if given in taken:
            raise ExportError(
                f"id「{given}」が二度使われています。同じ表や図は一度だけ表示し、別のものなら別の名前にしてください"
            )
        taken.add(given)
    for heading in _elements_in(blocks, "h2", "h3"):
        if heading.get("id") is None:
            # Made of the words, so that links to a heading still work after a section is inserted before it.
            words = re.sub(r"[^\w.-]+", "-", text_of(heading)).strip("-")[:80] or "section"
            number = 1
            while (name := words if number == 1 else f"{words}-{number}") in taken:
                number += 1
            taken.add(name)
            heading.set("id", name)


def _is_drawn(element: HtmlElement) -> bool:
    return element.tag != "svg" and next(element.iterancestors("svg"), None) is not None


def _elements_in(blocks: Iterable[HtmlElement], *tags: str) -> list[HtmlElement]:
    return [element for block in blocks for element in block.iter(*tags)]


def _align_headers(table: HtmlElement) -> None:
    """Give each header cell of one column the class of the cells below it, so that both align alike."""
    kinds: dict[int, str] = {}
    for row in table.xpath("./tbody/tr[not(contains(@class, 'group'))]"):
        for column, cell in enumerate(row):
            kinds.setdefault(column, cell.get("class") or "text")
    heads = table.xpath("./thead/tr")
    columns, _ = first_columns([[span_of(cell) for cell in row] for row in heads])
    for row, firsts in zip(heads, columns, strict=True):
        for cell, column in zip(row, firsts, strict=True):
            if span_of(cell)[0] == 1 and not cell.get("class"):
                cell.set("class", kinds.get(column, "text"))


def _hush_repeated_captions(blocks: list[HtmlElement]) -> None:
    """Hide a caption that repeats the heading above it, except from screen readers, for which it names the table."""
    heading = ""
    for element in _elements_in(blocks, "h2", "h3", "h4", "caption"):
        if element.tag != "caption":
            heading = re.sub(r"^[(（]?[0-9]+[)）]? ", "", text_of(element))
        elif text_of(element) == heading:
            element.set("class", UNSEEN)


def _contents(blocks: list[HtmlElement]) -> tuple[Heading, ...]:
    entries: list[tuple[HtmlElement, list[Heading]]] = []
    for heading in _elements_in(blocks, "h2", "h3"):
        if heading.tag == "h2" or not entries:
            entries.append((heading, []))
        else:
            entries[-1][1].append(Heading(heading.get("id", ""), text_of(heading)))
    return tuple(Heading(h.get("id", ""), text_of(h), tuple(children)) for h, children in entries)


def _description(opening: list[HtmlElement]) -> str:
    """One line for search results: the subtitle and the figures of the cards."""
    subtitles = [text_of(p) for p in opening[0].iter("p") if p.get("class") == "subtitle"]
    cards = [
        " ".join(text_of(part) for part in card)
        for card in _elements_in(opening, "div")
        if "card" in (card.get("class") or "")
    ]
    return "。".join([text_of(next(opening[0].iter("h1"))), *subtitles, *cards])
