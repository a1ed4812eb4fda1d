"""The line that a report gets in tables of reports."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers.errors import FigureError
from helpers.export.files.contents import tables_shown
from helpers.export.page.neighbours import Neighbours
from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.pipeline.finishing import compared, load, render, summarize
from helpers.project import Target
from helpers.report.published.difference import Difference
from helpers.report.register import reconcile
from made_reports import executed_notebook
from small_city import City


def test_what_is_loaded_ahead_can_be_loaded() -> None:
    # A build ignores such an error, but its first report would be late.
    load()


def test_what_differs_and_is_no_cell_is_counted_too(root: Path) -> None:
    history = load_history("yamaguchi", FiscalYear(2022), root)
    result = reconcile(history)
    assert summarize(history, result).reconciliation == "373/376 一致（正誤3）"
    more = Difference("items", "3-(1)", "99", "", "（行なし）", "99")
    summary = summarize(history, replace(result, differences=(*result.differences, more)))
    assert (summary.differences, summary.reconciliation) == (1, "373/376 一致（正誤3、相違1）")


def test_what_the_notebook_says_of_the_comparison_is_held_against_the_result(
    history_2022: History, notebook_2022: Any
) -> None:
    shown = tables_shown(notebook_2022)
    assert compared(history_2022, shown).matches == 373
    (at,) = (number for number, table in enumerate(shown) if table.id == "reconciliation")
    cells = shown[at].printed.copy()
    cells.loc[0, "一致"] = str(int(cells.loc[0, "一致"]) + 1)
    shown[at] = replace(shown[at], printed=cells)
    with pytest.raises(FigureError, match="表「reconciliation」が、公表値との照合の結果と違います"):
        compared(history_2022, shown)


def test_a_report_that_corrects_lists_what_it_corrects(city: City) -> None:
    root = city({2020: "完了 完了 未着手 進行中"})
    folder = root / "data/raw/machi/published/2020"
    folder.mkdir(parents=True)
    (folder / "overall.csv").write_text("節,実施状況,項目数\n1,完了,1\n", encoding="utf-8")
    errata = '[correction]\ndate = 2024-01-15\nreason = "取り違え"\nplaces = ["overall"]\n'
    (folder / "errata.toml").write_text(errata, encoding="utf-8")
    history = load_history("machi", 2020, root)
    shown = tables_shown(executed_notebook({"history": history}))
    result = compared(history, shown)
    # 完了 is 2, not 1; three rows and the column of shares are missing in the published table.
    summary = summarize(history, result)
    assert (result.ok, summary.corrected, summary.differences) == (True, 5, 0)
    assert summary.reconciliation == "1/2 一致（訂正5）"
    with pytest.raises(FigureError, match="表「corrections」が、公表値との照合の結果と違います"):
        compared(history, [table for table in shown if table.id != "corrections"])


def test_a_report_that_cannot_be_written_does_not_leave_its_pdf_waiting_for_files(
    history_2022: History, notebook_2022: Any
) -> None:
    notebook = deepcopy(notebook_2022)
    notebook.metadata["odd"] = {"no JSON"}
    target = Target("yamaguchi", FiscalYear(2022))
    with ThreadPoolExecutor(1) as beside:
        with pytest.raises(TypeError):
            render(target, notebook, history_2022, [], Neighbours(), beside)
        # The work that was begun has ended, and the next report can use the thread.
        assert beside.submit(int).result(timeout=100) == 0
