"""Check the rows that count: totals and subtotals among the items."""

from __future__ import annotations

__all__ = ["check"]

import re
from collections import Counter
from collections.abc import Container
from decimal import Decimal

from helpers.sheets.finding import quoted
from helpers.sheets.finding_log import Position
from helpers.sheets.rows.cell_meanings import count_of
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.sheets.rows.table_body import Tally
from helpers.text.amounts import amount_of, plain
from helpers.text.forms import folded

# Excel's own row of totals under a table is called 集計.
_OF_GROUP_OR_ALL = ("計", "集計")


def check(table: SheetTable) -> None:
    """Compare the totals in a sheet with its rows."""
    vocabulary, body, statuses = table.vocabulary, table.body, table.statuses
    counted = {status.name for status in vocabulary.plan.statuses if status.counted}
    declared = {each.heading for each in vocabulary.plan.declared.columns}
    amounts = {index for name, index in table.header.columns.items() if name in declared}
    since = 0
    for tally in body.tallies:
        group = statuses[since : tally.entries_before]
        rows = slice(since if tally.is_subtotal else 0, tally.entries_before)
        if tally.is_subtotal:
            readings = [group]
        elif tally.label in _OF_GROUP_OR_ALL and group:
            # 計 stands under every policy in some sheets, and under the whole table in others.
            is_last = tally is body.tallies[-1] and tally.entries_before == len(statuses)
            readings = [statuses, group, *_wider(table)] if is_last else [group, statuses]
        else:
            readings = [statuses, *_wider(table)]
        if tally.is_subtotal or tally.label in _OF_GROUP_OR_ALL:
            since = tally.entries_before
        if len(readings) == 1:
            _compare_amounts(table, tally, rows)
        if any("" in reading for reading in readings):
            continue  # The missing statuses are findings themselves; a total that differs says nothing more.
        counts = [Counter(status for status in reading if status is not None) for reading in readings]
        for at, status, printed in _figures(table, tally, amounts):
            sums = [
                {count[status]} if status else {count.total(), sum(count[name] for name in counted)}
                for count in counts
            ]
            if not any(printed in possible for possible in sums):
                label = f"「{status}」" if status else tally.label
                message = f"{label}が{printed}となっていますが、行を数えると{min(sums[0])}です。合計か各行の実施状況を直してください"
                table.error("total_disagrees", message, at)


def _wider(table: SheetTable) -> list[list[str | None]]:
    """The statuses of all tables of the same file and of all files: a total may be of these."""
    in_file = [other for other in table.beside if other.log is table.log]
    return [
        [status for other in tables for status in other.statuses]
        for tables in (in_file, table.beside)
        if len(tables) > 1
    ]


def _compare_amounts(table: SheetTable, tally: Tally, rows: slice) -> None:
    """Warn of a total of money or votes that is not the sum of its rows; amounts that are not known yet add nothing."""
    declared = table.vocabulary.plan.declared
    units = {heading: effect.unit for effect in declared.effects for heading in effect.columns.values()}
    units |= {vote: "票" for judgement in declared.judgements for vote in judgement.votes}
    entries = zip(table.body.entries[rows], table.statuses[rows], strict=True)
    counted = [entry for entry, status in entries if status is not None]
    for heading, unit in units.items():
        at = (tally.row, table.header.columns.get(heading, -1))
        printed = amount_of(table.grid.cell(*at), unit) if at[1] >= 0 and table.grid.begins(*at) else None
        known = (amount_of(table.written(entry, heading), unit) for entry in counted)
        whole = sum(filter(None, known), Decimal(0))
        if printed is not None and printed != whole:
            message = f"{tally.label}の{heading}が{plain(printed)}となっていますが、行を足すと{plain(whole)}です。どちらが正しいか確かめてください"
            table.warn("total_disagrees", message, at)


def _figures(
    table: SheetTable, tally: Tally, amounts: Container[int]
) -> list[tuple[Position, str | None, int]]:
    """The counts of one row: (cell, status or None for all, number); warns of one that cannot be read.

    ``amounts``: the columns that hold no counts of items.
    """
    grid, vocabulary = table.grid, table.vocabulary
    figures: list[tuple[Position, str | None, int]] = []
    names = sorted((folded(name) for name in vocabulary.plan.status_names), key=len, reverse=True)
    pair = re.compile(rf"({'|'.join(map(re.escape, names))})[:はが]?(\d{{1,9}})(?:項目|件)?[、,/・;]?")
    for column in range(len(grid.rows[tally.row])):
        at = (tally.row, column)
        if column in amounts:
            continue
        status = tally.status or table.header.marks.get(column)
        text = folded(grid.cell(*at)) if grid.begins(*at) else ""
        text = re.sub(rf"^{re.escape(tally.label)}[:は]?", "", text) if tally.status is None else text
        if at in grid.uncached:
            message = f"{tally.label}の数式に計算結果が保存されていないため、合計を確かめていません"
            table.warn("total_unread", message, at)
        elif (count := count_of(text)) is not None:
            figures.append((at, status, count))
        elif pair.sub("", text) == "" and text:
            figures += ((at, vocabulary.status(name), int(number)) for name, number in pair.findall(text))
        elif re.search(r"\d", text) and vocabulary.status(text) is None and not re.search(r"[%.]", text):
            message = f"{tally.label}の{quoted(text)}を読めないため、合計を確かめていません"
            table.warn("total_unread", message, at)
    return figures
