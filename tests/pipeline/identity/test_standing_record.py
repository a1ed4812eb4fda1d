"""What stands is not read again, and nothing that was changed is ever taken for what stood."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from exact_project import ExactProject

from helpers.files.writing import sha256_of
from helpers.pipeline.identity.standing_record import FILE, StandingRecord

SHEET, PAGE = "data/raw/yamaguchi/R4.csv", "reports/yamaguchi/2022/report.html"
SETTLED = 3.2  # seconds after which no clock of a file system gives the same time again


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExactProject]:
    """A project whose reports were made, left alone for a while, and then found up to date."""
    project = ExactProject(tmp_path_factory.mktemp("standing"))
    with project.stand_in():
        project.build()
        time.sleep(SETTLED)
        assert project.build(accepted="").made == ()
        yield project


def known(root: Path) -> list[str]:
    """The plans of which nothing has to be read."""
    record = StandingRecord.open(root, ["umikaze", "yamaguchi"])
    return [plan_id for plan_id in ("umikaze", "yamaguchi") if record.plan(plan_id)]


@pytest.fixture
def root(standing: ExactProject, tmp_path: Path) -> Iterator[Path]:
    """The project, moved to and fro: what the test does to a file is undone by putting the very same one back."""
    kept = {path: tmp_path / str(number) for number, path in enumerate((SHEET, PAGE, FILE))}
    for path, copy in kept.items():
        shutil.copy2(standing.root / path, copy)
    yield standing.root
    for path, copy in kept.items():
        (standing.root / path).unlink(missing_ok=True)
        shutil.copy2(copy, standing.root / path)
    time.sleep(SETTLED)
    assert standing.build(accepted="").made == ()


def test_what_stands_is_known_by_the_state_of_its_files(standing: ExactProject) -> None:
    assert known(standing.root) == ["umikaze", "yamaguchi"]
    again = standing.build(accepted="")
    assert again.made == ()
    assert set(again.why.values()) == {("作った時から何も変わっていない",)}


def other_bytes_of_the_same_size(file: Path) -> None:
    """Written in place, with the times put back."""
    about, content = file.stat(), file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))


def another_file_of_the_same_size_and_times(file: Path) -> None:
    other = file.with_name("other")
    other.write_bytes(file.read_bytes()[::-1])
    shutil.copystat(file, other)
    other.replace(file)


def a_link_to_a_file_elsewhere(file: Path) -> None:
    elsewhere = file.parents[3] / "elsewhere"
    shutil.copy2(file, elsewhere)
    file.unlink()
    file.symlink_to(elsewhere)


def no_file(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize("path", [SHEET, PAGE])
@pytest.mark.parametrize(
    "change",
    [
        other_bytes_of_the_same_size,
        another_file_of_the_same_size_and_times,
        a_link_to_a_file_elsewhere,
        no_file,
    ],
    ids=lambda change: change.__name__,
)
def test_a_changed_file_makes_its_plan_be_read(root: Path, path: str, change: Callable[[Path], None]) -> None:
    change(root / path)
    assert known(root) == ["umikaze"]


def test_what_changed_within_a_tick_of_the_clock_is_not_kept(standing: ExactProject) -> None:
    file = standing.root / SHEET
    file.write_bytes(content := file.read_bytes())
    standing.build(accepted="")  # finds all as it was, but too soon to tell a later change by its time
    assert file.read_bytes() == content
    assert known(standing.root) == ["umikaze"]
    time.sleep(SETTLED)
    standing.build(accepted="")
    assert known(standing.root) == ["umikaze", "yamaguchi"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content.replace(b'"items": 4', b'"items": 5'),
        lambda content: sha256_of(b"[]").encode() + b"\n[]",
    ],
)
def test_a_record_that_is_not_as_it_was_written_says_nothing(
    root: Path, spoil: Callable[[bytes], bytes]
) -> None:
    content = (root / FILE).read_bytes()
    assert json.loads(content.partition(b"\n")[2])["plans"].keys() == {"umikaze", "yamaguchi"}
    (root / FILE).write_bytes(spoil(content) if spoil(content) != content else b"x" + content)
    assert known(root) == []


def test_a_copy_of_the_project_is_read(standing: ExactProject, tmp_path: Path) -> None:
    shutil.copytree(standing.root, tmp_path / "copy")
    assert known(tmp_path / "copy") == []
