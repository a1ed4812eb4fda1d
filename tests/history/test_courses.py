import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.history.courses import courses, falls, open_courses, progress
from helpers.plan import Plan
from helpers.plan.reserved_words import NO_DATA, NOT_ALIVE
from made_histories import histories
from small_city import ITEMS_HEADER, OUTSIDE, Small, status, two_plans


@given(st.data())
def test_no_year_is_invented_and_none_is_lost(plan: Plan, data: st.DataObject) -> None:
    history = data.draw(histories(plan))
    for course in courses(history):
        assert tuple(course.years) == history.years
        for year, shown in course.years.items():
            frame = history.item_statuses(year)
            if year not in course.item.life:
                assert shown == NOT_ALIVE and year not in course.known
            elif frame is None:
                assert shown == NO_DATA and year not in course.known
            else:
                (status,) = frame.loc[frame["number"] == course.item.number, "status"]
                assert shown == status == course.known[year]
        assert sum(course.years_in(plan).values()) == len(course.known)


@given(st.data())
def test_a_standing_never_says_more_than_is_known(plan: Plan, data: st.DataObject) -> None:
    history = data.draw(histories(plan))
    for course in courses(history):
        standing = course.standing()
        if history.year not in course.known:
            assert standing is None
            continue
        assert standing.status == course.known[history.year]
        held = list(course.years)[-standing.years :]
        assert all(course.known[year] == standing.status for year in held)
        before = [year for year in course.years if year < held[0]]
        # Exact only where the plan began, the item began or the status was another.
        is_unknown = bool(before) and course.years[before[-1]] == NO_DATA
        assert bool(standing.beyond) == is_unknown
        assert not before or course.known.get(before[-1]) != standing.status


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ({2022: "完了 進行中 完了 完了"}, "1年以上（令和3年度以前は資料なし）"),
        ({2020: "完了 進行中 完了 完了", 2022: "完了 進行中 完了 完了"}, "1年以上（令和3年度は資料なし）"),
        (
            {2021: {"完了": 4, "進行中": 0, "未着手": 0}, 2022: "完了 進行中 完了 完了"},
            "1年以上（令和3年度以前は項目別の資料なし）",
        ),
        ({2021: "完了 進行中 完了 完了", 2022: "完了 進行中 完了 完了"}, "2年以上（令和2年度は資料なし）"),
        ({2021: "完了 未着手 完了 完了", 2022: "完了 進行中 完了 完了"}, "1年"),
        ({2020: "完了 進行中 完了 完了"}, "1年"),
    ],
)
def test_a_standing_is_honest_about_missing_years(small: Small, sheets: dict[int, str], words: str) -> None:
    (course,) = open_courses(small(sheets))
    assert str(course.standing()) == words


TWO_PLANS_ITEMS = (
    f"{ITEMS_HEADER}1,1,窓口,2020,2021\n2,2,歩道,2020,2024\n3,2,水道,2020,2024\n"
    "A1,1,窓口の案内,2022,\nA2,1,会議,2022,\n"
)
RENUMBERED = '\n[[item_changes]]\nyear = 2022\nkind = "renumbered"\nfrom = ["1"]\nto = ["A1"]\n'


def test_an_item_of_the_last_plan_may_have_stood_for_longer(small: Small) -> None:
    sheets = {2021: "進行中 進行中 完了", 2022: "進行中 進行中 進行中 進行中"}
    history = small(sheets, plan=two_plans(2021), items=TWO_PLANS_ITEMS, more=RENUMBERED)
    standings = {course.item.number: str(course.standing()) for course in open_courses(history)}
    longer = "1年以上（令和3年度以前は前の推進計画）"
    # Item 3 moved into its status this year; A2 is new.
    assert standings == {"2": longer, "3": "1年", "A1": longer, "A2": "1年"}
    later = small(
        {**sheets, 2023: "未着手 進行中 未着手 進行中"},
        plan=two_plans(2021),
        items=TWO_PLANS_ITEMS,
        more=RENUMBERED,
    )
    # An item that moved within the last plan has stood since then, whatever its status was before.
    standings = {course.item.number: str(course.standing()) for course in open_courses(later)}
    assert standings == {"2": "1年", "3": longer.replace("1年", "2年"), "A1": "1年", "A2": "2年"}


def test_an_item_may_have_stood_for_longer_than_the_definitions(small: Small) -> None:
    change = '\n[[status_changes]]\nyear = 2021\nreason = "評価の方法を改めた"\n'
    history = small({2020: "完了 進行中 完了 完了", 2021: "完了 進行中 完了 完了"}, more=change)
    (course,) = open_courses(history)
    assert str(course.standing()) == "1年以上（令和2年度以前は区分の定義が違う）"


def test_an_item_falls_back_between_two_known_years_with_or_without_a_gap(
    small: Small,
) -> None:
    history = small(
        {2020: "完了 進行中 完了 完了", 2022: "進行中 完了 完了 完了", 2023: "完了 未着手 完了 完了"}
    )
    steps = [(step.item.number, int(step.before), int(step.after), len(step.gap)) for step in falls(history)]
    assert steps == [("1", 2020, 2022, 1), ("2", 2022, 2023, 0)]


def test_further_on_is_higher_whichever_way_the_vocabulary_is_written(plan: Plan, small: Small) -> None:
    assert sorted(progress(plan), key=progress(plan).get, reverse=True) == list(plan.status_names)  # type: ignore[arg-type]
    under_way = status("準備中", "under_way") + status("進行中", "under_way")
    rising = status("未着手") + under_way + status("完了", "done") + OUTSIDE
    rank = progress(small({2020: "完了 完了 完了 対象外"}, statuses=rising).plan)
    assert sorted(rank, key=rank.get) == ["未着手", "準備中", "進行中", "完了"]  # type: ignore[arg-type]
