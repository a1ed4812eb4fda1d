"""A city that renames a policy in mid-plan, ends one and begins one: every year is told under its own names."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import tables
from helpers.errors import PlanFileError
from helpers.fiscal_year import FiscalYear
from helpers.history.courses import courses
from helpers.history.opening import load_history
from helpers.plan.reading.plan_file import load_plan
from helpers.proof.gate import check_report
from helpers.sheets import inspect_sheet
from helpers.sheets.outgoing.blank import blank_sheet
from made_reports import made_files
from small_city import ITEMS_HEADER, SMALL_PLAN, SMALL_STATUSES, City

PLAN = (
    SMALL_PLAN.replace(
        'name = "つながり"\n',
        'name = "つながり"\nlabel = "柱1 つながり"\n\n[[policies.renamed]]\nyear = 2022\nname = "きずな"\n',
    ).replace('name = "くらし"\n', 'name = "くらし"\nlast_year = 2021\n')
    + '\n[[policies]]\nnumeral = "3"\nname = "みらい"\nfirst_year = 2022\n'
)
ITEMS = f"""{ITEMS_HEADER}\
1,1,窓口の案内,2020,
2,きずな,会議の公開,2020,
3,2,歩道の点検,2020,2021
4,3,電子の窓口,2022,
"""
SHEETS = {2020: "完了 進行中 未着手", 2021: "完了 進行中 進行中", 2022: "完了 完了 未着手"}


@pytest.fixture
def project(city: City) -> Path:
    return city(SHEETS, plan=PLAN, items=ITEMS)


def test_a_report_calls_its_policies_as_in_its_own_year(project: Path) -> None:
    before, now = (tables.by_policy(load_history("machi", year, project)) for year in (2021, 2022))
    assert before is not None and now is not None
    assert list(dict.fromkeys(before.printed["基本方針"])) == ["柱1 つながり", "2 くらし", ""]
    assert list(dict.fromkeys(now.printed["基本方針"])) == ["柱1 きずな", "2 くらし", "3 みらい", ""]


def test_a_renamed_policy_is_compared_with_itself_and_the_table_says_what_it_was_called(
    project: Path,
) -> None:
    table = tables.by_policy(load_history("machi", 2022, project))
    assert table is not None
    rows = table.printed[table.printed["実施状況"] == "合計"]
    assert rows[["項目数", "前年項目数"]].to_numpy().tolist() == [["2", "2"], ["0", "1"], ["1", "0"]]
    done = table.printed[(table.printed["基本方針"] == "柱1 きずな") & (table.printed["実施状況"] == "完了")]
    assert done["前年比"].tolist() == ["+1(+50.0%)"]
    assert table.notes == (
        "※「柱1 きずな」は、令和3年度まで「柱1 つながり」という名前でした。",
        "※「2 くらし」は、令和3年度で終わりました。",
        "※「3 みらい」は、令和4年度に加わりました。",
    )


def test_items_go_on_under_the_new_name(project: Path) -> None:
    by_number = {course.item.number: course for course in courses(load_history("machi", 2022, project))}
    assert by_number["2"].item.policy.heading == "基本方針1 きずな"
    assert [*by_number["2"].known.values()] == ["進行中", "進行中", "完了"]


@pytest.mark.parametrize("year", [2021, 2022])
def test_every_file_of_the_report_passes_the_gate(project: Path, year: int) -> None:
    history = load_history("machi", year, project)
    assert check_report(history, made_files(history)) > 100


@pytest.mark.parametrize(
    ("year", "name"), [(2021, "つながり"), (2022, "きずな"), (2022, "1. きずな"), (2021, "柱1 つながり")]
)
def test_a_sheet_names_a_policy_as_in_its_year(project: Path, year: int, name: str) -> None:
    assert _findings(project, year, name) == []


@pytest.mark.parametrize(("year", "name"), [(2021, "きずな"), (2022, "つながり"), (2022, "1．つながり")])
def test_a_name_of_another_year_is_read_and_said(project: Path, year: int, name: str) -> None:
    (finding,) = _findings(project, year, name)
    now = {2021: "柱1 つながり", 2022: "柱1 きずな"}[year]
    assert "B2" in finding and f"「{name}」は{FiscalYear(year)}の名前ではありません" in finding
    assert f"「{now}」と読みました" in finding


def _findings(project: Path, year: int, name: str) -> list[str]:
    folder = project / "data" / "raw" / "machi"
    sheet = folder / f"{year}.csv"
    sheet.write_text(
        sheet.read_text(encoding="utf-8").replace("1,1,窓口", f"1,{name},窓口"), encoding="utf-8"
    )
    reading = inspect_sheet(sheet, load_plan(folder), FiscalYear(year))
    assert not reading.has_errors
    return [str(finding) for finding in reading.findings]


def test_a_heading_of_another_year_holds_its_items(project: Path) -> None:
    folder = project / "data" / "raw" / "machi"
    sheet = folder / "2022.csv"
    rows = [
        "番号,推進項目,実施状況",
        "つながり,,",
        "1,窓口の案内,完了",
        "2,会議の公開,完了",
        "みらい,,",
        "4,電子の窓口,未着手",
    ]
    sheet.write_text("\n".join(rows), encoding="utf-8")
    reading = inspect_sheet(sheet, load_plan(folder), FiscalYear(2022))
    assert [finding.code for finding in reading.findings] == ["policy_of_another_year"]
    assert [record["policy"] for record in reading.records] == ["1", "1", "3"]


def test_the_sheet_that_goes_out_has_the_names_of_its_year_and_comes_back_without_a_finding(
    project: Path,
) -> None:
    folder = project / "data" / "raw" / "machi"
    plan = load_plan(folder)
    for year, count in ((2021, 3), (2022, 3)):
        sent = folder / f"{year}.xlsx"
        sent.write_bytes(blank_sheet(plan, FiscalYear(year)))
        reading = inspect_sheet(sent, plan, FiscalYear(year))
        assert [finding.code for finding in reading.findings] == ["missing_status"] * count


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("year = 2022", "year = 2020", "最初の年度"),
        ("year = 2022", "year = 2031", "どの推進計画の期間にも"),
        ("year = 2022\nname", "name", "年度、例: 2018"),
        ('year = 2022\nname = "きずな"', "year = 2022", "その年度からの名前"),
        ('"きずな"', '"くらし"', "と同じです"),
        ('"きずな"', '"みらい"', "と同じです"),
        ('"きずな"', '"きずな"\nlabel = "計画全体"', "計画の全体や合計を表す語"),
        ('"きずな"', '"きずな"\nlabel = "合計"', "計画の全体や合計を表す語"),
        ('"きずな"', '"き\\nずな"', "途中に改行かタブ"),
        ('"きずな"', '""', "空です"),
        ('"きずな"', '"きずな"\nlast = 2023', "「last」という設定はありません"),
        ('"きずな"', '"きずな"\n\n[[policies.renamed]]\nyear = 2021\nname = "えにし"', "古い順に"),
        ("last_year = 2021", "last_year = 2020", "期間（令和2年度～令和2年度（1年間））が、この項目の期間"),
        ("last_year = 2021", "last_year = 2019", "どの推進計画の期間にも"),
        ("first_year = 2022\n", "first_year = 2022\nlast_year = 2021\n", "開始の令和4年度より前です"),
    ],
)  # fmt: skip
def test_names_and_years_that_cannot_be_are_refused(city: City, old: str, new: str, fault: str) -> None:
    assert old in PLAN
    with pytest.raises(PlanFileError) as refused:
        city({}, plan=PLAN.replace(old, new), items=ITEMS, statuses=SMALL_STATUSES)
    assert fault in str(refused.value)


def test_a_numeral_that_changes_stands_in_label_and_heading_of_its_years(city: City) -> None:
    later = '\n[[policies.renamed]]\nyear = 2022\nlabel = "2 つながり"\nheading = "基本方針2 つながり"\n'
    swapped = '\n[[policies.renamed]]\nyear = 2022\nlabel = "1 くらし"\nheading = "基本方針1 くらし"\n'
    plan = SMALL_PLAN.replace('name = "つながり"\n', f'name = "つながり"\n{later}').replace(
        'name = "くらし"\n', f'name = "くらし"\n{swapped}'
    )
    root = city({2021: "完了 完了 未着手 進行中", 2022: "完了 完了 完了 進行中"}, plan=plan)
    table = tables.by_policy(load_history("machi", 2022, root))
    assert table is not None
    assert list(dict.fromkeys(table.printed["基本方針"])) == ["2 つながり", "1 くらし", ""]
    assert "※「2 つながり」は、令和3年度まで「1 つながり」という名前でした。" in table.notes
    history = load_history("machi", 2022, root)
    assert check_report(history, made_files(history)) > 100
    assert _findings(root, 2022, "2 つながり") == []
