"""What the tests of a build do to a project folder, how they look at it, and a report that takes no time to make."""

import shutil
from pathlib import Path
from typing import Any

from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.outcome import BuildResult, MadeReport
from helpers.project import Target
from summaries import SUMMARY

NOTEBOOKS = Path(__file__).parent / "example_notebooks"
REPOSITORY = Path(__file__).parents[2]


def use_notebook(root: Path, name: str, fixture: str) -> None:
    """Put a fixture notebook into a project under the name that the build looks for."""
    (root / "notebooks").mkdir(exist_ok=True)
    shutil.copyfile(NOTEBOOKS / f"{fixture}.ipynb", root / "notebooks" / f"{name}.ipynb")


def errors(result: BuildResult) -> dict[FiscalYear, Exception]:
    """Why each year's report failed, for a build of one plan."""
    return {outcome.target.year: outcome.error for outcome in result.outcomes if outcome.error}


def short_report(target: Target, inputs: Inputs, *_: Any) -> MadeReport:
    """A stand-in for ``make_report``: a page of one line and a frame."""
    files, frames = {"report.html": f"{target}\n".encode()}, {str(target.processed): b"fiscal_year\n"}
    return MadeReport.of(target, inputs, SUMMARY, files, frames)
