"""Read and check sheets that hold totals only: a row for each status, with its number of items."""

from __future__ import annotations

__all__ = ["Counts", "compare_totals", "read_totals"]

import re
from collections import Counter
from collections.abc import Sequence

from helpers.sheets.finding import quoted
from helpers.sheets.finding_log import Position
from helpers.sheets.rows.cell_meanings import count_of
from helpers.sheets.rows.header import COUNT, STATUS
from helpers.sheets.rows.sheet_table import Record, SheetTable
from helpers.sheets.rows.table_body import Entry
from helpers.text.forms import folded

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
