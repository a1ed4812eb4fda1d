"""Check an analyst's own table: it is marked as such, its csv is as described, and its totals are the sums of its rows."""

from __future__ import annotations

__all__ = ["Described", "is_own", "own_complaints"]

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from helpers.export.files.fields import FIELDS
from helpers.files.formulas import unguarded
from helpers.proof.gate.page_and_pdf import PageTable, close
from helpers.proof.gate.terms import CSV, PAGE, Complaint, Rank

_MARK = "（独自集計）"
# The count at the beginning of a cell; does not match shares.
_NUMBER = re.compile(r"([△▲−-])?[+＋]?(\d[\d,]*(?:\.\d+)?)(?![\d.,%％])")

Described = Mapping[str, Any]


def is_own(on_page: Sequence[PageTable]) -> bool:
    """Whether the page shows the table as an analyst's own."""
    return bool(on_page) and all(close(table.caption).endswith(_MARK) for table in on_page)


def own_complaints(
    name: str, on_page: Sequence[PageTable], content: bytes | None, described: Described | None
) -> list[Complaint]:
    """List the faults of an analyst's table; ``described``: its resource in the data package."""
    if len(on_page) > 1:
        return [Complaint(Rank.UNKNOWN, name, f"表「{name}」が二つあります", (PAGE,))]
    if content is None or described is None:
        return [Complaint(Rank.MISSING, name, f"表「{name}」がありません", (CSV,))]
    if any(
        kind in ("body", "foot") and len(texts) != len(on_page[0].columns)
        for kind, texts in zip(on_page[0].kinds, on_page[0].texts, strict=True)
    ):
        return [Complaint(Rank.UNKNOWN, name, f"表「{name}」のセルの数が見出しと合いません", (PAGE,))]
    records = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    texts = {PAGE: [*_page_sums(on_page[0])], CSV: [*_csv_sums(records, described)]}
    if not any(texts.values()):
        texts[PAGE] = [*_apart(on_page[0], records, described)]
    return [
        Complaint(Rank.WRONG, name, f"表「{name}」の{text}", (file,))
        for file, faults in texts.items()
        for text in faults
    ]


def _page_sums(table: PageTable) -> Iterator[str]:
    """Add up the rows of each group for its total row, and all rows for one below all groups."""
    everything: list[Sequence[str]] = []
    group: list[Sequence[str]] = []
    for kind, texts, is_total in zip(table.kinds, table.texts, table.totals, strict=True):
        if kind == "group":
            group = []
        elif is_total:
            rows = group if kind == "body" else everything
            for column, heading in enumerate(table.columns):
                numbers = [n for row in rows if (n := _number(row[column])) is not None]
                total = _number(texts[column])
                if numbers and total is not None and total != sum(numbers):
                    yield _wrong(heading, total, sum(numbers, Decimal(0)))
        elif kind == "body":
            group.append(texts)
            everything.append(texts)


def _csv_sums(records: Sequence[Mapping[str, str]], described: Described) -> Iterator[str]:
    """Add up the records that have all of a total's key but the field that the total sums over."""
    key, fields = described["schema"]["primaryKey"], described["schema"]["fields"]
    titles = {each["name"]: each["title"] for each in fields if each["type"] != "string"}
    totals = {each["field"]: set(each["values"]) for each in described.get("totals", ())}
    for over, values in totals.items():
        for record in records:
            if record[over] not in values:
                continue
            same = [name for name in key if name != over]
            rows = [
                row
                for row in records
                if row[over] not in values and all(row[name] == record[name] for name in same)
            ]
            for name, title in titles.items():
                if name in key or (name in FIELDS and FIELDS[name].kind.is_share) or record[name] == "":
                    continue
                total = Decimal(record[name])
                added = sum((Decimal(row[name] or 0) for row in rows), Decimal(0))
                if total != added:
                    yield _wrong(title, total, added)


def _apart(table: PageTable, records: Sequence[Mapping[str, str]], described: Described) -> Iterator[str]:
    """Compare whole numbers and texts of columns that page and csv name alike, where each row is a record."""
    rows = [texts for kind, texts in zip(table.kinds, table.texts, strict=True) if kind in ("body", "foot")]
    if len(rows) != len(records):
        return
    for field in described["schema"]["fields"]:
        if close(field["title"]) not in table.columns or field["type"] == "number":
            continue
        column = table.columns.index(close(field["title"]))
        for texts, record in zip(rows, records, strict=True):
            shown, value = texts[column], unguarded(record[field["name"]])
            same = (
                _number(shown) == int(value)
                if field["type"] == "integer" and value
                else shown == close(value)
            )
            if value and not same:
                yield (
                    f"{field['title']}が、ページでは「{shown}」、csv では「{value}」です。"
                    "printed と records で同じ値にするか、どちらかの列の見出しを変えてください"
                )


def _number(cell: str) -> Decimal | None:
    if (match := _NUMBER.match(cell)) is None:
        return None
    return Decimal(match[2].replace(",", "")) * (-1 if match[1] else 1)


def _wrong(column: str, total: Decimal, added: Decimal) -> str:
    return (
        f"{column}の合計「{total}」が、ほかの行を足した「{added}」と合いません。"
        "合計にならない数（平均など）は、合計の行では空にしてください"
    )
