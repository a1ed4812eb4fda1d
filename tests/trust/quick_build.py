"""Builds without kernels and typesetting: all that touches the disk is real, what a report says is short.

Run as a script it is such a build in a process of its own: ``quick_build.py ROOT TEXT SECONDS`` makes
its report in so many seconds, ``quick_build.py ROOT TEXT hold`` until a line comes in, and says when it has begun.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpers.fiscal_year import FiscalYear
from helpers.pipeline import beside, job
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.manifest import NAME, Manifest, Summary
from helpers.pipeline.notebooks.workspace import Workspace
from helpers.pipeline.outcome import MadeReport
from helpers.pipeline.reports import BuildResult, build_reports
from helpers.pipeline.workers import Workers
from helpers.project import Target

YEAR = FiscalYear(2022)
REPORT = "reports/yamaguchi/2022"


def short_report(text: str, pause: float = 0.0, meanwhile: Callable[[], None] = lambda: None) -> Any:
    """A stand-in for ``make_report``: five files that say ``text``, made in a real workspace."""

    def make_report(target: Target, inputs: Inputs, warnings: int = 0, progress: Any = None) -> MadeReport:
        with Workspace.create(inputs):
            time.sleep(pause)
            meanwhile()
        names = ("report.html", "report.pdf", "report.ipynb", "tables.xlsx", "tables/overall.csv")
        files = {name: f"{name}: {text}\n".encode() * 2000 for name in names}
        summary = Summary("市", "計画", 1, "", 0, 0, 0, 0)
        frames = {str(target.processed): f"{text}\n".encode()}
        return MadeReport.of(target, inputs, summary, files, frames)

    return make_report


def quick_build(
    root: Path, text: str, patch: Callable[[object, str, object], None], **more: Any
) -> BuildResult:
    """Build the report of fiscal 2022 so that its files say ``text``."""
    patch(job, "make_report", short_report(text, **more))
    patch(beside, "load_finishing", lambda: None)
    patch(Workers, "start", lambda self: None)
    return build_reports(root, [YEAR], "yamaguchi", force=True)


def text_of(root: Path) -> str:
    """What the published report says, which must be whole: its manifest's SHA-256 match, the index leads to it."""
    folder = root / REPORT
    manifest = Manifest.read(folder / NAME)
    assert manifest.damage(folder) == {}
    said = {
        path.read_text(encoding="utf-8").split(": ")[1].split("\n")[0]
        for path in folder.rglob("*.*")
        if path.name != NAME
    }
    assert len(said) == 1, said
    index = root / "reports" / "index.html"
    if index.exists():
        assert 'href="yamaguchi/2022/report.html"' in index.read_text(encoding="utf-8")
    return said.pop()


def hold() -> None:
    """Say that the report is being made, and wait until the other side has seen what it wants."""
    print("begun", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    how = {"meanwhile": hold} if sys.argv[3] == "hold" else {"pause": float(sys.argv[3])}
    build = quick_build(Path(sys.argv[1]), sys.argv[2], setattr, **how)
    for trouble in [*build.problems, *(outcome.error for outcome in build.outcomes if outcome.error)]:
        print(trouble, file=sys.stderr)
    sys.exit(not build.is_good)
