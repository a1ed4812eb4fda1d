"""Write element trees as text, with the elements and attributes that ``allowed`` lists and no others."""

from __future__ import annotations

__all__ = ["drawing_of", "markup_of", "text_of"]

from typing import Final

from lxml.html import HtmlElement

from helpers.errors import ExportError
from helpers.export.page.allowed import ATTRIBUTES, SVG, TABLE

_VOID: Final = frozenset({"br", "wbr"})
# The attributes of each element that a page may have: more than the outputs of cells.
_KNOWN: Final = {
    **ATTRIBUTES,
    **{tag: ATTRIBUTES[tag] | {"role", "data-label"} for tag in TABLE},
    "wbr": frozenset({"aria-hidden"}),
}
# The HTML parser changes names to lower case; in SVG, as in all XML, case matters.
_SVG_NAMES: Final = {
    name.lower(): name for name in SVG | {attribute for tag in SVG for attribute in ATTRIBUTES[tag]}
}


def markup_of(element: HtmlElement) -> str:
    """Write an element as escaped HTML, checking names and attributes once more.

    Raises:
        ExportError: an element or attribute that is not listed.
    """
    return "".join(_parts(element, "svg" if element.tag == "svg" else ""))


def drawing_of(svg: HtmlElement) -> str:
    """An ``<svg>`` element as a stand-alone XML document."""
    return markup_of(svg).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


def text_of(element: HtmlElement) -> str:
    """The text that a reader sees, a line break as a space, runs of white space as one."""
    return " ".join(_text(element).split())


def _text(element: HtmlElement) -> str:
    within = "".join(_text(child) + (child.tail or "") for child in element)
    return (" " if element.tag == "br" else "") + (element.text or "") + within


def _parts(element: HtmlElement, inside: str) -> list[str]:
    name = _SVG_NAMES.get(element.tag, element.tag) if inside else element.tag
    if name not in _KNOWN:
        raise ExportError(f"報告書で使えない要素 <{name}> があります。表・文・図を表示するセルにしてください")
    parts = [f"<{name}"]
    for key, value in element.attrib.items():
        attribute = _SVG_NAMES.get(key, key) if inside else key
        if attribute not in _KNOWN[name]:
            raise ExportError(f"要素 <{name}> に使えない属性 {attribute} があります")
        parts.append(f' {attribute.removeprefix("xlink:")}="{_escaped(value)}"')
    parts.append(">")
    if name not in _VOID:
        if element.text:
            parts.append(_escaped(element.text))
        for child in element:
            parts += _parts(child, "svg" if inside or child.tag == "svg" else "")
            if child.tail:
                parts.append(_escaped(child.tail))
        parts.append(f"</{name}>")
    return parts


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
