"""The parts of an OpenDocument spreadsheet around its content: styles, numbers, settings, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from helpers.export.files.book import Book
from helpers.export.files.fields import CHANGE, COUNT, FLAG, SHARE, SHARE_CHANGE, YEAR
from helpers.export.files.number_formats import NumberFormat, format_of
from helpers.plan.printing import PrintingRules

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "office": f"{_OASIS}office:1.0", "style": f"{_OASIS}style:1.0", "table": f"{_OASIS}table:1.0",
    "text": f"{_OASIS}text:1.0", "number": f"{_OASIS}datastyle:1.0", "meta": f"{_OASIS}meta:1.0",
    "config": f"{_OASIS}config:1.0", "manifest": f"{_OASIS}manifest:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0", "svg": f"{_OASIS}svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/", "xlink": "http://www.w3.org/1999/xlink",
}  # fmt: skip
_TEMPLATES = Path(__file__).with_name("templates")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_GAPS = re.compile("( {2,}|^ | $|\t)")


def element(name: str, attributes: Mapping[str, str], *children: str, text: str = "") -> str:
    """An element by its prefixed name; ``text`` is escaped, ``children`` are elements."""
    given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    content = escape(text) + "".join(children)
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def part(name: str, attributes: Mapping[str, str], *children: str) -> bytes:
    """A whole part of the document: its root element with every name space."""
    spaces = {f"xmlns:{prefix}": space for prefix, space in _SPACES.items()}
    return f"{_DECLARATION}{element(name, spaces | dict(attributes), *children)}".encode()


@cache
def template(name: str) -> bytes:
    """A part that is the same in every document, such as styles.xml, without the blanks that people read it by."""
    text = (_TEMPLATES / name).read_text(encoding="utf-8")
    return f"{_DECLARATION}{' '.join(text.split()).replace('> <', '><')}".encode()


def line_of_text(line: str) -> str:
    """A line of text; spaces that XML would drop, and tabs, as elements."""
    return "".join(
        element("text:tab", {})
        if piece == "\t"
        else element("text:s", {"text:c": str(len(piece))})
        if _GAPS.fullmatch(piece)
        else escape(piece)
        for piece in _GAPS.split(line)
        if piece
    )


def number_styles(printing: PrintingRules) -> Iterator[str]:
    """A cell style for each kind of number, with its format."""
    for kind in (YEAR, COUNT, CHANGE, SHARE, SHARE_CHANGE, FLAG):
        yield from _formats(kind, format_of(kind, printing))
        given = {
            "style:name": f"n-{kind}",
            "style:family": "table-cell",
            "style:parent-style-name": "Text",
            "style:data-style-name": f"f-{kind}",
        }
        centre = element("style:paragraph-properties", {"fo:text-align": "center"})
        yield element("style:style", given, *([centre] if kind == YEAR else []))


def settings(book: Book) -> bytes:
    """settings.xml: the header rows of every sheet frozen, the cover shown first."""
    rows = {"HorizontalSplitMode": 0, "VerticalSplitMode": 2, "VerticalSplitPosition": 3, "PositionBottom": 3}
    entries = (
        element(
            "config:config-item-map-entry",
            {"config:name": sheet.name},
            *(_item(name, "int", str(value)) for name, value in rows.items()),
            _item("ActiveSplitRange", "short", "2"),
        )
        for sheet in book.sheets
    )
    tables = element("config:config-item-map-named", {"config:name": "Tables"}, *entries)
    view = element(
        "config:config-item-map-entry", {}, _item("ViewId", "string", "view1"), tables,
        _item("ActiveTable", "string", "表紙"),
    )  # fmt: skip
    views = element("config:config-item-map-indexed", {"config:name": "Views"}, view)
    held = element("config:config-item-set", {"config:name": "ooo:view-settings"}, views)
    return part("office:document-settings", {"office:version": "1.3"}, element("office:settings", {}, held))


def meta(book: Book) -> bytes:
    """meta.xml: title and publisher; the date is the one of the data."""
    moment = f"{book.publication.ends.isoformat()}T00:00:00"
    told = {
        "meta:generator": "gyokaku",
        "dc:title": book.title,
        "dc:description": book.publication.as_of,
        "meta:initial-creator": book.publication.plan.municipality,
        "dc:creator": book.publication.plan.municipality,
        "meta:creation-date": moment,
        "dc:date": moment,
        "dc:language": "ja",
    }
    return part(
        "office:document-meta",
        {"office:version": "1.3"},
        element("office:meta", {}, *(element(name, {}, text=text) for name, text in told.items())),
    )


def _formats(kind: str, form: NumberFormat) -> Iterator[str]:
    name = f"f-{kind}"
    if form.signs is None:
        yield _format(name, form, "", has_number=True)
        return
    more, less, none = form.signs
    yield _format(f"{name}-more", form, more, has_number=True)
    yield _format(f"{name}-less", form, less, has_number=True)
    maps = (
        element("style:map", {"style:condition": condition, "style:apply-style-name": style})
        for condition, style in (("value()>0", f"{name}-more"), ("value()<0", f"{name}-less"))
    )
    yield _format(name, form, none, *maps, has_number=False)


def _format(name: str, form: NumberFormat, sign: str, *maps: str, has_number: bool) -> str:
    parts = [element("number:text", {}, text=sign)] if sign else []
    if has_number:
        digits = {"number:decimal-places": str(form.decimals), "number:min-integer-digits": "1"}
        digits |= {"number:min-decimal-places": str(form.decimals)}
        parts.append(
            element("number:number", digits | ({"number:grouping": "true"} if form.is_grouped else {}))
        )
        if form.is_percent:
            parts.append(element("number:text", {}, text="%"))
    kind = "number:percentage-style" if form.is_percent else "number:number-style"
    return element(kind, {"style:name": name}, *parts, *maps)


def _item(name: str, kind: str, value: str) -> str:
    return element("config:config-item", {"config:name": name, "config:type": kind}, text=value)
