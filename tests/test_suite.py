"""That the tests are run, all of them."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def test_no_folder_with_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    passed_over = pytestconfig.getini("norecursedirs")
    folders = {file.parent.relative_to(HERE) for file in HERE.rglob("test_*.py")}
    assert Path("build") in folders
    assert [f for f in folders for part in f.parts for name in passed_over if fnmatch(part, name)] == []
