"""The publications whose files are read back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from books_read_back import Case

from helpers.export.files import table_files
from helpers.export.files.contents import Publication
from helpers.history.opening import load_history
from made_reports import every_table


@pytest.fixture(scope="session")
def make_case(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], Case]:
    """The files of one report of the reference city, or of the second city with other words and changing items."""
    cases: dict[tuple[str, int], Case] = {}
    folder = tmp_path_factory.mktemp("cities")
    (folder / "notebooks").mkdir()
    for plan in (root / "data" / "raw" / "yamaguchi", root / "tests" / "plans" / "umikaze"):
        shutil.copytree(plan, folder / "data" / "raw" / plan.name)

    def make(plan: str, year: int) -> Case:
        if (plan, year) not in cases:
            history = load_history(plan, year, folder)
            cases[plan, year] = Case(
                Publication.of(history, every_table(history)), table_files(history, every_table(history))
            )
        return cases[plan, year]

    return make


@pytest.fixture(params=["yamaguchi-2018", "yamaguchi-2021", "yamaguchi-2022", "umikaze-2021", "umikaze-2022"])
def case(request: pytest.FixtureRequest, make_case: Callable[[str, int], Case]) -> Case:
    """Each of a few publications: totals only, a first comparison, the reference year, splits and a new plan."""
    plan, year = request.param.split("-")
    return make_case(plan, int(year))


@pytest.fixture
def case_2022(make_case: Callable[[str, int], Case]) -> Case:
    """The reference year."""
    return make_case("yamaguchi", 2022)
