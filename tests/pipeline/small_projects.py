"""What the tests of a build do to a project folder, and how they look at it."""

from __future__ import annotations

import shutil
from pathlib import Path

from helpers.fiscal_year import FiscalYear
from helpers.pipeline.outcome import BuildResult

NOTEBOOKS = Path(__file__).parent / "example_notebooks"
REPOSITORY = Path(__file__).parents[2]


def use_notebook(root: Path, name: str, fixture: str) -> None:
    """Put a fixture notebook into a project under the name that the build looks for."""
    (root / "notebooks").mkdir(exist_ok=True)
    shutil.copyfile(NOTEBOOKS / f"{fixture}.ipynb", root / "notebooks" / f"{name}.ipynb")


def errors(result: BuildResult) -> dict[FiscalYear, Exception]:
    """Why each year's report failed, for a build of one plan."""
    return {outcome.target.year: outcome.error for outcome in result.outcomes if outcome.error}
