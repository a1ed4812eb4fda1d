"""A finished chart: an SVG that stands in a page by itself, with the words for those who do not see it.

matplotlib's SVG is made small and scalable, with no style or id that reaches out of it.
"""

from __future__ import annotations

__all__ = ["Chart", "Charts", "draw_in_parts", "fitting_words", "tidy_svg"]

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, TypeVar

from lxml import etree

from helpers.report.palette import PAPER
from helpers.text.display import ASSUMED, ASSUMPTION
from helpers.text.fonts import FAMILY_CSS
from helpers.text.html import picture

_Row = TypeVar("_Row")
# What a page has room for beside a long legend and the caption, and half a page: a part that does not fit the page it
# would begin on leaves no more empty.
_HIGHEST, _HALF = 640.0, 290.0
# The most letters of a chart's words: Typst takes 32,767 bytes, three a letter, and nobody listens so long.
_MOST_LETTERS = 6000


@dataclass(frozen=True, repr=False)
class Chart:
    """One chart of the report.

    ``id`` is the figure's id in the page, ``svg`` a whole ``<svg>`` element (text kept as text, no prolog, no style
    sheet, every id prefixed by ``id``), ``alt`` what it shows in words, from the same numbers, ``caption`` its title,
    ``data`` what else its output tells, as JSON by MIME type.
    """

    id: str
    svg: str
    alt: str
    caption: str
    data: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        name = f"{escape(self.id)}-caption"
        return (
            f'<figure class="chart" id="{escape(self.id)}" aria-labelledby="{name}">{picture(self.svg, self.alt)}'
            f'<figcaption id="{name}">{escape(self.caption)}</figcaption></figure>'
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/html": self._repr_html_(), "text/plain": self.alt, **self.data}

    def __repr__(self) -> str:
        return self.alt

    def assumed(self, assumption: str) -> Chart:
        """The same chart that says what it assumes: in id, caption and words."""
        return replace(
            self,
            id=f"{self.id}_assumed",
            alt=f"{ASSUMED}: {assumption}。{self.alt}",
            caption=f"{self.caption}（{ASSUMED}: {assumption}）",
            data={ASSUMPTION: [assumption]},
        )


@dataclass(frozen=True, repr=False)
class Charts:
    """A chart in several parts, each of which fits a page."""

    parts: tuple[Chart, ...]

    def _repr_html_(self) -> str:
        return "".join(part._repr_html_() for part in self.parts)

    def __repr__(self) -> str:
        return "\n".join(map(repr, self.parts))

    @property
    def data(self) -> dict[str, Sequence[Any]]:
        """The data of all parts, as JSON by MIME type."""
        return {kind: values for part in self.parts for kind, values in part.data.items()}

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self), **self.data}

    def assumed(self, assumption: str) -> Charts:
        """The same parts, each of which says what it assumes."""
        return Charts(tuple(part.assumed(assumption) for part in self.parts))


def draw_in_parts(
    chart_id: str,
    caption: str,
    rows: Sequence[_Row],
    foot: Callable[[Sequence[_Row]], float],
    draw: Callable[[str, str, Sequence[_Row]], Chart],
) -> Chart | Charts:
    """Draw rows in one chart, or in several of half a page where a page has no room for them.

    Args:
        rows: at least one.
        foot: the height of a chart of some rows.
        draw: from id, caption and rows to a chart; the ids of further parts and the captions of all are numbered.
    """
    if foot(rows) <= _HIGHEST:
        return draw(chart_id, caption, rows)
    parts: list[list[_Row]] = [[]]
    for row in rows:
        if parts[-1] and foot([*parts[-1], row]) > _HALF:
            parts.append([])
        parts[-1].append(row)
    ids = [chart_id, *(f"{chart_id}-{number}" for number in range(2, len(parts) + 1))]
    captions = [f"{caption} {number}／{len(parts)}" for number in range(1, len(parts) + 1)]
    return Charts(tuple(map(draw, ids, captions, parts)))


_SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_GEOMETRY = ("d", "x", "y", "transform", "points", "width", "height")
# matplotlib's page-wide rule as inherited attributes, and its font once instead of on every text.
_INHERITED = {"stroke-linejoin": "round", "stroke-linecap": "butt", "font-family": FAMILY_CSS}


def fitting_words(choices: Iterable[str]) -> str:
    """The first of some texts that is short enough for a chart's words; without one, the last."""
    texts = list(choices)
    return next((text for text in texts if len(text) <= _MOST_LETTERS), texts[-1])


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
