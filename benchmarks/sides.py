"""What is compared: two revisions of this package, and the stock way, each with a project folder of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from environments import Environment, environment_variables
from measure import run

PLAN, YEAR, YEARS = "yamaguchi", 2022, (2018, 2021, 2022)
SHEET = f"data/raw/{PLAN}/R4.csv"


@dataclass(frozen=True)
class Side:
    """A revision of this package: its environment, its checkout, a folder for its projects, the reference plan in one of them."""

    environment: Environment
    repository: Path
    folder: Path

    @property
    def project(self) -> Path:
        """The project with the checkout's own data."""
        return self.folder / "reference"

    def build(self, *arguments: str, root: Path | None = None) -> list[str]:
        """The command that builds a project."""
        return [self.environment.program("gyokaku"), "build", "--root", str(root or self.project), *arguments]

    def cold(self, *arguments: str) -> float:
        """Seconds of a build of the reference plan from nothing."""
        shutil.rmtree(self.project / "reports", ignore_errors=True)
        return run(self.build(*arguments), self.project).seconds

    def new_project(self, name: str) -> Path:
        """An empty project with the checkout's notebooks, for plans."""
        root = self.folder / name
        shutil.copytree(
            self.repository / "notebooks",
            root / "notebooks",
            ignore=shutil.ignore_patterns(".ipynb_checkpoints"),
        )
        (root / "data" / "raw").mkdir(parents=True)
        return root

    def one_more(self) -> Iterator[float]:
        """Seconds for one more report in a running build, twice."""
        yield from map(float, self._lines("one_more.py", str(self.project), str(YEAR), "2"))

    def floor(self) -> Iterator[dict[str, float]]:
        """Seconds for what a report cannot do without, by part, twice; the reference report must be there."""
        executed = self.project / "reports" / PLAN / str(YEAR) / "report.ipynb"
        yield from map(json.loads, self._lines("floor.py", str(self.project), str(YEAR), str(executed), "2"))

    def _lines(self, script: str, *arguments: str) -> list[str]:
        command = [self.environment.python, str(self.repository / "benchmarks" / script), *arguments]
        ended = subprocess.run(
            command, capture_output=True, text=True, check=True, env=environment_variables()
        )
        return ended.stdout.splitlines()


def open_side(environment: Environment, repository: Path, folder: Path) -> Side:
    """Lay out the reference plan."""
    side = Side(environment, repository, folder)
    root = side.new_project(side.project.name)
    shutil.copytree(repository / "data" / "raw", root / "data" / "raw", dirs_exist_ok=True)
    return side


@dataclass(frozen=True)
class StockWay:
    """The stock commands, for a project folder."""

    environment: Environment
    project: Path

    def commands(self, years: Sequence[int]) -> list[list[str]]:
        """Four commands a year: both notebooks, HTML, PDF."""
        return [command for year in years for command in self._of(year)]

    def seconds(self, years: Sequence[int]) -> float:
        """Seconds from nothing."""
        return sum(run(command, self.project).seconds for command in self.commands(years))

    def _of(self, year: int) -> Iterator[list[str]]:
        papermill, executed = self.environment.program("papermill"), f"executed/{year}.ipynb"
        parameters = ["-p", "plan", PLAN, "-p", "year", str(year)]
        yield [papermill, "notebooks/ingest.ipynb", f"executed/ingest-{year}.ipynb", *parameters]
        yield [papermill, "notebooks/annual_report.ipynb", executed, *parameters]
        yield [self.environment.program("jupyter-nbconvert"), "--to", "html", executed]
        yield [
            self.environment.python,
            str(Path(__file__).with_name("webpdf.py")),
            "--to",
            "webpdf",
            executed,
        ]
