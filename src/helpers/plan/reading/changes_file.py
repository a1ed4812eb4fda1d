"""Read and check ``[[item_changes]]`` and ``[[status_changes]]`` of plan.toml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpers.fiscal_year import FiscalYear
from helpers.plan.changes import KINDS, MERGED, RENUMBERED, SPLIT, ItemChange, StatusChange
from helpers.plan.model import Item, Plan, Status
from helpers.plan.reading.periods import why_unplanned
from helpers.plan.reading.toml_section import Section

_SHAPES = {
    RENUMBERED: "from と to を一つずつ",
    SPLIT: "from を一つ、to を二つ以上",
    MERGED: "from を二つ以上、to を一つ",
}


def read_item_changes(root: Section, plan: Plan) -> tuple[ItemChange, ...]:
    """Read the splits, mergers and renumberings of a plan whose items are known.

    Raises:
        PlanFileError: a number that is not alive, a change of the wrong shape, an item in two changes of a year.
    """
    changes: list[ItemChange] = []
    for section in root.sections("item_changes", optional=True):
        change = ItemChange(
            _year_of_change(section, plan),
            section.choice("kind", KINDS),
            section.texts("from"),
            section.texts("to"),
        )
        section.demand_nothing_else()
        _check_shape(section, change)
        before, after = plan.items_in(change.year.previous), plan.items_in(change.year)
        _check_alive(section, "from", change.before, before, change.year.previous)
        _check_alive(section, "to", change.after, after, change.year)
        _check_ended(section, change, before, after)
        for other in changes:
            if other.year == change.year:
                _check_apart(section, "from", change.before, other.before)
                _check_apart(section, "to", change.after, other.after)
        changes.append(change)
    return tuple(changes)


def read_status_changes(root: Section, plan: Plan) -> tuple[StatusChange, ...]:
    """Read the changes of definition of a plan whose statuses are known.

    Raises:
        PlanFileError: a word that is not in use then, a word that ends without a change that says what became of it.
    """
    changes: list[StatusChange] = []
    for section in root.sections("status_changes", optional=True):
        year, reason = _year_of_change(section, plan), section.text("reason")
        mapping = section.section("map", optional=True)
        old = {name: mapping.text(name) for name in mapping.values}
        section.demand_nothing_else()
        _check_words(mapping, year.previous, old, plan.statuses)
        for name, new in old.items():
            _check_words(mapping, year, [new], plan.statuses, key=name)
        if any(change.year == year for change in changes):
            raise section.fail("year", f"{year}の変更が二つあります", "一つの表にまとめてください")
        changes.append(StatusChange(year, reason, old if "map" in section.values else None))
    for number, status in enumerate(plan.statuses, start=1):
        if status.life is not None and any(
            status.life.last < p.period.last for p in plan.implementation_plans
        ):
            _check_told(root, number, status.name, status.life.last, changes)
    return tuple(changes)


def _year_of_change(section: Section, plan: Plan) -> FiscalYear:
    year = section.fiscal_year("year")
    if why := why_unplanned(year, section.values["year"], plan.implementation_plans, is_change=True):
        raise section.fail("year", *why)
    return year


def _check_shape(section: Section, change: ItemChange) -> None:
    counts = (len(change.before), len(change.after))
    fits = {
        RENUMBERED: counts == (1, 1),
        SPLIT: counts[0] == 1 < counts[1],
        MERGED: counts[1] == 1 < counts[0],
    }
    if not fits[change.kind]:
        raise section.fail(
            "kind",
            f"「{change.kind}」なのに from が{counts[0]}個、to が{counts[1]}個です",
            f"{_SHAPES[change.kind]}書いてください",
        )
    for key, numbers in (("from", change.before), ("to", change.after)):
        if len(set(numbers)) != len(numbers):
            raise section.fail(key, f"「{'、'.join(numbers)}」に同じ番号があります", "一つにしてください")


def _check_alive(
    section: Section, key: str, numbers: Iterable[str], alive: Sequence[Item], year: FiscalYear
) -> None:
    for number in numbers:
        if number not in {item.number for item in alive}:
            raise section.fail(
                key,
                f"番号「{number}」は{year}の推進項目にありません",
                "items.csv の番号、開始年度、終了年度と合わせてください",
            )


def _check_ended(section: Section, change: ItemChange, before: Sequence[Item], after: Sequence[Item]) -> None:
    living = {item.number for item in before if item in after}
    for number in change.before:
        if number in living and number not in change.after:
            raise section.fail(
                "from",
                f"番号「{number}」は{change.year}にも同じ項目として続いています",
                "to に加えるか、items.csv の終了年度を前年度にしてください",
            )


def _check_apart(section: Section, key: str, numbers: Iterable[str], others: Iterable[str]) -> None:
    for number in numbers:
        if number in others:
            raise section.fail(
                key, f"番号「{number}」が同じ年度の二つの変更にあります", "一つの変更にまとめてください"
            )


def _check_words(
    mapping: Section, year: FiscalYear, words: Iterable[str], statuses: Sequence[Status], key: str = ""
) -> None:
    used = [status.name for status in statuses if status.is_used_in(year)]
    for word in words:
        if word not in used:
            raise mapping.fail(
                key or word,
                f"「{word}」は{year}の実施状況の区分にありません（{'／'.join(used)}）",
                "statuses の name、first_year、last_year と合わせてください",
            )


def _check_told(
    root: Section, number: int, name: str, last: FiscalYear, changes: Sequence[StatusChange]
) -> None:
    """A word that ends before the plan does has to be followed by a change, and be in its map if it has one."""
    change = next((change for change in changes if change.year == last.next), None)
    if change is None or (change.mapping is not None and name not in change.mapping):
        raise root.fail(
            f"statuses[{number}].last_year",
            f"「{name}」が{last}で終わりますが、翌年度からどの区分になるかが書かれていません",
            f"[[status_changes]] に year = {int(last.next)} の変更（map か、map のない変更）を書いてください",
        )
