"""One bad file stops one plan: its finding names it, and whatever else was asked for is done."""

import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner
from quick_build import short_report

from commands import GYOKAKU, gyokaku
from helpers.cli import main
from helpers.files.nesting import DEEPEST
from helpers.pipeline import beside, job
from helpers.pipeline.workers import Workers
from small_city import lay_out

BAD, GOOD = "areta", "machi"
Make = Callable[[Path], None]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two plans of the small city, the bad one first by name, and builds that make short reports."""
    lay_out(tmp_path, {2020: "完了 進行中 未着手 完了"})
    (tmp_path / "data/raw" / GOOD).rename(tmp_path / "data/raw" / BAD)
    plan = tmp_path / "data/raw" / BAD / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace(f'"{GOOD}"', f'"{BAD}"'), encoding="utf-8")
    lay_out(tmp_path, {2020: "完了 進行中 未着手 完了"})
    for notebook in ("ingest", "annual_report"):
        (tmp_path / "notebooks" / f"{notebook}.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(job, "make_report", short_report("short"))
    monkeypatch.setattr(beside, "load_finishing", lambda: None)
    monkeypatch.setattr(Workers, "start", lambda self: None)
    return tmp_path


def folder(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.mkdir()


def dangling(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.symlink_to(file.parent / "none")


def circle(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.symlink_to(file)


def pipe(file: Path) -> None:
    file.unlink(missing_ok=True)
    os.mkfifo(file)


def latin(file: Path) -> None:
    file.write_bytes(b'id = "\xfc"\n')


def more(text: str) -> Make:
    def make(file: Path) -> None:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(text)

    return make


BROKEN_LINK = "リンク先のないリンクです。ファイルそのものを置いてください"
IS_FOLDER = "ファイルではなくフォルダーです。ファイルを指定してください"
IS_OTHER = "ふつうのファイルではないもの（装置など）です。"
NO_ENCODING = "文字を読めません（UTF-8 でも Shift_JIS でもありません）。"
LONG_CELL = "一つの欄の文字が多すぎます（上限32,767字）。"
TOO_DEEP = DEEPEST + 1
# The defect of a file of the first plan → the finding of every command.
PLAN_FILES: dict[str, tuple[str, Make, str]] = {
    "plan is a folder": ("plan.toml", folder, f"plan.toml: {IS_FOLDER}"),
    "plan leads nowhere": ("plan.toml", dangling, f"plan.toml: {BROKEN_LINK}"),
    "plan leads in a circle": ("plan.toml", circle, f"plan.toml: {BROKEN_LINK}"),
    "plan is a pipe": ("plan.toml", pipe, f"plan.toml: {IS_OTHER}"),
    "plan is no UTF-8": ("plan.toml", latin, "plan.toml!1行目: 文字を読めません（UTF-8 ではありません）。"),
    "plan is deep in brackets": ("plan.toml", more(f"x = {'[' * TOO_DEEP}{']' * TOO_DEEP}\n"),
                                 f"plan.toml!38行目: 括弧が深すぎます（{DEEPEST}段まで）。"),
    "plan is deep in names": ("plan.toml", more(" . ".join("x" * TOO_DEEP) + " = 1\n"),
                              f"plan.toml!38行目: 点でつないだ名前が深すぎます（{DEEPEST}段まで）。"),
    "plan has a long number": ("plan.toml", more(f"x = {'1' * 201}\n"),
                               "plan.toml!38行目: 引用符のない語が長すぎます（200字まで）。"),
    "items are a folder": ("items.csv", folder, f"items.csv: {IS_FOLDER}"),
    "items are not there": ("items.csv", Path.unlink, "items.csv がありません。推進項目の一覧を置いてください"),
    "items lead nowhere": ("items.csv", dangling, f"items.csv: {BROKEN_LINK}"),
    "items are a pipe": ("items.csv", pipe, f"items.csv: {IS_OTHER}"),
    "items are in no encoding": ("items.csv", latin, f"items.csv!1行目: {NO_ENCODING}"),
    "items have a long cell": ("items.csv", more(f"5,1,{'長' * 32_768},2020,\n"), f"items.csv!6行目: {LONG_CELL}"),
    "items have a cell beyond what csv reads": ("items.csv", more(f"5,1,{'長' * 330_000},2020,\n"),
                                                f"items.csv!6行目: {LONG_CELL}"),
}  # fmt: skip
GOOD_SHEET, BAD_SHEET = f"data/raw/{GOOD}/2020.csv", f"data/raw/{BAD}/2020.csv"
# Each command, its exit code, and output that shows its work on the other plan ("" for none).
COMMANDS: dict[str, tuple[list[str], int, str]] = {
    "build": (["build"], 1, f"{GOOD} 令和2年度: 作成しました"),
    "verify": (["verify"], 1, f"{GOOD} 令和2年度: 公表値なし"),
    "years": (["years"], 1, f"{GOOD}（架空町）"),
    "years as JSON": (["years", "--json"], 1, f'{{"plan": "{GOOD}", "year": 2020}}'),
    "check": (["check", BAD_SHEET, GOOD_SHEET], 1, "2ファイルを調べました: 誤り 1件、注意 0件"),
    "sheet": (["sheet", "2021", "--plan", BAD, "-o", "new.xlsx"], 1, ""),
    "diff": (["diff", BAD_SHEET, GOOD_SHEET], 2, ""),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("bad", PLAN_FILES)
def test_a_plan_file_that_cannot_be_used(
    root: Path, monkeypatch: pytest.MonkeyPatch, bad: str, command: str
) -> None:
    name, make, finding = PLAN_FILES[bad]
    make(root / "data/raw" / BAD / name)
    holds(root, monkeypatch, command, finding)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        *((name, command) for name in ("plan.toml", "items.csv") for command in COMMANDS),
        *(("2020.csv", command) for command in ("build", "check", "sheet", "diff")),
    ],
)
def test_a_file_that_may_not_be_read(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, command: str
) -> None:
    forbid(root / "data/raw" / BAD / name, monkeypatch)
    holds(root, monkeypatch, command, f"{name}: ファイルを読む権限がありません。")


@pytest.mark.parametrize("command", ["build", "verify", "sheet"])
@pytest.mark.parametrize(
    ("make", "finding"),
    [(folder, "中に表計算のファイルがないフォルダーです。"), (dangling, BROKEN_LINK)],
)
def test_a_sheet_that_is_no_file(
    root: Path, monkeypatch: pytest.MonkeyPatch, make: Make, finding: str, command: str
) -> None:
    make(root / BAD_SHEET)
    if command == "verify":  # reads the sheets of years that have published figures
        published = root / "data/raw" / BAD / "published/2020/overall.csv"
        published.parent.mkdir(parents=True)
        published.write_text("実施状況\n", encoding="utf-8")
    holds(root, monkeypatch, command, f"2020.csv: {finding}")


@pytest.mark.parametrize(
    ("make", "finding"),
    [
        (folder, "published/2020/overall.csv: フォルダーなので、読めません。"),
        (dangling, "published/2020/overall.csv: リンクの先がないため、読めません。ファイルそのものを"),
        (
            latin,
            f"overall.csv!1行目: {NO_ENCODING}「CSV UTF-8」で",
        ),
    ],
)
def test_a_published_table_that_cannot_be_read(
    root: Path, monkeypatch: pytest.MonkeyPatch, make: Make, finding: str
) -> None:
    file = root / "data/raw" / BAD / "published/2020/overall.csv"
    file.parent.mkdir(parents=True)
    make(file)
    holds(root, monkeypatch, "verify", finding)


@pytest.mark.parametrize("command", ["build", "verify", "years", "years as JSON", "check", "sheet"])
def test_a_plan_folder_that_may_not_be_looked_into(
    root: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    real = os.listdir

    def refuse(path: object = ".") -> object:
        if Path(str(path)) == root / "data/raw" / BAD:
            raise PermissionError(errno.EACCES, "refused", str(path))
        return real(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "listdir", refuse)
    holds(root, monkeypatch, command, f"{BAD}: フォルダーを読めません（refused）。読み取りの権限を")


@pytest.mark.parametrize("command", ["build", "verify", "years", "years as JSON"])
@pytest.mark.parametrize("name", ["長" * 85, os.fsdecode(b"\xff\xfe"), "a\nb"])
def test_a_plan_folder_whose_name_is_no_id(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, command: str
) -> None:
    (root / "data/raw" / BAD).rename(root / "data/raw" / name)
    holds(root, monkeypatch, command, "plan.toml!id: ")


# Each command, and the file that its work leaves.
WRITING = {
    "build": (["build"], f"reports/{GOOD}/2020/report.html", 1),
    "verify": (["verify"], "", 1),
    "years": (["years"], "", 1),
    "check": (["check", GOOD_SHEET, "--mark-up", "new.xlsx"], "new.xlsx", 1),
    "sheet": (["sheet", "2021", "--plan", GOOD, "-o", "new.xlsx"], "new.xlsx", 1),
    "init": (["init", "tsugi"], "data/raw/tsugi/plan.toml", 1),
    "diff": (["diff", GOOD_SHEET, "2020.csv"], "", 2),
    "help": (["build", "--help"], "", 1),
    "version": (["--version"], "", 1),
}


@pytest.mark.parametrize("stream", ["full", "closed"])
@pytest.mark.parametrize("command", WRITING)
def test_an_output_that_takes_nothing_is_told_and_stops_no_work(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    stream: str,
) -> None:
    arguments, there, exit_code = WRITING[command]
    monkeypatch.chdir(root)
    Path("2020.csv").write_text(Path(GOOD_SHEET).read_text("utf-8").replace("未着手", "完了"), "utf-8")
    with ExitStack() as stack:
        full = stack.enter_context(open("/dev/full", "w")) if stream == "full" else None  # noqa: PTH123
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(SystemExit) as end:
            main(arguments, "gyokaku")
    assert end.value.code == exit_code
    why = "ディスクの空きがありません。" if stream == "full" else "出力先が閉じられています\n"
    message = capsys.readouterr().err.replace(f"写しを作りました: {there}\n", "")
    assert message.startswith(("標準出力に書き込めません: " + why, "公表値のある年度がないため"))
    assert "標準出力に書き込めません: " + why in message
    assert "Traceback" not in message
    assert (root / there).exists()


@pytest.mark.parametrize("code_page", ["cp932", "latin-1", "ascii", "utf-8"])
def test_a_code_page_that_lacks_a_character_shows_another_instead(
    root: Path, monkeypatch: pytest.MonkeyPatch, code_page: str
) -> None:
    monkeypatch.chdir(root)
    sheet = Path(GOOD_SHEET)
    sheet.write_text(sheet.read_text("utf-8").replace("完了", "𠮷〜", 1), encoding="utf-8")
    (root / "data/raw" / BAD).rename(root / "data/raw" / os.fsdecode(b"\xff"))
    runner = CliRunner(charset=code_page)
    texts = {}
    for arguments in (
        ["check", GOOD_SHEET],
        ["check", "--json", GOOD_SHEET],
        ["years"],
        ["build"],
        ["diff", GOOD_SHEET, GOOD_SHEET],
        ["check", "〜.csv"],
        ["--help"],
    ):
        result = runner.invoke(main, arguments)
        assert isinstance(result.exception, SystemExit | None), arguments
        assert "Traceback" not in result.stderr, arguments
        # click writes UTF-8 where the code page is ASCII.
        texts[" ".join(arguments)] = result.stdout_bytes.decode(
            "utf-8" if code_page == "ascii" else code_page
        )
    shown = {"cp932": "「\\U00020bb7～」", "latin-1": "\\u300c\\U00020bb7\\u301c\\u300d"}
    assert shown.get(code_page, "「𠮷〜」") in texts[f"check {GOOD_SHEET}"]
    (file,) = json.loads(texts[f"check --json {GOOD_SHEET}"])["files"]
    assert "「𠮷〜」" in file["findings"][0]["message"]


def test_a_reader_that_has_had_enough_ends_a_command_without_a_word(root: Path) -> None:
    command = [*GYOKAKU, "years", "--root", str(root)]
    for unbuffered in ("", "1"):
        environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment, check=False)
        os.close(writing)
        assert (done.returncode, done.stderr) == (1, b"")


def holds(root: Path, monkeypatch: pytest.MonkeyPatch, command: str, finding: str) -> None:
    """The command tells the finding, does the other plan's work, starts a new plan still, and says nothing else."""
    monkeypatch.chdir(root)
    arguments, exit_code, done = COMMANDS[command]
    result = gyokaku(*arguments)
    assert result.exit_code == exit_code, result.output
    assert finding in result.output
    assert done in result.output
    assert "予期しないエラー" not in result.output
    assert not (root / "new.xlsx").exists()
    if command == "build":
        assert f'href="{GOOD}/2020/report.html"' in (root / "reports/index.html").read_text("utf-8")
        assert not (root / "reports" / BAD / "2020").exists()
    assert gyokaku("init", "tsugi").exit_code == 0


def forbid(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file answer as one of another user does; the tests may run as root, who may read every file."""
    real = io.open

    def refuse(path: object, *args: object, **named: object) -> object:
        if isinstance(path, str | os.PathLike) and Path(path).absolute() == file:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
        return real(path, *args, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(io, "open", refuse)
