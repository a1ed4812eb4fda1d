"""The course of every item over the years of the plan: what is known, what is not, how long it has stood.

A year counts only where the item's own status is known: no year is filled in from its neighbours.
"""

from __future__ import annotations

__all__ = [
    "Course", "Standing", "Step", "courses", "direction", "directions", "falls", "item_lines",
    "open_courses", "progress",
]  # fmt: skip

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.history import History, remembered
from helpers.plan import DONE, GROUPS, OTHER, Item, Plan
from helpers.plan.lineage import carried_on
from helpers.plan.reserved_words import NO_DATA, NOT_ALIVE, TOTALS_ONLY
from helpers.plan.words.report_words import ITEM


@dataclass(frozen=True)
class Step:
    """One item's statuses in two successive known years; any years between them are not known."""

    item: Item
    before: FiscalYear
    after: FiscalYear
    old: str
    new: str

    @property
    def gap(self) -> tuple[FiscalYear, ...]:
        """The years between, in which the item's status is not known."""
        return tuple(FiscalYear(year) for year in range(int(self.before) + 1, int(self.after)))


@dataclass(frozen=True)
class Standing:
    """The known duration of an item's status: ``years`` in a row up to the last.

    ``beyond``: why the item may have stood so for longer; empty where the number is exact.
    """

    status: str
    years: int
    beyond: str

    def __str__(self) -> str:
        return f"{self.years}年以上（{self.beyond}）" if self.beyond else f"{self.years}年"


@dataclass(frozen=True)
class Course:
    """An item's status in each year of the plan so far, or 資料なし, 合計のみ or ― where there is none to show.

    ``counter``: the plan's word for items. ``before``: why nothing is known from before the first year although the item was there; empty where it was not.
    """

    item: Item
    years: Mapping[FiscalYear, str]
    known: Mapping[FiscalYear, str]
    before: str = ""
    counter: str = ITEM

    @property
    def steps(self) -> tuple[Step, ...]:
        """From each known year to the next known one."""
        return tuple(
            Step(self.item, before, after, self.known[before], self.known[after])
            for before, after in pairwise(self.known)
        )

    def years_in(self, plan: Plan) -> dict[str, int]:
        """The number of known years in each status that the item has been in, in the vocabulary's order."""
        counts = Counter(self.known.values())
        return {status: counts[status] for status in plan.status_names if counts[status]}

    def standing(self) -> Standing | None:
        """The duration of the item's status in the last year; None where that status is not known."""
        back = list(self.years)[::-1]
        status = self.known.get(back[0])
        if status is None:
            return None
        held = list(takewhile(lambda year: self.known.get(year) == status, back))
        rest = back[len(held) :]
        if not rest:
            return Standing(status, len(held), self.before)
        unknown = [*takewhile(lambda year: year not in self.known and self.years[year] != NOT_ALIVE, rest)]
        return Standing(status, len(held), self._beyond(unknown, is_all=unknown == rest) if unknown else "")

    def _beyond(self, unknown: list[FiscalYear], *, is_all: bool) -> str:
        """Which years are not known, from the last back: '令和2年度以前は資料なし', or the ones in a gap."""
        partly = any(self.years[year] == TOTALS_ONLY for year in unknown)
        words = f"{self.counter}別の資料なし" if partly else NO_DATA
        if len(unknown) == 1:
            return f"{unknown[0]}は{words}"
        return f"{unknown[0]}以前は{words}" if is_all else f"{unknown[-1]}から{unknown[0]}までは{words}"


@remembered
def courses(history: History) -> tuple[Course, ...]:
    """The course of every item that lives in a year of the plan so far, in the plan's order.

    An item that was renumbered, split or merged goes on with the one that it carries on.

    >>> from helpers import load_history
    >>> course = courses(load_history("yamaguchi", 2022))[3]
    >>> course.item.number, str(course.standing())
    ('4', '2年以上（令和2年度以前は項目別の資料なし）')
    """
    by_year = {
        year: dict(zip(frame["number"], frame["status"], strict=True))
        for year in history.years
        if (frame := history.item_statuses(year)) is not None
    }
    return tuple(_course(item, numbers, history, by_year) for item, numbers in item_lines(history))


def item_lines(history: History) -> list[tuple[Item, dict[FiscalYear, str]]]:
    """Each chain of items that carry on each other: its last item and its number in each year, in the plan's order."""
    order = {item: position for position, item in enumerate(history.plan.items)}
    return sorted(_lines(history.plan, history.years), key=lambda line: order[line[0]])


def falls(history: History) -> tuple[Step, ...]:
    """The steps in which an item fell back, in the plan's order, without statuses outside the shares."""
    rank = progress(history.plan)
    return tuple(
        step
        for course in courses(history)
        for step in course.steps
        if step.old in rank and step.new in rank and rank[step.new] < rank[step.old]
    )


def progress(plan: Plan) -> dict[str, int]:
    """Rank the counted statuses by progress: a higher number is further on, in whichever order the plan lists them.

    Statuses of the group ``other`` have no rank.
    """
    counted = [status for status in plan.statuses if status.counted and status.group != OTHER]
    # Written from done to not started, as in the reference document, or the other way round.
    falling = counted[0].group == DONE or counted[-1].group != DONE
    along = counted if falling else counted[::-1]
    order = sorted(along, key=lambda status: GROUPS.index(status.group))
    return {status.name: rank for rank, status in enumerate(reversed(order), start=1)}


def open_courses(history: History) -> tuple[Course, ...]:
    """The items of the report's year that are not done, without those whose status says nothing of progress."""
    still_open = set(history.plan.judged_names) - set(history.plan.names_in(DONE))
    return tuple(course for course in courses(history) if course.known.get(history.year) in still_open)


def _lines(plan: Plan, years: Sequence[FiscalYear]) -> Iterator[tuple[Item, dict[FiscalYear, str]]]:
    """Each chain of items that carry on each other: its last item, and its number in each year."""
    carried: dict[FiscalYear, dict[str, str]] = {year: carried_on(plan, year) for year in years[1:]}
    for position, year in enumerate(years):
        goes_on = set(carried[years[position + 1]].values()) if year != years[-1] else set()
        for item in plan.items_in(year):
            if item.number in goes_on:
                continue
            number: str | None = item.number
            numbers: dict[FiscalYear, str] = {}
            for earlier in years[position::-1]:
                if number is None:
                    break
                numbers[earlier] = number
                number = carried.get(earlier, {}).get(number)
            yield item, numbers


def _course(
    item: Item,
    numbers: Mapping[FiscalYear, str],
    history: History,
    by_year: Mapping[FiscalYear, Mapping[str, str]],
) -> Course:
    years: dict[FiscalYear, str] = {}
    known: dict[FiscalYear, str] = {}
    for year in history.years:
        if year not in numbers:
            years[year] = NOT_ALIVE
        elif numbers[year] in by_year.get(year, {}):
            years[year] = known[year] = by_year[year][numbers[year]]
        elif year not in by_year and year in history.sheets:
            years[year] = TOTALS_ONLY
        else:
            years[year] = NO_DATA
    return Course(item, years, known, _before(history, numbers, known), history.plan.wording.item)


def _before(history: History, numbers: Mapping[FiscalYear, str], known: Mapping[FiscalYear, str]) -> str:
    """Why an item may have stood so since before the plan; empty where it is known that it has not."""
    first = history.reference_year
    number = carried_on(history.plan, first).get(numbers.get(first, ""))
    if number is None:
        return ""
    if history.why_cut:
        return f"{first.previous}以前は区分の定義が違う"
    if (sheet := history.sheets.get(first.previous)) is not None and first in known:
        held = dict(zip(sheet.statuses["number"], sheet.statuses["status"], strict=True)).get(number)
        if held not in (None, known[first]):
            return ""
    return f"{first.previous}以前は前の推進計画"


def directions(changes: pd.DataFrame, plan: Plan) -> Counter[str]:
    """Count the transitions in which the two statuses differ by direction, whichever way the vocabulary is written.

    Keys: forward, back, came, left, and other (from or to a status outside the denominator).
    """
    rank = progress(plan)
    pairs = zip(changes["previous_status"], changes["status"], strict=True)
    return Counter(direction(old, new, rank) for old, new in pairs)


def direction(old: str, new: str, rank: Mapping[str, int]) -> str:
    """The key of ``directions`` that counts an item which went from one status to another; ``rank``: ``progress``."""
    if not old:
        return "came"
    if not new:
        return "left"
    if old not in rank or new not in rank:
        return "other"
    return "forward" if rank[new] > rank[old] else "back"
