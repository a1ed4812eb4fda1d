import pytest

from helpers.errors import DataError, PlanFileError, UsageError
from helpers.plan.reading.plan_file import load_plan
from helpers.project import (
    checked_plan_id,
    checked_root,
    chosen_plan_ids,
    chosen_root,
    find_plan_ids,
    find_root,
    sole_plan_id,
)


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("GYOKAKU_ROOT", raising=False)
    for folder in ("data/raw/b", "data/raw/a", "data/raw/no_plan", "notebooks/deep"):
        (tmp_path / folder).mkdir(parents=True)
    for plan in "ab":
        (tmp_path / "data/raw" / plan / "plan.toml").touch()
    return tmp_path


def test_the_nearest_folder_upwards_is_found(root, monkeypatch):
    monkeypatch.chdir(root / "notebooks/deep")
    assert find_root() == find_root(root) == find_root(root / "data/raw/a") == root


def test_the_environment_decides_unless_a_start_is_given(root, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    monkeypatch.setenv("GYOKAKU_ROOT", str(root))
    assert find_root() == root
    with pytest.raises(
        UsageError, match="data/raw と notebooks のあるフォルダーがありません。コマンドの後に --root"
    ):
        find_root(tmp_path_factory.mktemp("another"))


def test_a_plan_is_a_folder_with_a_plan_file_that_init_was_not_killed_over(root):
    (root / "data/raw/.c-x1y2").mkdir()
    (root / "data/raw/.c-x1y2/plan.toml").touch()
    assert find_plan_ids(root) == ("a", "b")


@pytest.mark.parametrize("name", ["Plan.toml", "plan.toml.txt"])
def test_a_folder_whose_plan_file_is_called_otherwise_is_a_plan_that_reading_refuses(root, name):
    (root / "data/raw/d").mkdir()
    (root / "data/raw/d" / name).touch()
    assert find_plan_ids(root) == ("a", "b", "d")
    with pytest.raises(PlanFileError, match=r"plan\.toml がありません"):
        load_plan(root / "data/raw/d")


def test_a_named_folder_counts_before_one_that_could_be_found(root, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(root)
    assert chosen_root(None) == root
    other = tmp_path_factory.mktemp("other")
    for folder in ("data/raw", "notebooks"):
        (other / folder).mkdir(parents=True)
    assert chosen_root(other) == other


def test_all_plans_are_chosen_unless_one_is_named_and_the_only_one_is_meant(root):
    assert chosen_plan_ids(root) == ("a", "b")
    assert chosen_plan_ids(root, "b") == ("b",)
    assert sole_plan_id(root, "b") == "b"
    (root / "data/raw/b/plan.toml").unlink()
    assert sole_plan_id(root) == "a"


@pytest.mark.parametrize(
    ("choose", "message"),
    [
        (lambda root: checked_root(root / "data", "--root "), "^--root で指定された"),
        (lambda root: chosen_root(root / "data"), "^--root で指定された"),
        (lambda root: find_root(), "^環境変数 GYOKAKU_ROOTで指定された"),
        (lambda root: chosen_plan_ids(root, "no_plan"), r"「no_plan」という計画はありません（計画: a、b）$"),
        (lambda root: sole_plan_id(root), r"計画が2件あります（a、b）。.*--plan"),
    ],
)
def test_what_is_no_project_or_not_one_plan_is_refused(root, monkeypatch, choose, message):
    monkeypatch.setenv("GYOKAKU_ROOT", str(root / "data"))
    with pytest.raises(UsageError, match=message):
        choose(root)


def test_without_any_plan_it_is_said_where_plans_belong(root):
    for plan in "ab":
        (root / "data/raw" / plan / "plan.toml").unlink()
    with pytest.raises(DataError, match="計画がありません。data/raw/"):
        sole_plan_id(root)
    with pytest.raises(UsageError, match="（計画: なし）"):
        checked_plan_id(root, "a")
