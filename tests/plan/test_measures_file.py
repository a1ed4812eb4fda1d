"""``measures.csv``: what is read, and errors at line and column."""

from pathlib import Path

import pytest

from helpers.errors import PlanFileError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.reading.plan_file import load_plan
from small_city import City

HEAD = "年度,番号,指標,単位,方向,基準値,目標値,実績値\n"


@pytest.fixture
def folder(city: City) -> Path:
    """The small city's folder, with a measure whose values stand in measures.csv."""
    raw = city({}) / "data" / "raw" / "machi"
    plan = raw / "plan.toml"
    plan.write_text(f"{plan.read_text(encoding='utf-8')}\n[[measures]]\n", encoding="utf-8")
    return raw


def loaded(folder: Path, lines: str, encoding: str = "utf-8") -> Plan:
    (folder / "measures.csv").write_bytes((HEAD + lines).encode(encoding))
    return load_plan(folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_values_are_read_as_typed_with_their_cells(folder: Path, encoding: str) -> None:
    plan = loaded(folder, "令和2年度,１,待ち時間,分,減,20,１５．０（１６から変更）,未集計\n\n", encoding)
    values = plan.measured[FiscalYear(2020)]
    assert {value.role: (value.text, value.cell) for value in values} == {
        "indicator": ("待ち時間", "C2"), "unit": ("分", "D2"), "better": ("less", "E2"), "baseline": ("20", "F2"),
        "target": ("15.0", "G2"), "target_before": ("16", "G2"), "actual": ("未集計", "H2"),
    }  # fmt: skip
    assert {(value.number, value.part, value.file) for value in values} == {("1", "待ち時間", "measures.csv")}
    assert plan.files == ("plan.toml", "items.csv", "measures.csv")


REFUSED = {
    "another year": ("R9,1,甲,,増,,1,1\n", "2行目 年度", "「R9」はどの推進計画の期間にもありません"),
    "another item": ("R2,9,甲,,増,,1,1\n", "2行目 番号", "「9」は令和2年度の推進項目の番号にありません"),
    "no indicator": ("R2,1,,,増,,1,1\n", "2行目 指標", "空です"),
    "no direction": ("R2,1,甲,,,,1,1\n", "2行目 方向", "空です"),
    "an unknown direction": ("R2,1,甲,,横ばい,,1,1\n", "2行目 方向", "「横ばい」は、よい方向と読めません"),
    "no number": ("R2,1,甲,件,増,,約3,1\n", "2行目 目標値", "「約3」は件の数として読めません"),
    "another unit": ("R2,1,甲,件,増,,3,4人\n", "2行目 実績値", "「4人」は件の数として読めません"),
    "a comma in the wrong place": ('R2,1,甲,件,増,,"1,23",4\n', "2行目 目標値", "「1,23」は件の数として読めません"),
    "a change from no number": ("R2,1,甲,件,増,,3（旧約2）,4\n", "2行目 目標値", "「約2」は件の数として読めません"),
    "an indicator twice": ("R2,1,甲,,増,,1,1\nR2,1,甲,,増,,2,2\n", "3行目 指標", "「甲」が2行目にもあります"),
    "a line too short": ("R2,1,甲\n", "2行目", "列が3個あります"),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "cell", "problem"), REFUSED.values(), ids=REFUSED)
def test_an_error_names_line_and_column(folder: Path, lines: str, cell: str, problem: str) -> None:
    with pytest.raises(PlanFileError) as caught:
        loaded(folder, lines)
    assert str(caught.value).startswith(f"measures.csv!{cell}: {problem}")


def test_all_errors_are_said_at_once(folder: Path) -> None:
    with pytest.raises(PlanFileError) as caught:
        loaded(folder, "R2,1,甲,,増,,x,y\nR2,9,甲,,増,,1,1\n")
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == [
        "measures.csv!2行目 目標値", "measures.csv!2行目 実績値", "measures.csv!3行目 番号",
    ]  # fmt: skip


def test_another_heading_is_refused(folder: Path) -> None:
    (folder / "measures.csv").write_text("番号,目標\n", encoding="utf-8")
    with pytest.raises(PlanFileError, match=r"measures\.csv!1行目: 列見出しが「番号,目標」です"):
        load_plan(folder)


def test_a_file_that_nothing_reads_is_refused(city: City) -> None:
    raw = city({}) / "data" / "raw" / "machi"
    (raw / "measures.csv").write_text(HEAD, encoding="utf-8")
    with pytest.raises(PlanFileError, match=r"measures\.csv: このファイルを読む設定がありません"):
        load_plan(raw)
