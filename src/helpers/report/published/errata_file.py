"""``errata.toml``: what a year's document prints wrong or otherwise, and what only it or only our report has."""

from __future__ import annotations

__all__ = ["read_records"]

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.errors import FiscalYearError, PlanFileError, collecting, refuse_all
from helpers.fiscal_year import dated
from helpers.plan.reading.published_folder import reason_in
from helpers.plan.reading.toml_section import Section, read_toml
from helpers.report.published.difference import one_line
from helpers.report.published.printed_tables import (
    KINDS,
    SLIP,
    Correction,
    Erratum,
    OneSided,
    PrintedTable,
    Records,
    by_name,
    key_columns,
)

if TYPE_CHECKING:
    from helpers.report.table import Table


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
    unprinted: list[OneSided] = []
    printed_only: list[OneSided] = []

    def read(key: str, entries: list[Any], make: Callable[[Section], Any]) -> None:
        for section in root.sections(key, optional=True):
            with collecting(errors):
                entries.append(make(section))

    read("erratum", errata, lambda section: _erratum(section, ours, there, errata))
    for key, entries, is_ours in (("unprinted", unprinted, True), ("printed_only", printed_only, False)):
        make = partial(_one_sided, ours=ours, there=there, printed=printed, others=entries, is_ours=is_ours)
        read(key, entries, make)
    correction = None
    with collecting(errors):
        correction = _correction(root)
    reason_in(root)
    root.demand_nothing_else()
    refuse_all(errors)
    return Records(tuple(errata), tuple(unprinted), tuple(printed_only), correction)


def _correction(root: Section) -> Correction | None:
    section = root.section("correction", optional=True)
    if not section.values:
        return None
    day, example = (
        section.value("date", date, "日付、例: 2024-01-15"),
        "2024-01-15 のように、引用符を付けずに書いてください",
    )
    if isinstance(day, datetime):
        raise section.fail("date", f"「{day}」には時刻があります", example)
    try:
        places = tuple(map(one_line, section.texts("places", ())))
        correction = Correction(dated(day), section.text("reason"), places)
    except FiscalYearError as error:
        raise section.fail("date", str(error), example) from None
    section.demand_nothing_else()
    return correction


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
        kind=section.choice("kind", KINDS, SLIP),
    )
    section.demand_nothing_else()
    _demand_once(section, _slip(erratum), [_slip(other) for other in others])
    return erratum


def _slip(erratum: Erratum) -> tuple[str, ...]:
    return erratum.table, erratum.row, erratum.column, erratum.printed, erratum.ours


def _one_sided(
    section: Section,
    ours: Mapping[str, Table],
    there: Iterable[str],
    printed: Mapping[str, PrintedTable],
    others: Sequence[OneSided],
    *,
    is_ours: bool,
) -> OneSided:
    """Read a column or a row that only one side has, or a table of ours that has no file."""
    is_table = not {"column", "row"} & section.values.keys()
    table = _any_table(section, ours) if is_table and is_ours else _table(section, ours, there)
    entry = OneSided(table, section.text("reason"), section.text("column", ""), section.text("row", ""))
    section.demand_nothing_else()
    if entry.column and entry.row:
        raise section.fail("row", "列と行の両方があります", "どちらか一つを書いてください")
    names = [(each.table, each.column, each.row) for each in (entry, *others)]
    _demand_once(section, names[0], names[1:])
    if not is_table:
        _demand_one_sided(section, entry, ours[table], printed.get(table), is_ours=is_ours)
    elif not is_ours:
        remedy = "公表資料だけにある列（column）か行（row）を書いてください"
        raise section.fail("column", "値がありません", remedy)
    elif table in there:
        remedy = "列か行（column、row）を書くか、この記録を消してください"
        raise section.fail("table", f"「{table}」の表は {table}.csv にあります", remedy)
    return entry


def _demand_one_sided(
    section: Section, entry: OneSided, table: Table, theirs: PrintedTable | None, *, is_ours: bool
) -> None:
    """Refuse a one-sided column or row that its own side lacks, or that the other side has as well."""
    key, name, kind = ("column", entry.column, "列") if entry.column else ("row", entry.row, "行")
    keys = key_columns(table)
    sides: list[tuple[bool, str, Sequence[str], Sequence[Mapping[str, str]]]]
    sides = [(is_ours, "報告書の表", table.printed.columns, table.rows)]
    if theirs is not None:
        sides.append((not is_ours, f"{entry.table}.csv", theirs.columns, theirs.rows))
    for has_it, where, columns, rows in sides:
        known = list(columns) if entry.column else _names(rows, keys)
        if has_it and name not in known:
            problem = f"「{name}」という{kind}は{where}にありません（{'、'.join(known)}）"
            raise section.fail(key, problem, f"{kind}の見出しを直すか、この記録を消してください")
        if not has_it and name in known:
            raise section.fail(key, f"「{name}」の{kind}は {where} にあります", "この記録を消してください")


def _names(rows: Iterable[Mapping[str, str]], keys: Sequence[str]) -> list[str]:
    return [" ".join(key) for key in by_name(rows, keys)]


def _table(section: Section, ours: Mapping[str, Table], there: Iterable[str]) -> str:
    table = _any_table(section, ours)
    if table not in there:
        raise section.fail(
            "table",
            f"「{table}」の公表値（{table}.csv）がありません",
            "表を置くか、この記録を消してください",
        )
    return table


def _any_table(section: Section, ours: Mapping[str, Table]) -> str:
    table = section.text("table")
    if table not in ours:
        raise section.fail("table", f"「{table}」という表はありません", f"使える名前: {'、'.join(ours)}")
    return table


def _demand_once(section: Section, entry: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> None:
    if entry in others:
        first = f"{section.location.partition('[')[0]}[{others.index(entry) + 1}]"
        raise PlanFileError(
            section.file, section.location, f"{first} と同じ記録です", "どちらかを消してください"
        )
