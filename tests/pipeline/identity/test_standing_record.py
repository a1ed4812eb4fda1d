"""What stands is not read again, and nothing that was changed is ever taken for what stood."""

import copy
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


def known(project: ExactProject) -> list[str]:
    """The plans of which nothing has to be read."""
    record = StandingRecord.open(project.root, ["umikaze", "yamaguchi"])
    return [plan_id for plan_id in ("umikaze", "yamaguchi") if record.plan(plan_id)]


def copied(project: ExactProject, root: Path) -> ExactProject:
    """The same project in another folder."""
    other = copy.copy(project)
    other.root = Path(shutil.copytree(project.root, root))
    return other


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


CHANGES = {
    f"{change.__name__} {path}": (change, path)
    for change in (
        other_bytes_of_the_same_size,
        another_file_of_the_same_size_and_times,
        a_link_to_a_file_elsewhere,
        no_file,
    )
    for path in (SHEET, PAGE)
}
SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "an empty file": lambda content: b"",
    "a byte less": lambda content: content[:-1],
    "another number": lambda content: content.replace(b'"items": 4', b'"items": 5'),
    "another shape": lambda content: sha256_of(b"[]").encode() + b"\n[]",
}
UNTOUCHED, TOUCHED = "untouched", "touched"


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, ExactProject]]:
    """A project for each case whose reports were made, left alone for a while, and then found up to date."""
    folder = tmp_path_factory.mktemp("standing")
    project = ExactProject(folder)
    with project.stand_in():
        project.build()
        cases = (UNTOUCHED, TOUCHED, *CHANGES)
        projects = {case: copied(project, folder / str(number)) for number, case in enumerate(cases)}
        time.sleep(SETTLED)
        for each in projects.values():
            assert each.build(accepted="").made == ()
        yield projects


def test_what_stands_is_known_by_the_state_of_its_files(standing: dict[str, ExactProject]) -> None:
    assert known(standing[UNTOUCHED]) == ["umikaze", "yamaguchi"]
    again = standing[UNTOUCHED].build(accepted="")
    assert again.made == ()
    assert set(again.why.values()) == {("作った時から何も変わっていない",)}


@pytest.mark.parametrize("case", CHANGES)
def test_a_changed_file_makes_its_plan_be_read(standing: dict[str, ExactProject], case: str) -> None:
    assert known(standing[case]) == ["umikaze", "yamaguchi"]
    change, path = CHANGES[case]
    change(standing[case].root / path)
    assert known(standing[case]) == ["umikaze"]


def test_what_changed_within_a_tick_of_the_clock_is_not_kept(standing: dict[str, ExactProject]) -> None:
    project = standing[TOUCHED]
    file = project.root / SHEET
    file.write_bytes(content := file.read_bytes())
    project.build(accepted="")  # finds all as it was, but too soon to tell a later change by its time
    assert file.read_bytes() == content
    assert known(project) == ["umikaze"]
    time.sleep(SETTLED)
    assert project.build(accepted="").made == ()
    assert known(project) == ["umikaze", "yamaguchi"]


@pytest.mark.parametrize("case", SPOILT)
def test_a_record_that_is_not_as_it_was_written_says_nothing(
    standing: dict[str, ExactProject], case: str
) -> None:
    file = standing[UNTOUCHED].root / FILE
    content = file.read_bytes()
    assert json.loads(content.partition(b"\n")[2])["plans"].keys() == {"umikaze", "yamaguchi"}
    spoilt = SPOILT[case](content)
    file.write_bytes(spoilt if spoilt != content else b"x" + content)
    try:
        assert known(standing[UNTOUCHED]) == []
    finally:
        file.write_bytes(content)


def test_a_copy_of_the_project_is_read(standing: dict[str, ExactProject], tmp_path: Path) -> None:
    assert known(copied(standing[UNTOUCHED], tmp_path / "copy")) == []
