"""A year's sheet that is a folder, or a workbook with a table on several worksheets: read as one sheet."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fixtures_made.writing import HEADER, ITEMS, TITLE, cells

from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.sheets import SheetFolder, SheetReading, find_sheets, inspect_sheet, sheet_parts
from helpers.sheets import reading as reading_of_sheets
from spreadsheets import books, csv_text

R3, R4 = FiscalYear(2021), FiscalYear(2022)
STATUSES = ["実施", "一部実施", "実施", "検討中", "実施", "未実施"]
HEAD = [[TITLE], cells(HEADER)]


@pytest.fixture
def plan(minato: Plan, tmp_path: Path) -> Plan:
    """Minato with a folder of its own."""
    folder = tmp_path / "minato"
    folder.mkdir()
    for name in ("plan.toml", "items.csv"):
        shutil.copyfile(minato.folder / name, folder / name)
    return replace(minato, folder=folder)


def csv_part(*numbers: int, below: str = "") -> bytes:
    rows = [*HEAD, *(ITEMS[number - 1] for number in numbers), *([cells(below)] if below else [])]
    return csv_text(rows).encode()


def xlsx_part(sheets: dict[str, list[int]]) -> bytes:
    return books(
        {name: [*HEAD, *(ITEMS[number - 1] for number in numbers)] for name, numbers in sheets.items()}
    )


def lay_out(plan: Plan, parts: dict[str, bytes], name: str = "R4") -> Path:
    folder = plan.folder / name
    folder.mkdir()
    for part, data in parts.items():
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_bytes(data)
    return folder


def statuses(reading: SheetReading) -> list[str]:
    assert reading.status_sheet is not None, list(map(str, reading.findings))
    return list(reading.status_sheet.statuses["status"])


def findings(reading: SheetReading) -> list[tuple[str, str]]:
    return [(finding.code, finding.location) for finding in reading.findings]


def whole_list(department: str) -> bytes:
    """The list of all items, in which a department filled in its own rows."""
    own = [item if item[5] == department else [*item[:3], None, None, item[5], None] for item in ITEMS]
    return csv_text([*HEAD, *own]).encode()


def test_rows_that_a_department_left_blank_are_left_to_the_others(plan: Plan) -> None:
    departments = ["市民課", "福祉課", "財政課", "税務課", "都市課"]
    folder = lay_out(plan, {f"{name}.csv": whole_list(name) for name in departments})
    reading = inspect_sheet(folder, plan)
    assert findings(reading) == []
    assert statuses(reading) == STATUSES
    sheet = reading.status_sheet
    assert sheet.statuses["file"].tolist() == [f"R4/{item[5]}.csv" for item in ITEMS]
    (folder / "都市課.csv").unlink()
    (only,) = findings(inspect_sheet(folder, plan))
    assert only == ("missing_item", "R4")


def test_a_row_with_a_text_but_without_a_status_is_left_to_nobody(plan: Plan) -> None:
    begun = [*ITEMS[1][:3], None, "始めた", "福祉課", None]
    others = [item for item in ITEMS if item[0] != 2]
    parts = {"ほか.csv": csv_text([*HEAD, *others, begun]).encode(), "福祉課.csv": csv_part(2)}
    reading = inspect_sheet(lay_out(plan, parts), plan)
    assert findings(reading) == [("missing_status", "R4/ほか.csv!D8"), ("item_twice", "R4/福祉課.csv!A3")]


def test_the_files_of_a_folder_are_read_as_one_sheet_and_every_figure_leads_to_its_cell(plan: Plan) -> None:
    other = xlsx_part({"福祉": [2], "都市": [6]})
    parts = {"10財政課.csv": csv_part(4, 5), "2市民課.csv": csv_part(3, 1), "部/ほか.xlsx": other}
    folder = lay_out(plan, parts)
    assert find_sheets(plan) == {R4: folder}
    reading = inspect_sheet(folder, plan)
    assert statuses(reading) == STATUSES
    sheet = reading.status_sheet
    assert sheet.year == R4
    places = sheet.statuses[["file", "sheet", "cell"]].agg("!".join, axis=1)
    assert list(places) == [
        "R4/2市民課.csv!!D4",
        "R4/部/ほか.xlsx!福祉!D3",
        "R4/2市民課.csv!!D3",
        "R4/10財政課.csv!!D3",
        "R4/10財政課.csv!!D4",
        "R4/部/ほか.xlsx!都市!D3",
    ]
    assert [(source.file, source.sheet) for source in sheet.sources] == [
        ("R4/2市民課.csv", ""),
        ("R4/10財政課.csv", ""),
        ("R4/部/ほか.xlsx", "福祉"),
        ("R4/部/ほか.xlsx", "都市"),
    ]
    assert (sheet.source.file, sheet.source.sheet) == ("R4", "")


def test_what_programs_leave_in_a_folder_is_passed_over(plan: Plan) -> None:
    clutter = [
        "~$財政課.xlsx",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "説明.pdf",
        "__MACOSX/財政課.xlsx",
        ".old/a.csv",
    ]
    folder = lay_out(plan, {"a.csv": csv_part(1, 2, 3, 4, 5, 6), **dict.fromkeys(clutter, b"?")})
    assert sheet_parts(folder) == (folder / "a.csv",)
    assert statuses(inspect_sheet(folder, plan)) == STATUSES


def test_a_worksheet_for_every_policy_is_read_as_one_sheet(plan: Plan) -> None:
    file = plan.folder / "R4.xlsx"
    file.write_bytes(xlsx_part({"Ⅰ": [1, 2, 3], "Ⅱ": [4, 5, 6]}))
    reading = inspect_sheet(file, plan)
    assert statuses(reading) == STATUSES
    assert reading.status_sheet is not None
    assert list(reading.status_sheet.statuses["sheet"]) == ["Ⅰ"] * 3 + ["Ⅱ"] * 3


def test_an_item_in_two_files_is_a_finding_that_names_both_places(plan: Plan) -> None:
    folder = lay_out(plan, {"a.csv": csv_part(1, 2, 3, 4), "b.csv": csv_part(4, 5, 6)})
    reading = inspect_sheet(folder, plan)
    assert findings(reading) == [("item_twice", "R4/b.csv!A3")]
    assert "番号4「公共施設の集約化」はR4/a.csv!A6にもあります" in reading.findings[0].message


def test_a_file_again_under_another_name_is_said_once(plan: Plan) -> None:
    folder = lay_out(
        plan, {"a.csv": csv_part(1, 2, 3), "b.csv": csv_part(4, 5, 6), "b (1).csv": csv_part(4, 5, 6)}
    )
    reading = inspect_sheet(folder, plan)
    assert findings(reading) == [("two_sheets", "R4/b (1).csv!A2")]
    assert "「R4/b.csv」、「R4/b (1).csv」に同じ項目（番号4、5、6）" in reading.findings[0].message


def test_a_missing_item_names_the_department_that_owes_it(plan: Plan) -> None:
    (plan.folder / "R3.csv").write_bytes(csv_part(1, 2, 3, 4, 5).replace("令和4".encode(), "令和3".encode()))
    folder = lay_out(plan, {"a.csv": csv_part(1, 2), "b.csv": csv_part(4, 5, 6)})
    reading = inspect_sheet(folder, plan)
    assert findings(reading) == [("missing_item", "R4")]
    assert reading.findings[0].message == (
        "番号3「サービス案内の充実（窓口～出張所）」がどのファイルにもありません（所管課: 市民課）。その課の状況調査を加えてください"
    )


def test_of_a_part_by_itself_other_items_are_not_missing(plan: Plan) -> None:
    folder = lay_out(plan, {"a.csv": csv_part(1, 2), "b.csv": csv_part(4, 9 - 4)})
    reading = inspect_sheet(folder / "a.csv", plan)
    assert (findings(reading), statuses(reading)) == ([], ["実施", "一部実施"])


def test_a_part_that_cannot_be_read_is_a_finding_at_that_part_and_nothing_is_said_to_be_missing(
    plan: Plan,
) -> None:
    folder = lay_out(plan, {"a.csv": csv_part(1, 2, 3), "b.xlsx": b"PK\x03\x04"})
    reading = inspect_sheet(folder, plan)
    assert findings(reading) == [("corrupt", "R4/b.xlsx")]
    assert reading.status_sheet is None


def test_an_empty_folder_is_a_finding(plan: Plan) -> None:
    assert findings(inspect_sheet(lay_out(plan, {}), plan)) == [("empty_folder", "R4")]


def test_a_file_and_a_folder_of_one_year_are_refused_but_an_empty_folder_is_only_warned_of(
    plan: Plan,
) -> None:
    lay_out(plan, {"a.csv": csv_part(1)})
    (plan.folder / "2022.csv").write_bytes(csv_part(1))
    (plan.folder / "R3.csv").write_bytes(b"")
    (plan.folder / "令和3年度").mkdir()
    folder = SheetFolder.look(plan.folder)
    assert [finding.message for finding in folder.doubled[R4]] == [
        "令和4年度の状況調査が二つあります（2022.csv、R4/）。どちらかをこのフォルダーから外してください"
    ]
    assert R3 not in folder.doubled
    assert [(finding.code, finding.is_error) for finding in folder.unread] == [("empty_folder", False)]


def test_a_folder_whose_name_is_more_than_a_year_is_warned_of(plan: Plan) -> None:
    lay_out(plan, {"a.csv": csv_part(1)}, "R4回答")
    lay_out(plan, {"a.csv": csv_part(1)}, "published")
    assert [str(finding) for finding in SheetFolder.look(plan.folder).unread] == [
        "R4回答: 名前が年度だけでないため読みません。R4 に直してください"
    ]


@pytest.mark.parametrize(
    ("below", "is_right"),
    [("合計,,,3", True), ("合計,,,6", True), ("合計,,,4", False), ("計,,,6", True), ("小計,,,6", False)],
)
def test_a_total_in_a_part_is_of_the_part_or_of_the_whole(plan: Plan, below: str, is_right: bool) -> None:
    folder = lay_out(plan, {"a.csv": csv_part(1, 2, 3, below=below), "b.csv": csv_part(4, 5, 6)})
    wanted = [] if is_right else [("total_disagrees", "R4/a.csv!D6")]
    assert findings(inspect_sheet(folder, plan)) == wanted


def test_a_table_of_totals_beside_the_items_is_compared_with_them(plan: Plan) -> None:
    totals = "実施状況,項目数\n実施,3\n一部実施,1\n検討中,1\n未実施,{}\n合計,6\n"
    folder = lay_out(plan, {"a.csv": csv_part(1, 2, 3, 4, 5, 6), "集計.csv": totals.format(1).encode()})
    assert statuses(inspect_sheet(folder, plan)) == STATUSES
    (folder / "集計.csv").write_text(totals.format(2), encoding="utf-8")
    assert findings(inspect_sheet(folder, plan)) == [("total_disagrees", "R4/集計.csv!B5")]


def test_departments_that_look_equal_are_warned_of_across_files(plan: Plan) -> None:
    other = csv_part(4, 5, 6).replace("税務課".encode(), "市⺠課".encode())
    folder = lay_out(plan, {"a.csv": csv_part(1, 2, 3), "b.csv": other})
    reading = inspect_sheet(folder, plan)
    assert (findings(reading), statuses(reading)) == ([("look_alike", "R4/b.csv!F4")], STATUSES)


@pytest.mark.parametrize(
    ("limit", "most", "words"), [("MOST_PARTS", 1, "上限1個"), ("MOST_BYTES", 100, "合わせて大きすぎます")]
)
def test_a_folder_beyond_a_limit_is_refused(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, words: str
) -> None:
    folder = lay_out(plan, {"a.csv": csv_part(1, 2, 3), "b.csv": csv_part(4, 5, 6)})
    monkeypatch.setattr(reading_of_sheets, limit, most)
    (finding,) = inspect_sheet(folder, plan).findings
    assert (finding.code, finding.location) == ("too_large", "R4") and words in finding.message


def test_a_file_or_folder_in_the_years_folder_that_is_named_for_another_year_is_said(plan: Plan) -> None:
    untitled = csv_text([cells(HEADER), *ITEMS[:2]]).encode()
    other = csv_text([cells(HEADER), *ITEMS[2:3]]).encode()
    parts = {"R3市民課.csv": untitled, "R3財政課.csv": csv_part(4, 5, 6), "令和三年度/福祉課.csv": other}
    reading = inspect_sheet(lay_out(plan, parts), plan)
    assert statuses(reading) == STATUSES
    assert [str(finding).partition("ですが")[0] for finding in reading.findings] == [
        "R4/R3市民課.csv: ファイルの名前「R3市民課.csv」は令和3年度",
        "R4/令和三年度/福祉課.csv: フォルダーの名前「令和三年度」は令和3年度",
    ]
