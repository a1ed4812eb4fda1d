from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import nbformat
import pytest

from helpers import charts, load_history, sentences, show, tables
from helpers.errors import ExportError, FiscalYearError, UsageError
from helpers.history.history import History
from helpers.pipeline import finishing
from helpers.project import Target
from helpers.report import exploring
from helpers.report.digest import page
from made_reports import executed_notebook
from small_city import ITEMS_HEADER, SMALL_ITEMS, SMALL_PLAN, Small

EXPLORE = Path(__file__).resolve().parents[2] / "notebooks" / "explore.ipynb"
ONE_ENDED = f"{ITEMS_HEADER}1,1,甲,2020,2020\n2,2,乙,2020,\n"


def test_the_frame_holds_every_known_row_once(history_2022: History) -> None:
    frame = exploring.frame(history_2022)
    assert len(frame) == 4 + 42 + 42 and not frame.isna().any(axis=None)
    assert frame.groupby(["fiscal_year", "group"])["items"].sum().to_dict() == {
        (2018, "done"): 27, (2018, "not_started"): 1, (2018, "under_way"): 12,
        (2021, "done"): 32, (2021, "under_way"): 10, (2022, "done"): 34, (2022, "under_way"): 8,
    }  # fmt: skip
    assert frame.groupby("fiscal_year")["is_derived"].first().to_dict() == {
        2018: False,
        2021: True,
        2022: False,
    }


def test_the_longest_standing_comes_first(small: Small) -> None:
    history = small({2020: "未着手 完了 進行中 完了", 2021: "進行中 完了 進行中 進行中"})
    standings = exploring.standings(history)
    assert standings[["number", "years", "is_at_least"]].to_numpy().tolist() == [
        ["3", 2, False], ["1", 1, False], ["4", 1, False],
    ]  # fmt: skip


def test_shares_are_the_printed_ones_and_their_difference(history_2022: History) -> None:
    shares = exploring.shares(history_2022, "実施")
    assert shares.loc["計画全体"].tolist() == [Decimal(text) for text in ("67.5", "76.2", "81.0", "13.5")]
    assert shares.loc["I 協働・官民連携の推進"].tolist() == [
        None,
        Decimal("63.6"),
        Decimal("72.7"),
        Decimal("9.1"),
    ]
    with pytest.raises(UsageError, match="近い値: 実施"):
        exploring.shares(history_2022, "実施済")


def test_a_policy_that_ended_keeps_its_name_and_its_shares(small: Small) -> None:
    history = small({2020: "完了 未着手", 2021: "完了", 2022: "完了"}, items=ONE_ENDED)
    frame = exploring.frame(history)
    assert frame["policy_name"].tolist() == ["つながり", "くらし", "くらし", "くらし"]
    done, none = Decimal("100.0"), Decimal("0.0")
    shares = exploring.shares(history, "完了")
    assert {label: cells.tolist() for label, cells in shares.iterrows()} == {
        "計画全体": [Decimal("50.0"), done, done, Decimal("50.0")],
        "1 つながり": [done, None, None, None],
        "2 くらし": [none, done, done, done],
    }
    assert list(shares.index) == ["計画全体", "1 つながり", "2 くらし"]


def test_a_policy_that_has_no_item_in_a_known_year_has_no_row(small: Small) -> None:
    history = small({2021: "完了", 2022: "完了"}, items=ONE_ENDED)
    assert list(exploring.shares(history, "完了").index) == ["計画全体", "2 くらし"]


def test_a_policy_may_have_any_numeral(small: Small) -> None:
    plan = SMALL_PLAN.replace('numeral = "1"', 'numeral = "plan"')
    items = SMALL_ITEMS.replace(",1,", ",plan,")
    history = small({2020: "完了 進行中 完了 完了"}, plan=plan, items=items)
    shares = exploring.shares(history, "完了")[2020]
    assert shares.to_dict() == {
        "計画全体": Decimal("75.0"), "plan つながり": Decimal("50.0"), "2 くらし": Decimal("100.0"),
    }  # fmt: skip
    assert "計画全体は4項目のうち完了3項目（75.0%）、進行中1項目（25.0%）" in repr(page(history))


def test_an_assumption_changes_its_items_and_nothing_else(history_2022: History) -> None:
    assumed = exploring.with_statuses(history_2022, {"4": "実施", "6": "検討中"})
    before, after = exploring.frame(history_2022), exploring.frame(assumed)
    changed = before[(before != after).any(axis=1)]
    assert changed[["fiscal_year", "number"]].to_numpy().tolist() == [[2022, "4"], [2022, "6"]]
    assert tables.overall(assumed).printed["項目数"].tolist() == ["35", "6", "1", "0", "42"]
    assert tables.overall(history_2022).printed["項目数"].tolist() == ["34", "8", "0", "0", "42"]
    assert assumed.sheets[assumed.year].notes[-1] == "仮定: 4を「実施」、6を「検討中」とした場合"


def test_what_is_made_of_an_assumption_says_so_and_is_no_figure_of_the_year(history_2022: History) -> None:
    assumed = exploring.with_statuses(history_2022, {4: "実施"})
    note = "仮定: 4を「実施」とした場合"
    table = tables.by_policy(assumed)
    assert (table.id, table.caption[-4:], table.notes[0]) == ("by_policy_assumed", "（仮定）", note)
    assert set(table.records["assumption"]) == {"4を「実施」とした場合"}
    chart = charts.course_of_plan.draw(assumed)
    assert chart.id == "course_of_plan_assumed" and note in chart.caption and chart.alt.startswith(note)
    for shown in (sentences.overall(assumed), sentences.summary(assumed)):
        assert repr(shown).startswith(f"{note}\n")
    for plain in (tables.by_policy, charts.course_of_plan.draw, sentences.overall):
        assert "仮定" not in plain(history_2022)._repr_html_()


@pytest.mark.parametrize(
    "make",
    [tables.overall, charts.progress.draw, sentences.overall, lambda assumed: show(tables.overall(assumed))],
)
def test_a_report_that_shows_an_assumption_is_not_published(
    history_2022: History, make: Callable[[History], Any]
) -> None:
    shown = make(exploring.with_statuses(history_2022, {"4": "実施"}))
    output = nbformat.v4.new_output("display_data", shown._repr_mimebundle_())
    cells = [nbformat.v4.new_markdown_cell("# 題"), nbformat.v4.new_code_cell("a", outputs=[output])]
    with pytest.raises(
        ExportError, match=r"^1番目のコードセル: 仮定（4を「実施」とした場合）.*公開できません"
    ):
        finishing.shown(Target("yamaguchi", history_2022.year), nbformat.v4.new_notebook(cells=cells))


@pytest.mark.parametrize("year", [2022, "2022", "R4", "令和４年度"])
def test_a_year_is_asked_for_in_every_form(history_2022: History, year: int | str) -> None:
    frame = history_2022.item_statuses(year)
    assert frame is not None and len(frame) == 42
    assert history_2022.statuses(year) is frame
    with pytest.raises(FiscalYearError, match="「R400」は"):
        history_2022.statuses("R400")


def test_the_project_may_be_named_by_a_text(root: Path, history_2022: History) -> None:
    assert repr(load_history("yamaguchi", "R4", str(root))) == repr(history_2022)


def test_an_assumption_about_nothing_that_is_there_is_refused(history_2022: History, small: Small) -> None:
    with pytest.raises(UsageError, match="「43」という項目は令和4年度にありません"):
        exploring.with_statuses(history_2022, {"43": "実施"})
    with pytest.raises(UsageError, match="区分にありません"):
        exploring.with_statuses(history_2022, {"4": "済"})
    with pytest.raises(UsageError, match="合計だけ"):
        exploring.with_statuses(small({2020: {"完了": 4, "進行中": 0, "未着手": 0}}), {"1": "完了"})


def test_the_notebook_answers_its_questions(history_2022: History) -> None:
    executed = executed_notebook({"plan": "yamaguchi", "year": 2022, "history": history_2022}, EXPLORE)
    shown = {cell.id: cell.outputs[0].data["text/html"] for cell in executed.cells if cell.get("outputs")}
    assert set(shown) == {
        "frame", "frame-counts", "longest", "longest-by-policy", "done", "fastest",
        "what-if", "what-if-change", "reference", "reference-chart", "reference-courses",
        "missed", "money", "money-short", "judged", "own-chart-drawn", "plans-together", "own-table-shown",
    }  # fmt: skip
    assert all(len(cell.outputs) <= 1 for cell in executed.cells if "outputs" in cell)
    assert "仮定" in shown["what-if"] and "85.7%" in shown["what-if"] and "36" in shown["what-if"]  # 36 of 42
    first = shown["fastest"].index("I 協働")
    assert first < shown["fastest"].index("II 市民") < shown["fastest"].index("III 行政")
    assert "27 (67.5%)" in shown["reference"]
    assert "items_by_year" in shown["own-chart-drawn"] and "<td>34" in shown["plans-together"]
    own = "".join(shown["own-table-shown"].split())
    assert "残っている項目は8項目です" in own and "（独自集計）" in own
