"""Draft the settings and the items of a plan from a status sheet, with the readers that ``check`` uses."""

from __future__ import annotations

__all__ = ["DraftedSheet", "draft_plan_of_parts"]

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.errors import FiscalYearError, SheetError, UsageError
from helpers.fiscal_year import FiscalYear, Period, year_or_none
from helpers.plan import Plan
from helpers.plan.draft import DraftItem, PlanDraft
from helpers.plan.words.groups import by_progress
from helpers.sheets.checks.item_identity import is_marked_as_repeat
from helpers.sheets.draft.columns import guess_columns, headings_of_marks, pooled
from helpers.sheets.draft.names import Policies, municipality_in, one_line, period_in, plan_in, without_year
from helpers.sheets.draft.table_draft import TableDraft, plan_of_columns
from helpers.sheets.files.grid import Grid
from helpers.sheets.files.readers import read_each
from helpers.sheets.files.unreadable import UnreadableError
from helpers.sheets.finding import Finding, FindingLog
from helpers.sheets.rows.cell_meanings import number_form
from helpers.sheets.rows.header import NUMBER, STATUS, HeaderNames
from helpers.sheets.rows.selection import select, year_of
from helpers.sheets.rows.sheet_table import Place
from helpers.text.forms import look_folded, natural_key, quoted, variant_folded, visible


@dataclass(frozen=True)
class DraftedSheet:
    """A draft, and the year of the sheet that it was made from."""

    draft: PlanDraft
    year: FiscalYear


def draft_plan_of_parts(
    contents: Mapping[str, bytes],
    name: str,
    year: FiscalYear | None = None,
    columns: Mapping[str, str] | None = None,
) -> DraftedSheet:
    """Draft a plan from the files of a status sheet that list its items.

    ``contents``: the bytes of each file by name; ``name``: that of the only file, or of the folder. ``columns``: the
    headings of columns, as the user says. Of several files the items and policies are put in the order of their numbers.

    Raises:
        SheetError: a file cannot be read, none has a list of items, or two items have one number.
        UsageError: neither names nor titles say the year, or different ones, and none is given.
    """
    logs = {file: FindingLog(file) for file in contents}
    grids = _grids(contents)
    all_grids = pooled([grid for of_file in grids.values() for grid in of_file if not grid.is_hidden])
    given = dict(columns or {})
    marked = tuple(dict.fromkeys(heading for grid in all_grids for heading in headings_of_marks(grid)))
    guessed = {**_guessed(all_grids, given, bool(marked)), **given}
    plan = plan_of_columns(guessed, statuses=() if STATUS in given else marked)
    year = year or _year(name, grids, plan)
    selected = {
        file: select(of_file, plan, year, logs[file], is_text=all(not grid.name for grid in of_file))
        for file, of_file in grids.items()
    }
    is_alone = sum(map(len, selected.values())) == 1
    tables = [
        TableDraft(table.grid, table.header, year, logs[file], is_alone)
        for file, of_file in selected.items()
        for table in of_file
        if not table.header.is_totals_only
    ]
    if not tables:
        for file, of_file in selected.items():
            for table in of_file[:1]:
                message = "合計だけの表です。推進項目を並べた状況調査を指定してください"
                logs[file].error("no_items", message, table.grid)
    _raise_errors(logs, always=not tables)
    draft = _whole_draft(tables, guessed, is_in_order=len(contents) == 1)
    _raise_errors(logs)
    return DraftedSheet(draft, year)


def _grids(contents: Mapping[str, bytes]) -> dict[str, tuple[Grid, ...]]:
    grids: dict[str, tuple[Grid, ...]] = {}
    errors = []
    for file, read in read_each(contents):
        if isinstance(read, UnreadableError):
            errors.append(Finding(file, visible(read.message), read.code, read.sheet, read.cell))
        else:
            grids[file] = read
    if errors:
        raise SheetError(errors)
    return grids


def _year(name: str, grids: Mapping[str, tuple[Grid, ...]], plan: Plan) -> FiscalYear:
    """The year that the folder or the files say, by their names or else by their titles."""
    of_files = (year_of(Path(file), of_file, plan) for file, of_file in grids.items())
    years = {year_or_none(name)} - {None} or set(of_files) - {None}
    if len(years) > 1:
        named = "、".join(str(year) for year in sorted(filter(None, years)))
        raise UsageError(
            f"{name} のファイルの年度がまちまちです（{named}）。--year で指定してください（例: --year R5）"
        )
    if (year := next(iter(years), None)) is None:
        raise UsageError(
            f"{name} がどの年度の状況調査か分かりません。--year で指定してください（例: --year R5）"
        )
    return year


def _raise_errors(logs: Mapping[str, FindingLog], *, always: bool = False) -> None:
    if always or any(log.has_errors for log in logs.values()):
        raise SheetError([finding for log in logs.values() for finding in log.sorted()])


def _guessed(grids: tuple[Grid, ...], columns: Mapping[str, str], has_marks: bool) -> dict[str, str]:
    names = HeaderNames(plan_of_columns(columns).column_aliases, None)
    return next(
        (guess for grid in grids if (guess := guess_columns(grid, names, has_marks))),
        {},
    )


_YEARS = 5


def _whole_draft(
    tables: Sequence[TableDraft], columns: Mapping[str, str], *, is_in_order: bool = True
) -> PlanDraft:
    """Draft the plan; what is wrong with a row is a finding in the log of its table.

    ``columns``: the headings that go by no known name. ``is_in_order``: whether items and policies come in the order of
    the plan; otherwise that of their numbers is taken.
    """
    statuses = _statuses(tables)
    policies = Policies(text for table in tables for text in table.policies())
    read = [table.read(statuses, policies) for table in tables]
    items: dict[str, DraftItem] = {}
    places: dict[str, Place] = {}
    for draft, table in zip(tables, read, strict=True):
        for entry, item in draft.rows(table, policies):
            form = number_form(item.number)
            cell = Place(table, table.at(entry, NUMBER), "")
            if (first := items.get(form)) is None:
                items[form], places[form] = item, cell
            elif is_marked_as_repeat(table, entry) or (
                item.policy != first.policy and variant_folded(item.name) == variant_folded(first.name)
            ):
                again = dict.fromkeys((*first.also_in, item.policy))
                items[form] = replace(first, also_in=tuple(p for p in again if p != first.policy))
            else:
                where = places[form].seen_from(table)
                message = f"番号{quoted(item.number)}は{where}にもあります。どちらかの行を除くか、番号を直してください"
                table.error("item_twice", message, table.at(entry, NUMBER))
    first_table = read[0]
    if not items and not first_table.log.has_errors:
        at = (first_table.header.last_row + 1, first_table.header.columns[NUMBER])
        first_table.error("no_items", "推進項目の行がありません", at)
    titles = [text for table in read for *_, text in table.body.titles]
    year, period = tables[0].year, period_in(titles)
    is_known = period is not None and year in period
    return PlanDraft(
        period if is_known and period is not None else _from(year),
        is_known,
        municipality_in(titles),
        plan_in(titles),
        policies.all if is_in_order else policies.by_number,
        statuses,
        list(items.values())
        if is_in_order
        else sorted(items.values(), key=lambda item: natural_key(item.number)),
        {column: without_year(one_line(heading)) for column, heading in columns.items()},
    )


def _statuses(tables: Sequence[TableDraft]) -> dict[str, int]:
    """The words of the status columns with their numbers of items, by progress; misspelt ones are left out."""
    words: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for table in tables:
        for word in table.words():
            words[spelling.setdefault(variant_folded(word), word)] += 1
        for word in table.header.marks.values():
            words[spelling.setdefault(variant_folded(word), word)] += 0
    # Of words that look alike the frequent one is meant; check names the cells of the others.
    best: dict[str, str] = {}
    for word, _ in words.most_common():
        best.setdefault(look_folded(word), word)
    return {word: words[word] for word in by_progress([w for w in words if w in best.values()])}


def _from(year: FiscalYear) -> Period:
    """Five years from a year, or as many as there are."""
    for years in range(_YEARS, 0, -1):
        try:
            return Period(year, FiscalYear(int(year) + years - 1))
        except FiscalYearError:
            continue
    raise AssertionError(year)
