"""The printed tables in ``data/raw/<plan>/published/<year>/``, typed as csv, and what names their rows."""

from __future__ import annotations

__all__ = ["SECTION", "PrintedTable", "by_name", "key_columns", "read_printed", "row_names"]

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import PlanFileError, refuse_all
from helpers.plan.reading.text_file import read_text

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
    text = read_text(
        file,
        if_missing="公表値の表を置いてください",
        if_unreadable="「CSV UTF-8」で保存してください",
        or_cp932=True,
    )
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
