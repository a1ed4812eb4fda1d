"""What a report reads of its project is among its inputs, and what is among its inputs is read.

The reports are made in this process, from a folder that holds the whole project and not only the inputs, and every
file that is opened there is noted.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from exact_changes import OWN_YEAR, REPORTS, USED_BY
from small_projects import REPOSITORY

from helpers.fiscal_year import FiscalYear
from helpers.pipeline import job
from helpers.pipeline.identity.inputs import LOCK, gather_inputs
from helpers.pipeline.notebooks import runner
from helpers.pipeline.notebooks.workspace import Workspace
from helpers.pipeline.site import PlanFolder
from helpers.project import ROOT_VARIABLE, Target
from made_reports import executed_notebook

pytestmark = pytest.mark.slow

# The only report that is also exported and proved here: an export opens no file of the project.
WITH_EXPORTS = ("yamaguchi", 2022)
# Inputs that no report reads, and why they are inputs all the same.
NOT_READ = {
    LOCK: "the packages that it pins make the report; what is installed is not all in the manifest's versions"
}
# Folders of the project that reports read although they are no inputs.
OWN_WORK = ("data/processed/",)  # what the report's own ingest wrote a moment ago

_opened: list[str] = []


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
        _opened.append(os.fsdecode(arguments[0]))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both plans, with much that no report should read."""
    root = tmp_path_factory.mktemp("whole") / "project"
    shutil.copytree(REPOSITORY / "tests/plans/umikaze", root / "data/raw/umikaze")
    shutil.copytree(REPOSITORY / "data/raw/yamaguchi", root / "data/raw/yamaguchi")
    shutil.copytree(REPOSITORY / "notebooks", root / "notebooks")
    shutil.copytree(REPOSITORY / "requirements", root / "requirements")
    for plan in ("umikaze", "yamaguchi"):
        folder = root / "data/raw" / plan
        (folder / "README.md").write_text("読まない", encoding="utf-8")
        (folder / "changes.csv").write_text("読まない", encoding="utf-8")
        (folder / "plan.toml.bak").write_text("読まない", encoding="utf-8")
    (root / "data/raw/yamaguchi/published/2022/~$overall.csv").write_text("読まない", encoding="utf-8")
    return root


@contextmanager
def no_kernels(*_: Any) -> Iterator[Iterator[None]]:
    """In the place of the two kernels of a report."""
    yield iter([None, None])


@pytest.fixture(scope="module")
def _watching() -> None:
    """A hook that cannot be taken away again; it only notes names."""
    sys.addaudithook(_note)


def made_in_sight(
    project: Path, report: tuple[str, int], patch: pytest.MonkeyPatch, *, whole: bool
) -> tuple[job.MadeReport, set[str], set[str]]:
    """A report, its inputs and what was opened of its project, which is whole or holds only the inputs."""
    folder = PlanFolder.open(project, report[0])
    target = Target(report[0], FiscalYear(report[1]))
    inputs = gather_inputs(project, folder.plan, folder.sheets, target)
    places: list[Path] = []

    def run_in_process(
        path: str, parameters: Mapping[str, Any], workspace: Workspace, *_: Any, **__: Any
    ) -> Any:
        if not places:
            if whole:
                shutil.copytree(project, workspace.project, dirs_exist_ok=True)
            patch.setenv(ROOT_VARIABLE, str(workspace.project))
            places.append(workspace.project)
            _opened.clear()
        return executed_notebook(parameters, workspace.project / path)

    with patch.context() as inner:
        inner.setattr(runner, "run_notebook", run_in_process)
        inner.setattr(job, "started_kernels", no_kernels)
        made = job.make_report(target, inputs)
    paths = {Path(name) for name in _opened}
    below = {path.relative_to(places[0]).as_posix() for path in paths if path.is_relative_to(places[0])}
    return made, set(inputs.files), {path for path in below if not path.startswith(OWN_WORK)}


@pytest.mark.parametrize("report", sorted(REPORTS), ids=str)
@pytest.mark.usefixtures("_watching")
def test_what_is_read_is_an_input_and_what_is_an_input_is_read(
    report: tuple[str, int], project: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if report != WITH_EXPORTS:
        request.getfixturevalue("quick_exports")
    made, inputs, read = made_in_sight(project, report, monkeypatch, whole=True)
    assert read == inputs - NOT_READ.keys()
    assert inputs >= NOT_READ.keys()
    plan, year = report
    of_table = {
        f"data/raw/{plan}/{name}.csv" for (of, name), years in USED_BY.items() if of == plan and year in years
    }
    assert {path for path in read if Path(path).stem in OWN_YEAR} == of_table
    if report == WITH_EXPORTS:
        alone, *_ = made_in_sight(project, report, monkeypatch, whole=False)
        assert alone == made
