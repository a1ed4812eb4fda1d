"""Charts in a page: named for readers, and apart from each other."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from helpers.errors import ExportError

_REFERENCE = re.compile(r"url\(#([\w-]+)\)")
_VIEW_BOX = re.compile(r"\S+\s+\S+\s+(?P<width_pt>\d+(?:\.\d+)?)\s+\d+(?:\.\d+)?")


def prepare_drawing(svg: HtmlElement, number: int) -> None:
    """Demand alternative text, keep only the ids that the drawing refers to, and make them its own.

    Several charts stand in one page, and matplotlib names its parts alike in each.

    Raises:
        ExportError: the chart has no alternative text or no viewBox.
    """
    if not (svg.get("aria-label") or "").strip():
        raise ExportError("図に代替テキスト（aria-label）がありません。図の内容を文で書いてください")
    box = _VIEW_BOX.fullmatch((svg.get("viewbox") or svg.get("viewBox") or "").strip())
    if box is None:
        raise ExportError("図に viewBox がありません。SVG の大きさを指定してください")
    svg.set("role", "img")
    # As large as drawn where there is room; one unit is a point.
    svg.set("style", f"max-width: {float(box['width_pt']) * 4 / 3:.0f}px")
    for size in ("width", "height"):
        svg.attrib.pop(size, None)
    used = _references(svg)
    for element in svg.iter():
        if element is not svg and (name := element.get("id")) is not None:
            if name in used:
                element.set("id", f"chart{number}-{name}")
            else:
                del element.attrib["id"]
        for key, value in list(element.attrib.items()):
            if key in ("href", "xlink:href"):
                element.set("href", f"#chart{number}-{value.removeprefix('#')}")
                if key != "href":
                    del element.attrib[key]
            elif "url(#" in value:
                element.set(key, _REFERENCE.sub(rf"url(#chart{number}-\1)", value))


def _references(svg: HtmlElement) -> set[str]:
    used: set[str] = set()
    for element in svg.iter():
        for key, value in element.attrib.items():
            if key in ("href", "xlink:href"):
                used.add(value.removeprefix("#"))
            else:
                used.update(_REFERENCE.findall(value))
    return used
