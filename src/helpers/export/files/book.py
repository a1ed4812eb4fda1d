"""The contents of a workbook, whatever its file format: a cover, and worksheets with the tables' columns and values."""

from __future__ import annotations

__all__ = ["COVER", "COVER_WIDTHS", "Book", "Line", "decimals_of", "make_book"]

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from helpers.errors import ExportError
from helpers.export.files.contents import Publication
from helpers.export.files.described import fields_of, notes_of
from helpers.export.files.fields import Field
from helpers.export.files.worksheets import Sheet, SheetTable, arrange
from helpers.plan.printing import PrintingRules
from helpers.plan.words.report_words import Wording
from helpers.report.faces.records import Value, values_of
from helpers.report.register import HISTORY, NothingToFoot, entry_of
from helpers.report.table import Table
from helpers.text.amounts import MOST_DECIMALS
from helpers.text.forms import LONGEST_CELL, for_xml, width_of

COVER = "表紙"
COVER_WIDTHS = (40, 84)
_WIDEST_COLUMN = 66  # a SHA-256 on one line
_NARROWEST_COLUMN = 8
_SHARED = {False: "主な表", True: "計画・照合・出典"}  # worksheets of several tables; whether of evidence
_LONGEST_NAME = 31
_MOST_DIGITS = 15  # of a number in Excel and LibreOffice
_IN_WORDS = f"※{_MOST_DIGITS}桁を超える数は、表計算ソフトが下の桁を落とすため、文字列で示しています。計算には csv を使ってください。"
# Characters that a sheet's name cannot have, and what stands for them.
_NOT_IN_NAMES = str.maketrans(
    {"[": "［", "]": "］", ":": "：", "*": "＊", "?": "？", "/": "／", "\\": "＼", "'": "’"}
)


@dataclass(frozen=True)
class Line:
    """A line of the cover: a label, a text (empty in a heading), and the sheet and row (from 0) that the label links to."""

    label: str
    text: str = ""
    sheet: str = ""
    row: int = 0


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
    tables: list[SheetTable] = []
    for table in publication.tables:
        if not publication.plan.policies:
            # The csv files keep the empty column, which every plan's have.
            policies = [name for name in table.records.columns if name == "policy"]
            sums = {name: of for name, of in table.sums.items() if name not in policies}
            table = replace(table, records=table.records.drop(columns=policies), sums=sums)
        name = _name(table.caption, {COVER, *(each.name for each in tables)})
        tables.append(_on_sheet(table, name, publication.plan.wording))
    sheets: list[Sheet] = []
    for sheet in arrange(tables):
        taken = {each.name for each in tables} | {each.name for each in sheets}
        shared = _name(_SHARED[sheet.tables[0].is_evidence], taken)
        sheets.append(replace(sheet, name=shared) if sheet.is_shared else sheet)
    title = f"{publication.plan.municipality} {publication.title}"
    return Book(title, publication, tuple(_cover(publication, sheets)), tuple(sheets))


def decimals_of(value: Value) -> int:
    """How many decimals a number has: 2 of 12.50."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(0, -int(exponent))


def _on_sheet(table: Table, name: str, wording: Wording) -> SheetTable:
    entry = entry_of(table.id)
    is_evidence = entry is not None and (entry.made_of != HISTORY or isinstance(entry.footing, NothingToFoot))
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
    return SheetTable(
        f"table_{table.id}",
        name,
        table.caption,
        _told_apart(fields),
        tuple(widths),
        rows,
        notes,
        is_evidence,
    )


def _told_apart(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Number titles that an analyst's table gives twice: of two columns with one name, Excel drops the table."""
    titled: list[Field] = []
    for each in fields:
        titled.append(replace(each, title=_untaken(each.title, [other.title for other in titled])))
    return tuple(titled)


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
    # 履歴 (History) is a name that Excel keeps for itself.
    return _untaken(bare, {*taken, "history", "履歴"}, _LONGEST_NAME)


def _untaken(name: str, taken: Iterable[str], longest: int = LONGEST_CELL) -> str:
    """Shorten a name, and number it where it is one of ``taken``, in capitals or not."""
    known = {other.casefold() for other in taken}
    ends = ("", *(f"（{number}）" for number in range(2, len(known) + 3)))
    names = (_cut(name, longest - len(end)) + end for end in ends)
    return next(each for each in names if each.casefold() not in known)


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
        for table in sheet.tables:
            where = f"　シート「{sheet.name}」" if sheet.is_shared else ""
            text = f"{table.caption}（{len(table.rows)}行）{where}"
            yield Line(table.name, text, sheet.name, table.top)
    yield Line("元のデータ")
    for year, sheet_of_year in sorted(history.sheets.items()):
        yield Line(str(year), f"{sheet_of_year.name}\nSHA-256 {sheet_of_year.source.sha256}")
    yield Line("注記")
    yield Line(
        "数値", "割合は1を100%とする数値に書式を付けたものです。空の欄は資料なし、または該当なしです。"
    )
    for note in publication.notes:
        yield Line("", note)
    for table in (table for sheet in sheets for table in sheet.tables):
        if table.notes:
            yield Line(table.name, "\n".join(table.notes))
