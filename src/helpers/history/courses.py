"""The course of every item over the years of the plan: what is known, what is not, how long it has stood.

A year counts only where the item's own status is known: no year is filled in from its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.plan import DONE, GROUPS, Item, Plan
from helpers.plan.lineage import carried_on
from helpers.plan.reserved_words import NO_DATA, NOT_ALIVE, TOTALS_ONLY


@dataclass(frozen=True)
class Step:
    """One item's statuses in two years that are known one after the other; years between them are not known."""

    item: Item
    before: FiscalYear
    after: FiscalYear
    old: str
    new: str

    @property
    def gap(self) -> tuple[FiscalYear, ...]:
        """The years between the two, of which nothing is known for the item."""
        return tuple(FiscalYear(year) for year in range(int(self.before) + 1, int(self.after)))


@dataclass(frozen=True)
class Standing:
    """How long an item has been known to stand in its status: ``years`` in a row up to the last.

    ``beyond`` says why it cannot be known whether it is longer; empty where the number is exact.
    """

    status: str
    years: int
    beyond: str

    def __str__(self) -> str:
        return f"{self.years}年以上（{self.beyond}）" if self.beyond else f"{self.years}年"


@dataclass(frozen=True)
class Course:
    """An item's status in each year of the plan so far, or 資料なし, 合計のみ or ― where there is none to show.

    ``before``: why the years before the first are not told although the item was there; empty where it was not.
    """

    item: Item
    years: Mapping[FiscalYear, str]
    known: Mapping[FiscalYear, str]
    before: str = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """From each known year to the next known one."""
        return tuple(
            Step(self.item, before, after, self.known[before], self.known[after])
            for before, after in pairwise(self.known)
        )

    def years_in(self, plan: Plan) -> dict[str, int]:
        """The number of known years in each status that the item has been in, in the vocabulary's order."""
        found = list(self.known.values())
        return {status: found.count(status) for status in plan.status_names if status in found}

    def standing(self) -> Standing | None:
        """How long the item has stood in the status of the last year; None where that is not known."""
        *earlier, last = self.years
        if last not in self.known:
            return None
        status, years = self.known[last], 1
        for place in range(len(earlier) - 1, -1, -1):
            year = earlier[place]
            if self.known.get(year) == status:
                years += 1
            elif year in self.known or self.years[year] == NOT_ALIVE:
                break
            else:
                return Standing(status, years, self._beyond(earlier[: place + 1]))
        return Standing(status, years, self.before)

    def _beyond(self, earlier: list[FiscalYear]) -> str:
        """Which years just before are not known: '令和2年度以前は資料なし', or the ones in a gap."""
        unknown: list[FiscalYear] = []
        for year in reversed(earlier):
            if year in self.known or self.years[year] == NOT_ALIVE:
                break
            unknown.append(year)
        partly = any(self.years[year] == TOTALS_ONLY for year in unknown)
        what = "項目別の資料なし" if partly else "資料なし"
        if len(unknown) == 1:
            return f"{unknown[0]}は{what}"
        is_all = len(unknown) == len(earlier)
        return f"{unknown[0]}以前は{what}" if is_all else f"{unknown[-1]}から{unknown[0]}までは{what}"


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
    found = [
        _course(item, numbers, history, by_year) for item, numbers in _lines(history.plan, history.years)
    ]
    order = {item: place for place, item in enumerate(history.plan.items)}
    return tuple(sorted(found, key=lambda course: order[course.item]))


def falls(history: History) -> tuple[Step, ...]:
    """The steps in which an item fell back, in the plan's order; statuses outside the shares have no place in it."""
    rank = progress(history.plan)
    return tuple(
        step
        for course in courses(history)
        for step in course.steps
        if step.old in rank and step.new in rank and rank[step.new] < rank[step.old]
    )


def progress(plan: Plan) -> dict[str, int]:
    """How far on each counted status is: a higher number is further on, whichever way the vocabulary is written."""
    counted = [status for status in plan.statuses if status.counted]
    # Written from done to not started, as in the reference document, or the other way round.
    falling = counted[0].group == DONE or counted[-1].group != DONE
    along = counted if falling else counted[::-1]
    order = sorted(along, key=lambda status: GROUPS.index(status.group))
    return {status.name: len(order) - place for place, status in enumerate(order)}


def open_courses(history: History) -> Iterator[Course]:
    """The items of the report's year that are not done, without those outside the shares."""
    done = history.plan.names_in(DONE)
    wanted = [status for status in history.plan.counted_names if status not in done]
    yield from (course for course in courses(history) if course.known.get(history.year) in wanted)


def _lines(plan: Plan, years: Sequence[FiscalYear]) -> Iterator[tuple[Item, dict[FiscalYear, str]]]:
    """Every line of items that carry on each other: the last of it, and its number in each year of its life."""
    carried: dict[FiscalYear, dict[str, str]] = {year: carried_on(plan, year) for year in years[1:]}
    for place, year in enumerate(years):
        goes_on = set(carried[years[place + 1]].values()) if place + 1 < len(years) else set()
        for item in plan.items_in(year):
            if item.number in goes_on:
                continue
            number: str | None = item.number
            numbers: dict[FiscalYear, str] = {}
            for earlier in years[place::-1]:
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
    return Course(item, years, known, _before(history, numbers, known))


def _before(history: History, numbers: Mapping[FiscalYear, str], known: Mapping[FiscalYear, str]) -> str:
    """Why an item may have stood for longer than the plan so far; empty where it began with it or moved into it."""
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
