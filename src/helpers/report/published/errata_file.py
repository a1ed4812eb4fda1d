"""``errata.toml``: what a year's document prints wrong or otherwise, and what only it or only our report has."""

from __future__ import annotations

__all__ = ["read_records"]

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.errors import FiscalYearError, PlanFileError, refuse_all
from helpers.fiscal_year import dated
from helpers.plan.reading.published_folder import reason_in
from helpers.plan.reading.toml_section import Section, read_toml
from helpers.report.published.difference import one_line
from helpers.report.published.printed_tables import PrintedTable, by_name, key_columns
from helpers.report.published.recorded import KINDS, SLIP, Correction, Erratum, OneSided, Records

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
            try:
                entries.append(make(section))
            except PlanFileError as error:
                errors.append(error)

    read("erratum", errata, lambda section: _erratum(section, ours, there, errata))
    read("unprinted", unprinted, lambda section: _unprinted(section, ours, there, printed, unprinted))
    read(
        "printed_only",
        printed_only,
        lambda section: _printed_only(section, ours, there, printed, printed_only),
    )
    correction = None
    try:
        correction = _correction(root)
    except PlanFileError as error:
        errors.append(error)
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


def _unprinted(
    section: Section,
    ours: Mapping[str, Table],
    there: Iterable[str],
    printed: Mapping[str, PrintedTable],
    others: Sequence[OneSided],
) -> OneSided:
    """Read what the document does not print: a column, a row, or a table that has no file."""
    is_table = not {"column", "row"} & section.values.keys()
    entry = _one_sided(
        section, _any_table(section, ours) if is_table else _table(section, ours, there), others
    )
    if is_table:
        if entry.table in there:
            problem = f"「{entry.table}」の表は {entry.table}.csv にあります"
            raise section.fail("table", problem, "列か行（column、row）を書くか、この記録を消してください")
        return entry
    _demand_one_sided(section, entry, ours, printed, is_ours=True)
    return entry


def _printed_only(
    section: Section,
    ours: Mapping[str, Table],
    there: Iterable[str],
    printed: Mapping[str, PrintedTable],
    others: Sequence[OneSided],
) -> OneSided:
    """Read a column or a row that only the document has."""
    entry = _one_sided(section, _table(section, ours, there), others)
    if not entry.column and not entry.row:
        raise section.fail(
            "column", "値がありません", "公表資料だけにある列（column）か行（row）を書いてください"
        )
    _demand_one_sided(section, entry, ours, printed, is_ours=False)
    return entry


def _one_sided(section: Section, table: str, others: Sequence[OneSided]) -> OneSided:
    entry = OneSided(table, section.text("reason"), section.text("column", ""), section.text("row", ""))
    section.demand_nothing_else()
    if entry.column and entry.row:
        raise section.fail("row", "列と行の両方があります", "どちらか一つを書いてください")
    _demand_once(
        section,
        (entry.table, entry.column, entry.row),
        [(other.table, other.column, other.row) for other in others],
    )
    return entry


def _demand_one_sided(
    section: Section,
    entry: OneSided,
    ours: Mapping[str, Table],
    printed: Mapping[str, PrintedTable],
    *,
    is_ours: bool,
) -> None:
    """Refuse a one-sided column or row that its own side lacks, or that the other side has as well."""
    table, theirs = ours[entry.table], printed.get(entry.table)
    sides = [(list(table.printed.columns), _rows_of(table), "報告書の表")]
    if theirs is not None:
        names = _names(theirs.rows, key_columns(table))
        sides.append((list(theirs.columns), names, f"{entry.table}.csv"))
    for is_own, side in zip((True, False), sides, strict=False):
        (_demand_held if is_own == is_ours else _demand_missing)(section, entry, *side)


def _demand_held(
    section: Section, entry: OneSided, columns: Sequence[str], rows: Sequence[str], where: str
) -> None:
    key, name, known = ("column", entry.column, columns) if entry.column else ("row", entry.row, rows)
    if name not in known:
        kind = "列" if key == "column" else "行"
        problem = f"「{name}」という{kind}は{where}にありません（{'、'.join(known)}）"
        remedy = f"{kind}の見出しを直すか、この記録を消してください"
        raise section.fail(key, problem, remedy)


def _demand_missing(
    section: Section, entry: OneSided, columns: Sequence[str], rows: Sequence[str], where: str
) -> None:
    key, name, known = ("column", entry.column, columns) if entry.column else ("row", entry.row, rows)
    if name in known:
        kind = "列" if key == "column" else "行"
        raise section.fail(key, f"「{name}」の{kind}は {where} にあります", "この記録を消してください")


def _rows_of(table: Table) -> list[str]:
    return _names(table.rows, key_columns(table))


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
