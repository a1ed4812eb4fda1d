"""The files in ``data/raw/<plan>/published/<year>/``: printed tables as csv, recorded slips as toml."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import PlanFileError, refuse_all
from helpers.plan.reading.text_file import read_text
from helpers.plan.reading.toml_section import Section, parse_toml, read_toml
from helpers.report.table import Table

SECTION = "節"
RECORDS = "errata.toml"
_ACCEPTED = "accept_differences"


@dataclass(frozen=True)
class PrintedTable:
    """A table of the document as it was typed: its headings with ``SECTION`` first, and its rows."""

    columns: Sequence[str]
    rows: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Erratum:
    """A slip of the published document: what it prints, what is right, and why we hold that.

    ``row``: the row that it stands in, as a difference names it; empty where the other fields say so.
    """

    table: str
    column: str
    printed: str
    ours: str
    reason: str
    row: str = ""


@dataclass(frozen=True)
class Unprinted:
    """A column of our table that the document does not print, and why."""

    table: str
    column: str
    reason: str


@dataclass(frozen=True)
class Records:
    """What ``errata.toml`` records of a year's document."""

    errata: tuple[Erratum, ...] = ()
    unprinted: tuple[Unprinted, ...] = ()


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


def read_records(
    file: Path, ours: Mapping[str, Table], printed: Mapping[str, PrintedTable], there: Iterable[str]
) -> Records:
    """Read what is recorded of the document; ``there``: the tables that have a file, ``printed`` those that could be read.

    Raises:
        PlanFileError: an entry is incomplete, stands twice, or is of a table or column that it cannot be of; all such
            entries are named.
    """
    root = Section(file, "", read_toml(file))
    errors: list[PlanFileError] = []
    errata: list[Erratum] = []
    unprinted: list[Unprinted] = []
    for section in root.sections("erratum", optional=True):
        try:
            errata.append(_erratum(section, ours, there, errata))
        except PlanFileError as error:
            errors.append(error)
    for section in root.sections("unprinted", optional=True):
        try:
            unprinted.append(_unprinted(section, ours, there, printed, unprinted))
        except PlanFileError as error:
            errors.append(error)
    _accepted(root)
    root.demand_nothing_else()
    refuse_all(errors)
    return Records(tuple(errata), tuple(unprinted))


def accepted_reason(file: Path, text: str) -> str:
    """Why figures that differ may be published, as the text of ``errata.toml`` says; "" where it does not.

    Raises:
        PlanFileError: the file is no TOML, or the reason is no text or empty.
    """
    return _accepted(Section(file, "", parse_toml(file, text)))


def _accepted(root: Section) -> str:
    return " ".join(root.text(_ACCEPTED).split()) if _ACCEPTED in root.values else ""


def _erratum(
    section: Section, ours: Mapping[str, Table], there: Iterable[str], others: Sequence[Erratum]
) -> Erratum:
    erratum = Erratum(
        table=_table(section, ours, there),
        column=section.text("column"),
        # A cell may be empty in the document or here.
        printed=section.value("printed", str, "文字列"),
        ours=section.value("ours", str, "文字列"),
        reason=section.text("reason"),
        row=section.text("row", ""),
    )
    section.demand_nothing_else()
    _demand_once(section, _slip(erratum), [_slip(other) for other in others])
    return erratum


def _slip(erratum: Erratum) -> tuple[str, ...]:
    return erratum.table, erratum.row, erratum.column, erratum.printed, erratum.ours


def _unprinted(
    section: Section,
    ours: Mapping[str, Table],
    there: Iterable[str],
    printed: Mapping[str, PrintedTable],
    others: Sequence[Unprinted],
) -> Unprinted:
    column = Unprinted(_table(section, ours, there), section.text("column"), section.text("reason"))
    section.demand_nothing_else()
    known = list(ours[column.table].printed.columns)
    if column.column not in known:
        raise section.fail(
            "column",
            f"「{column.column}」という列は報告書の表にありません（{'、'.join(known)}）",
            "列の見出しを直すか、この記録を消してください",
        )
    if column.table in printed and column.column in printed[column.table].columns:
        raise section.fail(
            "column", f"「{column.column}」の列は {column.table}.csv にあります", "この記録を消してください"
        )
    _demand_once(section, (column.table, column.column), [(other.table, other.column) for other in others])
    return column


def _table(section: Section, ours: Mapping[str, Table], there: Iterable[str]) -> str:
    table = section.text("table")
    if table not in ours:
        raise section.fail("table", f"「{table}」という表はありません", f"使える名前: {'、'.join(ours)}")
    if table not in there:
        raise section.fail(
            "table",
            f"「{table}」の公表値（{table}.csv）がありません",
            "表を置くか、この記録を消してください",
        )
    return table


def _demand_once(section: Section, entry: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> None:
    if entry in others:
        first = f"{section.place.partition('[')[0]}[{others.index(entry) + 1}]"
        raise PlanFileError(
            section.file, section.place, f"{first} と同じ記録です", "どちらかを消してください"
        )
