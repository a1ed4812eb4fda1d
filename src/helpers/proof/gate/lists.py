"""Read back the lists of items and their cells, of the sheets' digests and of the published cells compared."""

from __future__ import annotations

__all__ = ["READERS"]

import re
from collections.abc import Iterator
from itertools import product

from helpers.export.files.fields import FIELDS
from helpers.fiscal_year import FiscalYear
from helpers.history.counts import TOTAL
from helpers.plan.lineage import carried_on
from helpers.plan.reserved_words import NO_DATA, NOT_ALIVE, TOTALS_ONLY
from helpers.proof.gate.page_and_pdf import PageRow, close
from helpers.proof.gate.terms import Figures, Pair, Reader, Record, Terms, number

_REPEATED = "（再掲）"
_UNKNOWN = {"missing": NO_DATA, "totals_only": TOTALS_ONLY, "not_in_plan": NOT_ALIVE}


def _items_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    name = row.cells["推進項目"]
    yield (row.cells["番号"], "推進項目"), name.removesuffix(_REPEATED)
    yield (row.cells["番号"], "実施状況"), terms.status(row.cells["実施状況"])
    if not name.endswith(_REPEATED):
        yield (row.cells["番号"], "基本方針"), terms.policy(row.group)


def _items_record(record: Record, terms: Terms) -> Iterator[Pair]:
    yield (close(record["number"]), "推進項目"), close(record["item"])
    yield (close(record["number"]), "実施状況"), record["status"]
    yield (close(record["number"]), "基本方針"), record["policy"]


def _items_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    for row in terms.rows(terms.history.year):
        yield from _items_record(row, terms)


def _course_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    item = (row.cells["番号"], row.cells["推進項目"])
    for year in terms.history.years:
        yield (*item, str(int(year))), terms.status(row.cells[close(str(year))])
    statuses = "|".join(sorted(map(re.escape, terms.statuses), key=len, reverse=True))
    text = row.cells["分かる年数"]
    if not re.fullmatch(rf"(?:(?:{statuses})\d+年)*|{NO_DATA}", text):
        yield (*item, "分かる年数"), text
    for status, years in re.findall(rf"({statuses})(\d+)年", text):
        yield (*item, f"{terms.status(status)}の年数"), int(years)


def _course_record(record: Record, terms: Terms) -> Iterator[Pair]:
    item = (close(record["number"]), close(record["item"]))
    yield (*item, record["fiscal_year"]), _UNKNOWN.get(record["known"], record["status"])
    if record["known"] == "item":
        yield (*item, f"{record['status']}の年数"), 1


def _course_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    history = terms.history
    # From the last year back: an earlier item belongs to the row of the item that continues it.
    rows: dict[str, tuple[str, str]] = {}
    marks: dict[tuple[str, str], dict[FiscalYear, str]] = {}
    for year in reversed(history.years):
        statuses = {record["number"]: record["status"] for record in terms.rows(year)}
        mark = NO_DATA if statuses or history.statuses(year) is None else TOTALS_ONLY
        for item in history.plan.items_in(year):
            row = rows.setdefault(item.number, (close(item.number), close(item.name)))
            marks.setdefault(row, dict.fromkeys(history.years, NOT_ALIVE))[year] = statuses.get(
                item.number, mark
            )
            if item.number in statuses:
                yield (*row, f"{statuses[item.number]}の年数"), 1
        rows = {old: rows[new] for new, old in carried_on(history.plan, year).items() if new in rows}
    yield from (((*row, str(int(year))), mark) for row, of in marks.items() for year, mark in of.items())


def _cells_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    for name, year in terms.years.items():
        if row.cells.get(name, NOT_ALIVE) != NOT_ALIVE:
            yield (row.cells["番号"], year), row.cells[name]


def _cells_record(record: Record, terms: Terms) -> Iterator[Pair]:
    cell_name = _place(record["fiscal_year"], record, terms)
    yield (close(record["number"]), record["fiscal_year"]), cell_name


def _place(year: str, row: Record, terms: Terms) -> str:
    """Name a cell, with file and worksheet where the year's sheet has several: 総務課.xlsx／Sheet1／D4."""
    sheet = terms.history.sheets[FiscalYear.parse(year)]
    if not sheet.tables:
        return close(row["cell"])
    name = "" if row["file"] == sheet.source.file else row["file"].partition("/")[2]
    return close("／".join(part for part in (name, row["sheet"], row["cell"]) if part))


def _cells_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    for year in terms.history.traced_years:
        for row in terms.rows(year):
            yield (close(row["number"]), str(int(year))), _place(str(int(year)), row, terms)


_SUMS = {name: FIELDS[name].title for name in ("matches", "errata", "differences", "compared")}


def _reconciliation_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    for column in _SUMS.values():
        yield (row.cells["表"], column), number(row.cells[column])


def _reconciliation_record(record: Record, terms: Terms) -> Iterator[Pair]:
    for table, (field, column) in product((close(record["caption"]), TOTAL), _SUMS.items()):
        yield (table, column), int(record[field])


def _reconciliation_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    """The total row is the sum of the other rows; those are only compared with the csv."""
    for (table, column), value in read.items():
        if table != TOTAL:
            yield (table, column), value
            yield (TOTAL, column), value if isinstance(value, int) else 0


def _digests(column: str, digits: int, *, of_files: bool) -> Reader:
    """Make the reader of a table of sheets: the first digits of each digest.

    ``of_files``: a digest a file; otherwise one a year, and the number of items beside it.
    """

    def page(row: PageRow, terms: Terms) -> Iterator[Pair]:
        year = terms.year_in([row.cells["年度"]])
        if row.cells[column]:
            yield (year, *_file(row.cells["ファイル"] if of_files else ""), "SHA-256"), row.cells[column]
        counter = re.escape(terms.history.plan.wording.item)
        if items := re.match(rf"(\d+){counter}", "" if of_files else row.cells["内容"]):
            yield (year, "項目数"), int(items[1])

    def record(record: Record, terms: Terms) -> Iterator[Pair]:
        if record["sha256"]:
            key = (record["fiscal_year"], *_file(record["file"] if of_files else ""))
            yield (*key, "SHA-256"), record["sha256"][:digits]
            yield (*key, "全桁"), record["sha256"]

    def expected(terms: Terms, read: Figures) -> Iterator[Pair]:
        for year, sheet in terms.history.sheets.items():
            for source in sheet.sources if of_files else (sheet.source,):
                written = {"fiscal_year": str(int(year)), "file": source.file, "sha256": source.sha256}
                yield from record(written, terms)
            if not of_files and sheet.has_items:
                yield (str(int(year)), "項目数"), len(sheet.statuses)

    return Reader(page, record, expected, frozenset({"項目数"}), frozenset({"全桁"}))


def _file(name: str) -> tuple[str, ...]:
    """The part of a key that names a file of a folder, which a year has several of."""
    return (close(name),) if "/" in name else ()


READERS = {
    "items": Reader(_items_page, _items_record, _items_expected, is_of_one_year=True),
    "course": Reader(_course_page, _course_record, _course_expected),
    "source_cells": Reader(_cells_page, _cells_record, _cells_expected),
    "reconciliation": Reader(_reconciliation_page, _reconciliation_record, _reconciliation_expected),
    "sources": _digests("SHA-256（先頭16桁）", 16, of_files=False),
    "source_files": _digests("SHA-256", 64, of_files=True),
}
