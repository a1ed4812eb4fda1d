"""A build that is killed leaves the old report, no process, and nothing that the next build could not clear."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_projects import use_notebook

from fingerprints import fingerprint
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.publication.publication import publish_folder
from helpers.pipeline.reports import build_reports
from tries import LENGTH
from waiting import processes_of, wait_until

pytestmark = pytest.mark.slow
# The promise is two seconds; on a busy machine only the long run holds it to that.
SECONDS = 2 if LENGTH == "long" else 20
COMMAND = [sys.executable, "-P", "-c", "from helpers.cli import main; main()", "build", "R4", "--root"]


@contextmanager
def start_build(root: Path, rooms: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A build in a process of its own, once its report's notebook hangs."""
    environment = os.environ | {"TMPDIR": str(rooms)}
    with subprocess.Popen(
        [*COMMAND, str(root)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as build:
        try:
            assert wait_until(lambda: list(rooms.glob("*/*/project/hanging")), 60)
            assert len(processes_of(rooms)) > 1, "the build and its kernel can be seen"
            yield build
        finally:
            build.kill()


def left_in(rooms: Path) -> set[str]:
    """What is in the temporary folder beside the user's own folder for workspaces."""
    return {path.name for path in rooms.iterdir()} - {f"gyokaku-{os.getuid()}"}


@pytest.fixture
def rooms(tmp_path):
    """The temporary folder of a build, and so of its workspaces."""
    (tmp_path / "t").mkdir()
    return tmp_path / "t"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_an_ended_build_leaves_the_old_report_no_process_and_no_file(sign, make_project, rooms):
    root = make_project("hangs")
    publish_folder(root / "reports/yamaguchi/2022", {"report.html": b"old"})
    old = fingerprint(root / "reports")
    with start_build(root, rooms) as build:
        build.send_signal(sign)
        _, message = build.communicate(timeout=SECONDS)
    assert wait_until(lambda: not processes_of(rooms), SECONDS)
    assert fingerprint(root / "reports") == old
    assert (build.returncode, message.decode().strip()) == (130, "中断しました")
    assert left_in(rooms) == set(), "outside of what the next build clears"
    assert not [path for path in rooms.glob("*/*") if path.is_dir()]


def test_a_killed_build_leaves_the_old_report_no_process_and_the_next_build_needs_no_help(
    make_project, rooms, monkeypatch, quick_exports
):
    root = make_project("hangs")
    publish_folder(root / "reports/yamaguchi/2022", {"report.html": b"old"})
    old = fingerprint(root / "reports")
    with start_build(root, rooms) as build:
        build.kill()
        build.communicate(timeout=SECONDS)
    assert wait_until(lambda: not processes_of(rooms), SECONDS)
    assert fingerprint(root / "reports") == old
    assert build.returncode == -signal.SIGKILL
    assert left_in(rooms) == set(), "outside of what the next build clears"
    use_notebook(root, "annual_report", "runs_well")
    monkeypatch.setattr("tempfile.tempdir", str(rooms))
    assert build_reports(root, [FiscalYear(2022)]).is_good
    assert sorted(path.name for path in (root / "reports/yamaguchi").iterdir()) == [".lock", "2022"]
    assert left_in(rooms) == set()
    assert not [path for path in rooms.glob("*/*") if path.is_dir()]
