from helpers.history.history import History
from small_city import Small


def test_years_run_from_the_plans_first_to_the_reports(history_2022: History) -> None:
    assert [int(year) for year in history_2022.years] == [2018, 2019, 2020, 2021, 2022]
    assert [int(year) for year in history_2022.missing_years] == [2019, 2020]
    assert [int(year) for year in history_2022.item_years()] == [2021, 2022]
    assert int(history_2022.reference_year) == 2018
    assert history_2022.implementation_plan.phase == "前期"


def test_what_is_not_known_is_none(history_2022: History) -> None:
    known = [year for year in history_2022.years if history_2022.statuses(year) is not None]
    by_item = [year for year in history_2022.years if history_2022.item_statuses(year) is not None]
    assert (list(map(int, known)), list(map(int, by_item))) == ([2018, 2021, 2022], [2021, 2022])


def test_a_report_knows_nothing_of_the_years_after_it(small: Small) -> None:
    small({2022: "完了 完了 完了 完了"})
    history = small({2020: "完了 進行中 完了 完了", 2021: "完了 完了 完了 完了"})
    assert [int(year) for year in history.sheets] == [2020, 2021]


def test_short_forms_are_short(history_2022: History) -> None:
    assert repr(history_2022) == "<History yamaguchi 2022: sheets of 2018, 2021, 2022>"
    assert repr(history_2022.plan) == "<Plan yamaguchi: 山口市, 42 items>"
