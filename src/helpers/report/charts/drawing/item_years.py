"""The statuses of the items over the years as a value, and in words: what the map of the plan draws."""

from __future__ import annotations

__all__ = ["NO_ITEMS", "ItemYears", "heading_rows", "item_years"]

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise

from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.plan import DONE, Item, Policy
from helpers.plan.reserved_words import NO_DATA, TOTALS_ONLY
from helpers.report.charts.drawing.chart import fitting_words
from helpers.report.sentences.phrases import year_name

NO_ITEMS = "項目なし"
# A policy is split between two parts where so many of its rows fit on the first.
_FEWEST_ROWS = 10
# How a chart's words call items: by name, by number, not at all.
_NAMINGS: tuple[Callable[[Item], str] | None, ...] = (
    lambda item: f"{item.number} {item.name}",
    lambda item: item.number,
    None,
)


@dataclass(frozen=True)
class ItemYears:
    """The statuses by year and item in the years known item by item, and the plan's items by policy.

    An item is the line of ``items.csv``, not its number, which another one may have in another year.
    """

    history: History
    known: Mapping[FiscalYear, Mapping[Item, str]]
    blocks: Mapping[Policy, list[Item]]

    @property
    def items(self) -> list[Item]:
        """The items in the order of the blocks."""
        return list(chain.from_iterable(self.blocks.values()))

    def part(self, blocks: Mapping[Policy, list[Item]]) -> ItemYears:
        """The same years with some of the items only."""
        items = set(chain.from_iterable(blocks.values()))
        known = {
            year: {item: status for item, status in statuses.items() if item in items}
            for year, statuses in self.known.items()
        }
        return ItemYears(self.history, known, blocks)

    def parts(self, first: int, rows: int) -> Iterator[ItemYears]:
        """The items in parts of at most so many rows, the ``first`` one too, the headings of the policies included."""
        part: dict[Policy, list[Item]] = {}
        room = first
        for policy, items in self.blocks.items():
            rest = items
            while rest:
                if part and len(rest) >= room and room < _FEWEST_ROWS:
                    yield self.part(part)
                    part, room = {}, rows
                fitting = room - heading_rows(policy)
                part[policy], rest = rest[:fitting], rest[fitting:]
                room = fitting - len(part[policy])
                if rest:
                    yield self.part(part)
                    part, room = {}, rows
        if part:
            yield self.part(part)

    def unknown(self, year: FiscalYear) -> str:
        """The words for a year that is not known item by item: 合計のみ or 資料なし."""
        return NO_DATA if self.history.statuses(year) is None else TOTALS_ONLY

    def words(self) -> str:
        """The counts of each year, what changed between known years, what is not done in the last.

        Items are called by name as far as there is room for so many words.
        """
        return fitting_words(map(self._words, _NAMINGS))

    def _words(self, naming: Callable[[Item], str] | None) -> str:
        sentences = [f"{self.history.plan.wording.items(len(self.items))}を行、年度を列とした表"]
        for year in self.history.years:
            if year in self.known:
                sentences.append(f"{year_name(self.history, year)}は{self._counts(year) or NO_ITEMS}")
            else:
                sentences.append(f"{year}は{self.unknown(year)}")
        wording = self.history.plan.wording
        for before, after in pairwise(self.known):
            old, new = self.known[before], self.known[after]
            moved = [item for item in self.items if item in old and item in new and old[item] != new[item]]
            names = [f"{naming(item)}（{old[item]}から{new[item]}）" for item in moved] if naming else []
            listed = "、".join(names) or (wording.items(len(moved)) if moved else "なし")
            sentences.append(f"{before}から{after}に変わった{wording.item}: {listed}")
        if naming is None:
            return "。".join(sentences) + "。"
        last = max(self.known)
        for status in self.history.plan.statuses:
            open_items = [
                naming(item)
                for item, name in self.known[last].items()
                if name == status.name and status.group != DONE
            ]
            if open_items:
                sentences.append(f"{last}に{status.name}の{wording.item}: {'、'.join(open_items)}")
        return "。".join(sentences) + "。"

    def _counts(self, year: FiscalYear) -> str:
        statuses, items = list(self.known[year].values()), self.history.plan.wording.items
        names = (name for name in self.history.plan.status_names if name in statuses)
        return "、".join(f"{name}{items(statuses.count(name))}" for name in names)


def heading_rows(policy: Policy) -> int:
    """How many rows the name of a policy takes over its items: none where the plan has no policies."""
    return 1 if policy.title else 0


def item_years(history: History) -> ItemYears:
    """Take the statuses of the plan's items out of the frames of a history."""
    known: dict[FiscalYear, dict[Item, str]] = {}
    for year in history.years:
        if (frame := history.item_statuses(year)) is not None:
            alive = {item.number: item for item in history.plan.items_in(year)}
            pairs = zip(frame["number"], frame["status"], strict=True)
            known[year] = {alive[number]: status for number, status in pairs}
    # Not by the plan's policies: one whose items have all ended is none of this year's.
    blocks: dict[Policy, list[Item]] = {}
    for item in history.plan.items:
        if any(year in item.life for year in history.years):
            blocks.setdefault(item.policy, []).append(item)
    return ItemYears(history, known, blocks)
