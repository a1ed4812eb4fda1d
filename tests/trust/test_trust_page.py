"""docs/trust.md names tests that are there, and its numbers are the suite's."""

import re
from pathlib import Path

import pytest
import test_faults
import test_gate
from hostile import attacks
from hostile_files import FILES

from helpers.pipeline.notebooks.limited_client import LARGEST_OUTPUT
from helpers.sheets.files.unreadable import LIMITS
from helpers.time_limits import CELL

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/trust.md").read_text(encoding="utf-8")


def test_every_test_that_it_names_is_there(page: str, root: Path) -> None:
    files = set(re.findall(r"`((?:tests/(?:\w+/)*)?test_\w+\.py)`", page))
    assert len(files) >= 12
    for name in files:
        assert (root / name if name.startswith("tests/") else HERE / name).is_file(), name
    defined = {
        name
        for file in HERE.parent.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    named = set(re.findall(r"`(test_\w+)`", page))
    assert len(named) >= 12
    assert named <= defined


def test_its_numbers_are_the_suites(page: str) -> None:
    shown, refused = len(attacks("shown")), len(attacks("refused"))
    assert f"{shown + refused} attacks in every text field" in page
    assert f": {shown} stand in page" in page and f", {refused} are refused" in page
    assert f"{len(FILES)} hostile files are refused;" in page
    assert (
        f"more than {LIMITS.seconds} s, no library that reads one more than {LIMITS.memory_bytes // 10**9} GB"
        in page
    )
    assert (
        f"more than {LARGEST_OUTPUT >> 20} MB" in page and f"`GYOKAKU_CELL_SECONDS` ({CELL.default})" in page
    )
    assert f"{len(test_gate.WRONG_CELLS)} wrong cells" in page
    assert f"{len(test_gate.BREAKAGES)} broken table functions" in page
    for usual, long in (test_faults.KILLS, test_faults.WHOLE_KILLS):
        assert f"{usual} kills [{long}]" in page
