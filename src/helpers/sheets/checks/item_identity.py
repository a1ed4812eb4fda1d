"""Check that the name, the policy and the graded status in a row belong to the item of its number."""

from __future__ import annotations

__all__ = ["check_name", "check_policy", "check_status", "graded_status", "is_marked_as_repeat"]

from collections.abc import Iterable

from helpers.plan import Item
from helpers.plan.declared.kinds import CHECK, SET, Measure, Value
from helpers.plan.declared.measured import indicators_of
from helpers.sheets.finding import Position
from helpers.sheets.rows.cell_meanings import (
    REPEATED_MARK,
    difference,
    is_dash,
    near_hint,
    nearest,
    number_form,
    stripped_name,
)
from helpers.sheets.rows.header import ITEM, NUMBER, POLICY, REMARKS
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.sheets.rows.table_body import Entry
from helpers.text.forms import folded, look_folded, quoted, variant_folded


def check_name(table: SheetTable, entry: Entry, item: Item) -> None:
    """Check the name of a row; spacing, width, variant characters and the item's own number do not matter."""
    text = table.text(entry, ITEM)
    name = stripped_name(text)
    wanted = stripped_name(item.name)
    if not name or is_dash(name) or variant_folded(name) == variant_folded(wanted):
        return
    if _is_numbered(name, item) and variant_folded(name).endswith(variant_folded(wanted)):
        return
    at = table.at(entry, ITEM)
    if (owner := table.vocabulary.item_named(text)) is not None:
        message = f"推進項目{quoted(text)}は番号{owner.number}の名前ですが、番号が{item.number}（{item.name}）です。番号か名前を直してください"
        table.error("name_of_another", message, at)
    elif look_folded(name) == look_folded(wanted):
        message = f"推進項目{quoted(text)}は「{item.name}」と似ていますが、{difference(name, wanted)}。「{item.name}」と入力し直してください"
        table.error("look_alike", message, at)
    else:
        near = nearest(name, [item.name, *(other.name for other in table.vocabulary.items)]) or item.name
        message = f"推進項目{quoted(text)}は番号{item.number}の名前と違います。近い名前: {near}。番号か名前を直してください"
        table.error("unknown_name", message, at)


def check_policy(table: SheetTable, entry: Entry, item: Item) -> bool:
    """Check the policy of a row; return whether the item is only listed again (再掲) under that policy."""
    if not table.vocabulary.plan.policies:
        return False
    text = table.resolve_ditto(POLICY, table.text(entry, POLICY))
    if not text or is_dash(text):
        if entry.heading is not None and entry.heading not in (item.policy, *item.also_in):
            at = table.at(entry, NUMBER)
            _report_policy(table, entry, item, entry.heading.heading, at, "の見出しの下にあります")
        return entry.heading in item.also_in
    at = table.at(entry, POLICY)
    policy = table.vocabulary.policy(text)
    if policy is None:
        names = [policy.label for policy in table.vocabulary.plan.policies]
        hint = near_hint(text, names)
        message = (
            f"基本方針{quoted(text)}は計画にありません（{'／'.join(names)}）{hint}。基本方針を直してください"
        )
        table.error("unknown_policy", message, at)
    elif policy not in (item.policy, *item.also_in):
        _report_policy(table, entry, item, text, at, "になっています")
    return policy in item.also_in


def is_marked_as_repeat(table: SheetTable, entry: Entry) -> bool:
    """Whether a row is marked as 再掲."""
    texts = (table.written(entry, column) for column in (NUMBER, ITEM, REMARKS))
    return any(REPEATED_MARK.search(folded(text)) for text in texts)


def _report_policy(table: SheetTable, entry: Entry, item: Item, text: str, at: Position, how: str) -> None:
    remedy = "再掲として items.csv に書くか、" if is_marked_as_repeat(table, entry) else ""
    message = (
        f"番号{item.number}「{item.name}」の基本方針は「{item.policy.label}」ですが、{quoted(text)}{how}。"
        f"{remedy}基本方針か番号を直してください"
    )
    table.error("policy_mismatch", message, at)


def _is_numbered(name: str, item: Item) -> bool:
    """Whether a name begins with its item's own number: '7 地域に…', '（7）地域に…'."""
    rest = variant_folded(name).removesuffix(variant_folded(stripped_name(item.name)))
    return rest.strip("().:、・no#") == number_form(item.number)


def graded_status(table: SheetTable, values: Iterable[Value]) -> tuple[Measure, str, str] | None:
    """The measure whose grades go with statuses, the status of the item's lowest grade, and the rate in words.

    None where no measure has such grades, or no indicator of the item has a rate yet.
    """
    plan = table.vocabulary.plan
    measure = next((measure for measure in plan.declared.measures if measure.status), None)
    if measure is None:
        return None
    graded = [
        (measure.grades.index(grade), grade, each)
        for each in indicators_of(values, plan.declared)
        if each.measure == measure and (grade := each.grade(plan.printing)) is not None
    ]
    if not graded:
        return None
    _, grade, lowest = max(graded, key=lambda entry: entry[0])
    return measure, grade.status, f"{lowest.name} {plan.printing.share(lowest.rate_pct(plan.printing))}"


def check_status(table: SheetTable, status: str, graded: tuple[Measure, str, str], at: Position) -> None:
    """Say where a status differs from that of the grade: an error where grades set statuses, else a warning."""
    measure, wanted, rate = graded
    if status == wanted:
        return
    message = f"実施状況{quoted(status)}は、達成率（{rate}）から決まる「{wanted}」と違います。どちらかを直してください"
    if measure.status == SET:
        table.error("graded_status", message, at)
    elif measure.status == CHECK:
        table.warn("graded_status", message, at)
