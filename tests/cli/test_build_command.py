"""What a build says at its end: whose each warning is, and each failure once."""

import time
from dataclasses import replace
from pathlib import Path

from commands import gyokaku
from helpers.cli.build_command import failure_lines, unread_lines, warning_lines, why_lines
from helpers.errors import SheetError
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.outcome import Outcome, WithheldError
from helpers.project import Target
from helpers.sheets import Finding
from made_reports import lay_out_reference
from summaries import SUMMARY

SETTLED_SECONDS = 3.2  # after which the record of what stands takes the list of reports for settled

R3, R4, R5 = (FiscalYear(year) for year in (2021, 2022, 2023))
FINDING = Finding("R3.csv", "区分にありません", "unknown_status", cell="D4")


def test_every_warning_says_whose_it_is():
    outcomes = [
        Outcome(Target("hagi", R3), SUMMARY, warnings=(FINDING,)),
        Outcome(Target("hagi", R4), replace(SUMMARY, warnings=2), is_current=True),
        Outcome(Target("yamaguchi", R4), replace(SUMMARY, matches=372, differences=1)),
    ]
    with_warning, current, different = warning_lines(outcomes)
    assert with_warning == f"hagi 令和3年度: 注意 {FINDING}"
    assert current.startswith("hagi 令和4年度: 状況調査に注意が2件あります")
    assert different.startswith("yamaguchi 令和4年度: 公表値と違う数値が1件あります")
    assert "gyokaku verify R4 --plan yamaguchi で" in different


def test_what_is_not_well_in_a_pdf_is_said_each_time_the_first_dozen_lines():
    looks = tuple(
        f"report.pdf {page}ページ: 「小」が6ポイントより小さくなっています。" for page in range(1, 15)
    )
    for is_current in (False, True):
        outcome = Outcome(Target("hagi", R4), replace(SUMMARY, looks=looks), is_current=is_current)
        *lines, more = warning_lines([outcome])
        assert lines == [f"hagi 令和4年度: 注意 {line}" for line in looks[:12]]
        assert more == "hagi 令和4年度: 注意 report.pdf の見た目について、ほか2件"


def test_the_findings_of_a_sheet_that_withholds_several_reports_are_told_once():
    withheld = [
        Outcome(Target(plan, year), error=WithheldError(year, R3, Path("R3.csv"), [FINDING]))
        for plan in ("hagi", "yamaguchi")
        for year in (R4, R5)
    ]
    lines = list(failure_lines(withheld, ()))
    assert sum("報告書を作れませんでした" in line for line in lines) == 4
    assert lines.count(f"  {FINDING}") == 2  # of each plan once
    refused = Outcome(Target("hagi", R3), error=SheetError([FINDING]))
    assert list(failure_lines([*withheld[:2], refused], ())).count(f"  {FINDING}") == 1


def test_what_nothing_reads_says_of_which_plan_it_is():
    assert list(unread_lines({"hagi": (FINDING,), "yamaguchi": ()})) == [f"hagi: 注意 {FINDING}"]


def test_why_is_told_of_every_report_that_it_is_known_of():
    outcomes = [
        Outcome(Target("hagi", R3), SUMMARY, is_current=True, why=("変わったものがない",)),
        Outcome(Target("hagi", R4), SUMMARY, why=("状況調査 R4.csv が変わった",)),
        Outcome(Target("hagi", R5), error=SheetError([FINDING]), why=("報告書がない", "前の年度が変わった")),
        Outcome(Target("yamaguchi", R3), error=SheetError([FINDING])),
    ]
    assert list(why_lines(outcomes)) == [
        "hagi 令和3年度: 省略（変わったものがない）",
        "hagi 令和4年度: 作成（状況調査 R4.csv が変わった）",
        "hagi 令和5年度: 作成できません（報告書がない、前の年度が変わった）",
    ]


def test_a_build_in_which_nothing_stands_says_the_same_again(tmp_path: Path) -> None:
    root = lay_out_reference(tmp_path / "project")
    (root / "data/processed").mkdir(exist_ok=True)
    for sheet in (root / "data/raw/yamaguchi").glob("[HR]*.csv"):
        sheet.write_text(sheet.read_text(encoding="utf-8").replace("実施", "実旋"), encoding="utf-8")
    first = gyokaku("build", "--root", root)
    time.sleep(SETTLED_SECONDS)
    second = gyokaku("build", "--root", root)
    assert first.exit_code == second.exit_code == 1
    assert "R4.csv!D2: 「実施状況」の列がありません" in second.output
