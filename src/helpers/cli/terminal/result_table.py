"""The table that closes a build: year, items, the share of what is done, comparison with the published figures, path."""

from __future__ import annotations

__all__ = ["result_lines"]

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from helpers.cli.terminal.screen import COLUMNS, Cell, shortened, table_lines, width
from helpers.pipeline.identity.manifest import NAME, Summary
from helpers.pipeline.outcome import Outcome

_PLAN, _YEAR, _ITEMS, _COMPARISON, _PLACE = "計画", "年度", "項目数", "公表値との照合", "場所"
_AS_BEFORE = "（前回のまま）"
# Where plans have words of their own for what is done.
_SHARE = "割合"
_BAD = {"fg": "red", "bold": True}
_DIM = {"dim": True}
_NONE = Cell("-")
_LEAST_OF_AN_ID = 10  # columns: a table with wider figures is wider than a terminal


def result_lines(outcomes: Sequence[Outcome], root: Path) -> Iterator[str]:
    """The table's lines, a row per report; ``root`` is the project, to see which earlier reports still stand.

    Where they would not fit a terminal, the places are left out: they follow from plan and year, which a line says.
    """
    has_plans = len({outcome.target.plan_id for outcome in outcomes}) > 1
    words = {outcome.summary.done for outcome in outcomes if outcome.summary is not None}
    share = f"{next(iter(words))}の割合" if len(words) == 1 and all(words) else _SHARE
    headings = [*([_PLAN] if has_plans else []), _YEAR, _ITEMS, share, _COMPARISON, _PLACE]
    rows = []
    for outcome in outcomes:
        plan = [Cell(outcome.target.plan_id)] if has_plans else []
        figures = _figures(outcome, share == _SHARE)
        rows.append([*plan, Cell(str(outcome.target.year)), *figures, _place(outcome, root)])
    right = (_ITEMS, share)
    if _columns_of(headings, rows) <= COLUMNS:
        yield from table_lines(headings, rows, right)
        return
    for row in rows:
        if row.pop().text.endswith(_AS_BEFORE):
            row[-1] = Cell(f"{row[-1].text}{_AS_BEFORE}", row[-1].style)
    too_wide = _columns_of(headings[:-1], rows) - COLUMNS
    if has_plans and too_wide > 0:
        most = max(_LEAST_OF_AN_ID, max(width(row[0].text) for row in rows) - too_wide)
        rows = [[Cell(shortened(row[0].text, most)), *row[1:]] for row in rows]
    yield from table_lines(headings[:-1], rows, right)
    yield f"{_PLACE}: reports/計画のID/西暦の年度/"


def _columns_of(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> int:
    """The columns of a table: those of the rule under its headings."""
    return len(next(islice(table_lines(headings, rows), 1, None)))


def _figures(outcome: Outcome, with_word: bool) -> list[Cell]:
    summary = outcome.summary
    if summary is None:
        return [_NONE, _NONE, Cell("作成できません", _BAD)]
    share = summary.done_share or "-"
    word = f"{summary.done} " if with_word and summary.done else ""
    return [Cell(str(summary.items)), Cell(f"{word}{share}"), _comparison(summary)]


def _comparison(summary: Summary) -> Cell:
    """The comparison with the published figures, coloured by its result."""
    if not summary.published:
        return Cell(summary.reconciliation, _DIM)
    return Cell(summary.reconciliation, _BAD if summary.differences else {"fg": "green"})


def _place(outcome: Outcome, root: Path) -> Cell:
    """The path of the report; for a failed one, of the old report that stays."""
    target = outcome.target
    # Not ``target.folder``: a path for each of thousands of reports takes its time.
    folder = f"reports/{target.plan_id}/{target.year.western}/"
    if outcome.summary is not None:
        return Cell(folder, _DIM if outcome.is_current else {})
    return Cell(f"{folder}{_AS_BEFORE}") if (root / folder / NAME).is_file() else _NONE
