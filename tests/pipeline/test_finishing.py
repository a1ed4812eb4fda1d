"""The line that a report gets in tables of reports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from helpers.fiscal_year import FiscalYear
from helpers.history.opening import load_history
from helpers.pipeline.finishing import load, summarize
from helpers.report.published.difference import Difference
from helpers.report.register import reconcile


def test_what_is_loaded_ahead_can_be_loaded() -> None:
    # A build passes over what is wrong with it; the first report would be late.
    load()


def test_what_differs_and_is_no_cell_is_counted_too(root: Path) -> None:
    history = load_history("yamaguchi", FiscalYear(2022), root)
    result = reconcile(history)
    assert summarize(history, result).reconciliation == "373/376 一致（正誤3）"
    more = Difference("items", "3-(1)", "99", "", "（行なし）", "99")
    summary = summarize(history, replace(result, differences=(*result.differences, more)))
    assert (summary.differences, summary.reconciliation) == (1, "373/376 一致（正誤3、相違1）")
