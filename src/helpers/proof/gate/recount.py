"""Count the figures that the gate expects from the status sheets, without the functions that make the tables."""

from __future__ import annotations

__all__ = ["CHANGE", "ITEMS", "SHARE", "Recount", "moves"]

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import TOTAL
from helpers.history.history import History
from helpers.plan import DONE
from helpers.plan.lineage import carried_on
from helpers.plan.reserved_words import NO_DATA, NOT_ALIVE
from helpers.proof.gate.page_and_pdf import close
from helpers.report.register import Counts
from helpers.report.tables.comparison import GRAND_TOTAL

ITEMS, SHARE, CHANGE = "項目数", "割合", "前年比"


class Recount:
    """Counts the items of a history, for tables declared as ``Counts``; ``rows`` lists the items of a year's sheet."""

    def __init__(
        self, history: History, rows: Callable[[FiscalYear], list[dict[Any, Any]]], counts: Counts
    ) -> None:
        self._history, self._rows, self._counts = history, rows, counts
        plan = history.plan
        self._names = tuple(
            name
            for name in plan.status_names
            if not counts.is_open or (name in plan.judged_names and name not in plan.names_in(DONE))
        )
        self._brackets = {bracket.name: bracket.statuses for bracket in plan.brackets}
        self.by_group, self.counted = cache(self._by_group), cache(self._counted)

    def _by_group(self, year: FiscalYear) -> dict[tuple[str, ...], Counter[str]]:
        """Count a year's items by group and status; a year with totals only has no groups."""
        by = self._counts.by
        focus = {item.number: item.focus for item in self._history.plan.items_in(year)}
        groups: dict[tuple[str, ...], Counter[str]] = {}
        for row in self._rows(year):
            row = row | {"focus": focus.get(row["number"], "")}
            # An item without policy is in a plan that has none: its group is the whole plan.
            group = tuple(close(str(row[field])) or ("" if field == "policy" else NOT_ALIVE) for field in by)
            groups.setdefault(group, Counter())[row["status"]] += int(row["items"])
        return groups

    def _counted(self, year: FiscalYear, group: tuple[str, ...]) -> Counter[str] | None:
        """Count the items of a group by status ("" in a group stands for all); None where the sheets do not say."""
        if (frame := self._history.statuses(year)) is None:
            return None
        summed: Counter[str] = Counter()
        if not any(group):
            for status, items in zip(frame["status"], frame["items"], strict=True):
                summed[status] += int(items)
        elif self._history.item_statuses(year) is None:
            return None
        for held, counter in self.by_group(year).items() if any(group) else ():
            if all(wanted in ("", own) for wanted, own in zip(group, held, strict=True)):
                summed += counter
        return Counter({name: summed[name] for name in self._names})

    def figure(self, year: FiscalYear, group: tuple[str, ...], status: str, kind: str) -> int | str | None:
        """Give a figure as printed; None where the plan has no such status."""
        printing, counted = self._history.plan.printing, self.counted(year, group)
        if status not in (*self._names, *self._brackets, TOTAL, GRAND_TOTAL):
            return None
        if counted is None:
            alone = self._share_alone(year, group, status) if kind == SHARE else None
            if alone is None:
                return NO_DATA
            return alone if isinstance(alone, str) else close(printing.share(alone))
        if kind == ITEMS:
            return self._items(counted, status)
        if kind == SHARE:
            share = self._share(counted, status)
            return "" if share is None else close(printing.share(share))
        before = self.counted(year.previous, group)
        if before is None:
            return self._change_of_share_alone(year, group, status)
        change = self._items(counted, status) - self._items(before, status)
        shares = self._share(counted, status), self._share(before, status)
        if shares[0] is None or shares[1] is None:
            return close(printing.change_without_shares(change))
        if status == TOTAL:
            return close(printing.change_of_total(change))
        return close(printing.change_cell(change, shares[0] - shares[1]))

    def _share(self, counted: Counter[str], status: str) -> Decimal | None:
        plan = self._history.plan
        whole = sum(counted[name] for name in plan.counted_names)
        if status == TOTAL:
            return plan.printing.share_pct(whole, whole)
        has_share = status in plan.counted_names or status in self._brackets
        return plan.printing.share_pct(self._items(counted, status), whole) if has_share else None

    def _share_alone(self, year: FiscalYear, group: tuple[str, ...], status: str) -> Decimal | str | None:
        """The share in a year of which only shares are known; "" where a status has none, None where it is not known."""
        known = self._history.plan.shares_in(year)
        if known is None or self._counts.by not in ((), ("policy",)):
            return None
        shares = known.shares.get(group[0] if group else "")
        if shares is None or status == GRAND_TOTAL:
            return None
        if status == TOTAL:
            return Decimal(100) if any(shares.values()) else None
        is_outside = status in self._names and status not in self._history.plan.counted_names
        return "" if is_outside else shares.get(status)

    def _change_of_share_alone(self, year: FiscalYear, group: tuple[str, ...], status: str) -> str:
        printing, counted = self._history.plan.printing, self.counted(year, group)
        before = self._share_alone(year.previous, group, status)
        now = None if counted is None else self._share(counted, status)
        if not isinstance(before, Decimal) or now is None or printing.change == "items":
            return NO_DATA
        if status == TOTAL:
            return close(printing.no_change) if printing.change == "points" else NO_DATA
        return close(printing.change_of_share(now - before))

    def _items(self, counted: Counter[str], status: str) -> int:
        if status in (TOTAL, GRAND_TOTAL):
            return counted.total()
        return sum(counted[name] for name in self._brackets.get(status, (status,)))


def moves(history: History, year: FiscalYear) -> Iterator[dict[str, str]]:
    """Compare each item of a year with the item of the year before that it continues; nothing if a year is unknown.

    Keys: ``number``, ``item``, ``policy``, ``status``, ``previous_policy``, ``previous_status``; empty where the item
    was not in the plan.
    """
    before, now = history.item_statuses(year.previous), history.item_statuses(year)
    if before is None or now is None:
        return
    was = {"policy": "previous_policy", "status": "previous_status"}
    nowhere, pairs = dict.fromkeys((*was, *was.values()), ""), carried_on(history.plan, year)
    named = before[["number", "item", *was]].rename(columns=was)
    left = {row["number"]: row for row in named.to_dict("records")}
    for row in now[["number", "item", *was]].to_dict("records"):
        yield nowhere | left.pop(pairs.get(row["number"], ""), {}) | row
    yield from (nowhere | row for row in left.values())
