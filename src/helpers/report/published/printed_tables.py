"""The printed tables in ``data/raw/<plan>/published/<year>/``, typed as csv: what names their rows, what is recorded of them."""

from __future__ import annotations

__all__ = [
    "KINDS", "ROUNDING", "SECTION", "SLIP", "SPELLING", "Correction", "Erratum", "OneSided",
    "PrintedTable", "Records", "by_name", "key_columns", "read_printed", "row_names",
]  # fmt: skip

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import PlanFileError, refuse_all
from helpers.plan.reading.text_file import read_csv_text

if TYPE_CHECKING:
    from helpers.report.table import Table


SECTION = "節"


@dataclass(frozen=True)
class PrintedTable:
    """A table of the document as it was typed: its headings with ``SECTION`` first, and its rows."""

    columns: Sequence[str]
    rows: Sequence[Mapping[str, str]]


def read_printed(file: Path, keys: Sequence[str], ours: Mapping[tuple[str, ...], int]) -> PrintedTable:
    """Read one printed table; ``keys`` are the columns that name a row, ``ours`` how many rows of ours each names.

    Raises:
        PlanFileError: it is no table, its headings or a row's length are wrong, or it has a row more often than ours;
            all that is wrong is named.
    """
    text = read_csv_text(file, if_missing="公表値の表を置いてください")
    columns, *rows = _rows(file, text) or [[]]
    refuse_all([*_wrong_headings(file, columns, keys)])
    errors: list[PlanFileError] = []
    seen: dict[tuple[str, ...], list[int]] = {}
    records = []
    for number, cells in enumerate(rows, start=1):
        if len(cells) != len(columns):
            problem = f"列が{len(cells)}個あります"
            errors.append(PlanFileError(file, f"{number}件目", problem, f"{len(columns)}個にしてください"))
            continue
        record = dict(zip(columns, cells, strict=True))
        name = tuple(record[key] for key in keys)
        earlier = seen.setdefault(name, [])
        if len(earlier) >= max(1, ours.get(name, 0)):
            problem = f"「{' '.join(name).strip()}」が{earlier[-1]}件目と同じ行です"
            errors.append(PlanFileError(file, f"{number}件目", problem, "どちらかを消してください"))
        earlier.append(number)
        records.append(record)
    refuse_all(errors)
    if not any(
        value for record in records for column, value in record.items() if column not in (SECTION, *keys)
    ):
        remedy = "公表資料の値を写すか、このファイルを消してください"
        raise PlanFileError(file, "", "値がまだ記入されていません", remedy)
    return PrintedTable(columns, records)


def _rows(file: Path, text: str) -> list[list[str]]:
    """The cells of each row that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins, rows = 1, []
    try:
        for cells in reader:
            rows.append(cells)
            begins = reader.line_num + 1
    except csv.Error:
        raise PlanFileError(
            file,
            f"{begins}行目",
            "公表値の表として読めません",
            '引用符（"）の閉じ忘れや、長すぎるセルがないか確かめてください',
        ) from None
    return [cells for cells in rows if any(cell.strip() for cell in cells)]


def _wrong_headings(file: Path, columns: Sequence[str], keys: Sequence[str]) -> Iterator[PlanFileError]:
    if not columns:
        yield PlanFileError(file, "", "空のファイルです", "見出し行のある CSV にしてください")
        return
    if columns[0] != SECTION:
        yield PlanFileError(
            file, "A1", f"「{columns[0]}」で始まっています", f"1列目を「{SECTION}」にしてください"
        )
    for number, column in enumerate(columns, start=1):
        if not column.strip():
            yield PlanFileError(
                file, "1行目", f"{number}列目の見出しが空です", "見出しを書くか、列を消してください"
            )
        elif (first := columns.index(column) + 1) < number:
            problem = f"見出し「{column}」が{first}列目と{number}列目にあります"
            yield PlanFileError(file, "1行目", problem, "どちらかの列を直すか、消してください")
    for key in keys:
        if key not in columns:
            yield PlanFileError(
                file, "1行目", f"「{key}」の列がありません", f"{'、'.join(keys)}の列を加えてください"
            )


def row_names(table: Table) -> Counter[tuple[str, ...]]:
    """The number of our rows by name."""
    keys = key_columns(table)
    return Counter(_name(row, keys) for row in table.rows)


def key_columns(table: Table) -> list[str]:
    """The columns that name a row."""
    group = [table.group] if table.group else []
    if "番号" not in table.printed.columns:
        return [*group, *table.row_headers]
    # Within a policy the number names an item alone, so that a slip in the policy's heading stays one difference.
    return ["番号"] if table.group == "基本方針" else [*group, "番号"]


def _name(row: Mapping[str, str], keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[key] for key in keys)


def by_name(
    rows: Iterable[Mapping[str, str]], keys: Sequence[str]
) -> dict[tuple[str, ...], Mapping[str, str]]:
    """The rows by name; repeated names, as of an item listed twice, are numbered."""
    named: dict[tuple[str, ...], Mapping[str, str]] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        name = _name(row, keys)
        times[name] += 1
        named[name if times[name] == 1 else (*name, f"（{times[name]}回目）")] = row
    return named


SLIP, ROUNDING, SPELLING = "誤り", "端数調整", "表記の違い"
KINDS = (SLIP, ROUNDING, SPELLING)


@dataclass(frozen=True)
class Erratum:
    """A cell that the published document prints otherwise: its text, ours, and why ours is right.

    ``row``: the row that it stands in, as a difference names it; empty where the other fields say so. ``kind``: one of
    ``KINDS``.
    """

    table: str
    column: str
    printed: str
    ours: str
    reason: str
    row: str = ""
    kind: str = SLIP

    @property
    def full_reason(self) -> str:
        """The reason; for other kinds than slips, after the name of the kind."""
        return self.reason if self.kind == SLIP else f"{self.kind}: {self.reason}"


@dataclass(frozen=True)
class OneSided:
    """A column or row that only our report or only the document has, or a whole table of ours, and why."""

    table: str
    reason: str
    column: str = ""
    row: str = ""

    @property
    def shown(self) -> str:
        """'highlights 主な取組', or the table alone."""
        return " ".join(filter(None, (self.table, self.row, self.column)))


@dataclass(frozen=True)
class Correction:
    """The report replaces the published one: since which day, in words, and why.

    ``places``: the corrected tables, rows or cells as ``Difference.location`` names them; other differences count as
    uncorrected.
    """

    day: str
    reason: str
    places: tuple[str, ...] = ()

    def covers(self, cell_name: str) -> bool:
        """Whether a table, row or cell, as ``Difference.location`` names it, is corrected or part of what is."""
        return any(cell_name == each or cell_name.startswith(f"{each} ") for each in self.places)


@dataclass(frozen=True)
class Records:
    """The records of a year's ``errata.toml``.

    ``unprinted``: parts of our report that the document does not print. ``printed_only``: parts of the document only.
    """

    errata: tuple[Erratum, ...] = ()
    unprinted: tuple[OneSided, ...] = ()
    printed_only: tuple[OneSided, ...] = ()
    correction: Correction | None = None

    def without_printed_only(self, name: str, printed: PrintedTable, keys: Sequence[str]) -> PrintedTable:
        """The document's table without the columns and rows that only it has."""
        own = [each for each in self.printed_only if each.table == name]
        columns, rows = {each.column for each in own}, {each.row for each in own if each.row}
        kept = [column for column in printed.columns if column not in columns]
        named = by_name(printed.rows, keys)
        return replace(
            printed,
            columns=kept,
            rows=[
                {column: row[column] for column in kept}
                for key, row in named.items()
                if " ".join(key) not in rows
            ],
        )
