"""The commands as a user types them: output, exit codes, and what they do without."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands import GYOKAKU, gyokaku, on_a_terminal
from helpers.cli import main
from helpers.cli.terminal.screen import width
from helpers.errors import GyokakuError
from made_reports import lay_out_reference, replaced

HEAVY = {"pandas", "numpy", "matplotlib", "papermill", "nbconvert", "nbformat", "jupyter_client", "IPython"}
# A build with nothing to do needs these neither; email stands for importlib.metadata, which parses with it.
UNUSED = HEAVY | {
    "rich", "jinja2", "openpyxl", "filelock", "email", "lxml", "typst", "multiprocessing", "rfc3987_syntax",
}  # fmt: skip
PLAN = "data/raw/yamaguchi"
FIRST_STATUS = "効果的な市政情報の提供,実施"


def modules_after(*arguments: object) -> tuple[int, set[str]]:
    """The exit code of a command in a fresh process, and the top-level modules that it imported."""
    code = (
        "import json, sys\nfrom helpers.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        "print(json.dumps([code, sorted({name.partition('.')[0] for name in sys.modules})]))"
    )
    command = [sys.executable, "-P", "-c", code, *map(str, arguments)]
    output = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    exit_code, modules = json.loads(output.splitlines()[-1])
    return exit_code, set(modules)


# ---- help and wrong usage ----


@pytest.mark.parametrize("command", ["", "build", "verify", "check"])
def test_help_is_japanese_and_imports_nothing_heavy(command: str) -> None:
    arguments = [*command.split(), "--help"]
    exit_code, modules = modules_after(*arguments)
    assert (exit_code, modules & UNUSED) == (0, set())
    text = gyokaku(*arguments).output
    assert "使い方: " in text and "この説明を表示します" in text
    assert "Usage" not in text and "Options" not in text


@pytest.mark.parametrize("command", ["", *main.commands])
def test_help_fits_a_terminal_of_80_columns(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = gyokaku(*command.split(), "--help").output.splitlines()
    assert len(lines) > 5 and max(map(width, lines)) <= 80
    # Each command is listed in one line.
    assert command or len(lines[lines.index("コマンド:") :]) == 1 + len(main.commands)


def test_help_is_true_about_what_is_taken_where_no_plan_is_named(two_plans: Path) -> None:
    every = "data/rawにあるすべての計画"
    takes_every = {
        command: every in "".join(gyokaku(command, "--help").output.split())
        for command in ("build", "verify", "years", "check", "sheet", "diff")
    }
    assert [command for command, takes in takes_every.items() if takes] == ["build", "verify", "years"]
    result = gyokaku("sheet", "R4", "--root", two_plans)
    assert (result.exit_code, "--plan で指定してください" in result.stderr) == (2, True)


def test_without_a_command_the_help_is_shown_and_it_is_wrong_usage() -> None:
    result = gyokaku()
    assert (result.exit_code, "報告書を作ります" in result.output) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("frobnicate", "コマンド frobnicate はありません"),
        ("build --forse", "オプション --forse はありません。近い名前: --force"),
        ("doctor --foo", "オプション --foo はありません\n"),
        ("--root . years", "オプション --root はありません。コマンドのオプションは、コマンドの名前の後に書きます"),
        ("init umibe --from --root .", "--from に値を指定してください"),
        ("build abc", "「abc」は年度ではありません"),
        ("build yamaguchi", "例: 2022、R4、令和4年度。計画のIDは --plan で指定します\n"),
        ("years yamaguchi", "余分な指定があります: yamaguchi。計画のIDは --plan で指定します\n"),
        ("init umibe --year abc", "例: 2022、R4、令和4年度\n"),
        ("build H32", "にない年度です"),
        ("build --jobs x", "--jobs: 「x」は使えません（1以上の整数"),
        ("build --jobs 0", "--jobs: 「0」は使えません（1以上の整数"),
        ("cluster-keys x --days 4000", "--days: 「4000」は使えません（1以上3650以下の整数"),
        ("build --jobs", "--jobs に値を指定してください"),
        ("build --force=1", "--force に値は付けられません"),
        ("sheet R4 R5", "余分な指定があります: R5"),
        ("diff a", "B を指定してください"),
        ("diff a b --format pdf", "--format: 「pdf」は使えません（text、markdown、html のどれか"),
        ("init", "ID を指定してください"),
        ("--version=1", "--version に値は付けられません"),
        ("diff 2021 R2", "令和2年度の状況調査がありません（状況調査のある年度: 平成30年度、令和3年度、令和4年度）"),
        ("diff 2021 R4 -o reports/a.txt", "reports/a.txt は報告書のフォルダー（reports）の中なので"),
        ("build --root /", "data/raw と notebooks がありません"),
        ("build --plan yamaguti", "近い名前: yamaguchi"),
        ("verify --plan yamaguti", "近い名前: yamaguchi"),
        ("verify --bundle not_there", "--bundle のフォルダー not_there がありません"),
        ("verify --bundle data/raw/yamaguchi/R4.csv", "--bundle の data/raw/yamaguchi/R4.csv はフォルダーではありません"),
        ("check", "FILE... を指定してください"),
        ("check not_there.csv", "not_there.csv がありません"),
        ("check data", "data はフォルダーです"),
    ],
)  # fmt: skip
def test_wrong_usage_is_said_in_japanese_and_exits_2(
    reference_project: Path, monkeypatch: pytest.MonkeyPatch, arguments: str, message: str
) -> None:
    monkeypatch.chdir(reference_project)
    (reference_project / "reports").mkdir()
    result = gyokaku(*arguments.split())
    assert result.exit_code == 2
    assert message in result.stderr
    english = re.search(
        r"Traceback|Error|Usage|Try |Invalid|Option |Missing|unexpected|argument", result.stderr
    )
    assert english is None


@pytest.mark.parametrize("arguments", [["build"], ["worker", "tcp://127.0.0.1:1"]])
def test_a_wrong_time_limit_is_wrong_usage_before_anything_is_started(
    reference_project: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("GYOKAKU_ROOT", str(reference_project))
    monkeypatch.setenv("GYOKAKU_CELL_SECONDS", "soon")
    monkeypatch.setenv("GYOKAKU_CLUSTER_SECONDS", "1")
    result = gyokaku(*arguments)
    assert (result.exit_code, "GYOKAKU_CELL_SECONDS" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (GyokakuError("理由です"), "理由です\n"),
        (ZeroDivisionError("x"), "予期しないエラーです（ZeroDivisionError）。"),
    ],
)
def test_an_error_is_shown_once_and_with_a_traceback_only_where_it_is_unexpected(
    reference_project: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    # The package has a command of the module's name, too.
    monkeypatch.setattr(import_module("helpers.cli.verify"), "run_verify", fail)
    result = gyokaku("verify", "--root", reference_project)
    assert result.exit_code == 1
    assert result.stderr.startswith(message)
    assert ("Traceback" in result.stderr) is not isinstance(error, GyokakuError)


# ---- verify and check ----


def test_every_published_figure_of_2022_is_met(reference_project: Path) -> None:
    result = gyokaku("verify", "令和4年度", "--root", reference_project)
    assert result.exit_code == 0
    for line in ("yamaguchi 令和4年度: 373/376 一致、記録済みの正誤 3", "  by_policy: 112/112", "理由: "):
        assert line in result.output


@pytest.mark.parametrize(
    ("year", "file", "old", "new", "messages"),
    [
        ("2022", "published/2022/overall.csv", "81.0%", "81.1%", ["不一致 1", "公表値「81.1%」、本書「81.0%」"]),
        ("R4", "R4.csv", FIRST_STATUS, "効果的な市政情報の提供,未実施", ["公表値「34」、本書「33」"]),
        # Asked for by name, a year without published figures is not all right.
        ("R3", "R4.csv", "", "", ["令和3年度: 公表値なし"]),
        ("", "H30.csv", "実施,27", "実施済,27", ["H30.csv!", "令和4年度: 照合できません"]),
    ],
)  # fmt: skip
def test_verify_tells_what_differs_and_exits_1(
    reference_project: Path, year: str, file: str, old: str, new: str, messages: list[str]
) -> None:
    replaced(reference_project / PLAN / file, {old: new})
    result = gyokaku("verify", *year.split(), "--root", reference_project)
    assert result.exit_code == 1
    assert [message for message in messages if message not in result.output] == []


def test_a_year_without_published_figures_is_passed_over_where_all_are_compared(
    reference_project: Path,
) -> None:
    assert gyokaku("verify", "--root", reference_project).exit_code == 0


def test_two_sheets_of_one_year_are_said_and_the_others_are_compared(reference_project: Path) -> None:
    shutil.copy(reference_project / PLAN / "R4.csv", reference_project / PLAN / "2022.csv")
    result = gyokaku("verify", "--root", reference_project)
    assert result.exit_code == 1
    assert "二つあります（2022.csv、R4.csv）" in result.stderr
    assert "令和3年度: 公表値なし" in result.stdout


def test_each_of_two_sheets_of_one_year_is_checked_with_a_word_on_the_other(reference_project: Path) -> None:
    shutil.copy(reference_project / PLAN / "R4.csv", reference_project / PLAN / "2022.csv")
    for name in ("R4.csv", "2022.csv"):
        result = gyokaku("check", reference_project / PLAN / name)
        assert result.exit_code == 1
        assert "二つあります（2022.csv、R4.csv）" in result.stdout


def test_a_year_that_only_other_plans_have_is_not_asked_of_a_plan(two_plans: Path) -> None:
    (two_plans / "data/raw/hagi/R4.csv").unlink()
    result = gyokaku("verify", "R4", "--root", two_plans)
    assert (result.exit_code, result.stderr, "hagi" in result.stdout) == (0, "", False)


def test_a_good_sheet_has_no_findings(root: Path) -> None:
    result = gyokaku("check", root / PLAN / "R4.csv")
    assert (result.exit_code, result.output) == (0, "1ファイルを調べました: 誤りはありません\n")


def test_findings_are_listed_with_a_summary_or_as_json(reference_project: Path) -> None:
    sheet = reference_project / PLAN / "R4.csv"
    replaced(sheet, {FIRST_STATUS: "効果的な市政情報の提供,実施済"})
    result = gyokaku("check", sheet, reference_project / PLAN / "R3.csv")
    assert result.exit_code == 1
    assert result.output.startswith("誤り R4.csv!D3: ")
    assert result.output.endswith("2ファイルを調べました: 誤り 1件、注意 0件\n")
    result = gyokaku("check", "--json", sheet)
    assert result.exit_code == 1
    record = json.loads(result.output)
    assert (record["errors"], record["warnings"]) == (1, 0)
    assert record["files"][0]["findings"][0]["place"] == "R4.csv!D3"


def test_a_name_that_no_report_reads_is_warned_of_in_a_plans_folder_only(
    reference_project: Path, tmp_path: Path
) -> None:
    misnamed = (reference_project / PLAN / "R4.csv").rename(reference_project / PLAN / "状況調査_R4.csv")
    warning = "状況調査_R4.csv: 名前が年度だけでないため読みません。R4.csv に直してください"
    result = gyokaku("check", misnamed)
    assert (result.exit_code, result.output.splitlines()[0]) == (0, f"注意 {warning}")
    # Outside a plan's folder, a sheet is checked against the only plan.
    result = gyokaku("check", shutil.copy(misnamed, tmp_path / "2022.csv"), "--root", reference_project)
    assert (result.exit_code, "注意" in result.output) == (0, False)


# ---- build ----


@pytest.fixture(scope="module")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The reference project with its three reports, and how their build went."""
    project = lay_out_reference(tmp_path_factory.mktemp("first"))
    return project, gyokaku("build", "--root", project)


@pytest.fixture
def built(first_build: tuple[Path, Result], tmp_path: Path) -> Path:
    """A copy of the project with its three reports."""
    return Path(shutil.copytree(first_build[0], tmp_path / "built"))


@pytest.mark.slow
def test_every_year_is_built_compared_listed_and_then_up_to_date(first_build: tuple[Path, Result]) -> None:
    project, result = first_build
    assert result.exit_code == 0, result.stderr
    rows = [line.split() for line in result.output.splitlines() if "reports/yamaguchi" in line]
    assert rows == [
        ["平成30年度", "40", "67.5%", "公表値なし", "reports/yamaguchi/2018/"],
        ["令和3年度", "42", "76.2%", "公表値なし", "reports/yamaguchi/2021/"],
        ["令和4年度", "42", "81.0%", "373/376", "一致（正誤3）", "reports/yamaguchi/2022/"],
    ]
    index = (project / "reports/index.html").read_text(encoding="utf-8")
    assert all(f'"yamaguchi/{year}/report.html"' in index for year in (2018, 2021, 2022))
    assert (project / "reports/yamaguchi/2022/report.pdf").read_bytes().startswith(b"%PDF-")
    exit_code, modules = modules_after("build", "--root", project)
    assert (exit_code, modules & UNUSED) == (0, set())
    assert (project / "reports/index.html").read_text(encoding="utf-8") == index


@pytest.mark.slow
@pytest.mark.parametrize(
    ("years", "file", "old", "new", "messages"),
    [
        ("R4", "published/2022/overall.csv", "81.0%", "81.1%",
         ["公表値と違う数値が1件あります", "公表値「81.1%」、本書「81.0%」"]),
        ("R2", "R3.csv", "", "", ["yamaguchi 令和2年度 の報告書を作れませんでした\n  令和2年度の状況調査がありません"]),
        ("R3 R4", "R3.csv", FIRST_STATUS, "効果的な市政情報の提供,実施済",
         ["R3.csv!D4: ", "令和3年度の状況調査（R3.csv）に誤りがあるため、令和4年度の報告書は更新しません"]),
    ],
)  # fmt: skip
def test_a_report_that_cannot_be_made_is_said_once_with_its_reason(
    reference_project: Path, years: str, file: str, old: str, new: str, messages: list[str]
) -> None:
    replaced(reference_project / PLAN / file, {old: new})
    result = gyokaku("build", *years.split(), "--root", reference_project)
    assert result.exit_code == 1
    assert [result.stderr.count(message) for message in messages] == [1] * len(messages)
    assert not list(reference_project.glob("reports/yamaguchi/2*"))


@pytest.mark.slow
def test_of_a_year_that_cannot_be_made_the_old_report_stays(built: Path) -> None:
    replaced(built / PLAN / "H30.csv", {"27": "二十七"})
    result = gyokaku("build", "H30", "--root", built)
    assert result.exit_code == 1
    (row,) = [line.split() for line in result.output.splitlines() if line.startswith("平成30年度")]
    assert row == ["平成30年度", "-", "-", "作成できません", "reports/yamaguchi/2018/（前回のまま）"]


@pytest.mark.slow
def test_on_a_terminal_a_bar_per_report_that_is_made_and_a_table_of_80_columns(built: Path) -> None:
    code, text = on_a_terminal("build", "R4", "--root", built)
    assert code == 0 and "━" not in text
    assert text.splitlines()[0] == "yamaguchi 令和4年度: 最新です"
    shutil.rmtree(built / "reports/yamaguchi/2022")
    code, text = on_a_terminal("build", "R4", "--why", "--root", built)
    assert code == 0
    for part in (
        "━",
        "PDF",
        "373/376 一致（正誤3）",
        "reports/yamaguchi/2022/",
        "作成（まだ作られていない）",
    ):
        assert part in text


@pytest.mark.slow
def test_why_tells_of_each_report_what_changed(built: Path) -> None:
    build = ("build", "H30", "--why", "--root", built)
    assert "yamaguchi 平成30年度: 省略（作った時から何も変わっていない）" in gyokaku(*build).stdout
    replaced(built / PLAN / "plan.toml", {"# 値の意味": "# 値のいみ"})
    assert "作成（計画の設定 plan.toml が変わった）" in gyokaku(*build).stdout


# ---- years ----


def test_years_lists_every_sheet_and_imports_nothing_heavy(reference_project: Path) -> None:
    assert gyokaku("years", "--root", reference_project).output.splitlines() == [
        "yamaguchi（山口市）",
        "  平成30年度  H30.csv  合計のみ",
        "  令和元年度  状況調査なし",
        "  令和2年度  状況調査なし",
        "  令和3年度  R3.csv  導出",
        "  令和4年度  R4.csv  公表値あり",
    ]
    exit_code, modules = modules_after("years", "--root", reference_project)
    assert (exit_code, modules & UNUSED) == (0, set())


def test_a_plan_that_cannot_be_used_is_said_and_the_others_are_listed(two_plans: Path) -> None:
    (two_plans / "data/raw/hagi/items.csv").unlink()
    as_json, as_text = gyokaku("years", "--root", two_plans, "--json"), gyokaku("years", "--root", two_plans)
    # The list is the matrix of the reports that the workflow builds.
    rows = [{"plan": "yamaguchi", "year": year} for year in (2018, 2021, 2022)]
    assert json.loads(as_json.stdout) == rows
    assert as_text.stdout.startswith("yamaguchi（山口市）\n")
    for result in (as_json, as_text):
        assert result.exit_code == 1
        assert result.stderr.startswith("計画 hagi を使えません\n  items.csv")


# ---- every way to call it ----


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "helpers", "sheet"], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "使い方の誤りです: YEAR を指定してください")
    assert done.stderr.splitlines()[1:] == [
        "使い方: gyokaku sheet [オプション] YEAR",
        "gyokaku sheet --help で使い方を表示します",
    ]


def test_the_version_is_that_of_the_package() -> None:
    done = subprocess.run([*GYOKAKU, "--version"], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "gyokaku 0.1.0\n")


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("gyokaku ve", {"verify"}),
        ("gyokaku build ", {"H30", "R3", "R4"}),
        ("gyokaku build R", {"R3", "R4"}),
        ("gyokaku diff R", {"R3", "R4"}),
        ("gyokaku diff 2021 20", {"2018", "2021", "2022"}),
        ("gyokaku diff 2021 data/", {"data/"}),  # the shell's own completion of files goes on from here
        ("gyokaku verify 20", {"2018", "2021", "2022"}),
        ("gyokaku sheet H", {"H30"}),
        ("gyokaku sheet 202", {"2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027"}),
        ("gyokaku build --plan y", {"yamaguchi"}),
        ("gyokaku build --fo", {"--force"}),
        ("gyokaku diff --format m", {"markdown"}),
    ],
)
def test_a_shell_completes_commands_options_plans_and_years(
    reference_project: Path, monkeypatch: pytest.MonkeyPatch, words: str, completed: set[str]
) -> None:
    monkeypatch.chdir(reference_project)
    cursor = str(words.count(" "))
    asked = {"_GYOKAKU_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": cursor}
    done = CliRunner().invoke(main, prog_name="gyokaku", env=asked)
    assert (done.exit_code, done.stderr) == (0, "")
    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == completed


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_lines_that_a_shell_reads_for_completion_are_printed(shell: str) -> None:
    environment = os.environ | {"_GYOKAKU_COMPLETE": f"{shell}_source"}
    done = subprocess.run(GYOKAKU, env=environment, capture_output=True, encoding="utf-8")
    assert (done.returncode, "_gyokaku_completion" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("command", "remains"),
    [("check data/raw/yamaguchi/R4.csv", ""), ("verify R4", ""), ("-q check data/raw/yamaguchi/R4.csv", "")],
)
def test_quiet_leaves_out_what_went_well(
    reference_project: Path, monkeypatch: pytest.MonkeyPatch, command: str, remains: str
) -> None:
    monkeypatch.chdir(reference_project)
    result = gyokaku(*command.split(), *([] if command.startswith("-q") else ["--quiet"]))
    assert (result.exit_code, result.output) == (0, remains)


def test_quiet_says_what_is_wrong(reference_project: Path) -> None:
    sheet = reference_project / PLAN / "R4.csv"
    replaced(sheet, {FIRST_STATUS: "効果的な市政情報の提供,実施済"})
    result = gyokaku("check", "--quiet", sheet)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "R4.csv!D3" in result.output
    replaced(sheet, {"効果的な市政情報の提供,実施済": "効果的な市政情報の提供,未実施"})
    result = gyokaku("verify", "R4", "-q", "--root", reference_project)
    assert (result.exit_code, "不一致" in result.output) == (1, True)


def test_two_years_are_compared_by_their_sheets(reference_project: Path) -> None:
    result = gyokaku("diff", "2021", "令和4年度", "--root", reference_project)
    assert (result.exit_code, "7 地域に飛び出す行政職員の育成: 一部実施 → 実施" in result.stdout) == (1, True)
    sheet = reference_project / PLAN / "R3.csv"
    assert gyokaku("diff", "R3", sheet, "--root", reference_project).exit_code == 0
