"""The commands as a user types them: output, exit codes, and what they do without."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cli import main
from helpers.errors import GyokakuError

REPOSITORY = Path(__file__).parents[2]
HEAVY = {"pandas", "numpy", "matplotlib", "papermill", "nbconvert", "nbformat", "jupyter_client", "IPython"}
# What a build with nothing to do has no use for either; email stands for importlib.metadata, which parses with it.
UNUSED = HEAVY | {"rich", "jinja2", "openpyxl", "filelock", "email", "lxml", "typst", "multiprocessing"}


@pytest.fixture
def root(tmp_path):
    for folder in ("data/raw", "notebooks"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def two_plans(root):
    """The reference plan, and the same under another name."""
    shutil.copytree(root / "data/raw/yamaguchi", root / "data/raw/hagi")
    change(root / "data/raw/hagi/plan.toml", 'id = "yamaguchi"', 'id = "hagi"')
    return root


def gyokaku(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args])


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def modules_after(*args):
    """The exit code of a command in a fresh process, and the top-level modules that it imported."""
    code = (
        "import json, sys\nfrom helpers.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        "print(json.dumps([code, sorted({name.partition('.')[0] for name in sys.modules})]))"
    )
    command = [sys.executable, "-P", "-c", code, *map(str, args)]
    output = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    exit_code, modules = json.loads(output.splitlines()[-1])
    return exit_code, set(modules)


def on_a_terminal(*args):
    """What a command that succeeds shows on a terminal of 80 columns, without colours."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    command = [sys.executable, "-P", "-c", "from helpers.cli import main; main()", *map(str, args)]
    environment = os.environ | {"COLUMNS": "80", "TERM": "xterm", "NO_COLOR": "1"}
    with subprocess.Popen(command, stdout=follower, stderr=follower, env=environment) as ended:
        os.close(follower)
        shown = b""
        try:
            while chunk := os.read(leader, 65536):
                shown += chunk
        except OSError:  # Linux says so when the last writer is gone.
            pass
        os.close(leader)
    assert ended.returncode == 0
    return shown.decode()


class TestHelp:
    @pytest.mark.parametrize(
        "args", [["--help"], ["build", "--help"], ["verify", "--help"], ["check", "--help"]]
    )
    def test_it_is_japanese_and_imports_nothing_heavy(self, args):
        exit_code, modules = modules_after(*args)
        assert exit_code == 0
        assert not modules & UNUSED
        text = gyokaku(*args).output
        assert "使い方: " in text
        assert "この説明を表示します" in text
        assert "Usage" not in text
        assert "Options" not in text

    def test_it_is_true_about_what_is_taken_where_no_plan_is_named(self, two_plans):
        told = "data/rawにあるすべての計画"
        for command in ("build", "verify", "years"):
            assert told in "".join(gyokaku(command, "--help").output.split())
        for command in ("check", "sheet", "diff"):
            assert told not in "".join(gyokaku(command, "--help").output.split())
        result = gyokaku("sheet", "R4", "--root", two_plans)
        assert (result.exit_code, "--plan で指定してください" in result.stderr) == (2, True)

    def test_without_a_command_it_is_shown_and_is_wrong_usage(self):
        result = gyokaku()
        assert result.exit_code == 2
        assert "報告書を作ります" in result.output


class TestErrors:
    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (["frobnicate"], "コマンド frobnicate はありません"),
            (["build", "--forse"], "オプション --forse はありません。近い名前: --force"),
            (["build", "abc"], "「abc」は年度ではありません"),
            (["build", "H32"], "にない年度です"),
            (["check"], "FILE... を指定してください"),
            (["check", "not_there.csv"], "not_there.csv がありません"),
            (["build", "--root", "/"], "data/raw と notebooks がありません"),
        ],
    )
    def test_wrong_usage_is_said_in_japanese_and_exits_2(self, args, message):
        result = gyokaku(*args)
        assert result.exit_code == 2
        assert message in result.stderr
        assert "Traceback" not in result.stderr

    @pytest.mark.parametrize("args", [["build"], ["worker", "tcp://127.0.0.1:1"]])
    def test_a_wrong_time_limit_is_wrong_usage_before_anything_is_started(self, root, monkeypatch, args):
        monkeypatch.setenv("GYOKAKU_ROOT", str(root))
        monkeypatch.setenv("GYOKAKU_CELL_SECONDS", "soon")
        monkeypatch.setenv("GYOKAKU_CLUSTER_SECONDS", "1")
        result = gyokaku(*args)
        assert result.exit_code == 2
        assert "GYOKAKU_CELL_SECONDS" in result.stderr

    def test_an_unknown_plan_is_wrong_usage(self, root):
        for command in ("build", "verify"):
            result = gyokaku(command, "--plan", "yamaguti", "--root", root)
            assert result.exit_code == 2
            assert "近い名前: yamaguchi" in result.stderr

    def test_an_error_of_ours_is_shown_once_without_traceback(self, root, monkeypatch):
        def fail(*_):
            raise GyokakuError("理由です")

        monkeypatch.setattr("helpers.cli.verify.run_verify", fail)
        result = gyokaku("verify", "--root", root)
        assert (result.exit_code, result.stderr) == (1, "理由です\n")

    def test_an_unexpected_error_is_said_in_japanese_with_its_traceback(self, root, monkeypatch):
        def fail(*_):
            raise ZeroDivisionError("x")

        monkeypatch.setattr("helpers.cli.verify.run_verify", fail)
        result = gyokaku("verify", "--root", root)
        assert result.exit_code == 1
        assert result.stderr.startswith("予期しないエラーです（ZeroDivisionError）")
        assert "Traceback" in result.stderr


class TestVerify:
    def test_every_published_figure_of_2022_is_met(self, root):
        result = gyokaku("verify", "令和4年度", "--root", root)
        assert result.exit_code == 0
        assert "yamaguchi 令和4年度: 373/376 一致、記録済みの正誤 3" in result.output
        assert "  by_policy: 112/112" in result.output
        assert "理由: " in result.output

    def test_a_changed_published_figure_is_shown_with_both_values(self, root):
        change(root / "data/raw/yamaguchi/published/2022/overall.csv", "81.0%", "81.1%")
        result = gyokaku("verify", "2022", "--root", root)
        assert result.exit_code == 1
        assert "不一致 1" in result.output
        assert "公表値「81.1%」、本書「81.0%」" in result.output

    def test_a_changed_status_is_shown(self, root):
        change(
            root / "data/raw/yamaguchi/R4.csv", "効果的な市政情報の提供,実施", "効果的な市政情報の提供,未実施"
        )
        result = gyokaku("verify", "R4", "--root", root)
        assert result.exit_code == 1
        assert "公表値「34」、本書「33」" in result.output

    def test_a_year_without_published_figures_is_not_called_good(self, root):
        result = gyokaku("verify", "R3", "--root", root)
        assert result.exit_code == 1
        assert "令和3年度: 公表値なし" in result.output
        assert gyokaku("verify", "--root", root).exit_code == 0

    def test_a_broken_sheet_is_said_and_the_others_are_compared(self, root):
        change(root / "data/raw/yamaguchi/H30.csv", "実施,27", "実施済,27")
        result = gyokaku("verify", "--root", root)
        assert result.exit_code == 1
        assert "H30.csv" in result.stderr

    def test_two_sheets_of_one_year_are_said_and_the_others_are_compared(self, root):
        folder = root / "data/raw/yamaguchi"
        shutil.copy(folder / "R4.csv", folder / "2022.csv")
        result = gyokaku("verify", "--root", root)
        assert result.exit_code == 1
        assert "二つあります（2022.csv、R4.csv）" in result.stderr
        assert "令和3年度: 公表値なし" in result.stdout

    def test_a_year_that_only_other_plans_have_is_not_asked_of_a_plan(self, two_plans):
        (two_plans / "data/raw/hagi/R4.csv").unlink()
        result = gyokaku("verify", "R4", "--root", two_plans)
        assert (result.exit_code, result.stderr) == (0, "")
        assert "hagi" not in result.stdout


class TestCheck:
    def test_a_good_sheet_has_no_findings(self):
        result = gyokaku("check", REPOSITORY / "data/raw/yamaguchi/R4.csv")
        assert (result.exit_code, result.output) == (0, "1ファイルを調べました: 誤りはありません\n")

    def test_findings_are_listed_with_a_summary(self, root):
        sheet = root / "data/raw/yamaguchi/R4.csv"
        change(sheet, "効果的な市政情報の提供,実施", "効果的な市政情報の提供,実施済")
        result = gyokaku("check", sheet, root / "data/raw/yamaguchi/R3.csv")
        assert result.exit_code == 1
        assert result.output.startswith("誤り R4.csv!D3: ")
        assert result.output.endswith("2ファイルを調べました: 誤り 1件、注意 0件\n")

    def test_json_says_the_same_to_machines(self, root):
        sheet = root / "data/raw/yamaguchi/R4.csv"
        change(sheet, "効果的な市政情報の提供,実施", "効果的な市政情報の提供,実施済")
        result = gyokaku("check", "--json", sheet)
        assert result.exit_code == 1
        record = json.loads(result.output)
        assert (record["errors"], record["warnings"]) == (1, 0)
        assert record["files"][0]["findings"][0]["place"] == "R4.csv!D3"

    def test_a_name_that_no_report_reads_is_warned_of_in_a_plans_folder_only(self, root, tmp_path_factory):
        sheet = root / "data/raw/yamaguchi/R4.csv"
        misnamed = sheet.rename(sheet.with_name("状況調査_R4.csv"))
        told = "状況調査_R4.csv: 名前が年度だけでないため読みません。R4.csv に直してください"
        result = gyokaku("check", misnamed)
        assert (result.exit_code, result.output.splitlines()[0]) == (0, f"注意 {told}")
        sent = shutil.copy(misnamed, tmp_path_factory.mktemp("sent"))
        assert "注意" not in gyokaku("check", sent, "--root", root).output

    def test_a_folder_is_not_taken_for_a_missing_file(self, root):
        result = gyokaku("check", root / "data", "--root", root)
        assert result.exit_code == 2
        assert "フォルダーです" in result.stderr

    def test_a_sheet_outside_a_plan_folder_is_checked_against_the_only_plan(self, root, tmp_path_factory):
        sheet = shutil.copy(root / "data/raw/yamaguchi/R4.csv", tmp_path_factory.mktemp("sent") / "2022.csv")
        assert gyokaku("check", sheet, "--root", root).exit_code == 0


@pytest.mark.slow
class TestBuild:
    def test_every_year_is_built_compared_listed_and_then_up_to_date(self, root):
        result = gyokaku("build", "--root", root)
        assert result.exit_code == 0, result.stderr
        rows = [line.split() for line in result.output.splitlines() if "reports/yamaguchi" in line]
        assert rows == [
            ["平成30年度", "40", "67.5%", "公表値なし", "reports/yamaguchi/2018/"],
            ["令和3年度", "42", "76.2%", "公表値なし", "reports/yamaguchi/2021/"],
            ["令和4年度", "42", "81.0%", "373/373", "一致（正誤3）", "reports/yamaguchi/2022/"],
        ]
        index = (root / "reports/index.html").read_text(encoding="utf-8")
        assert all(f'"yamaguchi/{year}/report.html"' in index for year in (2018, 2021, 2022))
        assert (root / "reports/yamaguchi/2022/report.pdf").read_bytes().startswith(b"%PDF-")
        before = index
        exit_code, modules = modules_after("build", "--root", root)
        assert exit_code == 0
        assert not modules & UNUSED
        assert (root / "reports/index.html").read_text(encoding="utf-8") == before

    def test_a_difference_from_the_published_figures_is_said(self, root):
        change(root / "data/raw/yamaguchi/published/2022/overall.csv", "81.0%", "81.1%")
        result = gyokaku("build", "R4", "--root", root)
        assert result.exit_code == 1
        assert "公表値と違う数値が1件あります" in result.stderr
        assert "公表値「81.1%」、本書「81.0%」" in result.stderr
        assert not (root / "reports/yamaguchi/2022").exists()

    def test_a_year_without_a_sheet_is_said_and_exits_1(self, root):
        result = gyokaku("build", "R2", "--root", root)
        assert result.exit_code == 1
        assert (
            "yamaguchi 令和2年度 の報告書を作れませんでした\n  令和2年度の状況調査がありません"
            in result.stderr
        )
        assert "reports/yamaguchi" not in result.output

    def test_a_broken_sheet_is_shown_once_and_later_years_are_withheld(self, root):
        sheet = root / "data/raw/yamaguchi/R3.csv"
        change(sheet, "効果的な市政情報の提供,実施", "効果的な市政情報の提供,実施済")
        result = gyokaku("build", "R3", "R4", "--root", root)
        assert result.exit_code == 1
        assert result.stderr.count("R3.csv!D4: ") == 1
        assert (
            "令和3年度の状況調査（R3.csv）に誤りがあるため、令和4年度の報告書は更新しません" in result.stderr
        )

    def test_the_old_report_of_a_year_that_cannot_be_made_is_told_of(self, root):
        assert gyokaku("build", "H30", "--root", root).exit_code == 0
        change(root / "data/raw/yamaguchi/H30.csv", "27", "二十七")
        result = gyokaku("build", "H30", "--root", root)
        assert result.exit_code == 1
        (row,) = [line for line in result.output.splitlines() if line.startswith("平成30年度")]
        assert row.split() == [
            "平成30年度",
            "-",
            "-",
            "作成できません",
            "reports/yamaguchi/2018/（前回のまま）",
        ]

    def test_on_a_terminal_a_bar_per_report_that_is_made_and_a_table_of_80_columns(self, root):
        text = on_a_terminal("build", "R4", "--root", root)
        assert "━" in text
        assert "PDF" in text
        assert "373/373 一致（正誤3）" in text
        assert "reports/yamaguchi/2022/" in text
        text = on_a_terminal("build", "R4", "--root", root)
        assert "━" not in text
        assert text.splitlines()[0] == "yamaguchi 令和4年度: 最新です"


class TestYears:
    def test_it_lists_every_sheet_and_what_is_known_of_its_year(self, root):
        lines = gyokaku("years", "--root", root).output.splitlines()
        assert lines == [
            "yamaguchi（山口市）",
            "  平成30年度  H30.csv",
            "  令和3年度  R3.csv",
            "  令和4年度  R4.csv  公表値あり",
        ]

    def test_it_imports_nothing_heavy(self, root):
        exit_code, modules = modules_after("years", "--root", root)
        assert (exit_code, modules & UNUSED) == (0, set())

    def test_json_is_the_matrix_of_reports(self, root):
        (root / "data/raw/yamaguchi/R3.csv").unlink()
        result = gyokaku("years", "--root", root, "--json")
        assert json.loads(result.output) == [
            {"plan": "yamaguchi", "year": 2018},
            {"plan": "yamaguchi", "year": 2022},
        ]

    def test_a_plan_that_cannot_be_used_is_said_and_the_others_are_listed(self, two_plans):
        (two_plans / "data/raw/hagi/items.csv").unlink()
        as_json = gyokaku("years", "--root", two_plans, "--json")
        assert {row["plan"] for row in json.loads(as_json.stdout)} == {"yamaguchi"}
        as_text = gyokaku("years", "--root", two_plans)
        assert as_text.stdout.startswith("yamaguchi（山口市）\n")
        for result in (as_json, as_text):
            assert result.exit_code == 1
            assert result.stderr.startswith("計画 hagi を使えません\n  items.csv")


@pytest.mark.slow
def test_why_tells_of_each_report_what_changed(root):
    assert gyokaku("build", "H30", "--why", "--root", root).stdout.count("作成（まだ作られていない）") == 1
    assert (
        "yamaguchi 平成30年度: 省略（作った時から何も変わっていない）"
        in gyokaku("build", "H30", "--why", "--root", root).stdout
    )
    change(root / "data/raw/yamaguchi/plan.toml", "# 値の意味", "# 値のいみ")
    assert (
        "作成（計画の設定 plan.toml が変わった）" in gyokaku("build", "H30", "--why", "--root", root).stdout
    )
