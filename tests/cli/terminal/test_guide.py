"""``gyokaku`` alone: on a terminal it asks, and says the command that it runs; elsewhere the help is shown."""

import os
import subprocess
from pathlib import Path
from threading import Timer

import pytest

from commands import GYOKAKU


def typed(folder: Path, *answers: str) -> tuple[int, str]:
    """The exit code and the output of ``gyokaku`` on a terminal at which somebody types these lines."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    environment = os.environ | {"COLUMNS": "80", "TERM": "xterm", "NO_COLOR": "1"}
    with subprocess.Popen(
        GYOKAKU, stdin=follower, stdout=follower, stderr=follower, env=environment, cwd=folder
    ) as asking:
        os.close(follower)
        watch = Timer(60, asking.kill)
        watch.start()
        for answer in answers:
            os.write(leader, f"{answer}\n".encode())
        shown = b""
        try:
            while chunk := os.read(leader, 65536):
                shown += chunk
        except OSError:  # Linux says so when the last writer is gone.
            pass
        os.close(leader)
        watch.cancel()
    return asking.returncode, shown.decode().replace("\r\n", "\n")


def test_the_newest_sheet_is_offered_for_a_check(reference_project: Path) -> None:
    code, shown = typed(reference_project, "1", "")
    assert code == 0
    assert (
        "実行します: gyokaku check data/raw/yamaguchi/R4.csv\n1ファイルを調べました: 誤りはありません"
        in shown
    )


def test_a_plan_is_begun_with_an_id_and_a_sheet(reference_project: Path) -> None:
    code, shown = typed(reference_project, "9", "3", "", "umibe", "")
    assert code == 0
    assert "1から6までの番号を入力してください" in shown and "計画のIDを入力してください" in shown
    assert "実行します: gyokaku init umibe\n" in shown
    assert (reference_project / "data/raw/umibe/plan.toml").is_file()


def test_a_wrong_year_is_said_as_by_the_command_itself(reference_project: Path) -> None:
    code, shown = typed(reference_project, "2", "soon")
    assert (code, "実行します: gyokaku build soon\n「soon」は年度ではありません" in shown) == (2, True)


@pytest.mark.parametrize("answer", ["q", ""])
def test_whoever_wants_nothing_gets_nothing(reference_project: Path, answer: str) -> None:
    code, shown = typed(reference_project, answer)
    assert (code, "実行します" in shown) == (0, False)


def test_an_input_that_ends_is_an_interruption(reference_project: Path) -> None:
    code, shown = typed(reference_project, "1", "\x04")
    assert (code, "中断しました" in shown) == (130, True)


def test_outside_of_a_project_a_file_is_asked_for(tmp_path: Path) -> None:
    code, shown = typed(tmp_path, "1", "", "none.csv")
    assert (code, "none.csv がありません" in shown) == (2, True)
