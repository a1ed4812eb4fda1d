"""Two revisions of the data: read from git alone, compared year by year."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from commands import git

REPOSITORY = Path(__file__).parents[3]
Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with the reference data as its first commit, tagged ``first``."""
    root = tmp_path / "project"
    shutil.copytree(REPOSITORY / "data" / "raw", root / "data" / "raw")
    (root / "notebooks").mkdir()
    git(root, "init", "-q", "-b", "main")
    commit(root)
    git(root, "tag", "first")
    return root


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")


def replace(root: Path, name: str, old: str, new: str) -> None:
    file = root / "data" / "raw" / "yamaguchi" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_flipped_status_reaches_the_tables_that_count_it(project: Path, run: Run) -> None:
    replace(project, "R4.csv", "庁内における支援体制の確立,実施", "庁内における支援体制の確立,一部実施")
    commit(project)
    result = run("first", "HEAD", "--root", project)
    assert result.exit_code == 1, result.output
    assert "■ yamaguchi 令和4年度: 実施状況が変わった項目 1件" in result.stdout
    assert "  5 庁内における支援体制の確立: 実施 → 一部実施\n" in result.stdout
    assert "表「計画全体の実施状況」\n  実施 ／ 令和4年度 項目数: 34 → 33\n" in result.stdout
    assert "令和3年度:" not in result.stdout


def test_one_revision_twice_is_silent_whatever_the_working_tree_holds(project: Path, run: Run) -> None:
    replace(project, "R4.csv", "実施", "未実施")
    before = git(project, "status", "--porcelain")
    result = run("first", "main", "--root", project)
    assert (result.exit_code, result.output) == (0, "")
    assert git(project, "status", "--porcelain") == before


def test_changed_plan_files_are_told_by_key_and_cell(project: Path, run: Run) -> None:
    replace(project, "items.csv", "効果的な市政情報の提供", "市政情報の効果的な提供")
    replace(project, "R4.csv", "効果的な市政情報の提供", "市政情報の効果的な提供")
    replace(project, "R3.csv", "効果的な市政情報の提供", "市政情報の効果的な提供")
    commit(project)
    result = run("first", "HEAD", "--root", project, "--year", "R4")
    assert result.exit_code == 1
    assert "データファイル「items.csv」\n" in result.stdout
    assert "推進項目: 効果的な市政情報の提供 → 市政情報の効果的な提供" in result.stdout


def test_a_year_on_one_side_only_is_told(project: Path, run: Run) -> None:
    (project / "data/raw/yamaguchi/R3.csv").unlink()
    commit(project)
    assert "「令和3年度の状況調査」がなくなりました" in run("first", "HEAD", "--root", project).stdout


def test_a_new_year_is_told_by_its_counts_and_what_moved(project: Path, run: Run) -> None:
    (project / "data/raw/yamaguchi/R4.csv").unlink()
    commit(project)
    result = run("HEAD", "first", "--root", project, "--year", "R4")
    assert result.exit_code == 1, result.output
    assert (
        "「令和4年度の状況調査」が加わりました\n42項目（実施 34、一部実施 8）\n「実施」の割合 81.0%\n"
        "令和3年度から実施状況が動いた項目は2件です\n"
    ) in result.stdout
    assert "  7 地域に飛び出す行政職員の育成: 一部実施 → 実施\n" in result.stdout


def test_a_new_city_is_told_year_by_year(project: Path, run: Run) -> None:
    shutil.copytree(project / "data/raw/yamaguchi", project / "data/raw/hagi")
    file = project / "data/raw/hagi/plan.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('id = "yamaguchi"', 'id = "hagi"'), encoding="utf-8"
    )
    commit(project)
    result = run("first", "HEAD", "--root", project)
    assert result.exit_code == 1, result.output
    assert "■ hagi 令和4年度: " in result.stdout and "「実施」の割合 81.0%" in result.stdout
    assert "「平成30年度の状況調査」が加わりました\n「実施」の割合 67.5%" in result.stdout


def test_a_sheet_that_cannot_be_read_is_trouble_and_named(project: Path, run: Run) -> None:
    replace(project, "R4.csv", "庁内における支援体制の確立,実施", "庁内における支援体制の確立,完璧")
    commit(project)
    result = run("first", "HEAD", "--root", project, "--format", "markdown")
    assert result.exit_code == 2
    assert "HEAD の yamaguchi 令和4年度: R4.csv!D" in result.stderr
    assert "比べられなかったもの" in result.stdout and "完璧" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("first", "nowhere"), "「nowhere」は、フォルダーでもファイルでも git の版でもありません"),
        (("first", "main", "--plan", "hagi"), "「hagi」という計画はどちらの版にもありません"),
        (("first", "main", "--year", "2030"), "令和12年度の状況調査は、どちらの版"),
        (("first", "--output=evil"), "B"),
    ],
)
def test_what_git_does_not_have_is_trouble(
    project: Path, run: Run, arguments: tuple[str, ...], message: str
) -> None:
    result = run(*arguments, "--root", project)
    assert result.exit_code == 2
    assert message in result.stderr


def test_links_are_not_followed_out_of_the_repository(project: Path, run: Run, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("番号,実施状況\n1,実施\n", encoding="utf-8")
    (project / "data/raw/yamaguchi/R5.csv").symlink_to(secret)
    commit(project)
    result = run("first", "HEAD", "--root", project)
    assert (result.exit_code, result.output) == (0, "")
