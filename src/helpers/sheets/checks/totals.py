"""Check what counts: totals and subtotals among the items, and sheets that hold totals only: a row for each status."""

from __future__ import annotations

__all__ = ["Counts", "check", "compare_totals", "read_totals"]

import re
from collections import Counter
from collections.abc import Container, Sequence
from decimal import Decimal

from helpers.sheets.finding import Position
from helpers.sheets.rows.cell_meanings import count_of
from helpers.sheets.rows.header import COUNT, STATUS
from helpers.sheets.rows.sheet_table import Record, SheetTable
from helpers.sheets.rows.table_body import Entry, Tally
from helpers.text.amounts import amount_of, plain
from helpers.text.forms import folded, quoted

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


_TOTAL = re.compile(r"合計|総合計|総計|集計|計|全体|全計")

Counts = dict[str, tuple[int, Position]]


def read_totals(table: SheetTable) -> list[Record]:
    """Check a sheet that holds totals only; return a record for each status, in the plan's order."""
    counts: Counts = {}
    totals: list[tuple[int, Position]] = []
    rows_are_whole = [_read_row(table, entry, counts, totals) for entry in table.body.entries]
    names = table.vocabulary.plan.status_names
    if all(rows_are_whole):
        missing = next((name for name in names if name not in counts), None)
        if missing is None:
            _check_sum(table, counts, totals)
        else:
            message = f"「{missing}」の行がありません。項目がなければ0と書いた行を加えてください"
            table.error("missing_count", message, (table.row_below, table.header.columns[STATUS]))
    return [_record(table, name, *counts[name]) for name in names if name in counts]


def compare_totals(table: SheetTable, statuses: Sequence[str | None]) -> None:
    """Compare a table of totals with the items of the same sheet: ``statuses`` of all items, None for a repeat.

    A row that cannot be understood is passed over: the items say everything.
    """
    count = Counter(status for status in statuses if status is not None)
    if "" in count:
        return  # The missing statuses are findings themselves.
    for entry in table.body.entries:
        at = (entry.row, table.header.columns[COUNT])
        status = table.vocabulary.status(table.grid.cell(entry.row, table.header.columns[STATUS]))
        printed = count_of(table.grid.cell(*at))
        if status is not None and printed is not None and printed != count[status]:
            message = f"「{status}」が{printed}となっていますが、項目を数えると{count[status]}です。合計か各項目の実施状況を直してください"
            table.error("total_disagrees", message, at)


def _read_row(table: SheetTable, entry: Entry, counts: Counts, totals: list[tuple[int, Position]]) -> bool:
    """Add a row to the counts or the totals; False, with a finding, where that cannot be done."""
    grid, columns = table.grid, table.header.columns
    label, at = grid.cell(entry.row, columns[STATUS]), (entry.row, columns[COUNT])
    is_total = _TOTAL.fullmatch(folded(label)) is not None
    if not label:
        is_total = any(_TOTAL.fullmatch(folded(text)) for text in grid.texts(entry.row))
        if not is_total:
            return True
    status = None if is_total else table.vocabulary.status(label)
    if not is_total and status is None:
        table.error(*table.vocabulary.not_a_status(label), (entry.row, columns[STATUS]))
        return False
    count = _count(table, entry, label or "合計")
    if count is None:
        return False
    if status is None:
        totals.append((count, at))
    elif status in counts:
        message = f"「{status}」が{grid.address(counts[status][1])}にもあります。一つの行にまとめてください"
        table.error("status_twice", message, at)
        return False
    else:
        counts[status] = (count, at)
    return True


def _count(table: SheetTable, entry: Entry, label: str) -> int | None:
    text = table.text(entry, COUNT)
    count = count_of(text)
    if count is None and not table.is_broken(entry, COUNT):
        shown = f"{quoted(text)}は数ではありません" if text else "が空です"
        message = f"{quoted(label)}の項目数{shown}。0以上の整数を入力してください"
        table.error("missing_count", message, (entry.row, table.header.columns[COUNT]))
    return count


def _check_sum(table: SheetTable, counts: Counts, totals: list[tuple[int, Position]]) -> None:
    vocabulary = table.vocabulary
    every = sum(count for count, _ in counts.values())
    counted = sum(counts[status.name][0] for status in vocabulary.plan.statuses if status.counted)
    for total, at in totals:
        if total not in (every, counted):
            message = f"合計が{total}となっていますが、足すと{every}です。合計か各行の項目数を直してください"
            table.error("total_disagrees", message, at)
    alive = len(vocabulary.items)
    if alive not in (every, counted):
        message = f"項目数を足すと{every}ですが、{vocabulary.year}の推進項目は{alive}です。項目数か items.csv の年度を直してください"
        table.error("count_differs", message, max(at for _, at in counts.values()))


def _record(table: SheetTable, status: str, count: int, at: Position) -> Record:
    texts = dict.fromkeys(("number", "policy", "item", "activities", "department", "remarks"), "")
    where = {"file": table.log.file, "sheet": table.grid.name, "cell": table.grid.address(at)}
    return {"fiscal_year": int(table.vocabulary.year), "status": status, "items": count, **texts, **where}
