"""The contents of a workbook, whatever its file format: a cover, and a sheet per table with columns, widths and values."""

from __future__ import annotations

__all__ = [
    "COVER", "COVER_WIDTHS", "Book", "Column", "Line", "Sheet", "decimals_of", "is_long", "make_book",
]  # fmt: skip

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from helpers.errors import ExportError
from helpers.export.files.contents import Publication
from helpers.export.files.described import fields_of, notes_of
from helpers.export.files.fields import Field
from helpers.plan.printing import PrintingRules
from helpers.plan.words.report_words import Wording
from helpers.report.faces.records import Value, values_of
from helpers.report.table import Table
from helpers.text.amounts import MOST_DECIMALS
from helpers.text.forms import LONGEST_CELL, for_xml, lines_of, width_of

COVER = "表紙"
COVER_WIDTHS = (40, 84)
_WIDEST_COLUMN = 66  # a SHA-256 on one line
_NARROWEST_COLUMN = 8
# As wide as upright paper in full size, and at 70 %, letters of 8 points; the lines of a table that landscape paper has
# room for in full size.
_FULL_PORTRAIT, _WIDEST_PORTRAIT, _LANDSCAPE_LINES = 88, 124, 20
_LONGEST_NAME = 31
_MOST_DIGITS = 15  # of a number in Excel and LibreOffice
_IN_WORDS = f"※{_MOST_DIGITS}桁を超える数は、表計算ソフトが下の桁を落とすため、文字列で示しています。計算には csv を使ってください。"
# Characters that a sheet's name cannot have, and what stands for them.
_NOT_IN_NAMES = str.maketrans(
    {"[": "［", "]": "］", ":": "：", "*": "＊", "?": "？", "/": "／", "\\": "＼", "'": "’"}
)


@dataclass(frozen=True)
class Column:
    """A column of a sheet; ``width`` in half-width characters."""

    field: Field
    width: int


@dataclass(frozen=True)
class Sheet:
    """One table: caption, header, records. Rows of the sheet: caption, way back to the cover, header, records."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()

    HEADER_ROW = 3

    @property
    def is_wide(self) -> bool:
        """Whether it is printed on landscape paper: where upright it would be too small, or small and most of the page empty."""
        width = sum(column.width for column in self.columns)
        is_low = sum(map(self.lines_of_row, self.rows)) <= _LANDSCAPE_LINES
        return width > (_FULL_PORTRAIT if is_low else _WIDEST_PORTRAIT)

    def lines_of_row(self, values: Sequence[Value]) -> int:
        """How many lines a row takes: those of its longest text."""
        texts = zip(values, self.columns, strict=True)
        return max(
            (lines_of(text, column.width) for text, column in texts if isinstance(text, str)), default=1
        )


@dataclass(frozen=True)
class Line:
    """A line of the cover: a label, a text (empty in a heading), and the name of the sheet that the label links to."""

    label: str
    text: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Book:
    """A cover and the sheets."""

    title: str
    publication: Publication
    cover: tuple[Line, ...]
    sheets: tuple[Sheet, ...]

    @property
    def printing(self) -> PrintingRules:
        """The plan's printing rules, which give the number formats."""
        return self.publication.plan.printing


def make_book(publication: Publication) -> Book:
    """Lay the publication out as a workbook.

    Raises:
        ExportError: a column is not described, or a text is longer than a cell can be.
    """
    sheets: list[Sheet] = []
    for table in publication.tables:
        if not publication.plan.policies:
            # The csv files keep the empty column, which every plan's have.
            policies = [name for name in table.records.columns if name == "policy"]
            sums = {name: of for name, of in table.sums.items() if name not in policies}
            table = replace(table, records=table.records.drop(columns=policies), sums=sums)
        name = _name(table.caption, {COVER, *(sheet.name for sheet in sheets)})
        sheets.append(_sheet(table, name, publication.plan.wording))
    title = f"{publication.plan.municipality} {publication.title}"
    return Book(title, publication, tuple(_cover(publication, sheets)), tuple(sheets))


def is_long(text: str) -> bool:
    """Whether a text takes more than one line of its column."""
    return "\n" in text or width_of(text) > _WIDEST_COLUMN


def decimals_of(value: Value) -> int:
    """How many decimals a number has: 2 of 12.50."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(0, -int(exponent))


def _sheet(table: Table, name: str, wording: Wording) -> Sheet:
    fields, records = fields_of(table, wording), values_of(table.records)
    rows = tuple(
        tuple(_shown(value, field, table.id) for value, field in zip(record, fields, strict=True))
        for record in records
    )
    notes = notes_of(table, wording)
    if any(_is_too_long(value) for record in records for value in record):
        notes += (_IN_WORDS,)
    widths = [_width(field, [row[number] for row in rows]) for number, field in enumerate(fields)]
    # The caption, in larger letters, is cut off on paper where the columns end.
    widths[-1] = max(widths[-1], round(1.4 * width_of(table.caption)) - sum(widths[:-1]))
    columns = tuple(map(Column, fields, widths))
    return Sheet(name, table.caption, columns, rows, notes)


def _shown(value: Value, field: Field, table_id: str) -> Value:
    word = f"{value:,f}" if _is_too_long(value) else field.words.get(str(value), value)
    if not isinstance(word, str):
        return word
    if len(word.encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise ExportError(
            f"表 {table_id} の「{field.title}」に、{LONGEST_CELL}字を超える文字列があります。元の表を短くしてください"
        )
    return for_xml(word) or None


def _is_too_long(value: Value) -> bool:
    """Whether a number has more digits than a spreadsheet keeps. More decimals than amounts have are of a binary number."""
    if not isinstance(value, int | Decimal) or decimals_of(value) > MOST_DECIMALS:
        return False
    return len(Decimal(value).as_tuple().digits) > _MOST_DIGITS


def _width(field: Field, values: Iterable[Value]) -> int:
    widths = [
        width_of(value) if isinstance(value, str) else len(f"{value:,f}") if field.kind.is_as_typed else 7
        for value in values
        if value is not None
    ]
    # The header carries a button for filters beside its text.
    widest = max([width_of(field.title) + 3, _NARROWEST_COLUMN, *widths])
    return min(widest, _WIDEST_COLUMN) + 1


def _name(caption: str, taken: Iterable[str]) -> str:
    """Make a sheet's name of a caption: without parts in brackets, legal, short, and unlike the names ``taken``."""
    bare = re.sub("（[^（）]*）", "", caption).translate(_NOT_IN_NAMES)
    bare = for_xml(re.sub(r"\s+", " ", bare)).strip() or "表"
    known = {name.casefold() for name in taken}
    number = 1
    while True:
        end = f"（{number}）" if number > 1 else ""
        name = _cut(bare, _LONGEST_NAME - len(end)) + end
        # 履歴 (History) is a name that Excel keeps for itself.
        if name.casefold() not in known | {"history", "履歴"}:
            return name
        number += 1


def _cut(text: str, length: int) -> str:
    """Cut a text to a number of UTF-16 units, as Excel counts them."""
    if len(text.encode("utf-16-le")) // 2 <= length:
        return text
    while len(text.encode("utf-16-le")) // 2 > length - 1:
        text = text[:-1]
    return f"{text}…"


def _cover(publication: Publication, sheets: Iterable[Sheet]) -> Iterator[Line]:
    plan, history = publication.plan, publication.history
    yield Line("市町村", plan.municipality)
    yield Line("題名", publication.title)
    yield Line("データの時点", publication.as_of)
    if plan.source:
        yield Line("出典", plan.source)
    if plan.licence:
        yield Line(
            "利用条件", " ".join(filter(None, (plan.licence.title or plan.licence.name, plan.licence.path)))
        )
    yield Line("目次")
    for sheet in sheets:
        yield Line(sheet.name, f"{sheet.caption}（{len(sheet.rows)}行）", sheet.name)
    yield Line("元のデータ")
    for year, sheet_of_year in sorted(history.sheets.items()):
        yield Line(str(year), f"{sheet_of_year.name}\nSHA-256 {sheet_of_year.source.sha256}")
    yield Line("注記")
    yield Line(
        "数値", "割合は1を100%とする数値に書式を付けたものです。空の欄は資料なし、または該当なしです。"
    )
    for note in publication.notes:
        yield Line("", note)
    for sheet in sheets:
        if sheet.notes:
            yield Line(sheet.name, "\n".join(sheet.notes))
