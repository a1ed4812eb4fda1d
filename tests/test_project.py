import pytest

from helpers.errors import UsageError
from helpers.project import checked_root, find_plan_ids, find_root


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
    with pytest.raises(UsageError, match="data/raw と notebooks のあるフォルダーがありません"):
        find_root(tmp_path_factory.mktemp("another"))


def test_a_named_folder_that_is_no_project_is_refused(root, monkeypatch):
    monkeypatch.setenv("GYOKAKU_ROOT", str(root / "data"))
    with pytest.raises(UsageError, match="GYOKAKU_ROOT"):
        find_root()
    with pytest.raises(UsageError, match="--root"):
        checked_root(root / "data", "--root ")


def test_a_plan_is_a_folder_with_a_plan_file(root):
    assert find_plan_ids(root) == ("a", "b")
