"""Two status sheets: compared by what they say, whatever they are written in."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from helpers.errors import SheetError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.proof.diff.sheets import compare_sheets
from spreadsheets import book

PLAN = Path(__file__).parents[3] / "data" / "raw" / "yamaguchi"
Run = Callable[..., Result]


@pytest.fixture
def plan_folder(tmp_path: Path) -> Path:
    """A copy of the reference plan's folder."""
    return Path(shutil.copytree(PLAN, tmp_path / "yamaguchi"))


def as_xlsx(source: Path, target: Path) -> Path:
    with source.open(encoding="utf-8", newline="") as stream:
        target.write_bytes(book(csv.reader(stream)))
    return target


def test_one_content_as_csv_and_as_xlsx_is_no_difference(plan_folder: Path, run: Run, tmp_path: Path) -> None:
    other = as_xlsx(plan_folder / "R4.csv", tmp_path / "R4.xlsx")
    result = run(plan_folder / "R4.csv", other)
    assert (result.exit_code, result.output) == (0, "")


def test_a_changed_sheet_tells_its_statuses_and_words(plan_folder: Path, run: Run, tmp_path: Path) -> None:
    changed = tmp_path / "R4.csv"
    text = (plan_folder / "R4.csv").read_text(encoding="utf-8")
    text = text.replace("庁内における支援体制の確立,実施,,", "庁内における支援体制の確立,一部実施,,市民課")
    changed.write_text(text, encoding="utf-8")
    result = run(plan_folder / "R4.csv", changed)
    assert result.exit_code == 1
    assert "  5 庁内における支援体制の確立: 実施 → 一部実施\n" in result.stdout
    assert "  5 庁内における支援体制の確立 ／ 所管課: （空欄） → 市民課\n" in result.stdout


def test_an_item_that_ended_is_listed_once_and_its_words_if_it_has_any(
    plan_folder: Path, run: Run, tmp_path: Path
) -> None:
    items = (plan_folder / "items.csv").read_text(encoding="utf-8")
    for number in ("5,", "7,"):
        line = next(line for line in items.splitlines() if line.startswith(number))
        items = items.replace(line, f"{line}2021")
    (plan_folder / "items.csv").write_text(items, encoding="utf-8")
    lines = (plan_folder / "R4.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (plan_folder / "R4.csv").write_text(
        "".join(line for line in lines if not line.startswith(("5,", "7,"))), encoding="utf-8"
    )
    before = plan_folder / "R3.csv"
    before.write_text(
        before.read_text(encoding="utf-8").replace(
            "行政職員の育成,一部実施,", "行政職員の育成,一部実施,要綱を改めた。"
        )
    )
    output = run(before, plan_folder / "R4.csv").stdout
    assert "なくなった項目 2件" in output
    assert output.count("庁内における支援体制の確立") == 1
    assert "  行「7 地域に飛び出す行政職員の育成」: 要綱を改めた。 → （なし）\n" in output


def test_totals_are_compared_by_status(plan_folder: Path, run: Run, tmp_path: Path) -> None:
    text = (plan_folder / "H30.csv").read_text(encoding="utf-8")
    changed = tmp_path / "H30.csv"
    changed.write_text(text.replace("27", "26").replace("12", "13"), encoding="utf-8")
    output = run(plan_folder / "H30.csv", changed).stdout
    assert "実施 ／ 項目数: 27 → 26" in output
    assert "一部実施 ／ 項目数: 12 → 13" in output


def test_a_sheet_with_errors_is_trouble_and_shows_them(plan_folder: Path, run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "R4.csv"
    broken.write_text("番号,実施状況\n1,完璧\n", encoding="utf-8")
    result = run(plan_folder / "R4.csv", broken)
    assert result.exit_code == 2
    assert "完璧" in result.stderr


def test_a_sheet_that_does_not_say_its_year_has_an_error_unless_it_is_told(
    plan: Plan, plan_folder: Path, tmp_path: Path
) -> None:
    named = plan_folder / "R4.csv"
    unnamed = tmp_path / "状況調査.csv"
    _, _, below_title = named.read_text(encoding="utf-8").partition("\n")
    unnamed.write_text(below_title, encoding="utf-8")
    with pytest.raises(SheetError) as caught:
        compare_sheets(named, unnamed, (plan, plan))
    assert [finding.code for finding in caught.value.findings] == ["no_year"]
    assert not compare_sheets(named, unnamed, (plan, plan), FiscalYear(2022)).has_differences


@pytest.fixture
def shiosai(tmp_path: Path) -> Path:
    """A copy of the folder of the synthetic plan that declares targets, money, judgements and texts."""
    return Path(shutil.copytree(PLAN.parents[2] / "tests" / "plans" / "shiosai", tmp_path / "shiosai"))


def test_declared_values_are_compared_by_item_and_content(shiosai: Path, run: Run) -> None:
    changed = shiosai / "2022.csv"
    text = (shiosai / "R4.csv").read_text(encoding="utf-8")
    for old, new in (("860,868", "860,867"), ("300,290", "300,291"), ("減り方が緩んだ。", "減り方が緩い。")):
        assert old in text
        text = text.replace(old, new)
    changed.write_text(text, encoding="utf-8")
    output = run(shiosai / "R4.csv", changed).stdout
    assert "  1-1 ごみの減量 数値目標・一人一日のごみの量・実績 ／ 記載: 868 → 867\n" in output
    assert "  1-1 ごみの減量 歳出の削減・実績 ／ 記載: 290 → 291\n" in output
    assert "  1-1 ごみの減量 評価の理由 ／ 記載: 減り方が緩んだ。 → 減り方が緩い。\n" in output
    same = run(shiosai / "R4.csv", shiosai / "R4.csv")
    assert (same.exit_code, same.output) == (0, "")
