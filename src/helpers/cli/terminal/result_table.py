"""The table that closes a build: year, items, done share, comparison with the published figures, path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from helpers.cli.terminal.screen import Cell, table_lines
from helpers.pipeline.identity.manifest import NAME, Summary
from helpers.pipeline.outcome import Outcome

_PLAN, _YEAR, _ITEMS, _SHARE, _COMPARISON, _PLACE = (
    "計画",
    "年度",
    "項目数",
    "実施の割合",
    "公表値との照合",
    "場所",
)
_BAD = {"fg": "red", "bold": True}
_DIM = {"dim": True}
_NONE = Cell("-")


def result_lines(outcomes: Sequence[Outcome], root: Path) -> Iterator[str]:
    """The table's lines, a row per report; ``root`` is the project, to see which earlier reports still stand."""
    has_plans = len({outcome.target.plan_id for outcome in outcomes}) > 1
    headings = [*([_PLAN] if has_plans else []), _YEAR, _ITEMS, _SHARE, _COMPARISON, _PLACE]
    rows = []
    for outcome in outcomes:
        plan = [Cell(outcome.target.plan_id)] if has_plans else []
        rows.append([*plan, Cell(str(outcome.target.year)), *_figures(outcome), _place(outcome, root)])
    return table_lines(headings, rows, right=(_ITEMS, _SHARE))


def _figures(outcome: Outcome) -> list[Cell]:
    summary = outcome.summary
    if summary is None:
        return [_NONE, _NONE, Cell("作成できません", _BAD)]
    return [Cell(str(summary.items)), Cell(summary.done_share or "-"), _comparison(summary)]


def _comparison(summary: Summary) -> Cell:
    """The comparison with the published figures, coloured by its result."""
    if not summary.published:
        return Cell(summary.reconciliation, _DIM)
    return Cell(summary.reconciliation, _BAD if summary.differences else {"fg": "green"})


def _place(outcome: Outcome, root: Path) -> Cell:
    """Where the report is; of one that could not be made, where the old one still stands."""
    folder = outcome.target.folder
    if outcome.summary is not None:
        return Cell(f"{folder}/", _DIM if outcome.is_current else {})
    return Cell(f"{folder}/（前回のまま）") if (root / folder / NAME).is_file() else _NONE
