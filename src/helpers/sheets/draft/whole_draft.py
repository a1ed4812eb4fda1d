"""Draft a plan from all tables of a sheet: their words together make its statuses and policies, their rows its items."""

from __future__ import annotations

__all__ = ["YEARS", "whole_draft"]

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from helpers.errors import FiscalYearError
from helpers.fiscal_year import FiscalYear, Period
from helpers.plan.draft import DraftItem, PlanDraft
from helpers.plan.words.status_words import by_progress
from helpers.sheets.checks.item_identity import is_marked_as_repeat
from helpers.sheets.draft.names import (
    Policies,
    municipality_in,
    one_line,
    period_in,
    plan_in,
    without_year,
)
from helpers.sheets.draft.table_draft import TableDraft
from helpers.sheets.finding import quoted
from helpers.sheets.rows.cell_meanings import number_form
from helpers.sheets.rows.header import NUMBER
from helpers.sheets.rows.sheet_table import Place
from helpers.text.forms import look_folded, natural_key, variant_folded

YEARS = 5


def whole_draft(
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
    for years in range(YEARS, 0, -1):
        try:
            return Period(year, FiscalYear(int(year) + years - 1))
        except FiscalYearError:
            continue
    raise AssertionError(year)
