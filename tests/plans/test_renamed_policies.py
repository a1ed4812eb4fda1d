"""A city that renames a policy in mid-plan, ends one and begins one: every year is told under its own names."""

from pathlib import Path

import pytest

from gate_checks import check_report
from helpers import charts, tables
from helpers.fiscal_year import FiscalYear
from helpers.history.courses import courses
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.plan.reading.plan_file import load_plan
from helpers.sheets import inspect_sheet
from helpers.sheets.outgoing.blank import blank_sheet
from made_reports import made_files
from small_city import ITEMS_HEADER, SMALL_PLAN, City, Refusal

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
    assert list(dict.fromkeys(before.printed["基本方針"])) == ["柱1 つながり", "2 くらし", ""]
    assert list(dict.fromkeys(now.printed["基本方針"])) == ["柱1 きずな", "2 くらし", "3 みらい", ""]


def test_a_renamed_policy_is_compared_with_itself_and_the_table_says_what_it_was_called(
    project: Path,
) -> None:
    table = tables.by_policy(load_history("machi", 2022, project))
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
def test_names_and_years_that_cannot_be_are_refused(refusal: Refusal, old: str, new: str, fault: str) -> None:
    assert old in PLAN
    assert fault in refusal(plan=PLAN.replace(old, new), items=ITEMS)


# At the head comes a new policy, so that the old ones move down; the last one has ended before.
MOVED = SMALL_PLAN.replace('"1"\nname = "つながり"', '"1"\nname = "みらい"\nfirst_year = 2022').replace(
    'numeral = "2"\nname = "くらし"\n',
    """numeral = "1"
name = "つながり"
renamed = [{ year = 2022, numeral = "2" }]

[[policies]]
numeral = "2"
name = "くらし"
last_year = 2021
""",
)
MOVED_ITEMS = f"""{ITEMS_HEADER}\
1,つながり,窓口の案内,2020,
2,つながり,会議の公開,2020,
3,くらし,歩道の点検,2020,2021
4,みらい,電子の窓口,2022,
"""
MOVED_SHEETS = {2021: "完了 進行中 進行中", 2022: "完了 完了 未着手"}


@pytest.fixture
def moved(city: City) -> Path:
    return city(MOVED_SHEETS, plan=MOVED, items=MOVED_ITEMS)


def test_a_numeral_that_changes_reaches_tables_records_and_charts_of_its_years(moved: Path) -> None:
    before, now = (load_history("machi", year, moved) for year in (2021, 2022))
    assert _done(before) == [("1", 1, None), ("2", 0, None)]
    assert _done(now) == [("1", 1, 0), ("2", 1, 1), ("旧2", 0, 0)]
    table = tables.by_policy(now)
    assert list(dict.fromkeys(table.printed["基本方針"])) == ["1 みらい", "2 つながり", "旧2 くらし", ""]
    assert table.notes[-4:] == (
        "※「1 みらい」は、令和4年度に加わりました。",
        "※「2 つながり」は、令和3年度まで「1 つながり」という名前でした。",
        "※「旧2 くらし」は、令和3年度まで「2 くらし」という名前でした。",
        "※「旧2 くらし」は、令和3年度で終わりました。",
    )
    drawn = [repr(charts.shares_by_policy.draw(history)) for history in (before, now)]
    assert "。1 つながり: 令和3年度は2項目のうち完了1項目" in drawn[0]
    assert "。2 くらし: 令和3年度は1項目" in drawn[0]
    assert "。2 つながり: 令和4年度は2項目のうち完了1項目" in drawn[1]
    assert "。旧2 くらし: 令和4年度は集計する項目なし。令和3年度は1項目" in drawn[1]


def _done(history: History) -> list[tuple[object, ...]]:
    table = tables.by_policy(history)
    records = table.records[table.records["status"] == "完了"].astype(object)
    records = records.where(records.notna(), None)
    return list(records[["policy", "items", "previous_items"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("year", [2021, 2022])
def test_every_file_of_a_report_with_moved_numerals_passes_the_gate(moved: Path, year: int) -> None:
    history = load_history("machi", year, moved)
    assert check_report(history, made_files(history)) > 100


def test_a_sheet_numbers_its_policies_as_in_its_year(moved: Path) -> None:
    assert _findings(moved, 2022, "2") == []
    folder = moved / "data" / "raw" / "machi"
    sent = folder / "2022.xlsx"
    sent.write_bytes(blank_sheet(load_plan(folder), FiscalYear(2022)))
    findings = inspect_sheet(sent, load_plan(folder), FiscalYear(2022)).findings
    assert [finding.code for finding in findings] == ["missing_status"] * 3


def test_a_number_that_was_of_two_policies_is_asked_for_by_name(refusal: Refusal) -> None:
    message = refusal(plan=MOVED, items=MOVED_ITEMS.replace("1,つながり,窓口", "1,1,窓口"))
    assert "「1」は、年度によって別の基本方針の番号です" in message
    assert "名前の「みらい」か「つながり」" in message


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("first_year = 2022", "first_year = 2021", "policies[2].numeral: 「1」が policies[1].numeral の「1」と同じです"),
        ('numeral = "2" }', 'numeral = "3" }, { year = 2023, numeral = "１" }', "policies[2].renamed[2].numeral"),
        ('name = "つながり"', 'name = "つながり"\nlabel = "第1 つながり"', "numeral が変わるので"),
    ],
)  # fmt: skip
def test_numerals_of_one_year_are_told_apart(refusal: Refusal, old: str, new: str, fault: str) -> None:
    assert old in MOVED
    assert fault in refusal(plan=MOVED.replace(old, new), items=MOVED_ITEMS)
