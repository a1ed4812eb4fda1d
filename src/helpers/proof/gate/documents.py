"""Read back the tables about documents: the digests of the sheets, the numbers of published cells compared."""

from __future__ import annotations

__all__ = ["READERS"]

import re
from collections.abc import Iterator
from itertools import product

from helpers.export.files.fields import FIELDS
from helpers.history.counts import TOTAL
from helpers.proof.gate.page_and_pdf import PageRow, close
from helpers.proof.gate.terms import Figures, Pair, Reader, Record, Terms, number

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
    "reconciliation": Reader(_reconciliation_page, _reconciliation_record, _reconciliation_expected),
    "sources": _digests("SHA-256（先頭16桁）", 16, of_files=False),
    "source_files": _digests("SHA-256", 64, of_files=True),
}
