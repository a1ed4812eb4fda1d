from hypothesis import given
from hypothesis import strategies as st

from helpers import tables
from helpers.history.history import History
from helpers.plan import Plan
from made_histories import histories
from small_city import Small


def test_transitions_of_2022_show_the_gaps(history_2022: History) -> None:
    table = tables.transitions(history_2022)
    assert table.printed.to_numpy().tolist() == [
        ["平成30年度 → 令和3年度", "合計のみ", "項目別", "資料なし", ""],
        ["令和3年度 → 令和4年度", "実施", "実施", "32", ""],
        ["令和3年度 → 令和4年度", "一部実施", "実施", "2", "7、42"],
        ["令和3年度 → 令和4年度", "一部実施", "一部実施", "8", ""],
        ["令和3年度 → 令和4年度", "合計", "", "42", ""],
    ]
    assert table.records["items"].isna().tolist() == [True, True, True, False, False, False]
    assert table.notes == (
        "平成30年度から令和3年度までの動きは、項目別の資料がない年度があるため分かりません。",
    )


@given(st.data())
def test_the_flows_of_a_year_count_every_item_once(plan: Plan, data: st.DataObject) -> None:
    history = data.draw(histories(plan))
    table = tables.transitions(history)
    for year in history.years[1:]:
        flows = table.records[table.records["fiscal_year"] == int(year)]
        before, now = history.item_statuses(year.previous), history.item_statuses(year)
        if before is None or now is None:
            assert flows["items"].isna().all() and len(flows) == 1
            continue
        for frame, column in ((before, "previous_status"), (now, "status")):
            items = flows[flows[column] != ""].groupby(column)["items"].sum()
            assert items.to_dict() == frame.groupby("status")["items"].sum().to_dict()


def test_a_first_year_has_no_transitions(small: Small) -> None:
    assert tables.transitions(small({2020: "完了 完了 完了 完了"})) is None
