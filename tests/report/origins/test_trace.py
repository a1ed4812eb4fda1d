import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tables
from helpers.errors import FigureError
from helpers.history.counts import TOTAL
from helpers.history.history import History
from helpers.plan import Plan
from helpers.report.origins import appendix
from helpers.report.origins.trace import Trace
from helpers.report.register import trace
from helpers.report.table import Table
from made_histories import histories
from plan_shapes import Shape, history_of_shape
from small_city import ITEMS_HEADER, TAKEN_OVER, Small, two_plans


@given(st.data())
def test_every_origin_holds_the_items_that_its_count_says(plan: Plan, data: st.DataObject) -> None:
    history = data.draw(histories(plan, most=12))
    for key, origin in trace(history).origins.items():
        frame = history.item_statuses(key.year)
        assert origin.items == len(origin.numbers) > 0
        rows = frame[frame["number"].isin(origin.numbers)]
        assert len(rows) == origin.items
        assert key.policy == "" or set(rows["policy"]) == {key.policy}
        assert key.status == TOTAL or set(rows["status"]) == {key.status}


def test_codes_go_by_year_then_policy_then_status(history_2022: History) -> None:
    origins = trace(history_2022).origins.values()
    assert [origin.code for origin in origins] == [
        *(f"A{n}" for n in range(1, 13)), *(f"B{n}" for n in range(1, 13)), "C1", "C2", "C3",
    ]  # fmt: skip
    first = next(iter(origins))
    assert (int(first.key.year), first.key.policy, first.key.status, first.items) == (2022, "", "実施", 34)
    assert "7" in first.numbers and "42" in first.numbers and "4" not in first.numbers


@pytest.mark.parametrize("table_id", ["overall", "by_policy", "summary", "bridge"])
def test_every_count_leads_to_an_entry_of_the_appendix(history_2022: History, table_id: str) -> None:
    follow = trace(history_2022)
    table = follow.lead(getattr(tables, table_id)(history_2022))
    parts = (appendix.origins(follow), appendix.source_files(follow), appendix.source_totals(follow))
    ids = {row["id"] for part in parts if part is not None for row in part.row_attributes}
    counts = {
        (position, column)
        for position, row in enumerate(table.printed.to_dict("records"))
        for column, cell in row.items()
        if re.fullmatch(r"\d+( \(.*\))?", cell)
    }
    assert counts and set(table.links) == counts
    assert {anchor for parts in table.links.values() for _, anchor in parts} <= ids


def test_a_count_of_none_leads_to_the_file_or_to_its_own_cell(history_2022: History) -> None:
    follow = trace(history_2022)
    overall, summary = follow.lead(tables.overall(history_2022)), follow.lead(tables.summary(history_2022))
    assert overall.links[2, "前年項目数"] == (("0", "file-2021"),)
    # The reference year is known by its totals, of which 未実施 is the fourth: 0, in B7.
    assert summary.links[4, "未実施"] == (("0", "source-2018-4"),)
    totals = appendix.source_totals(follow)
    assert totals.row_attributes[3] == {"id": "source-2018-4"}
    assert totals.records.iloc[3].to_list() == [2018, "未実施", 0, "B7"]


def recounted(table: Table, cell: tuple[int, str], items: int) -> Table:
    """The table with another count in a cell."""
    return replace(table, counts={**table.counts, cell: table.counts[cell]._replace(items=items)})


def test_a_table_that_counts_otherwise_than_the_sheets_is_refused(history_2022: History) -> None:
    wrong = recounted(tables.summary(history_2022), (0, "実施"), 9)
    with pytest.raises(FigureError, match="表では9、状況調査では8"):
        _ = Trace(history_2022, [wrong]).origins


def test_two_tables_that_count_differently_are_refused(history_2022: History) -> None:
    wrong = recounted(tables.overall(history_2022), (0, "項目数"), 35)
    with pytest.raises(FigureError, match="表によって違います（34／35）"):
        _ = Trace(history_2022, [tables.summary(history_2022), wrong]).origins


def test_nothing_leads_out_of_a_table_that_is_not_there(history_2022: History) -> None:
    assert trace(history_2022).lead(None) is None


def test_a_year_whose_last_year_is_missing_has_no_b(small: Small) -> None:
    history = small({2020: "完了 完了 完了 進行中", 2022: "完了 完了 進行中 進行中"})
    codes = {origin.code[0]: int(key.year) for key, origin in trace(history).origins.items()}
    assert codes == {"A": 2022, "C": 2020}
    led = trace(history).lead(tables.summary(history))
    assert led.page_notes[-1] == (
        "出どころ（付録の符号）: 1 完了 A4／2 進行中 A6／計画全体 完了 A1・C1、進行中 A2・C2"
    )


@pytest.mark.parametrize(
    ("policies", "note"),
    [
        (19, "出どころ（付録の符号）: 1 "),
        (20, "出どころは、付録の表に年度、範囲、実施状況の順に並べています。"),
    ],
)
def test_codes_of_many_policies_are_left_to_the_appendix(plan: Plan, policies: int, note: str) -> None:
    history = history_of_shape(plan, Shape(items=21, policies=policies))
    led = trace(history).lead(tables.summary(history))
    assert led.page_notes[-1].startswith(note)


def test_cells_name_worksheet_and_address(history_2022: History) -> None:
    sheet = history_2022.sheets[history_2022.year]
    moved = replace(sheet, source=replace(sheet.source, file="R4.xlsx", sheet="状況調査"))
    history = replace(history_2022, sheets={**history_2022.sheets, history_2022.year: moved})
    follow = trace(history)
    assert appendix.origins(follow).printed.iloc[0]["年度"] == "令和4年度（R4.xlsx／状況調査）"
    assert appendix.source_files(follow).printed.iloc[-1].tolist()[:3] == ["令和4年度", "R4.xlsx", "状況調査"]
    cells = appendix.source_cells(follow)
    assert len(cells.records) == 84
    assert cells.records.iloc[0].to_dict() == {"fiscal_year": 2021, "number": "1", "cell": "D4"}


def test_counts_of_the_plan_before_lead_to_its_own_cells(small: Small) -> None:
    items = f"{ITEMS_HEADER}1,1,窓口,2020,2021\n2,2,歩道,2020,2021\nA1,1,窓口の案内,2022,\nA2,2,水道,2022,\n"
    renumbered = '\n[[item_changes]]\nyear = 2022\nkind = "renumbered"\nfrom = ["1"]\nto = ["A1"]\n'
    sheets = {2021: "未着手 完了", 2022: "完了 進行中"}
    history = small(sheets, plan=two_plans(2021), items=items, more=renumbered)
    follow = trace(history)
    by_code = {
        origin.code: (int(key.year), key.status, origin.numbers)
        for key, origin in follow.origins.items()
        if not key.policy
    }
    assert by_code["B1"] == (2021, "完了", ("2",)) and by_code["A1"] == (2022, "完了", ("A1",))
    cells = appendix.source_cells(follow)
    assert cells.printed[["番号", "令和3年度", "令和4年度", "備考"]].to_numpy().tolist() == [
        ["1", "D2", "―", "新番号A1"], ["A1", "―", "D2", "旧番号1"], ["2", "D3", "―", ""], ["A2", "―", "D3", ""],
    ]  # fmt: skip
    listed = appendix.origins(follow)
    links = {listed.printed.at[position, "符号"]: links for (position, _), links in listed.links.items()}
    # Between the rows of the items 1 and 2 of 2021 is that of A1 of 2022.
    both_of_2021 = next(
        code for code, (year, status, _) in by_code.items() if (year, status) == (2021, "合計")
    )
    assert links[both_of_2021] == [("1", "source-1"), ("2", "source-3")]
    numbers = {code: "、".join(text for text, _ in led).split("、") for code, led in links.items()}
    assert numbers == {origin.code: list(origin.numbers) for origin in follow.origins.values()}
    led = follow.lead(tables.bridge(history))
    assert "未着手から（旧番号1） A1 窓口の案内" in led.printed.iloc[0].to_list()[3]


def test_cells_of_items_that_were_split_and_merged_are_joined_by_remarks(
    small: Small,
) -> None:
    items = f"{ITEMS_HEADER}1,1,窓口,2020,\n2,1,会議,2020,2021\n3,2,歩道,2020,\n4,1,案内,2021,\n"
    split = '\n[[item_changes]]\nyear = 2021\nkind = "split"\nfrom = ["1"]\nto = ["1", "4"]\n'
    merged = '\n[[item_changes]]\nyear = 2022\nkind = "merged"\nfrom = ["2", "4"]\nto = ["4"]\n'
    sheets = {2020: "完了 完了 完了", 2022: "完了 完了 完了"}
    cells = appendix.source_cells(trace(small(sheets, items=items, more=split + merged)))
    assert dict(zip(cells.printed["番号"], cells.printed["備考"], strict=True)) == {
        "1": "1・4に分割", "2": "4に統合", "4": "1から分割、2・4を統合", "3": "",
    }  # fmt: skip
    unchanged = appendix.source_cells(trace(small({2020: "完了 完了 完了 完了"})))
    assert "備考" not in unchanged.printed.columns


def test_two_items_that_had_one_number_in_turn_lead_each_to_their_own_cells(
    small: Small,
) -> None:
    history = small({2020: "完了 進行中 未着手", 2021: "進行中 未着手"}, items=TAKEN_OVER)
    follow = trace(history)
    cells = appendix.source_cells(follow)
    assert cells.printed.iloc[:, 1:].to_numpy().tolist() == [
        ["1", "窓口の案内", "D2", "D2"],
        ["2", "会議の公開", "D3", "―"],
        ["2", "会議の録画", "―", "D3"],
        ["3", "歩道の点検", "D4", "―"],
    ]
    assert cells.records.to_numpy().tolist() == [
        [2020, "1", "D2"], [2021, "1", "D2"], [2020, "2", "D3"], [2021, "2", "D3"], [2020, "3", "D4"],
    ]  # fmt: skip
    assert [row["id"] for row in cells.row_attributes] == ["source-1", "source-2", "source-3", "source-4"]
    led = appendix.origins(follow)
    places = {row["id"]: position for position, row in enumerate(led.row_attributes)}
    sources = {
        (int(origin.key.year), origin.key.status): led.links[places[origin.anchor], "項目"]
        for origin in follow.origins.values()
        if not origin.key.policy
    }
    assert sources[2020, "進行中"] == [("2", "source-2")]
    assert sources[2021, "未着手"] == [("2", "source-3")]
    listed, course = follow.lead(tables.items(history)), follow.lead(tables.course(history))
    assert listed.links[1, "番号"] == (("2", "source-3"),)
    assert [course.links[position, "番号"] for position in (1, 2)] == [
        (("2", "source-2"),),
        (("2", "source-3"),),
    ]


def test_an_item_that_is_listed_again_leads_to_its_one_row(small: Small) -> None:
    items = "番号,基本方針,推進項目,開始年度,終了年度,重点項目,再掲\n1,1,窓口,2020,,,2\n2,2,歩道,2020,,,\n"
    follow = trace(small({2020: "完了 進行中"}, items=items))
    led = follow.lead(tables.items(follow.history))
    assert led.printed["推進項目"].to_list() == ["窓口", "歩道", "窓口（再掲）"]
    assert [anchor for ((_, anchor),) in led.links.values()] == ["source-1", "source-2", "source-1"]
