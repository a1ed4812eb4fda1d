from helpers import tables
from helpers.history.history import History
from small_city import OUTSIDE, SMALL_STATUSES, Small


def test_the_eight_open_items_of_2022(history_2022: History) -> None:
    table = tables.remaining(history_2022)
    assert table.caption == "残る項目（「実施」でない8項目）と、その状況にある年数"
    ((status, years, count, items),) = table.printed.to_numpy().tolist()
    assert (status, years, count) == ("一部実施", "2年以上（令和2年度以前は項目別の資料なし）", "8")
    assert [line.split(" ")[0] for line in items.split("\n")] == [
        "4",
        "6",
        "10",
        "18",
        "20",
        "24",
        "26",
        "36",
    ]
    assert table.records[["years", "is_at_least"]].drop_duplicates().to_numpy().tolist() == [[2, 1]]


def test_the_longest_standing_comes_first_in_each_status(small: Small) -> None:
    history = small(
        {
            2020: "未着手 進行中 進行中 完了",
            2021: "未着手 進行中 未着手 進行中",
            2022: "未着手 進行中 進行中 進行中",
        }
    )
    table = tables.remaining(history)
    assert table.printed.to_numpy().tolist() == [
        ["進行中", "3年", "1", "2 会議の公開"],
        ["進行中", "2年", "1", "4 水道の更新"],
        ["進行中", "1年", "1", "3 歩道の点検"],
        ["未着手", "3年", "1", "1 窓口の案内"],
    ]


def test_nothing_remains_where_all_is_done_or_not_known(small: Small) -> None:
    assert tables.remaining(small({2020: "完了 完了 完了 完了"})) is None
    assert tables.remaining(small({2021: {"完了": 2, "進行中": 2, "未着手": 0}})) is None


def test_an_item_outside_the_shares_does_not_remain(small: Small) -> None:
    table = tables.remaining(small({2020: "完了 対象外 進行中 未着手"}, statuses=SMALL_STATUSES + OUTSIDE))
    assert list(table.printed["実施状況"]) == ["進行中", "未着手"]
