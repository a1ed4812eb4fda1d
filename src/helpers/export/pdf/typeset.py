"""The body as plain data for Typst: headings, paragraphs, lists, tables, figures, cards; never markup.

Every element is either turned into data or refused: nothing that stands in the HTML is missing in the PDF.
"""

from __future__ import annotations

__all__ = ["Data", "typeset_data"]

import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from helpers.errors import ExportError
from helpers.export.page.body import ReportBody
from helpers.export.page.marks import mark_data
from helpers.export.page.serialized import drawing_of, text_of
from helpers.export.pdf.flow import explained, in_flow, least_scale
from helpers.export.pdf.line_breaks import cut_runs, longest_stretch
from helpers.export.pdf.placement import table_data

# Plain data: a block or a run is a dict of JSON values.
Data = dict[str, Any]

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_PARAGRAPHS = ("note", "missing", "good", "bad", "municipality", "subtitle")

_NO_DATE = [2000, 1, 1]  # of a report whose year is not known

# Ems between the margins, by the size of the letters: running text, notes, points of a list, headings.
_LINE, _SMALL_LINE, _POINT = 48.0, 55.0, 46.0
_HEADING_LINES = {1: 22.5, 2: 31.5, 3: 39.5, 4: 47.5}
# A long list of what moved stands in columns of smaller letters: from so many points, columns, points of size.
_MOVED = ((31, 3, 8.5), (7, 2, 8.5), (0, 1, 10.0))
_LINE_PT, _GUTTER_PT, _BULLET_EMS = 481.8, 12.0, 1.8
# The leading card is wider than the others.
_LEAD_SHARE, _CARD_SIZE = 1.7, 8.5

# How many points, and characters in them, stay together on a page.
_FEW_POINTS, _LAST_POINTS, _SHORT_LIST = 5, 3, 600


def typeset_data(body: ReportBody, year: object = None) -> Data:
    """The whole report as JSON values: title, opening blocks, blocks and the looks of statuses.

    ``year``: the fiscal year of the report; its last day is the date of the document, which PDF/A demands.

    Raises:
        ExportError: an element that may not stand where it does.
    """
    cover, *glances = body.opening
    targets = {name for block in (*body.opening, *body.sections) for name in block.xpath(".//@id | ./@id")}
    walk = _Walk(targets)
    glance = [block for glance in glances for block in walk.blocks(glance)]
    return {
        "title": body.title,
        "date": [year + 1, 3, 31] if isinstance(year, int) else _NO_DATE,
        "description": body.description,
        "cover": [walk.block(child) for child in _elements(cover)],
        "glance": glance,
        "digest": any("digest" in (section.get("class") or "") for section in glances),
        "least": least_scale(glance),
        "contents": bool(body.contents),
        "looks": mark_data(),
        "blocks": in_flow([block for section in body.sections for block in _flat(walk.block(section))]),
        "targets": sorted(walk.linked),
    }


class _Walk:
    """One walk over a body; ``targets`` are the ids that links may lead to, ``linked`` those that they do."""

    def __init__(self, targets: set[str]) -> None:
        self.targets, self.linked = targets, set[str]()

    def blocks(self, element: HtmlElement) -> list[Data]:
        return [block for child in _elements(element) for block in _flat(self.block(child))]

    def block(self, element: HtmlElement) -> Data:
        tag, css = element.tag, (element.get("class") or "").split()
        name = element.get("id") or ""
        if tag in _HEADINGS:
            level = _HEADINGS[tag]
            runs = self.runs(element)
            if any(longest_stretch(run["text"]) > _HEADING_LINES[level] for run in runs):
                cut_runs(runs, _HEADING_LINES[level])
            return {"kind": "heading", "level": level, "id": name, "runs": runs}
        if tag == "p":
            role = next((word for word in css if word in _PARAGRAPHS), "")
            runs = self.runs(element, _SMALL_LINE if role == "note" else _LINE)
            return {"kind": "paragraph", "role": role, "id": name, "leads": False, "runs": runs}
        if tag == "ul":
            return _list(name, "moved" if "moved" in css else "", self.items(element))
        if tag == "dl":
            return {"kind": "cards", "id": name, "cards": self.cards(element)}
        if tag == "table":
            return explained(table_data(element, self.runs))
        if tag == "figure":
            return self.figure(element)
        if "item-card" in css:
            return {"kind": "whole", "id": name, "blocks": self.blocks(element)}
        if tag in ("div", "section"):
            return {"kind": "group", "blocks": self.blocks(element)}
        raise _refused(element, element.getparent())

    def cards(self, element: HtmlElement) -> list[Data]:
        cards = [self.card(card) for card in _elements(element)]
        room = _LINE_PT - _GUTTER_PT * (len(cards) - 1)
        for card in cards:
            card["share"] = _LEAD_SHARE if card["lead"] else 1.0
        for card in cards:
            width = room * card["share"] / sum(other["share"] for other in cards) / _CARD_SIZE
            cut_runs([*card["label"], *card["detail"]], width)
        return cards

    def items(self, element: HtmlElement) -> list[list[Data]]:
        for child in _elements(element):
            if child.tag != "li":
                raise _refused(child, element)
        return [self.runs(child) for child in _elements(element)]

    def card(self, element: HtmlElement) -> Data:
        parts = _elements(element) if element.tag == "div" else []
        if [part.tag for part in parts] != ["dt", "dd"]:
            raise ExportError("概況のカードは <div><dt>…</dt><dd>…</dd></div> の形にしてください")
        figure = next((run["text"] for run in self.runs(parts[1]) if run["bold"]), "")
        rest = [run for run in self.runs(parts[1]) if not run["bold"]]
        is_lead = "lead" in (element.get("class") or "").split()
        return {"lead": is_lead, "label": self.runs(parts[0]), "figure": figure, "detail": _stripped(rest)}

    def figure(self, element: HtmlElement) -> Data:
        drawing: HtmlElement | None = None
        caption: list[Data] = []
        for child in _elements(element):
            if child.tag == "svg" and drawing is None:
                drawing = child
            elif child.tag == "figcaption":
                caption = self.runs(child, _SMALL_LINE)
            else:
                raise _refused(child, element)
        if drawing is None:
            raise ExportError("図（figure）に SVG がありません")
        width, height = (float(number) for number in drawing.get("viewbox", "").split()[2:])
        return {
            "kind": "figure",
            "id": element.get("id") or "",
            "alt": drawing.get("aria-label"),
            "svg": drawing_of(drawing),
            "width": width,
            "height": height,
            "texts": [text_of(text) for text in drawing.iter("text")],
            "caption": caption,
            "floats": False,
        }

    def runs(self, element: HtmlElement, width: float = 0) -> list[Data]:
        """The text of an element as runs of one style; white space as a browser shows it.

        ``width``: of the line in ems, to cut runs for; 0 leaves them whole.
        """
        runs = _stripped(list(self._runs(element, {"bold": False, "link": "", "role": ""})))
        if width:
            cut_runs(runs, width)
        return runs

    def _runs(self, element: HtmlElement, style: Data) -> Iterator[Data]:
        if element.text:
            yield {"text": _spaced(element.text), **style}
        for child in element:
            if child.tag == "br":
                yield {"text": "\n", **style}
            elif child.tag in ("strong", "em"):
                yield from self._runs(child, {**style, "bold": True})
            elif child.tag == "a":
                yield from self._runs(child, {**style, "link": self._link(child.get("href") or "")})
            elif child.tag == "span":
                yield from self._runs(child, {**style, "role": child.get("class") or style["role"]})
            elif child.tag == "code":
                yield from self._runs(child, style)
            else:
                raise _refused(child, element)
            if child.tail:
                yield {"text": _spaced(child.tail), **style}

    def _link(self, href: str) -> str:
        """The target of a link in the PDF: an id in it or an https page; empty for a file beside the report."""
        if href[:1] == "#" and href[1:] in self.targets:
            self.linked.add(href[1:])
            return href
        return href if href.startswith("https://") else ""


def _elements(element: HtmlElement) -> list[HtmlElement]:
    """The children of a container, which must hold no loose text."""
    loose = "".join([element.text or "", *(child.tail or "" for child in element)]).strip()
    if loose:
        raise ExportError(f"<{element.tag}> の中に、段落に入っていない文字「{loose[:40]}」があります")
    return list(element)


def _flat(block: Data) -> list[Data]:
    return block["blocks"] if block["kind"] == "group" else [block]


def _list(name: str, role: str, items: list[list[Data]]) -> Data:
    """A list; a page may end after each of its first ``breakable`` points, so that the last few stay together.

    A short list is never broken; one with long last points may be broken anywhere.
    """
    together = len(items) if len(items) <= _FEW_POINTS else _LAST_POINTS
    characters = sum(len(run["text"]) for item in items[-together:] for run in item)
    breakable = len(items) - (together if characters <= _SHORT_LIST else 0)
    columns, size = next((columns, size) for more, columns, size in _MOVED if len(items) >= more)
    width = _POINT
    if role:
        width = (_LINE_PT - _GUTTER_PT * (columns - 1)) / columns / size - _BULLET_EMS
    for item in items:
        cut_runs(item, width)
    shape = {"breakable": breakable, "leads": False, "columns": columns, "size": size}
    return {"kind": "list", "role": role, "id": name, "items": items, **shape}


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _stripped(runs: list[Data]) -> list[Data]:
    """Runs without white space at either end or beside a line break."""
    kept = [dict(run) for run in runs if run["text"]]
    for position, run in enumerate(kept):
        if run["text"] == "\n":
            continue
        if position == 0 or kept[position - 1]["text"].endswith(("\n", " ")):
            run["text"] = run["text"].lstrip(" ")
        if position == len(kept) - 1 or kept[position + 1]["text"] == "\n":
            run["text"] = run["text"].rstrip(" ")
    return [run for run in kept if run["text"]]


def _refused(element: HtmlElement, parent: HtmlElement | None) -> ExportError:
    where = f"<{parent.tag}> の中の " if parent is not None else ""
    return ExportError(
        f"PDF に組めない要素 {where}<{element.tag}> があります。helpers の表・文・図を表示するセルにしてください"
    )
