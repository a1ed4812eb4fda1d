"""Check the tables of a year's sheet together: missing and repeated items, departments written in two ways."""

from __future__ import annotations

__all__ = ["check_whole_sheet"]

from collections.abc import Sequence
from itertools import groupby

from helpers.plan import Item
from helpers.sheets.checks.item_checks import ReadItems
from helpers.sheets.finding import FindingLog
from helpers.sheets.rows.cell_meanings import difference, is_dash, is_ditto
from helpers.sheets.rows.header import DEPARTMENT, NUMBER
from helpers.sheets.rows.layouts.laid_out import ROW
from helpers.sheets.rows.left_rows import OwedBy, numbers_listed
from helpers.sheets.rows.sheet_table import Place, SheetTable
from helpers.text.forms import folded, look_folded, quoted


def check_whole_sheet(
    tables: Sequence[SheetTable], items: ReadItems, log: FindingLog, owed_by: OwedBy | None
) -> None:
    """Find items that no table or several tables have, and departments that are written in two ways.

    ``owed_by``: asked for the departments of items that are missing; None where other files have them.
    """
    _find_items_twice(items)
    if owed_by is not None:
        _find_missing_items(tables, items, log, owed_by)
    _compare_departments(tables)


def _find_items_twice(items: ReadItems) -> None:
    def tables(twin: tuple[Item, Place, Place]) -> tuple[int, int]:
        return id(twin[1].table), id(twin[2].table)

    for _, group in groupby(sorted(items.twice, key=tables), tables):
        twins = list(group)
        (_, first, second), numbers = twins[0], {item.number for item, *_ in twins}
        if first.table is not second.table and len(numbers) > 1 and _is_copy(numbers, first, second, items):
            _report_copy(twins)
            continue
        for item, first, second in twins:
            where = first.seen_from(second.table)
            message = f"番号{item.number}「{item.name}」は{where}にもあります。どちらかの{second.table.entry_word}を除くか、番号を直してください"
            second.table.error("item_twice", message, second.at)


def _is_copy(numbers: set[str], first: Place, second: Place, items: ReadItems) -> bool:
    """Whether all items of one of two tables are in the other."""
    own = {number: read_at.table for number, read_at in items.places.items()}
    of_first = {number for number, table in own.items() if table is first.table}
    is_all_of_second = second.table not in own.values() and len(second.table.body.entries) == len(numbers)
    return is_all_of_second or of_first <= numbers


def _report_copy(twins: Sequence[tuple[Item, Place, Place]]) -> None:
    """Say once that two tables have the same items: a copy, or last year's table beside this year's."""
    _, first, second = twins[0]
    numbers = [item.number for item, *_ in twins]
    is_one_file = first.table.log is second.table.log
    names = [
        read_at.table.grid.name if is_one_file else read_at.table.log.file for read_at in (first, second)
    ]
    message = (
        f"{quoted(names[0])}、{quoted(names[1])}に同じ項目（番号{numbers_listed(numbers)}）があり、"
        "どちらを読むか決められません。どちらか一方だけを残してください"
    )
    second.table.error("two_sheets", message, (second.table.header.first_row, 0))


def _find_missing_items(
    tables: Sequence[SheetTable], items: ReadItems, log: FindingLog, owed_by: OwedBy
) -> None:
    # A row with its name but without its number has a finding of its own.
    present = items.places.keys() | items.claimed
    missing = [item for item in tables[0].vocabulary.items if item.number not in present]
    departments = owed_by(tables[0].vocabulary.year) if missing else {}
    first = tables[0]
    for item in missing:
        department = items.unanswered.get(item.number) or departments.get(item.number, "")
        owed = f"（所管課: {department}）" if department else ""
        if len(tables) == 1 and first.log is log and first.entry_word == ROW:
            message = f"番号{item.number}「{item.name}」の行がありません{owed}。行を加えて実施状況を入力してください"
            first.error("missing_item", message, (first.row_below, first.header.columns[NUMBER]))
        else:
            among = (
                "ファイル"
                if first.log is not log
                else "シート"
                if first.entry_word == ROW
                else first.entry_word
            )
            is_listed = item.number in items.unanswered
            lacks = "にも記入されていません" if is_listed else "にもありません"
            message = (
                f"番号{item.number}「{item.name}」がどの{among}{lacks}{owed}。"
                f"{'その課' if department else 'この項目'}の状況調査を加え{'るか、実施状況を入力し' if is_listed else ''}てください"
            )
            log.error("missing_item", message)


def _compare_departments(tables: Sequence[SheetTable]) -> None:
    """Warn of departments that look equal but are written in other characters: they would be counted as two."""
    first: dict[str, str] = {}
    for table in tables:
        for entry in table.body.entries:
            text = table.written(entry, DEPARTMENT)
            if not text or is_ditto(text) or is_dash(text):
                continue
            known = first.setdefault(look_folded(text), text)
            if folded(known) != folded(text):
                message = f"所管課{quoted(text)}は{quoted(known)}と似ていますが、{difference(text, known)}。同じ課なら書き方をそろえてください"
                table.warn("look_alike", message, table.at(entry, DEPARTMENT))
