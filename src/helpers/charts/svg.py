"""matplotlib's SVG made fit to stand inside a page: small, scalable, with no style or id that reaches out of it."""

from __future__ import annotations

import re

from lxml import etree

from helpers.fonts import FAMILY_CSS

_SVG = "http://www.w3.org/2000/svg"
_NAMESPACES = {"xlink": "http://www.w3.org/1999/xlink"}
_HREF = f"{{{_NAMESPACES['xlink']}}}href"
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_GEOMETRY = ("d", "x", "y", "transform", "points", "width", "height")
# matplotlib's page-wide rule as inherited attributes, and its font once instead of on every text.
_INHERITED = {"stroke-linejoin": "round", "stroke-linecap": "butt", "font-family": FAMILY_CSS}


def tidy_svg(raw: bytes, chart_id: str, alt: str) -> str:
    """Make an inline ``<svg>`` of what matplotlib wrote: the same drawing, named by ``alt``, ids under ``chart_id``."""
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True, resolve_entities=False, no_network=True)
    drawn = etree.fromstring(raw, parser)
    etree.strip_elements(drawn, f"{{{_SVG}}}metadata", f"{{{_SVG}}}style", with_tail=False)
    _rename_ids(drawn, chart_id)
    for element in drawn.iter(f"{{{_SVG}}}*"):
        _flatten_style(element)
        _round_geometry(element)
    _unwrap_groups(drawn)
    _, _, width, height = drawn.attrib["viewBox"].split()
    svg = etree.Element(f"{{{_SVG}}}svg", {}, {None: _SVG, **_NAMESPACES})
    svg.attrib.update(
        {
            "viewBox": f"0 0 {width} {height}",
            # The size where no style sheet says otherwise (a notebook); it shrinks with a narrow page.
            "width": f"{float(width) * 4 / 3:.0f}",
            "height": f"{float(height) * 4 / 3:.0f}",
            "style": "max-width:100%;height:auto",
            "role": "img",
            "aria-label": alt,
            **_INHERITED,
        }
    )
    svg.extend(list(drawn))
    etree.cleanup_namespaces(svg)
    return etree.tostring(svg, encoding="unicode")


def _rename_ids(drawn: etree._Element, chart_id: str) -> None:
    """Drop every id that nothing refers to and number the others."""
    names: dict[str, str] = {}
    for element in drawn.iter(f"{{{_SVG}}}*"):
        for key, value in element.attrib.items():
            found = [value[1:]] if key == _HREF else _REFERENCE.findall(value)
            for name in found:
                names.setdefault(name, f"{chart_id}-{len(names) + 1}")
    for element in drawn.iter(f"{{{_SVG}}}*"):
        for key, value in list(element.attrib.items()):
            if key == "id" and value not in names:
                del element.attrib[key]
            elif key == "id":
                element.attrib[key] = names[value]
            elif key == _HREF:
                element.attrib[key] = f"#{names[value[1:]]}"
            else:
                element.attrib[key] = _REFERENCE.sub(lambda match: f"url(#{names[match[1]]})", value)


def _flatten_style(element: etree._Element) -> None:
    """Turn a style attribute into presentation attributes: shorter, and read alike by every renderer."""
    style = element.attrib.pop("style", "")
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        key, value = (part.strip() for part in declaration.split(":", 1))
        if key not in _INHERITED and (key, value) != ("text-anchor", "start"):
            element.attrib[key] = value.removesuffix("px")


def _round_geometry(element: etree._Element) -> None:
    for key in _GEOMETRY:
        if (value := element.get(key)) is not None:
            rounded = _LONG_NUMBER.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), value)
            element.attrib[key] = " ".join(rounded.split())
    if element.get("transform", "").startswith(("rotate(-0 ", "rotate(0 ")):
        del element.attrib["transform"]


def _unwrap_groups(drawn: etree._Element) -> None:
    """Remove groups that say nothing, and definitions left empty."""
    for element in list(drawn.iter(f"{{{_SVG}}}g", f"{{{_SVG}}}defs")):
        parent = element.getparent()
        if parent is None or element.attrib:
            continue
        if element.tag == f"{{{_SVG}}}g":
            place = parent.index(element)
            parent[place : place + 1] = list(element)
        elif len(element) == 0:
            parent.remove(element)
