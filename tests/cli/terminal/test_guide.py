"""``gyokaku`` alone: on a terminal it asks, and says the command that it runs; elsewhere the help is shown."""

from pathlib import Path

import pytest

from commands import on_a_terminal


def test_the_newest_sheet_is_offered_for_a_check(reference_project: Path) -> None:
    code, shown = on_a_terminal(answers=["1", ""], folder=reference_project)
    assert code == 0
    assert (
        "実行します: gyokaku check data/raw/yamaguchi/R4.csv\n1ファイルを調べました: 誤りはありません"
        in shown
    )


def test_a_plan_is_begun_with_an_id_and_a_sheet(reference_project: Path) -> None:
    code, shown = on_a_terminal(answers=["9", "3", "", "umibe", ""], folder=reference_project)
    assert code == 0
    assert "1から6までの番号を入力してください" in shown and "計画のIDを入力してください" in shown
    assert "実行します: gyokaku init umibe\n" in shown
    assert (reference_project / "data/raw/umibe/plan.toml").is_file()


def test_a_wrong_year_is_said_as_by_the_command_itself(reference_project: Path) -> None:
    code, shown = on_a_terminal(answers=["2", "soon"], folder=reference_project)
    assert (code, "実行します: gyokaku build soon\n「soon」は年度ではありません" in shown) == (2, True)


@pytest.mark.parametrize("answer", ["q", ""])
def test_whoever_wants_nothing_gets_nothing(reference_project: Path, answer: str) -> None:
    code, shown = on_a_terminal(answers=[answer], folder=reference_project)
    assert (code, "実行します" in shown) == (0, False)


def test_an_input_that_ends_is_an_interruption(reference_project: Path) -> None:
    code, shown = on_a_terminal(answers=["1", "\x04"], folder=reference_project)
    assert (code, "中断しました" in shown) == (130, True)


def test_outside_of_a_project_a_file_is_asked_for(tmp_path: Path) -> None:
    code, shown = on_a_terminal(answers=["1", "", "none.csv"], folder=tmp_path)
    assert (code, "none.csv がありません" in shown) == (2, True)
