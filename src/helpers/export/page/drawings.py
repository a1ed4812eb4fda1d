"""Prepare the charts of a page: alternative text for readers, ids that no other chart has."""

from __future__ import annotations

__all__ = ["prepare_drawing"]

import re

from lxml.html import HtmlElement

from helpers.errors import ExportError

_MOST_LETTERS = 10_000  # of an alternative text: Typst takes 32,767 bytes, three a letter
_LINKS = ("href", "xlink:href")
_REFERENCE = re.compile(r"url\(#([\w-]+)\)")
_VIEW_BOX = re.compile(r"\S+\s+\S+\s+(?P<width_pt>\d+(?:\.\d+)?)\s+\d+(?:\.\d+)?")


def prepare_drawing(svg: HtmlElement, number: int) -> None:
    """Demand alternative text, keep only the ids that the drawing refers to, and make them its own.

    Several charts stand in one page, and matplotlib names its parts alike in each.

    Raises:
        ExportError: the chart has no alternative text, or a very long one, or no viewBox.
    """
    words = (svg.get("aria-label") or "").strip()
    if not words:
        raise ExportError("図に代替テキスト（aria-label）がありません。図の内容を文で書いてください")
    if len(words) > _MOST_LETTERS:
        raise ExportError(
            f"図の代替テキスト（aria-label）「{words[:20]}…」が長すぎます（{len(words):,}字。{_MOST_LETTERS:,}字まで）。"
            "要点だけを書き、詳しい値は表で示してください"
        )
    box = _VIEW_BOX.fullmatch((svg.get("viewbox") or svg.get("viewBox") or "").strip())
    if box is None:
        raise ExportError("図に viewBox がありません。SVG の大きさを指定してください")
    svg.set("role", "img")
    # As large as drawn where there is room; one unit is a point.
    width = float(box["width_pt"])
    svg.set("style", f"--units: {width:.0f}px; max-width: {width * 4 / 3:.0f}px")
    for size in ("width", "height"):
        svg.attrib.pop(size, None)
    attributes = [(element, *pair) for element in svg.iter() for pair in element.attrib.items()]
    used = {name for _, _, value in attributes for name in _REFERENCE.findall(value)}
    used |= {value.removeprefix("#") for _, key, value in attributes if key in _LINKS}
    for element, key, value in attributes:
        if key in _LINKS:
            element.set("href", f"#chart{number}-{value.removeprefix('#')}")
        if key == "xlink:href" or (key == "id" and element is not svg and value not in used):
            del element.attrib[key]
        elif key == "id" and element is not svg:
            element.set("id", f"chart{number}-{value}")
        elif "url(#" in value:
            element.set(key, _REFERENCE.sub(rf"url(#chart{number}-\1)", value))
