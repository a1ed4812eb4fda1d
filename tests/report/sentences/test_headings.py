from helpers.history.history import History
from helpers.report.sentences import headings
from small_city import Small

HEADINGS = (headings.year, headings.highlights, headings.comparison, headings.moved, headings.plan_so_far)


def test_headings_of_a_later_year_name_the_year_the_one_before_and_the_span(history_2022: History) -> None:
    assert [repr(heading(history_2022)) for heading in HEADINGS] == [
        "令和4年度の実施状況",
        "令和4年度の主な取組",
        "前年度との比較",
        "令和3年度からの動き",
        "5年間の取組状況",
    ]


def test_headings_of_a_first_year_promise_no_comparison(small: Small) -> None:
    first = small({2020: "完了 完了 完了 完了"})
    assert [repr(heading(first)) for heading in HEADINGS] == [
        "令和2年度の実施状況",
        "令和2年度の主な取組",
        "実施状況の集計",
        "前年度からの動き",
        "令和2年度の取組状況",
    ]


def test_headings_have_levels_and_anchors_of_their_own(history_2022: History) -> None:
    pages = [heading(history_2022)._repr_html_() for heading in HEADINGS]
    assert [page[:3] for page in pages] == ["<h2", "<h3", "<h3", "<h3", "<h2"]
    assert len({page.split('"')[1] for page in pages}) == 5
