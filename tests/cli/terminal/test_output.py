"""Files that a command writes where the user says."""

import errno
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from commands import gyokaku
from helpers.cli.terminal.output import Output
from helpers.errors import UsageError, WriteError
from small_city import City


@pytest.fixture
def root(city: City) -> Path:
    """The small city, with two versions of a sheet to compare and a folder to write to."""
    root = city({2020: "完了 進行中 未着手 完了"})
    (root / "out").mkdir()
    sheet = root / "data/raw/machi/2020.csv"
    (root / "2020.csv").write_text(sheet.read_text("utf-8").replace("完了", "未着手"), encoding="utf-8")
    return root


def diff(root: Path, file: object, *more: object) -> Result:
    sheets = root / "data/raw/machi/2020.csv", root / "2020.csv"
    return gyokaku("diff", *sheets, "--root", root, "-o", file, *more)


def check(root: Path, file: object, *more: object) -> Result:
    return gyokaku("check", root / "2020.csv", "--root", root, "--mark-up", file, *more)


def sheet(root: Path, file: object, *more: object) -> Result:
    return gyokaku("sheet", "2021", "--root", root, "-o", file, *more)


WRITERS = {"diff": diff, "check": check, "sheet": sheet}
every_writer = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)


def tree(root: Path) -> dict[str, object]:
    """Every file with its bytes, every folder, every link with where it leads."""
    return {
        str(path): path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
    }


@every_writer
def test_a_file_that_is_there_is_replaced_only_when_asked(root: Path, write: Callable[..., Result]) -> None:
    file = root / "out" / "x.xlsx"
    file.write_bytes(b"mine")
    before = tree(root)
    refused = write(root, file)
    assert refused.exit_code == 2
    option = "--mark-up" if write is check else "-o"
    remedy = f"別の名前を {option} で指定するか、--overwrite を付けてください"
    assert refused.stderr == f"{file} はすでにあります。{remedy}\n"
    assert tree(root) == before
    assert write(root, file, "--overwrite").exit_code in (0, 1)
    assert file.read_bytes() != b"mine"


@every_writer
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("folder.xlsx", "フォルダーなので、書き込めません"),
        ("pipe.xlsx", "ふつうのファイルではないもの（装置など）なので、書き込めません"),
        ("../data/raw/machi/2021.xlsx", "計画のデータのフォルダーの中なので"),
        ("../data/raw/machi/published/2020/overall.xlsx", "計画のデータのフォルダーの中なので"),
        ("into.xlsx", "計画のデータのフォルダーの中なので"),
        ("none/x.xlsx", "none というフォルダーがありません"),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused_whatever_is_asked(
    root: Path, write: Callable[..., Result], name: str, message: str
) -> None:
    (root / "out/folder.xlsx").mkdir()
    os.mkfifo(root / "out/pipe.xlsx")
    (root / "data/raw/machi/published/2020").mkdir(parents=True)
    (root / "out/into.xlsx").symlink_to(root / "data/raw/machi/2022.xlsx")
    before = {path: kept for path, kept in tree(root).items() if not path.endswith("pipe.xlsx")}
    for more in ([], ["--overwrite"]):
        refused = write(root, root / "out" / name, *more)
        assert (refused.exit_code, message in refused.stderr) == (2, True), refused.stderr
    assert {path: kept for path, kept in tree(root).items() if not path.endswith("pipe.xlsx")} == before


@pytest.mark.parametrize("link", [os.link, os.symlink, None])
@pytest.mark.parametrize("write", [diff, check])
def test_no_command_writes_over_what_it_reads(
    root: Path, write: Callable[..., Result], link: Callable[..., None] | None
) -> None:
    sheet = root / "2020.xlsx"
    (root / "2020.csv").rename(sheet)
    shutil.copy(sheet, root / "2020.csv")
    file = sheet
    if link is not None:
        link(root / "2020.csv", file := root / "out/again.xlsx")
    else:
        file.unlink()
        os.link(root / "2020.csv", file)
    before = tree(root)
    refused = write(root, file, "--overwrite")
    assert (refused.exit_code, "このコマンドが読むファイルです" in refused.stderr) == (2, True)
    assert tree(root) == before


def test_a_sheet_that_is_compared_stays(root: Path) -> None:
    # A command typed in a hurry: the output is one of the sheets.
    before = tree(root)
    for sheet in (root / "data/raw/machi/2020.csv", root / "2020.csv"):
        for more in ([], ["--overwrite"]):
            refused = diff(root, sheet, *more)
            assert (refused.exit_code, "別の名前を -o で指定してください" in refused.stderr) == (2, True)
    assert tree(root) == before


def test_nothing_is_written_into_a_folder_that_is_compared(root: Path) -> None:
    for name in ("a", "b"):
        (root / name / "tables").mkdir(parents=True)
    refused = gyokaku("diff", root / "a", root / "b", "-o", root / "b/tables/difference.html")
    assert (refused.exit_code, "このコマンドが読むファイルです" in refused.stderr) == (2, True)
    assert list((root / "b/tables").iterdir()) == []


def test_a_name_as_long_as_the_disk_takes_can_be_written_and_a_longer_one_is_told(root: Path) -> None:
    for characters, suffix in ((83, "xx.xlsx"), (250, ".xlsx")):  # 256 bytes and over, in UTF-8
        longer = root / "out" / ("表" * characters + suffix)
        for write in WRITERS.values():
            refused = write(root, longer)
            assert refused.exit_code in (1, 2)
            assert "名前が長すぎます" in refused.stderr, refused.stderr
    longest = root / "out" / ("表" * 83 + "x.xlsx")  # 255 bytes
    assert sheet(root, longest).exit_code == 0
    assert [file.name for file in (root / "out").iterdir()] == [longest.name]


def test_what_cannot_be_written_is_told_as_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "refused")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(WriteError, match=r"x\.xlsx に書き込めません: 書き込みの権限がないか") as caught:
        Output(tmp_path / "x.xlsx", "-o", overwrite=False).write(b"data")
    assert "（場所は -o で変えられます）" in str(caught.value)
    assert not [word for word in ("報告書", "公開") if word in str(caught.value)]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_came_while_the_command_worked_stays(tmp_path: Path) -> None:
    output = Output(tmp_path / "x.xlsx", "-o", overwrite=False)
    output.check()
    output.file.write_bytes(b"mine")
    with pytest.raises(UsageError, match="すでにあります"):
        output.write(b"data")
    assert output.file.read_bytes() == b"mine"


@pytest.mark.parametrize("write", [check, sheet])
def test_a_clock_before_1980_changes_no_byte(
    root: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[..., Result]
) -> None:
    assert write(root, root / "out/today.xlsx").exit_code in (0, 1)
    past = time.gmtime(86400 * 365 * 9)  # the last day of 1978: zip files begin in 1980
    monkeypatch.setattr(time, "localtime", lambda *_: past)
    assert write(root, root / "out/past.xlsx").exit_code in (0, 1)
    assert (root / "out/past.xlsx").read_bytes() == (root / "out/today.xlsx").read_bytes()
