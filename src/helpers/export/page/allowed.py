"""The elements, attributes, classes and links that a report may have.

Cell outputs are raw HTML that anybody could have written. ``sanitize`` lets through what is listed here;
``demand_known`` refuses elements that it would drop silently.
"""

from __future__ import annotations

__all__ = [
    "ATTRIBUTES", "BLOCKS", "CLASSES", "ELEMENTS", "INLINE", "SVG", "TABLE", "UNSEEN", "demand_known",
    "is_safe_link", "sanitize",
]  # fmt: skip

import re
from collections.abc import Mapping
from typing import Final

import lxml.etree
import lxml.html
import nh3

from helpers.errors import ExportError
from helpers.plan import GROUPS
from helpers.report.palette import LOOKS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INLINE: Final = frozenset({"a", "br", "code", "em", "span", "strong"})
TABLE: Final = frozenset({"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})
BLOCKS: Final = _words("dd div dl dt figcaption figure h1 h2 h3 h4 header li p section ul")
# The subset of SVG that matplotlib writes with text kept as text.
SVG: Final = _words(
    "svg g defs clipPath path rect circle ellipse line polyline polygon text tspan use "
    "pattern linearGradient radialGradient stop"
)
ELEMENTS: Final = INLINE | TABLE | BLOCKS | SVG

# Elements that no reader sees: removed with their content.
UNSEEN: Final = _words("script style link meta base template noscript metadata title head")

_SVG_SHAPE = _words(
    "clip-path clip-rule cx cy d dx dy fill fill-opacity fill-rule font-family font-size font-style font-weight "
    "height id opacity points r rx ry stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-width style text-anchor transform width x x1 x2 y y1 y2"
)
_SVG_PAINT = _words(
    "gradientTransform gradientUnits offset patternContentUnits patternTransform patternUnits stop-color "
    "stop-opacity clipPathUnits spreadMethod fx fy"
)
ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    **{tag: frozenset({"id", "class"}) for tag in INLINE | TABLE | BLOCKS},
    **dict.fromkeys(SVG, _SVG_SHAPE | _SVG_PAINT),
    "a": frozenset({"id", "class", "href", "aria-label"}),
    "figure": frozenset({"id", "class", "aria-labelledby"}),
    "section": frozenset({"id", "class", "aria-label", "aria-labelledby"}),
    "svg": _SVG_SHAPE | {"viewBox", "role", "aria-label", "preserveAspectRatio"},
    "td": _words("id class colspan rowspan data-status data-look"),
    "th": _words("id class colspan rowspan scope data-status data-look"),
    # The columns that the script filters rows by and that are not shown.
    "tr": _words("id class data-change data-department"),
    "use": _SVG_SHAPE | {"href", "xlink:href"},
}

CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "div": frozenset({"card", "lead", "table"}),
    "figure": frozenset({"chart"}),
    "header": frozenset({"cover"}),
    "p": frozenset({"bad", "good", "missing", "municipality", "note", "subtitle"}),
    "section": frozenset({"dense", "denser", "digest", "glance", "item-card"}),
    "span": frozenset({"detail"}),
    "td": frozenset({"num", "status", "text"}),
    "th": frozenset({"num", "status", "text"}),
    "tr": frozenset({"group", "total"}),
    "ul": frozenset({"moved", "sentences"}),
}

_SVG_GEOMETRY = re.compile(r"[\w\s.,+-]{1,200000}")
_VALUES: Final[Mapping[str, re.Pattern[str]]] = {
    "id": re.compile(r"[\w.:-]{1,120}"),
    "aria-labelledby": re.compile(r"[\w.:-]{1,120}(?: [\w.:-]{1,120})*"),
    "role": re.compile(r"img"),
    "scope": re.compile(r"col|row|colgroup|rowgroup"),
    "colspan": re.compile(r"[1-9]\d{0,2}"),
    "rowspan": re.compile(r"[1-9]\d{0,2}"),
    "data-status": re.compile("|".join(GROUPS)),
    "data-look": re.compile("|".join(LOOKS)),
    "d": _SVG_GEOMETRY,
    "points": _SVG_GEOMETRY,
}
_PARAGRAPH_LINK = re.compile(r"#[\w.:-]{1,120}")
_WEB_LINK = re.compile(r"https://[^\s\\\"'<>\x00-\x20\x7f]{1,2000}")
# A path below the report: no scheme, no host, no way up, no backslash.
_RELATIVE_LINK = re.compile(r"(?!/)(?!.*(?:^|/)\.\.(?:/|$))[\w./%()~\-]{1,500}(?:#[\w.:-]{1,120})?")
_STYLE_PROPERTIES = _words(
    "fill fill-opacity fill-rule font font-family font-size font-style font-weight opacity stroke stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor "
    "stop-color stop-opacity white-space clip-path"
)
_STYLE_VALUE = re.compile(r"(?:url\(#[\w-]{1,120}\)|[\w\s.,%#'\"()+-]){1,400}")
_OUTSIDE = re.compile(r"url\((?!#[\w-]+\))|image|expression|attr\(|var\(|env\(|/\*", re.IGNORECASE)


def sanitize(html: str) -> str:
    """Remove everything from HTML that this module does not list."""
    return _CLEANER.clean(html)


def demand_known(html: str) -> None:
    """Refuse an element that the report may not have; elements that no reader sees pass, as ``sanitize`` removes them.

    Raises:
        ExportError: an element is in neither ``ELEMENTS`` nor ``UNSEEN``; the message names it.
    """
    if "<" not in html:
        return
    known = {tag.lower() for tag in ELEMENTS | UNSEEN}
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for element in root.iter(lxml.etree.Element):
        tag = str(element.tag)
        if tag.lower() not in known and ":" not in tag and tag not in ("html", "body"):
            raise ExportError(
                f"出力に、報告書で使えない要素 <{tag}> があります。helpers の表・文・図を表示するセルにしてください"
            )


def is_safe_link(href: str) -> bool:
    """Whether a link leads to a paragraph, to a file below the report, or to an https page."""
    return any(pattern.fullmatch(href) for pattern in (_PARAGRAPH_LINK, _WEB_LINK, _RELATIVE_LINK))


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute that the report may have, or None."""
    if name == "class":
        return " ".join(word for word in value.split() if word in CLASSES.get(tag, frozenset())) or None
    if name == "style":
        return _style(value) or None
    if name in ("href", "xlink:href"):
        is_fit = bool(_PARAGRAPH_LINK.fullmatch(value)) if tag in SVG else is_safe_link(value)
    elif name in _VALUES:
        is_fit = bool(_VALUES[name].fullmatch(value))
    else:
        is_fit = tag not in SVG or name == "aria-label" or _stays_inside(value)
    return value if is_fit else None


def _style(value: str) -> str:
    pairs = ([part.strip() for part in declaration.partition(":")] for declaration in value.split(";"))
    return "; ".join(
        f"{name}: {setting}"
        for name, _, setting in pairs
        if name in _STYLE_PROPERTIES and _stays_inside(setting)
    )


def _stays_inside(value: str) -> bool:
    """Whether a value of a drawing names nothing outside the drawing."""
    return bool(_STYLE_VALUE.fullmatch(value)) and not _OUTSIDE.search(value)


_CLEANER = nh3.Cleaner(
    tags=set(ELEMENTS),
    clean_content_tags=set(UNSEEN),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=_attribute,
    url_schemes={"https"},
    link_rel=None,
)
