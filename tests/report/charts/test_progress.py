from collections.abc import Callable
from decimal import Decimal

import lxml.html
import pytest

from helpers.errors import FigureError
from helpers.fiscal_year import FiscalYear
from helpers.history.counts import all_counts
from helpers.history.history import History
from helpers.report.charts import NoChart, progress
from helpers.report.glance import year_at_a_glance


def words(history: History) -> list[str]:
    chart = progress(all_counts(history), history.plan, history.year)
    assert not isinstance(chart, NoChart)
    return [text.text_content() for text in lxml.html.fragment_fromstring(chart.svg).iter("text")]


def test_each_bar_says_its_counts_and_its_change(history_2022: History) -> None:
    shown = words(history_2022)
    assert {"34（81.0%）", "8（72.7%）", "16（80.0%）", "10（90.9%）"} <= set(shown)
    assert [word for word in shown if "ポイント" in word or word == "増減なし"] == [
        "+4.8ポイント", "+9.1ポイント", "+5.0ポイント", "増減なし",
    ]  # fmt: skip


def test_its_words_say_the_same(history_2022: History) -> None:
    chart = progress(all_counts(history_2022), history_2022.plan, history_2022.year)
    assert chart.alt.startswith("令和4年度末の進み具合（右の数字は「実施」の割合の前年度との差）。帯グラフ。")
    assert (
        "計画全体は42項目のうち実施34項目（81.0%）、一部実施8項目（19.0%）、前年度との差は+4.8ポイント。"
        in chart.alt
    )


def test_without_last_year_there_is_no_change_to_show(small: Callable[..., History]) -> None:
    history = small({2021: "完了 進行中 未着手 完了"})
    chart = progress(all_counts(history), history.plan, history.year)
    assert "前年度" not in chart.alt and chart.caption == "令和3年度末の進み具合"
    assert not [word for word in words(history) if "ポイント" in word]


def test_the_change_is_that_of_the_printed_shares(small: Callable[..., History]) -> None:
    history = small({2020: "完了 進行中 未着手 完了", 2021: "進行中 進行中 完了 完了"})
    assert [word for word in words(history) if "ポイント" in word or word == "増減なし"] == [
        "増減なし", "△50.0ポイント", "+50.0ポイント",
    ]  # fmt: skip


def test_the_change_carries_the_plans_marks_as_on_the_first_screen(small: Callable[..., History]) -> None:
    marks = '\n[printing]\nincrease = ""\ndecrease = "▲"\n'
    history = small({2020: "完了 完了 完了 完了", 2021: "進行中 進行中 完了 完了"}, more=marks)
    assert [word for word in words(history) if "ポイント" in word or word == "増減なし"] == [
        "▲50.0ポイント", "▲100.0ポイント", "増減なし",
    ]  # fmt: skip
    assert "、前年度比 ▲50.0ポイント" in repr(year_at_a_glance(history))
    risen = small({2020: "完了 進行中 完了 完了", 2021: "完了 完了 完了 完了"}, more=marks)
    assert words(risen).count("+25.0ポイント") == 1
    assert "、前年度比 +25.0ポイント" in repr(year_at_a_glance(risen))


def test_a_year_without_counts_and_a_strange_word(history_2022: History) -> None:
    counts = all_counts(history_2022)
    assert isinstance(progress(counts, history_2022.plan, FiscalYear(2019)), NoChart)
    strange = counts.replace({"status": {"実施": "済"}}).assign(share_pct=Decimal(50))
    with pytest.raises(FigureError, match="区分にありません"):
        progress(strange, history_2022.plan, history_2022.year)
