import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tables
from helpers.errors import FigureError
from helpers.history.counts import TOTAL
from helpers.history.courses import courses
from helpers.history.history import History
from helpers.plan import Plan
from helpers.report.tables.bridge import Change, changes_of
from helpers.report.tables.items import item_transitions
from made_histories import histories
from small_city import ITEMS_HEADER, SMALL_PLAN, Small


@given(st.data())
def test_every_row_closes_and_every_item_is_named_where_it_came_in_and_where_it_left(
    plan: Plan, data: st.DataObject
) -> None:
    history = data.draw(histories(plan))
    changes = changes_of(history)
    before, now = history.item_statuses(history.year.previous), history.item_statuses(history.year)
    if before is None or now is None:
        assert changes is None
        return
    assert changes is not None
    old = {row["number"]: (row["policy"], row["status"]) for row in before.to_dict("records")}
    new = {row["number"]: (row["policy"], row["status"]) for row in now.to_dict("records")}
    for change in changes:
        assert change.previous + len(change.came) - len(change.left) == change.items

        def members(by_number: dict[str, tuple[str, str]], change: Change = change) -> set[str]:
            return {
                number
                for number, (policy, status) in by_number.items()
                if change.policy in ("", policy) and change.status in (status, TOTAL)
            }

        assert {move.number for move in change.came} == members(new) - members(old)
        assert {move.number for move in change.left} == members(old) - members(new)
        assert (change.previous, change.items) == (len(members(old)), len(members(new)))


@given(st.data())
def test_the_printed_row_adds_up_by_eye(plan: Plan, data: st.DataObject) -> None:
    history = data.draw(histories(plan, most=8))
    table = tables.bridge(history)
    if table is None:
        return
    for row in table.printed.to_dict("records"):
        came, left = ([*filter(None, row[column].split("\n"))] for column in list(row)[3:5])
        sizes = [0 if lines == ["―"] else len(lines) - 1 for lines in (came, left)]
        signs = ["―" if not size else f"{mark}{size}" for mark, size in zip("+△", sizes, strict=True)]
        assert [came[0], left[0]] == signs
        assert int(row["令和3年度"]) + sizes[0] - sizes[1] == int(row["令和4年度"])


def test_two_items_moved_in_2022(history_2022: History) -> None:
    table = tables.bridge(history_2022)
    assert len(table.printed) == 20
    rows = [row for row in table.printed.to_numpy().tolist() if re.search(r"\d", row[3] + row[4])]
    seven, fortytwo = "7 地域に飛び出す行政職員の育成", "42 デジタル活用支援の推進"
    first, second = "基本方針Ⅰ 協働・官民連携の推進", "基本方針Ⅱ 市民サービス向上に向けた組織運営"
    assert rows == [
        ["計画全体", "実施", "32", f"+2\n一部実施から {seven}\n一部実施から {fortytwo}", "―", "34"],
        ["計画全体", "一部実施", "10", "―", f"△2\n実施へ {seven}\n実施へ {fortytwo}", "8"],
        [first, "実施", "7", f"+1\n一部実施から {seven}", "―", "8"],
        [first, "一部実施", "4", "―", f"△1\n実施へ {seven}", "3"],
        [second, "実施", "15", f"+1\n一部実施から {fortytwo}", "―", "16"],
        [second, "一部実施", "5", "―", f"△1\n実施へ {fortytwo}", "4"],
    ]


def test_items_that_came_and_ended_are_told_apart_from_those_that_moved(
    small: Small,
) -> None:
    items = f"{ITEMS_HEADER}1,1,窓口,2020,\n2,1,会議,2020,2020\n3,2,歩道,2021,\n"
    table = tables.bridge(small({2020: "未着手 完了", 2021: "進行中 完了"}, items=items))
    plan_rows = table.printed[table.printed["範囲"] == "計画全体"].iloc[:, 1:].to_numpy().tolist()
    assert plan_rows == [
        ["完了", "1", "+1\n追加 3 歩道", "△1\n終了 2 会議", "1"],
        ["進行中", "0", "+1\n未着手から 1 窓口", "―", "1"],
        ["未着手", "1", "―", "△1\n進行中へ 1 窓口", "0"],
        ["合計", "2", "+1\n追加 3 歩道", "△1\n終了 2 会議", "2"],
    ]
    whole = table.records[(table.records["policy"] == "") & (table.records["status"] == TOTAL)].iloc[0]
    assert whole[["previous_items", "added", "came_in", "went_out", "ended", "items"]].tolist() == [
        2,
        1,
        0,
        0,
        1,
        2,
    ]


def test_there_is_no_bridge_from_an_unknown_year_or_from_totals(small: Small) -> None:
    assert tables.bridge(small({2022: "完了 完了 完了 完了"})) is None
    assert (
        tables.bridge(small({2021: {"完了": 4, "進行中": 0, "未着手": 0}, 2022: "完了 完了 完了 完了"}))
        is None
    )


def test_a_row_that_does_not_close_is_refused(history_2022: History, monkeypatch: pytest.MonkeyPatch) -> None:
    moves = item_transitions(history_2022)
    monkeypatch.setattr(
        "helpers.report.tables.bridge.item_transitions", lambda history: moves[moves["number"] != "7"]
    )
    with pytest.raises(FigureError, match="増減が合いません"):
        tables.bridge(replace(history_2022))  # one of which nothing is known yet


def test_changing_one_status_changes_the_bridge(history_2022: History) -> None:
    sheet = history_2022.sheets[history_2022.year]
    statuses = sheet.statuses.assign(
        status=sheet.statuses["status"].mask(sheet.statuses["number"] == "1", "検討中")
    )
    other = replace(
        history_2022, sheets={**history_2022.sheets, history_2022.year: sheet.with_statuses(statuses)}
    )
    table, changed = tables.bridge(history_2022), tables.bridge(other)
    assert (table.printed != changed.printed).any(axis=1).sum() == 4


def test_an_item_that_changed_its_policy_is_told_with_the_heading_of_the_plan(
    small: Small,
) -> None:
    items = f"{ITEMS_HEADER}1,1,窓口,2020,2020\n2,2,歩道,2020,\nA1,2,窓口の案内,2021,\n"
    renumbered = '\n[[item_changes]]\nyear = 2021\nkind = "renumbered"\nfrom = ["1"]\nto = ["A1"]\n'
    heading = '[[policies]]\nnumeral = "2"\n'
    history = small(
        {2020: "未着手 完了", 2021: "完了 進行中"},
        plan=SMALL_PLAN.replace(heading, f'{heading}heading = "柱2 道"\n'),
        items=items,
        more=renumbered,
    )
    table = tables.bridge(history)
    texts = "\n".join(table.printed.to_numpy().ravel())
    first = history.plan.policies[0].heading
    assert f"「{first}」の未着手から（旧番号1） A1 窓口の案内" in texts
    assert "「柱2 道」の進行中へ（旧番号1） A1 窓口の案内" in texts


def test_a_split_is_told_as_one(small: Small) -> None:
    items = (
        f"{ITEMS_HEADER}1,1,窓口,2020,\n3,2,歩道,2020,2020\n3-1,2,歩道の点検,2021,\n3-2,2,歩道の修繕,2021,\n"
    )
    split = '\n[[item_changes]]\nyear = 2021\nkind = "split"\nfrom = ["3"]\nto = ["3-1", "3-2"]\n'
    history = small({2020: "完了 進行中", 2021: "完了 完了 未着手"}, items=items, more=split)
    table = tables.bridge(history)
    rows = table.printed[table.printed["範囲"] == "計画全体"].iloc[:, 1:].to_numpy().tolist()
    assert rows == [
        ["完了", "1", "+1\n進行中から（3から分割） 3-1 歩道の点検", "―", "2"],
        ["進行中", "1", "―", "△1\n完了へ（3から分割） 3-1 歩道の点検", "0"],
        ["未着手", "0", "+1\n3から分割 3-2 歩道の修繕", "―", "1"],
        ["合計", "2", "+1\n3から分割 3-2 歩道の修繕", "―", "3"],
    ]
    # The line continues with the first of the two items.
    statuses = {course.item.number: list(course.years.values()) for course in courses(history)}
    assert statuses == {"1": ["完了", "完了"], "3-1": ["進行中", "完了"], "3-2": ["―", "未着手"]}
