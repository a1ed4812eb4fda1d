"""Two plans built by the true builder with a stand-in for the making of a report: what is made, what stays, and why.

Everything around the making is real: what is gathered, the identity, the manifests, the publication.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.files.writing import sha256_of
from helpers.fiscal_year import FiscalYear
from helpers.pipeline import beside, job, reports
from helpers.pipeline.identity import software
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.manifest import identity
from helpers.pipeline.outcome import MadeReport
from helpers.pipeline.reports import build_reports
from helpers.pipeline.workers import Workers
from helpers.project import Target
from summaries import SUMMARY

REPOSITORY = Path(__file__).parents[2]
# A report by plan and Western fiscal year.
Report = tuple[str, int]
# Reports whose figures differ from the published ones: published only with an accepted reason.
DIFFERING: frozenset[Report] = frozenset({("yamaguchi", 2022), ("umikaze", 2020)})
ACCEPTED = "公表資料の誤植"


@dataclass(frozen=True)
class Build:
    """What a build did: the reports it made, in order, and why each report was made or left as it was."""

    made: tuple[Report, ...]
    why: Mapping[Report, tuple[str, ...]]


class ExactProject:
    """A project folder with the plans ``umikaze`` and ``yamaguchi``, and a copy of the package's sources beside it."""

    def __init__(self, folder: Path) -> None:
        self.root, self.package, self.packages = folder / "project", folder / "helpers", folder / "packages"
        raw = self.root / "data" / "raw"
        shutil.copytree(REPOSITORY / "tests" / "plans" / "umikaze", raw / "umikaze")
        shutil.copytree(REPOSITORY / "data" / "raw" / "yamaguchi", raw / "yamaguchi")
        unwanted = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(REPOSITORY / "notebooks", self.root / "notebooks", ignore=unwanted)
        shutil.copytree(REPOSITORY / "src" / "helpers", self.package, ignore=unwanted)
        for name in ("base", "dev"):
            write(self.root / "requirements" / f"{name}.txt", b"pandas==3.0.0\n")
        self.packages.mkdir()
        self._made: list[Report] = []

    @contextmanager
    def stand_in(self) -> Iterator[None]:
        """Make short reports, without kernels, of this package's sources."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(job, "make_report", self.make_report)
            patch.setattr(reports, "rewrite_index", lambda root: None)
            patch.setattr(beside, "load_finishing", lambda: None)
            patch.setattr(Workers, "start", lambda workers: None)
            # Power cuts are not tested here.
            patch.setattr(os, "fsync", lambda descriptor: None)
            own = SimpleNamespace(__path__=[str(self.package)])
            patch.setattr(software, "helpers", own)
            yield
        forget_software()

    def build(self, years: Sequence[int] = (), accepted: str = ACCEPTED, force: bool = False) -> Build:
        """Build as a new process would: nothing is remembered of the software; every report has to be good."""
        forget_software()
        self._made.clear()
        sys.path.insert(0, str(self.packages))
        try:
            result = build_reports(self.root, [FiscalYear(y) for y in years], accepted=accepted, force=force)
        finally:
            sys.path.remove(str(self.packages))
        assert result.is_good, [*result.problems, *(outcome.error for outcome in result.outcomes)]
        why = {(o.target.plan_id, o.target.year.western): o.why for o in result.outcomes}
        current = {(o.target.plan_id, o.target.year.western) for o in result.outcomes if o.is_current}
        assert set(self._made) == why.keys() - current
        return Build(tuple(self._made), why)

    def files_of(self, report: Report) -> list[Path]:
        """The published files of a report and its processed frames."""
        plan, year = report
        return [
            *(path for path in (self.root / "reports" / plan / str(year)).rglob("*") if path.is_file()),
            *(self.root / "data" / "processed" / plan).glob(f"{year}.*"),
        ]

    def state_of(self, reports: Iterable[Report]) -> dict[str, tuple[int, int, bytes]]:
        """Place on the disk, time of the last change and bytes of every file of these reports."""
        return {
            str(path): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
            for report in reports
            for path in self.files_of(report)
        }

    def remember(self) -> dict[Path, bytes]:
        """Every file of the project, the package and the installed packages."""
        folders = (self.root, self.package, self.packages)
        return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}

    def restore(self, remembered: Mapping[Path, bytes]) -> None:
        """Make the files as they were."""
        now = self.remember()
        for path in now.keys() - remembered.keys():
            path.unlink()
        for path, content in remembered.items():
            if now.get(path) != content:
                write(path, content)
        for folder in self.packages.iterdir():
            folder.rmdir()
        for folder in sorted((self.root / "reports").glob("*/*/"), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()

    def make_report(self, target: Target, inputs: Inputs, warnings: int, progress: Any) -> MadeReport:
        """A stand-in whose files hold the digest of all that the report is made from."""
        report = (target.plan_id, target.year.western)
        self._made.append(report)
        if report not in DIFFERING:
            inputs = replace(inputs, accepted="")
        digest = sha256_of(json.dumps(identity(target, inputs), sort_keys=True).encode()).encode()
        files = dict.fromkeys(("report.html", "report.pdf", "tables/overall.csv"), digest)
        frames = dict.fromkeys((str(target.processed), str(target.processed.with_suffix(".json"))), digest)
        return MadeReport.of(target, inputs, SUMMARY, files, frames)


def forget_software() -> None:
    """Read versions and sources anew, as a new process does."""
    software.package_digest.cache_clear()
    software.versions.cache_clear()


def write(path: Path, content: bytes) -> None:
    """Write a file, its folder too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
