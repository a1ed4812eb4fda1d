"""Read and check ``[[item_changes]]`` and ``[[status_changes]]`` of plan.toml."""

from __future__ import annotations

__all__ = ["read_item_changes", "read_status_changes"]

from collections.abc import Callable, Iterator, Sequence

from helpers.errors import refuse_all
from helpers.fiscal_year import FiscalYear
from helpers.plan.model import Plan, Status
from helpers.plan.plan_parts import KINDS, MERGED, RENUMBERED, SPLIT, ItemChange, StatusChange
from helpers.plan.reading.periods import planned_year
from helpers.plan.reading.toml_section import Section

# For each kind of change: how many items there may be before and after it, and how to write that.
_SHAPES: dict[str, tuple[Callable[[int, int], bool], str]] = {
    RENUMBERED: (lambda before, after: before == after == 1, "from と to を一つずつ"),
    SPLIT: (lambda before, after: before == 1 < after, "from を一つ、to を二つ以上"),
    MERGED: (lambda before, after: after == 1 < before, "from を二つ以上、to を一つ"),
}
_Wrong = Iterator[tuple[str, str, str]]  # key, problem and remedy


def read_item_changes(root: Section, plan: Plan) -> tuple[ItemChange, ...]:
    """Read the splits, mergers and renumberings of a plan whose items are known.

    Raises:
        PlanFileError: numbers that are not alive, a change of the wrong shape, items in two changes of a year.
    """
    changes: list[ItemChange] = []
    for section in root.sections("item_changes", optional=True):
        change = ItemChange(
            planned_year(section, "year", plan.implementation_plans, is_change=True),
            section.choice("kind", KINDS),
            section.texts("from"),
            section.texts("to"),
        )
        section.demand_nothing_else()
        refuse_all([section.fail(*wrong) for wrong in _wrong_items(change, plan, changes)])
        changes.append(change)
    return tuple(changes)


def _wrong_items(change: ItemChange, plan: Plan, others: Sequence[ItemChange]) -> _Wrong:
    counts = (len(change.before), len(change.after))
    fits, shape = _SHAPES[change.kind]
    if not fits(*counts):
        problem = f"「{change.kind}」なのに from が{counts[0]}個、to が{counts[1]}個です"
        yield "kind", problem, f"{shape}書いてください"
    same_year = [other for other in others if other.year == change.year]
    years = (change.year.previous, change.year)
    alive = [{item.number: item for item in plan.items_in(year)} for year in years]
    for key, numbers, year, items, taken in (
        ("from", change.before, years[0], alive[0], {n for other in same_year for n in other.before}),
        ("to", change.after, years[1], alive[1], {n for other in same_year for n in other.after}),
    ):
        if len(set(numbers)) != len(numbers):
            yield key, f"「{'、'.join(numbers)}」に同じ番号があります", "一つにしてください"
        for number in numbers:
            if number not in items:
                problem = f"番号「{number}」は{year}の推進項目にありません"
                yield key, problem, "items.csv の番号、開始年度、終了年度と合わせてください"
            elif key == "from" and number not in change.after and alive[1].get(number) == items[number]:
                problem = f"番号「{number}」は{change.year}にも同じ項目として続いています"
                yield key, problem, "to に加えるか、items.csv の終了年度を前年度にしてください"
            if number in taken:
                problem = f"番号「{number}」が同じ年度の二つの変更にあります"
                yield key, problem, "一つの変更にまとめてください"


def read_status_changes(root: Section, plan: Plan) -> tuple[StatusChange, ...]:
    """Read the changes of definition of a plan whose statuses are known.

    Raises:
        PlanFileError: statuses that are not in use in the year, statuses that end without a change that replaces them.
    """
    changes: list[StatusChange] = []
    for section in root.sections("status_changes", optional=True):
        year = planned_year(section, "year", plan.implementation_plans, is_change=True)
        reason, mapping = section.text("reason", is_name=False), section.section("map", optional=True)
        new_words = {old: mapping.text(old) for old in mapping.values}
        section.demand_nothing_else()
        refuse_all([mapping.fail(*wrong) for wrong in _wrong_statuses(new_words, year, plan.statuses)])
        if any(change.year == year for change in changes):
            raise section.fail("year", f"{year}の変更が二つあります", "一つの表にまとめてください")
        changes.append(StatusChange(year, reason, new_words if "map" in section.values else None))
    refuse_all([root.fail(*wrong) for wrong in _statuses_lost(plan, changes)])
    return tuple(changes)


def _wrong_statuses(new_words: dict[str, str], year: FiscalYear, statuses: Sequence[Status]) -> _Wrong:
    for old, new in new_words.items():
        for word, then in ((old, year.previous), (new, year)):
            used = [status.name for status in statuses if status.is_used_in(then)]
            if word not in used:
                problem = f"「{word}」は{then}の実施状況の区分にありません（{'／'.join(used)}）"
                yield old, problem, "statuses の name、first_year、last_year と合わせてください"


def _statuses_lost(plan: Plan, changes: Sequence[StatusChange]) -> _Wrong:
    """Find statuses that end before the plan does, and that the changes of the next year do not replace."""
    end = plan.implementation_plans[-1].period.last
    followed = {change.year: change.mapping for change in changes}
    for number, status in enumerate(plan.statuses, start=1):
        if status.life is None or status.life.last >= end:
            continue
        last, after = status.life.last, status.life.last.next
        mapping = followed.get(after, {})
        if mapping is not None and status.name not in mapping:
            yield (
                f"statuses[{number}].last_year",
                f"「{status.name}」が{last}で終わりますが、翌年度からどの区分になるかが書かれていません",
                f"[[status_changes]] に year = {int(after)} の変更（map か、map のない変更）を書いてください",
            )
