"""The table that closes a build: aligned for full-width letters, coloured on a terminal only, true about old reports."""

from dataclasses import replace

import click
import pytest

from helpers.cli.terminal.result_table import result_lines
from helpers.cli.terminal.screen import Cell, say, shortened, table_lines, width
from helpers.errors import DataError
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.outcome import Outcome
from helpers.project import Target
from summaries import SUMMARY

R4, R3 = (Target("yamaguchi", FiscalYear(year)) for year in (2022, 2021))


def plain(lines):
    return [click.unstyle(line) for line in lines]


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("R4.csv", 6), ("令和4年度", 9), ("ｶﾞ", 2), ("か\u3099", 2), ("（−）", 5), ("─", 1)],
)
def test_a_full_width_letter_takes_two_columns(text, columns):
    assert width(text) == columns


def test_columns_stand_below_each_other_whatever_their_letters():
    rows = [
        [Cell("市"), Cell("9", {"fg": "red"}), Cell("x")],
        [Cell("a"), Cell("10"), Cell("y", {"dim": True})],
    ]
    lines = list(table_lines(["名", "数", "場所"], rows, right=["数"]))
    assert plain(lines) == ["名  数  場所", "────────────", "市   9  x", "a   10  y"]
    assert lines[2] == "市   \x1b[31m9\x1b[0m  x"


def test_a_row_per_report_tells_its_figures_and_its_place(tmp_path):
    outcomes = [Outcome(R3, SUMMARY, is_current=True), Outcome(R4, SUMMARY)]
    lines = list(result_lines(outcomes, tmp_path))
    assert plain(lines)[2:] == [
        "令和3年度      42       81.0%  373/376 一致（正誤3）  reports/yamaguchi/2021/",
        "令和4年度      42       81.0%  373/376 一致（正誤3）  reports/yamaguchi/2022/",
    ]
    assert click.style("reports/yamaguchi/2021/", dim=True) in lines[2]
    assert lines[3].endswith("  reports/yamaguchi/2022/")


def test_only_several_plans_are_told_apart(tmp_path):
    first, second = Outcome(R4, SUMMARY), Outcome(Target("umikaze", FiscalYear(2022)), SUMMARY)
    assert not plain(result_lines([first], tmp_path))[0].startswith("計画")
    heading, _, *rows, _ = plain(result_lines([first, second], tmp_path))
    assert heading.startswith("計画       年度")
    assert [row.split()[0] for row in rows] == ["yamaguchi", "umikaze"]


def test_the_share_is_that_of_the_plans_own_word(tmp_path):
    other = replace(SUMMARY, done="◎・○", done_share="50%")
    (heading, *_) = plain(result_lines([Outcome(R4, other)], tmp_path))
    assert "◎・○の割合" in heading
    heading, _, first, second, _ = plain(
        result_lines([Outcome(R4, SUMMARY), Outcome(Target("umikaze", FiscalYear(2022)), other)], tmp_path)
    )
    assert "  割合  " in heading
    assert ("実施 81.0%" in first, "◎・○ 50%" in second) == (True, True)


def test_what_does_not_fit_80_columns_says_the_place_once(tmp_path):
    long, other = (Target(name * 6, FiscalYear(2022)) for name in ("yamaguchi", "hagi"))
    (tmp_path / other.folder).mkdir(parents=True)
    (tmp_path / other.folder / "manifest.json").touch()
    lines = plain(result_lines([Outcome(long, SUMMARY), Outcome(other, error=DataError("誤り"))], tmp_path))
    assert max(map(width, lines)) <= 80
    assert lines[-1] == "場所: reports/計画のID/西暦の年度/"
    assert lines[-2].endswith("作成できません（前回のまま）")


def test_plans_are_named_also_beside_figures_that_leave_no_room_for_a_name(tmp_path):
    words = replace(SUMMARY, done="目標を上回った・目標を達成した・計画どおり進めている・おおむね順調")
    outcomes = [
        Outcome(Target(name, FiscalYear(2022)), each)
        for name, each in (("yamaguchi", words), ("umikaze-shinsei", SUMMARY))
    ]
    _, _, first, second, _ = plain(result_lines(outcomes, tmp_path))
    assert (first.split()[0], second.split()[0]) == ("yamaguchi", "umikaze-…")


@pytest.mark.parametrize(
    ("columns", "text"),
    [(9, "yamaguchi"), (8, "yamagu…"), (3, "y…"), (2, "…"), (0, "…"), (-5, "…")],
)
def test_a_text_is_cut_to_the_columns_that_there_are(columns, text):
    assert shortened("yamaguchi", columns) == text


def test_an_earlier_report_that_still_stands_is_shown_beside_the_failure(tmp_path):
    (tmp_path / R4.folder).mkdir(parents=True)
    (tmp_path / R4.folder / "manifest.json").touch()
    failed = [Outcome(target, error=DataError("誤り")) for target in (R3, R4)]
    *_, never_made, old = plain(result_lines(failed, tmp_path))
    assert never_made.split() == ["令和3年度", "-", "-", "作成できません", "-"]
    assert old.split() == ["令和4年度", "-", "-", "作成できません", "reports/yamaguchi/2022/（前回のまま）"]


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({}, "\x1b[31m誤り\x1b[0m\n"),
        ({"NO_COLOR": ""}, "\x1b[31m誤り\x1b[0m\n"),
        ({"NO_COLOR": "1"}, "誤り\n"),
        ({"TERM": "dumb"}, "誤り\n"),
    ],
)
def test_a_terminal_is_coloured_unless_it_cannot_or_nobody_wants_it(monkeypatch, capsys, environment, shown):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    say("誤り", fg="red")
    assert capsys.readouterr().out == shown


def test_a_pipe_gets_no_colour(capsys):
    say("誤り", fg="red")
    assert capsys.readouterr().out == "誤り\n"
