"""``gyokaku doctor``: all is well here, and each thing that is not has its remedy."""

import os
import subprocess
from pathlib import Path

import pytest

from commands import GYOKAKU

pytestmark = pytest.mark.slow


def doctor(root: Path, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        [*GYOKAKU, "doctor", "--root", root], env=os.environ | environment, capture_output=True, timeout=120
    )
    assert done.stderr == b""
    return done.returncode, done.stdout.decode(environment.get("PYTHONIOENCODING", "utf-8"))


def bad(output: str) -> list[str]:
    """The names of the checks that failed, each of which has a remedy below it."""
    lines = output.splitlines()
    failed = [number for number, line in enumerate(lines) if line.startswith("不良")]
    assert [lines[number + 1].startswith("      直し方: ") for number in failed] == [True] * len(failed)
    return [lines[number].split()[1].rstrip(":") for number in failed]


def test_here_all_is_well_even_in_a_temporary_folder_with_a_long_name(
    reference_project: Path, tmp_path: Path
) -> None:
    folder = tmp_path / ("a" * 120)
    folder.mkdir()
    code, output = doctor(reference_project, TMPDIR=str(folder))
    assert (code, bad(output)) == (0, [])
    lines = output.splitlines()
    assert len(lines) == 9 and lines[-1] == "報告書を作れます"
    assert folder.name in output


@pytest.mark.parametrize("closed", [1, 2])
def test_a_kernel_starts_where_a_stream_is_closed(reference_project: Path, closed: int) -> None:
    done = subprocess.run(
        [*GYOKAKU, "doctor", "--root", reference_project],
        capture_output=True,
        preexec_fn=lambda: os.close(closed),
        timeout=120,
    )
    if closed == 1:
        assert done.stderr.decode() == "標準出力に書き込めません: 出力先が閉じられています\n"
    else:
        assert (done.returncode, bad(done.stdout.decode())) == (0, [])


def test_what_is_missing_is_named_with_its_remedy(tmp_path: Path) -> None:
    code, output = doctor(tmp_path)
    assert (code, bad(output)) == (1, ["プロジェクト", "書き込み"])
    assert "data/raw と notebooks がありません" in output
    assert output.splitlines()[-1].startswith("上の「不良」を直してから")


def test_a_project_without_a_plan_says_how_to_begin_one(tmp_path: Path) -> None:
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    code, output = doctor(tmp_path)
    assert (code, bad(output)) == (1, ["プロジェクト"])
    assert "gyokaku init" in output


def test_a_folder_of_reports_that_is_a_file_is_not_written_to(reference_project: Path) -> None:
    (reference_project / "reports").write_bytes(b"")
    code, output = doctor(reference_project)
    assert (code, bad(output)) == (1, ["書き込み"])


@pytest.mark.parametrize(("encoding", "is_good"), [("cp932", True), ("cp1252", False)])
def test_a_code_page_that_lacks_japanese_is_told_even_there(
    reference_project: Path, encoding: str, is_good: bool
) -> None:
    code, output = doctor(reference_project, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert code == (0 if is_good else 1)
    assert ("PYTHONUTF8=1" in output) is not is_good
