"""The declared values of one year: targets, effects, judgements and texts, each with its item."""

from __future__ import annotations

__all__ = [
    "ItemAmount", "Money", "TargetCounts", "amounts_in", "count_targets", "indicators_in", "items_by_number",
    "summed", "texts_in", "values_in", "votes_in", "words_in",
]  # fmt: skip

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import PLAN_SCOPE
from helpers.history.history import History
from helpers.plan import Item
from helpers.plan.declared.kinds import EFFECT, FIELD, JUDGEMENT, VOTE, Effect, Judgement, Value
from helpers.plan.declared.measured import Indicator, indicators_of
from helpers.plan.printing import PrintingRules
from helpers.text.amounts import is_amount


@dataclass(frozen=True)
class TargetCounts:
    """How many targets are set, judged (their actual is known) and met."""

    is_set: int
    judged: int
    met: int

    def share_pct(self, printing: PrintingRules) -> Decimal | None:
        """The met targets in percent of the judged ones, rounded; None where none is judged."""
        return printing.share_pct(self.met, self.judged)


@dataclass(frozen=True)
class ItemAmount:
    """One effect of an item in a year; an unknown amount is None."""

    item: Item
    planned: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True)
class Money:
    """Sums of planned and actual effects; ``missing``: how many single amounts of each are missing.

    A sum is None if no amount is known; difference and rate are None if any amount is missing.
    """

    planned: Decimal | None
    actual: Decimal | None
    missing: tuple[int, int] = (0, 0)

    @property
    def unknown(self) -> int:
        """The number of missing amounts, planned and actual together."""
        return sum(self.missing)

    @property
    def difference(self) -> Decimal | None:
        """The actual less the planned."""
        if self.planned is None or self.actual is None or self.unknown:
            return None
        return self.actual - self.planned

    def rate_pct(self, printing: PrintingRules) -> Decimal | None:
        """The actual in percent of the planned, rounded; None without a planned sum above 0."""
        if self.difference is None or self.planned is None or self.actual is None or self.planned <= 0:
            return None
        return printing.rate_pct(self.actual, self.planned)


def values_in(history: History, year: FiscalYear) -> tuple[Value, ...]:
    """The declared values of a year; empty where nothing is known item by item."""
    return history.sheets[year].values if history.item_statuses(year) is not None else ()


def items_by_number(history: History, year: FiscalYear) -> Mapping[str, Item]:
    """The items alive in a year by their numbers then."""
    return {item.number: item for item in history.plan.items_in(year)}


def indicators_in(history: History, year: FiscalYear) -> list[tuple[Item, Indicator]]:
    """Every indicator of a year with its item, in the plan's order."""
    items = items_by_number(history, year)
    order = {number: position for position, number in enumerate(items)}
    indicators = indicators_of(values_in(history, year), history.plan.declared)
    return [(items[each.number], each) for each in sorted(indicators, key=lambda each: order[each.number])]


def count_targets(history: History, year: FiscalYear | None) -> dict[str, TargetCounts] | None:
    """The targets of a year by policy (numeral) and of the whole plan (""); None where the year is not known by item."""
    if year is None or history.item_statuses(year) is None:
        return None
    known = indicators_in(history, year)
    scopes = (*(policy.numeral for policy in history.plan.policies), PLAN_SCOPE)
    return {
        scope: _counted(each for item, each in known if scope in (PLAN_SCOPE, item.policy.numeral))
        for scope in scopes
    }


def _counted(indicators: Iterable[Indicator]) -> TargetCounts:
    met = [each.is_met for each in indicators if each.is_set]
    return TargetCounts(len(met), sum(each is not None for each in met), sum(each is True for each in met))


def amounts_in(history: History, year: FiscalYear, effect: Effect) -> list[ItemAmount]:
    """The amounts of an effect in a year, in the sheet's unit, for every item that has any.

    For a total: the amounts of each of its parts.
    """
    items, parts = items_by_number(history, year), effect.parts or (effect.name,)
    known: dict[tuple[str, str], dict[str, Decimal | None]] = {}
    for value in values_in(history, year):
        if value.kind == EFFECT and value.name in parts:
            amount = Decimal(value.text) if is_amount(value.text) else None
            known.setdefault((value.number, value.name), {})[value.role] = amount
    return [
        ItemAmount(item, known[number, part].get("planned"), known[number, part].get("actual"))
        for number, item in items.items()
        for part in parts
        if (number, part) in known
    ]


def summed(amounts: Iterable[ItemAmount]) -> Money:
    """The sum of some amounts; what is missing is counted, never filled."""
    amounts = list(amounts)
    planned = [each.planned for each in amounts if each.planned is not None]
    actual = [each.actual for each in amounts if each.actual is not None]
    return Money(
        sum(planned, Decimal(0)) if planned else None,
        sum(actual, Decimal(0)) if actual else None,
        (len(amounts) - len(planned), len(amounts) - len(actual)),
    )


def words_in(history: History, year: FiscalYear, judgement: Judgement) -> dict[str, str]:
    """The word of a judgement by item number; an item that was not judged has none."""
    return {
        value.number: value.text
        for value in values_in(history, year)
        if (value.kind, value.name) == (JUDGEMENT, judgement.name)
    }


def votes_in(history: History, year: FiscalYear, judgement: Judgement) -> dict[str, dict[str, int]]:
    """The votes of a judgement by item number."""
    votes: dict[str, dict[str, int]] = {}
    for value in values_in(history, year):
        if (value.kind, value.name) == (VOTE, judgement.name):
            votes.setdefault(value.number, {})[value.role] = int(value.text)
    return votes


def texts_in(history: History, year: FiscalYear, number: str) -> Iterator[tuple[str, str]]:
    """Name and text of the further texts of an item."""
    for value in values_in(history, year):
        if value.number == number and value.kind == FIELD:
            yield value.name, value.text
