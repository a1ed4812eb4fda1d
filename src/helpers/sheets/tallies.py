"""Sheets and rows that count: totals under the items, and sheets that hold totals only."""

from __future__ import annotations

import re
from collections import Counter

from helpers.sheets.body import Tally
from helpers.sheets.cells import Vocabulary, count_of
from helpers.sheets.finding import quoted
from helpers.sheets.grid import Grid, address
from helpers.sheets.header import COUNT, STATUS
from helpers.sheets.log import FindingLog, Place
from helpers.sheets.sheet_table import Record, SheetTable
from helpers.text import folded

_TOTAL = re.compile(r"合計|総合計|総計|計|全体|全計")


def check_tallies(table: SheetTable) -> None:
    """Compare the totals in a sheet with its rows."""
    grid, vocabulary, body, statuses, log = (
        table.grid,
        table.vocabulary,
        table.body,
        table.statuses,
        table.log,
    )
    counted = {status.name for status in vocabulary.plan.statuses if status.counted}
    since = 0
    for tally in body.tallies:
        group = statuses[since : tally.entries_before]
        if tally.is_subtotal:
            readings = [group]
        elif tally.label == "計" and group:
            # 計 stands under every policy in some sheets, and under the whole table in others.
            is_last = tally is body.tallies[-1] and tally.entries_before == len(statuses)
            readings = [statuses, group] if is_last else [group, statuses]
        else:
            readings = [statuses]
        if tally.is_subtotal or tally.label == "計":
            since = tally.entries_before
        if any("" in reading for reading in readings):
            continue  # The missing statuses are findings themselves; a total that differs says nothing more.
        counts = [Counter(status for status in reading if status is not None) for reading in readings]
        for place, status, printed in _figures(table, tally):
            likely, *others = [
                {count[status]} if status else {count.total(), sum(count[name] for name in counted)}
                for count in counts
            ]
            if not any(printed in found for found in (likely, *others)):
                what = f"「{status}」" if status else tally.label
                message = f"{what}が{printed}となっていますが、行を数えると{min(likely)}です。合計か各行の実施状況を直してください"
                log.error("total_disagrees", message, grid, place)


def _figures(table: SheetTable, tally: Tally) -> list[tuple[Place, str | None, int]]:
    """The figures of one row: (place, status or None for all, number); says so where one cannot be read."""
    grid, vocabulary, log = table.grid, table.vocabulary, table.log
    figures: list[tuple[Place, str | None, int]] = []
    names = sorted((folded(name) for name in vocabulary.plan.status_names), key=len, reverse=True)
    pair = re.compile(rf"({'|'.join(map(re.escape, names))})[:はが]?(\d{{1,9}})(?:項目|件)?[、,/・;]?")
    for column in range(len(grid.rows[tally.row])):
        place = (tally.row, column)
        text = folded(grid.cell(*place)) if grid.begins(*place) else ""
        text = re.sub(rf"^{re.escape(tally.label)}[:は]?", "", text) if tally.status is None else text
        if place in grid.uncached:
            message = f"{tally.label}の数式に計算結果が保存されていないため、合計を確かめていません"
            log.warn("total_unread", message, grid, place)
        elif (count := count_of(text)) is not None:
            figures.append((place, tally.status, count))
        elif pair.sub("", text) == "" and text:
            figures.extend(
                (place, vocabulary.status(name), int(number)) for name, number in pair.findall(text)
            )
        elif re.search(r"\d", text) and vocabulary.status(text) is None and not re.search(r"[%.]", text):
            message = f"{tally.label}の{quoted(text)}を読めないため、合計を確かめていません"
            log.warn("total_unread", message, grid, place)
    return figures


def read_totals(table: SheetTable) -> list[Record]:
    """Check a sheet that holds totals only; one record per status, in the vocabulary's order."""
    grid, header, vocabulary, log = table.grid, table.header, table.vocabulary, table.log
    counts: dict[str, tuple[int, Place]] = {}
    totals: list[tuple[int, Place]] = []
    is_whole = True
    for entry in table.body.entries:
        label = grid.cell(entry.row, header.columns[STATUS])
        text = grid.cell(entry.row, header.columns[COUNT])
        place = (entry.row, header.columns[COUNT])
        is_total = not label or _TOTAL.fullmatch(folded(label)) is not None
        if is_total and not label and not any(_TOTAL.fullmatch(folded(one)) for one in grid.texts(entry.row)):
            continue
        status = None if is_total else vocabulary.status(label)
        if not is_total and status is None:
            place = (entry.row, header.columns[STATUS])
            log.error("unknown_status", vocabulary.not_a_status(label), grid, place)
            is_whole = False
            continue
        count = _count(grid, label or "合計", text, place, log)
        if count is None:
            is_whole = False
        elif is_total:
            totals.append((count, place))
        elif status in counts:
            message = f"「{status}」が{address(*counts[status][1])}にもあります。一つの行にまとめてください"
            log.error("status_twice", message, grid, place)
            is_whole = False
        elif status is not None:
            counts[status] = (count, place)
    last = (
        table.body.entries[-1].row + 1 if table.body.entries else header.last_row + 1,
        header.columns[STATUS],
    )
    for name in vocabulary.plan.status_names:
        if name not in counts and is_whole:
            message = f"「{name}」の行がありません。項目がなければ0と書いた行を加えてください"
            log.error("missing_count", message, grid, last)
            is_whole = False
    if is_whole:
        _check_sum(grid, vocabulary, counts, totals, log)
    return [
        _record(grid, vocabulary, name, *counts[name])
        for name in vocabulary.plan.status_names
        if name in counts
    ]


def _count(grid: Grid, label: str, text: str, place: Place, log: FindingLog) -> int | None:
    if place in grid.uncached:
        message = "項目数の数式に計算結果が保存されていません。Excelで開いて上書き保存するか、値として貼り付けてください"
        log.error("no_cached_value", message, grid, place)
        return None
    count = count_of(text)
    if count is None:
        shown = f"{quoted(text)}は数ではありません" if text else "が空です"
        log.error(
            "missing_count", f"{quoted(label)}の項目数{shown}。0以上の整数を入力してください", grid, place
        )
    return count


def _check_sum(
    grid: Grid,
    vocabulary: Vocabulary,
    counts: dict[str, tuple[int, Place]],
    totals: list[tuple[int, Place]],
    log: FindingLog,
) -> None:
    every = sum(count for count, _ in counts.values())
    counted = sum(counts[status.name][0] for status in vocabulary.plan.statuses if status.counted)
    for total, place in totals:
        if total not in (every, counted):
            message = f"合計が{total}となっていますが、足すと{every}です。合計か各行の項目数を直してください"
            log.error("total_disagrees", message, grid, place)
    alive = len(vocabulary.items)
    if alive not in (every, counted):
        place = max(place for _, place in counts.values())
        message = f"項目数を足すと{every}ですが、{vocabulary.year}の推進項目は{alive}です。項目数か items.csv の年度を直してください"
        log.error("count_differs", message, grid, place)


def _record(grid: Grid, vocabulary: Vocabulary, status: str, count: int, place: Place) -> Record:
    texts = dict.fromkeys(("number", "policy", "item", "activities", "department", "remarks"), "")
    where = {"sheet": grid.name, "cell": address(*place)}
    return {"fiscal_year": int(vocabulary.year), "status": status, "items": count, **texts, **where}
