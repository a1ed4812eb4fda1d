"""matplotlib's SVG made fit to stand inside a page: small, scalable, with no style or id that reaches out of it."""

from __future__ import annotations

__all__ = ["tidy_svg"]

import re

from lxml import etree

from helpers.report.palette import PAPER
from helpers.text.fonts import FAMILY_CSS

_SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_GEOMETRY = ("d", "x", "y", "transform", "points", "width", "height")
# matplotlib's page-wide rule as inherited attributes, and its font once instead of on every text.
_INHERITED = {"stroke-linejoin": "round", "stroke-linecap": "butt", "font-family": FAMILY_CSS}


def tidy_svg(raw: bytes, chart_id: str, alt: str) -> str:
    """Make an inline ``<svg>`` of what matplotlib wrote: the same drawing, named by ``alt``, ids under ``chart_id``."""
    parser = etree.XMLParser(
        remove_comments=True, remove_blank_text=True, resolve_entities=False, no_network=True
    )
    drawn = etree.fromstring(raw, parser)
    etree.strip_elements(drawn, f"{{{_SVG}}}metadata", f"{{{_SVG}}}style", with_tail=False)
    _rename_ids(drawn, chart_id)
    for element in drawn.iter(f"{{{_SVG}}}*"):
        _flatten_style(element)
        _round_geometry(element)
    _drop_nothings(drawn)
    _, _, width, height = str(drawn.get("viewBox")).split()
    for key, _ in _attributes(drawn):
        del drawn.attrib[key]
    attributes = {
        "viewBox": f"0 0 {width} {height}",
        # The size where no style sheet says otherwise (a notebook); it shrinks with a narrow page.
        "width": f"{float(width) * 4 / 3:.0f}",
        "height": f"{float(height) * 4 / 3:.0f}",
        "style": "max-width:100%;height:auto",
        "role": "img",
        "aria-label": alt,
        **_INHERITED,
    }
    for key, value in attributes.items():
        drawn.set(key, value)
    etree.cleanup_namespaces(drawn)
    return str(etree.tostring(drawn, encoding="unicode"))


def _rename_ids(drawn: etree._Element, chart_id: str) -> None:
    """Drop every id that nothing refers to and number the others."""
    names: dict[str, str] = {}
    for element in drawn.iter(f"{{{_SVG}}}*"):
        for key, value in _attributes(element):
            for name in [value[1:]] if key == _HREF else _REFERENCE.findall(value):
                names.setdefault(name, f"{chart_id}-{len(names) + 1}")
    for element in drawn.iter(f"{{{_SVG}}}*"):
        for key, value in _attributes(element):
            if key == "id" and value not in names:
                del element.attrib[key]
            elif key == "id":
                element.set(key, names[value])
            elif key == _HREF:
                element.set(key, f"#{names[value[1:]]}")
            else:
                element.set(key, _REFERENCE.sub(lambda match: f"url(#{names[match[1]]})", value))


def _flatten_style(element: etree._Element) -> None:
    """Turn a style attribute into presentation attributes: shorter, and read alike by every renderer."""
    declarations = (element.get("style") or "").split(";")
    for declaration in filter(str.strip, declarations):
        key, value = (part.strip() for part in declaration.split(":", 1))
        if key not in _INHERITED and (key, value) != ("text-anchor", "start"):
            element.set(key, value.removesuffix("px"))
    element.attrib.pop("style", "")


def _round_geometry(element: etree._Element) -> None:
    for key, value in _attributes(element):
        if key in _GEOMETRY:
            rounded = _LONG_NUMBER.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), value)
            element.set(key, " ".join(rounded.split()))
    if (element.get("transform") or "").startswith(("rotate(-0 ", "rotate(0 ")):
        del element.attrib["transform"]


def _drop_nothings(drawn: etree._Element) -> None:
    """Remove groups that say nothing, definitions left empty, and the white frames of a heat map's masked cells."""
    for element in list(drawn.iter(f"{{{_SVG}}}g", f"{{{_SVG}}}defs", f"{{{_SVG}}}path")):
        parent = element.getparent()
        if parent is None:
            continue
        if element.get("fill") == "none" and element.get("stroke") == PAPER:
            parent.remove(element)
        elif element.tag == f"{{{_SVG}}}g" and not element.attrib:
            position = parent.index(element)
            parent[position : position + 1] = list(element)
        elif element.tag == f"{{{_SVG}}}defs" and len(element) == 0:
            parent.remove(element)


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return [(str(key), str(value)) for key, value in element.attrib.items()]
