"""tables.ods: the same workbook as xlsx has it, for LibreOffice; the same bytes for the same tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from helpers.export.files.book import COVER, COVER_WIDTHS, Book, Sheet, is_long
from helpers.export.files.fields import Field
from helpers.export.files.open_document_parts import (
    MIMETYPE,
    element,
    line_of_text,
    meta,
    number_styles,
    part,
    settings,
    template,
)  # fmt: skip
from helpers.files.archive import zipped
from helpers.report.records import Value

_HEADERS = {"left": "Header", "center": "HeaderCentre", "right": "HeaderRight"}  # by the column's side
_CENTIMETRES = 0.21  # the width of a half-width character at 11 points


def ods_file(book: Book) -> bytes:
    """Write the book as an OpenDocument spreadsheet."""
    members = {
        "mimetype": MIMETYPE.encode(),
        "content.xml": _content(book),
        "styles.xml": template("styles.xml"),
        "meta.xml": meta(book),
        "settings.xml": settings(book),
        "META-INF/manifest.xml": template("manifest.xml"),
    }
    return zipped(members, stored=frozenset({"mimetype"}))


def _content(book: Book) -> bytes:
    widths = sorted({*COVER_WIDTHS, *(column.width for sheet in book.sheets for column in sheet.columns)})
    automatic = element(
        "office:automatic-styles",
        {},
        *(_column_style(width) for width in widths),
        _header_style(),
        *(_table_style(name) for name in ("Portrait", "Landscape")),
        *number_styles(book.printing),
    )
    tables = (_cover(book), *(_table(sheet) for sheet in book.sheets))
    ranges = element("table:database-ranges", {}, *(_range(n, s) for n, s in enumerate(book.sheets, start=1)))
    body = element("office:body", {}, element("office:spreadsheet", {}, *tables, ranges))
    return part("office:document-content", {"office:version": "1.3"}, automatic, body)


def _column_style(width: int) -> str:
    size = element("style:table-column-properties", {"style:column-width": f"{width * _CENTIMETRES:.2f}cm"})
    return element("style:style", {"style:name": f"co{width}", "style:family": "table-column"}, size)


def _header_style() -> str:
    height = {"style:row-height": "0.65cm", "style:use-optimal-row-height": "false"}
    given = {"style:name": "header-row", "style:family": "table-row"}
    return element("style:style", given, element("style:table-row-properties", height))


def _table_style(name: str) -> str:
    given = {"style:name": name, "style:family": "table", "style:master-page-name": name}
    return element("style:style", given, element("style:table-properties", {"table:display": "true"}))


def _cover(book: Book) -> str:
    rows = [_row(_text(book.title, "Title")), _row()]
    for line in book.cover:
        if not line.text:
            rows.append(_row(_text(line.label, "Heading"), _text("", "Heading")))
        else:
            label = _link(line.label, line.sheet) if line.sheet else _text(line.label, "Wrapped")
            rows.append(_row(label, _text(line.text, "Wrapped")))
    columns = (element("table:table-column", {"table:style-name": f"co{width}"}) for width in COVER_WIDTHS)
    return element("table:table", {"table:name": COVER, "table:style-name": "Landscape"}, *columns, *rows)


def _table(sheet: Sheet) -> str:
    titles = (_text(column.field.title, _HEADERS[column.field.side]) for column in sheet.columns)
    header = element("table:table-row", {"table:style-name": "header-row"}, *titles)
    fields = [column.field for column in sheet.columns]
    last = _address(len(sheet.columns), sheet.HEADER_ROW + len(sheet.rows), sheet.name)
    return element(
        "table:table",
        {
            "table:name": sheet.name,
            "table:style-name": "Landscape" if sheet.is_wide else "Portrait",
            "table:print-ranges": f"{_address(1, 1, sheet.name)}:{last}",
        },
        *(
            element("table:table-column", {"table:style-name": f"co{column.width}"})
            for column in sheet.columns
        ),
        _row(_text(sheet.caption, "Title")),
        _row(_link(f"{COVER}へ", COVER)),
        element("table:table-header-rows", {}, header),
        *(_row(*(_cell(*pair) for pair in zip(values, fields, strict=True))) for values in sheet.rows),
    )


def _range(number: int, sheet: Sheet) -> str:
    first = _address(1, sheet.HEADER_ROW, sheet.name)
    last = _address(len(sheet.columns), sheet.HEADER_ROW + len(sheet.rows), sheet.name)
    return element(
        "table:database-range",
        {
            "table:name": f"table{number}",
            "table:target-range-address": f"{first}:{last}",
            "table:display-filter-buttons": "true",
        },
    )


def _address(column: int, row: int, sheet: str) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"'{sheet}'.{letters}{row}"


def _row(*cells: str) -> str:
    return element("table:table-row", {}, *(cells or (element("table:table-cell", {}),)))


def _cell(value: Value, field: Field) -> str:
    if value is None:
        return element("table:table-cell", {})
    if isinstance(value, str):
        return _text(value, "Wrapped" if is_long(value) else "Text")
    kind = "percentage" if isinstance(value, Decimal) else "float"
    given = {"office:value-type": kind, "office:value": str(value), "table:style-name": f"n-{field.kind}"}
    return element("table:table-cell", given)


def _text(text: str, style: str) -> str:
    """Text of the string type is never a formula, whatever it begins with."""
    if not text:
        return element("table:table-cell", {"table:style-name": style})
    given = {"office:value-type": "string", "table:style-name": style}
    return element("table:table-cell", given, *_paragraphs(text))


def _paragraphs(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield element("text:p", {}, line_of_text(line))


def _link(text: str, sheet: str) -> str:
    link = element("text:a", {"xlink:href": f"#'{sheet}'.A1", "xlink:type": "simple"}, text=text)
    given = {"office:value-type": "string", "table:style-name": "Link"}
    return element("table:table-cell", given, element("text:p", {}, link))
