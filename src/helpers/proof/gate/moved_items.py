"""Read back the tables of changes between two years: items by name, their counts, their activities."""

from __future__ import annotations

__all__ = ["READERS"]

import re
from collections.abc import Iterator
from itertools import pairwise, product

from helpers.history.counts import TOTAL
from helpers.plan.reserved_words import ADDED, ENDED, NO_DATA, NOT_ALIVE
from helpers.proof.gate.page_and_pdf import PageRow, close
from helpers.proof.gate.terms import Figures, Pair, Reader, Record, Terms, number


def _highlights_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    for column in ("推進項目", "主な取組", "状況の変化"):
        yield (row.cells["番号"], column), row.cells[column]


def _highlights_record(record: Record, terms: Terms) -> Iterator[Pair]:
    named = {"推進項目": "item", "主な取組": "activities", "前年度": "previous_status", "実施状況": "status"}
    for kind, field in named.items():
        yield (close(record["number"]), kind), close(record[field])


def _highlights_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    moved = terms.moves_of_the_year
    before = {move["number"]: move["previous_status"] for move in moved if move["status"]}
    for row in terms.rows(terms.history.year):
        if row["activities"]:
            old, new = before.get(row["number"], ""), row["status"]
            yield from _highlights_record({**row, "previous_status": old}, terms)
            change = close(f"{old}⇒{new}へ") if old not in ("", new) else ""
            yield (close(row["number"]), "状況の変化"), change


def _moved_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    for kind, year in (("前年度", terms.previous), ("今年度", terms.year)):
        text = row.cells[year]
        status = "" if text == NOT_ALIVE else terms.status(text)
        yield (row.cells["番号"], row.cells["推進項目"], kind), status


def _moved_record(record: Record, terms: Terms) -> Iterator[Pair]:
    item = (close(record["number"]), close(record["item"]))
    yield (*item, "前年度"), record["previous_status"]
    yield (*item, "今年度"), record["status"]


def _moved_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    for move in terms.moves_of_the_year:
        if move["previous_status"] != move["status"]:
            yield from _moved_record(move, terms)


def _bridge_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    scope = (terms.policy(row.group), terms.status(row.cells["実施状況"]))
    yield (*scope, "前年度"), number(row.cells[terms.previous])
    yield (*scope, "今年度"), number(row.cells[terms.year])
    for heading, text in row.first_lines.items():
        if heading[0] in "増減":
            # The first line of the cell is the count, such as '+2'; the lines below name the items.
            count = re.match(r"\D*?(\d+)", text)
            yield (*scope, heading[0]), int(count[1]) if count else 0


def _bridge_record(record: Record, terms: Terms) -> Iterator[Pair]:
    scope = (record["policy"], record["status"])
    yield (*scope, "前年度"), int(record["previous_items"])
    yield (*scope, "増"), int(record["added"]) + int(record["came_in"])
    yield (*scope, "減"), int(record["went_out"]) + int(record["ended"])
    yield (*scope, "今年度"), int(record["items"])


def _bridge_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    """Give 0 for every cell, then 1 for each item in each cell that counts it; ``collected`` adds them up."""
    plan, kinds = terms.history.plan, ("前年度", "増", "減", "今年度")
    policies = ("", *(policy.numeral for policy in plan.policies))
    yield from ((key, 0) for key in product(policies, (*plan.status_names, TOTAL), kinds))
    for move in terms.moves_of_the_year:
        before = _cells_counting(move["previous_policy"], move["previous_status"])
        after = _cells_counting(move["policy"], move["status"])
        for kind, cells in zip(kinds, (before, after - before, before - after, after), strict=True):
            yield from (((*cell, kind), 1) for cell in cells)


def _cells_counting(policy: str, status: str) -> set[tuple[str, str]]:
    return {*product(("", policy), (status, TOTAL))} if status else set()


def _transitions_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    before, _, after = row.group.partition("→")
    years = (terms.years.get(before, before), terms.years.get(after, after))
    items, old = number(row.cells["項目数"]), row.cells["前の年度"]
    if items == NO_DATA:  # for all years from the one to the other
        between = [year for year in map(str, map(int, terms.history.years)) if years[0] <= year <= years[1]]
        yield from (((*pair, "資料"), NO_DATA) for pair in pairwise(between))
    elif old == TOTAL:
        yield (*years, TOTAL), items
    else:
        yield (*years, terms.status(old), terms.status(row.cells["次の年度"]), "項目数"), items


def _transitions_record(record: Record, terms: Terms) -> Iterator[Pair]:
    years = (record["previous_fiscal_year"], record["fiscal_year"])
    if record["items"] == "":
        yield (*years, "資料"), NO_DATA
    else:
        pair = (record["previous_status"] or ADDED, record["status"] or ENDED)
        yield (*years, *pair, "項目数"), int(record["items"])


def _transitions_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    for before, after in pairwise(terms.history.years):
        years = (str(int(before)), str(int(after)))
        known = terms.moves(after)
        if not known:
            yield (*years, "資料"), NO_DATA
        for move in known:
            pair = (move["previous_status"] or ADDED, move["status"] or ENDED)
            yield (*years, *pair, "項目数"), 1
            yield (*years, TOTAL), 1


READERS = {
    "highlights": Reader(
        _highlights_page,
        _highlights_record,
        _highlights_expected,
        on_page_only=frozenset({"状況の変化"}),
        in_csv_only=frozenset({"前年度", "実施状況"}),
        is_of_one_year=True,
    ),
    "moved": Reader(_moved_page, _moved_record, _moved_expected, is_of_one_year=True),
    "bridge": Reader(_bridge_page, _bridge_record, _bridge_expected, is_of_one_year=True),
    "transitions": Reader(
        _transitions_page, _transitions_record, _transitions_expected, on_page_only=frozenset({TOTAL})
    ),
}
