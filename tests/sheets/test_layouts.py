"""Layouts where the table of quirks has no file: settings, labels that name no column, marks of the plan's own."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from fixtures_made.forms import MARKED, NAMES, WORDS, card
from fixtures_made.writing import ITEMS, TITLE, lines

from helpers.errors import PlanFileError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.model import SheetLayout
from helpers.sheets import SheetReading
from small_city import City
from spreadsheets import Lines, books, csv_text, inspect_bytes

YEAR = FiscalYear(2022)
STATUSES = ["実施", "一部実施", "実施", "検討中", "実施", "未実施"]
ACTIVITIES = ["総合窓口を開いた。", *[""] * 5]
DEPARTMENTS = ["市民課", "福祉課", "市民課", "財政課", "税務課", "都市課"]
Item = Sequence[Any]


def read(plan: Plan, sheet: Lines) -> SheetReading:
    return inspect_bytes(csv_text(sheet).encode(), "R4.csv", plan, YEAR)


def column(reading: SheetReading, name: str) -> list[str]:
    assert reading.status_sheet is not None, list(map(str, reading.findings))
    return list(reading.status_sheet.statuses[name])


def codes(reading: SheetReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def cards(lines_of: Callable[[Item], Lines]) -> Lines:
    return [[TITLE], [], *(line for item in ITEMS for line in [*lines_of(item), []])]


CARDS: dict[str, Callable[[Item], Lines]] = {
    "labels that name no column beside the others": lambda i: [
        ["番号", i[0], "担当者", "山田"], ["推進項目", i[2]], ["実施状況", i[3]],
        ["主な取組", i[4]], ["備考", None], ["電話", "123"], ["所管課", i[5], "内線", "456"],
    ],
    "labels that name no column above others": lambda i: [
        ["番号", "担当者", "推進項目"], [i[0], "山田", i[2]], ["実施状況", "内線"], [i[3], "123"],
        ["所管課", "電話"], [i[5], "456"], ["備考", "記号"], [None, "ア"], ["主な取組"], [i[4]],
    ],
    "an empty cell before every value": lambda i: [
        ["番号", None, i[0]], ["推進項目", None, i[2]], ["実施状況", None, i[3]], ["所管課", None, i[5]], ["主な取組", None, i[4]],
    ],
    "headings over some values": lambda i: [
        ["番号", i[0], "所管課", i[5]], ["推進項目", i[2]], ["【実施状況】"], [i[3]], ["■主な取組"], [i[4]], ["(3) 備考"], [None],
    ],
    "last year's status beside this year's": lambda i: [
        ["項目番号", i[0], "推進項目名", i[2]], ["前年度の実施状況", "検討中", "今年度の実施状況", i[3]], ["担当課", i[5]], ["主な取組", i[4]],
    ],
    "another name of a column that is there": lambda i: [
        ["番号", i[0]], ["推進項目", i[2]], ["実施状況", i[3]], ["取組内容", "計画の文"], ["主な取組", i[4]], ["所管課", i[5]],
    ],
}  # fmt: skip


@pytest.mark.parametrize("lines_of", CARDS.values(), ids=CARDS)
def test_values_of_a_card_are_those_of_its_labels(minato: Plan, lines_of: Callable[[Item], Lines]) -> None:
    reading = read(minato, cards(lines_of))
    assert column(reading, "status") == STATUSES
    assert column(reading, "activities") == ACTIVITIES
    assert column(reading, "department") == DEPARTMENTS
    assert set(column(reading, "remarks")) == {""}


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ([["番号", 1, "実施状況", 3]], [("1", "3")]),
        ([["番号", 1, 2, 3], ["実施状況", 4, 4, 1]], [("1", "4"), ("2", "4"), ("3", "1")]),
    ],
    ids=["a card in one row", "a table on its side"],
)
def test_figures_that_are_statuses_are_no_heads_of_marks(
    minato: Plan, sheet: Lines, expected: list[tuple[str, str]]
) -> None:
    named = zip(minato.statuses, "4321", strict=True)
    plan = replace(minato, statuses=tuple(replace(status, name=name) for status, name in named))
    records = read(plan, [[TITLE], [], *sheet]).records
    assert [(record["number"], record["status"]) for record in records] == expected


def test_a_form_that_nobody_filled_in_is_no_card(minato: Plan) -> None:
    sheets = {f"No{item[0]}": [[TITLE], *card(item)] for item in ITEMS}
    data = books(sheets | {"様式": [[TITLE], *card([None] * len(NAMES))]})
    assert column(inspect_bytes(data, "R4.xlsx", minato, YEAR), "status") == STATUSES


def test_cards_of_another_year_are_refused_at_their_title(minato: Plan) -> None:
    sheet = cards(card)
    sheet[0] = ["令和3年度 個票"]
    assert [(f.code, f.cell) for f in read(minato, sheet).findings] == [("wrong_year", "A1")]


@pytest.mark.parametrize("head", ["①{}", "(1) {}", "{}（○）"])
def test_headings_of_marks_may_be_numbered_or_have_an_addition(minato: Plan, head: str) -> None:
    sheet = [[TITLE], ["番号", *map(head.format, WORDS)]]
    sheet += [[item[0], *("○" if item[3] == word else "" for word in WORDS)] for item in ITEMS]
    assert column(read(minato, sheet), "status") == STATUSES


def test_a_column_of_this_year_stands_beside_one_of_last_year(minato: Plan) -> None:
    sheet = lines(f"{TITLE}\n番号,前年度の実施状況,本年度の実施状況")
    assert (
        column(read(minato, sheet + [[item[0], "検討中", item[3]] for item in ITEMS]), "status") == STATUSES
    )


def test_check_boxes_are_marks(minato: Plan) -> None:
    sheet = [[TITLE], ["番号", *WORDS]]
    sheet += [[item[0], *("TRUE" if item[3] == word else "FALSE" for word in WORDS)] for item in ITEMS]
    assert column(read(minato, sheet), "status") == STATUSES


def test_a_mark_of_the_plans_own_is_read_even_if_it_is_no_mark_elsewhere(minato: Plan) -> None:
    for mark in ("済", "×"):
        sheet = [[mark if cell == "○" else cell for cell in line] for line in MARKED]
        assert set(codes(read(minato, sheet))) <= {"unknown_mark", "no_mark"} != set()
        own = replace(minato, layout=SheetLayout(marks=(mark,)))
        assert column(read(own, sheet), "status") == STATUSES


def test_the_plan_says_which_of_two_layouts_is_read(minato: Plan) -> None:
    both = [*lines(f"{TITLE}\n番号,{','.join(WORDS)},実施状況")]
    both += [[item[0], "○", None, None, None, item[3]] for item in ITEMS]
    assert codes(read(minato, both)) == ["two_layouts"]
    for kind, wanted in (("rows", STATUSES), ("matrix", ["実施"] * 6)):
        assert column(read(replace(minato, layout=SheetLayout(kind)), both), "status") == wanted


def test_a_layout_that_there_is_not_is_refused_with_those_that_there_are(city: City) -> None:
    with pytest.raises(PlanFileError, match=r"layout\.kind.*近い値: matrix"):
        city({}, more='\n[layout]\nkind = "matrices"\n')


def test_a_missing_value_is_found_beside_the_cell_of_its_label(minato: Plan) -> None:
    sheet = cards(
        lambda item: [[f"番号：{item[0]}", f"推進項目：{item[2]}"], ["実施状況："], [f"所管課：{item[5]}"]]
    )
    sheet[-3] = ["実施状況：未実施"]
    cells = [(finding.code, finding.cell) for finding in read(minato, sheet).findings]
    assert cells == [("missing_status", f"B{row}") for row in (4, 8, 12, 16, 20)]


def test_colons_in_titles_notes_and_texts_make_no_card_of_rows(minato: Plan) -> None:
    rows = [[*item[:4], "実施状況：済、番号：9", *item[5:]] for item in ITEMS]
    sheet = [["実施状況：令和4年度末時点"], ["番号：様式1"], NAMES, *rows, ["番号：1は重点項目"]]
    reading = read(minato, sheet)
    assert codes(reading) == []
    assert column(reading, "status") == STATUSES
    assert column(reading, "activities") == ["実施状況：済、番号：9"] * 6
