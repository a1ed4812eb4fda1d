from helpers import tables
from helpers.history.history import History
from small_city import SMALL_ITEMS, Small


def test_the_course_of_2022_says_what_is_not_known(history_2022: History) -> None:
    table = tables.course(history_2022)
    rows = {row["番号"]: row for row in table.printed.to_dict("records")}
    years = ["平成30年度", "令和元年度", "令和2年度", "令和3年度", "令和4年度"]
    assert len(rows) == 42
    assert [rows["4"][year] for year in years] == ["合計のみ", "資料なし", "資料なし", "一部実施", "一部実施"]
    assert [rows["42"][year] for year in years] == ["―", "―", "―", "一部実施", "実施"]
    assert (rows["4"]["分かる年数"], rows["42"]["分かる年数"]) == ("一部実施 2年", "実施 1年\n一部実施 1年")
    assert (
        table.page_notes[0]
        == "「分かる年数」は、項目別の資料がある年度（令和3年度、令和4年度）だけを数えたものです。"
    )


def test_its_records_are_one_per_item_and_year(history_2022: History) -> None:
    table = tables.course(history_2022)
    assert table.records["known"].value_counts().to_dict() == {
        "item": 84, "missing": 80, "totals_only": 40, "not_in_plan": 6,
    }  # fmt: skip
    known = table.records[table.records["known"] == "item"]
    assert set(table.records.loc[table.records["known"] != "item", "status"]) == {""}
    assert known.groupby(["fiscal_year", "status"]).size().to_dict() == {
        (2021, "一部実施"): 10, (2021, "実施"): 32, (2022, "一部実施"): 8, (2022, "実施"): 34,
    }  # fmt: skip


def test_the_caption_of_a_first_year_names_it_once(small: Small) -> None:
    first, second = ({2020: "完了 完了 完了 完了"}, {2021: "完了 完了 完了 完了"})
    captions = [table.caption for plan in (first, second) if (table := tables.course(small(plan)))]
    assert captions == ["推進項目の歩み（令和2年度）", "推進項目の歩み（令和2年度から令和3年度まで）"]


def test_a_year_of_totals_has_no_course(small: Small) -> None:
    assert tables.course(small({2020: {"完了": 4, "進行中": 0, "未着手": 0}})) is None


def test_the_dash_is_explained_where_there_is_one(small: Small) -> None:
    explained = "「―」は、その年度の計画にない項目です。"
    sheets = {2020: "完了 完了 完了 完了", 2021: "完了 完了 完了 完了"}
    later = SMALL_ITEMS + "5,2,下水道の更新,2022,\n"
    for items, is_explained in ((later, False), (later.replace("更新,2022", "更新,2021"), True)):
        table = tables.course(small({**sheets, **({2021: "完了 " * 5} if is_explained else {})}, items=items))
        assert table.printed.isin(["―"]).any(axis=None) == is_explained
        assert (explained in table.page_notes) == is_explained
