"""Whatever step of a build fails or is its last, the report that readers see is the old or the new one, and whole."""

import errno
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
from faults import watched_disk
from quick_build import REPORT, YEAR, quick_build, short_report, text_of

from commands import GYOKAKU
from fingerprints import fingerprint
from helpers.errors import BuildError, GyokakuError
from helpers.pipeline import job
from helpers.pipeline.identity.manifest import Manifest
from helpers.pipeline.notebooks.workspace import Workspace
from helpers.pipeline.publication import publication
from helpers.pipeline.publication.publication import OLD_STAYS
from helpers.pipeline.reports import build_reports
from tries import LENGTH, tries
from waiting import processes_of, wait_until

KILLS, WHOLE_KILLS = (8, 100), (2, 100)  # as usual, in the long run
STRIDE, PUBLISHING_STRIDE = (1, 1) if LENGTH == "long" else (5, 3)
NEVER = 10**9  # no build has so many steps
SCRIPT = Path(__file__).with_name("quick_build.py")


@pytest.fixture
def project(reference_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an old report, and temporary folders of its own."""
    (tmp_path / "t").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "t"))
    with pytest.MonkeyPatch.context() as patch:
        assert quick_build(reference_project, "old", patch.setattr).is_good
    assert text_of(reference_project) == "old"
    return reference_project


def leftovers(root: Path) -> list[str]:
    """What a build leaves beside reports and frames, and in its temporary folder."""
    kept = {".lock", "index.html", "yamaguchi", "2022", "2022.csv", "README.md"}
    beside = [
        path
        for folder in ("reports", "reports/yamaguchi", "data/processed/yamaguchi")
        for path in (root / folder).iterdir()
    ]
    rooms = [path for path in (root.parent / "t").glob("*/*") if path.is_dir()]
    return sorted(str(path) for path in [*beside, *rooms] if path.name not in kept)


def folders_of(root: Path) -> list[Path]:
    """Where a build writes."""
    return [root / "reports", root / "data/processed", root.parent / "t"]


def build_and_fail(root: Path, at: int, error: int) -> tuple[list[str], bool, str]:
    def fail(step: str) -> None:
        raise OSError(error, os.strerror(error))

    # The list of reports is written only if it changes; removed, so that every build takes the same steps.
    (root / "reports/index.html").unlink(missing_ok=True)
    with pytest.MonkeyPatch.context() as patch, watched_disk(folders_of(root), at, fail) as disk:
        try:
            result = quick_build(root, f"new{at}", patch.setattr)
            troubles: list[object] = [*result.problems, *(o.error for o in result.outcomes if o.error)]
            is_good = result.is_good
        except GyokakuError as trouble:
            troubles, is_good = [trouble], False
    assert all(isinstance(trouble, GyokakuError) for trouble in troubles), (disk.steps[-1], troubles)
    return disk.steps, is_good, "\n".join(map(str, troubles))


@pytest.mark.slow
def test_a_failure_at_any_step_leaves_one_whole_report(project: Path) -> None:
    steps, is_good, _ = build_and_fail(project, NEVER, 0)
    assert is_good and text_of(project) == f"new{NEVER}"
    kinds = {step.split()[0] for step in steps}
    assert kinds == {"fsync", "replace", "mkdir", "open", "write", "fsencode"}
    # The workspace is laid out in many similar steps, publishing in few: all of these are tried.
    publishing = next(n for n, step in enumerate(steps, start=1) if ".new-" in step)
    before, failed, stayed = text_of(project), 0, 0
    for at in [*range(1, publishing, STRIDE), *range(publishing, len(steps) + 1)]:
        error = errno.ENOSPC if at % 2 else errno.EIO
        _, is_good, message = build_and_fail(project, at, error)
        assert not is_good, steps[at - 1]
        assert message, steps[at - 1]
        assert text_of(project) in (before, f"new{at}"), steps[at - 1]
        if OLD_STAYS in message:
            assert text_of(project) == before, steps[at - 1]
            stayed += 1
        before, failed = text_of(project), failed + 1
    assert failed >= 35
    assert stayed >= 25
    assert build_and_fail(project, NEVER, 0)[1]
    assert (text_of(project), leftovers(project)) == (f"new{NEVER}", [])


def test_a_kill_at_any_step_of_publication_leaves_one_whole_report(project: Path) -> None:
    steps, *_ = build_and_fail(project, NEVER, 0)
    publishing = next(n for n, step in enumerate(steps, start=1) if ".new-" in step)
    before = text_of(project)
    for at in range(publishing, len(steps) + 1, PUBLISHING_STRIDE):
        child = os.fork()
        if child == 0:
            with watched_disk(folders_of(project), at, lambda step: os.kill(os.getpid(), signal.SIGKILL)):
                quick_build(project, f"new{at}", setattr)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        assert text_of(project) in (before, f"new{at}"), steps[at - 1]
        before = text_of(project)
    assert build_and_fail(project, NEVER, 0)[1]
    assert (text_of(project), leftovers(project)) == (f"new{NEVER}", [])


def test_a_build_killed_at_random_moments_leaves_one_whole_report(project: Path) -> None:
    moments, killed, kills = random.Random(2022), 0, tries(*KILLS)
    begin = time.monotonic()
    assert build_in_child(project, "first", None) == 0
    longest = time.monotonic() - begin
    before = text_of(project)
    # A build may end before it is killed; only killed ones count.
    for number in range(20 * kills):
        killed += build_in_child(project, f"new{number}", moments.uniform(0, longest)) == -signal.SIGKILL
        assert text_of(project) in (before, f"new{number}")
        before = text_of(project)
        assert len(leftovers(project)) <= 4
        if killed == kills:
            break
    assert killed == kills
    assert build_in_child(project, "last", None) == 0
    assert (text_of(project), leftovers(project)) == ("last", [])


def build_in_child(project: Path, text: str, seconds: float | None) -> int:
    """Build in a process group of its own, killed after ``seconds``; its exit code, minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        os.setsid()
        is_good = quick_build(project, text, setattr).is_good
        os._exit(not is_good)
    if seconds is not None:
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.slow
def test_whole_builds_killed_with_their_kernels_leave_one_whole_report(
    reference_project: Path, tmp_path: Path
) -> None:
    root, rooms = reference_project, tmp_path / "t"
    rooms.mkdir()
    environment = os.environ | {"TMPDIR": str(rooms)}
    command = [*GYOKAKU, "build", "R4", "--force", "--root", str(root)]

    def start() -> subprocess.Popen[bytes]:
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, env=environment, start_new_session=True, **silent)

    def is_whole() -> bool:
        manifest = Manifest.read(root / REPORT / "manifest.json")
        return manifest is not None and manifest.damage(root / REPORT) == {}

    begin = time.monotonic()
    assert start().wait() == 0
    longest, moments = time.monotonic() - begin, random.Random(2022)
    first = fingerprint(root / REPORT)
    for _ in range(tries(*WHOLE_KILLS)):
        with start() as build:
            time.sleep(moments.uniform(0.1, 1) * longest)
            with suppress(ProcessLookupError):
                os.killpg(build.pid, signal.SIGKILL)
        assert wait_until(lambda: not processes_of(rooms), 30), processes_of(rooms)
        assert is_whole()
        assert fingerprint(root / REPORT) == first
    assert start().wait() == 0
    # The same inputs: old and new are the same bytes.
    assert fingerprint(root / REPORT) == first
    assert sorted(path.name for path in (root / "reports/yamaguchi").iterdir()) == [".lock", "2022"]
    assert not [path for path in rooms.glob("gyokaku-[0-9]*/*") if path.is_dir()]


# ---- the disk, the folder, the clock, the lock ----


def test_a_full_disk_is_said_and_the_old_report_stays(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, limits[1]))
    try:
        result = quick_build(project, "new" * 20, monkeypatch.setattr)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not result.is_good
    error = result.outcomes[0].error
    assert isinstance(error, BuildError) and OLD_STAYS in str(error)
    assert text_of(project) == "old"
    assert leftovers(project) == []


def test_a_frame_that_cannot_be_written_leaves_the_old_report(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = project / "data/processed/yamaguchi/2022.csv"
    replace = Path.replace

    def refuse(new: Path, file: Path) -> Path:
        if file == frame:  # as Windows does while Excel has it open
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return replace(new, file)

    monkeypatch.setattr(Path, "replace", refuse)
    result = quick_build(project, "new", monkeypatch.setattr)
    message = str(result.outcomes[0].error)
    assert message.startswith("2022.csv を公開できません") and message.endswith(f"開かれています{OLD_STAYS}")
    assert (text_of(project), frame.read_text(encoding="utf-8")) == ("old", "old\n")
    assert leftovers(project) == []


def test_a_folder_that_cannot_be_written_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project / "reports/yamaguchi"
    shutil.copytree(folder, project.parent / "kept")
    if os.geteuid() == 0:
        # Root can write everywhere; another user's folder gives the same error as a read-only one.
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        monkeypatch.setattr(publication.tempfile, "mkdtemp", refuse)
        monkeypatch.setattr(Workspace, "create", lambda inputs: nullcontext())
    else:
        folder.chmod(0o555)
    try:
        result = quick_build(project, "new", monkeypatch.setattr)
    finally:
        folder.chmod(0o755)
    troubles = [*result.problems, *(outcome.error for outcome in result.outcomes)]
    assert any("書き込" in str(trouble) for trouble in troubles if trouble)
    assert text_of(project) == "old"


def test_a_report_that_is_open_elsewhere_reads_on_as_it_was(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (project / REPORT / "report.html").open(encoding="utf-8") as reader:
        assert reader.readline() == "report.html: old\n"
        assert quick_build(project, "new", monkeypatch.setattr).is_good
        assert set(reader) == {"report.html: old\n"}
    assert text_of(project) == "new"


def test_a_sheet_that_changes_while_it_is_read_is_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = project / "data/raw/yamaguchi/R4.csv"
    fstat, seen = os.fstat, []

    def change_then_look(descriptor: int) -> os.stat_result:
        if Path(f"/proc/self/fd/{descriptor}").resolve() == sheet and not seen.append(1) and len(seen) == 2:
            sheet.write_bytes(sheet.read_bytes() + b"\n")
        return fstat(descriptor)

    monkeypatch.setattr(os, "fstat", change_then_look)
    result = quick_build(project, "new", monkeypatch.setattr)
    assert "R4.csv は、読み取っている間に変わりました" in str(result.outcomes[0].error)
    assert text_of(project) == "old"


def test_a_sheet_that_changes_after_it_was_read_is_the_next_builds_affair(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = project / "data/raw/yamaguchi/R4.csv"
    before = sheet.read_bytes()
    result = quick_build(
        project, "new", monkeypatch.setattr, meanwhile=lambda: sheet.write_bytes(before + b"\n")
    )
    assert result.is_good
    manifest = (project / REPORT / "manifest.json").read_text(encoding="utf-8")
    assert hashlib.sha256(before).hexdigest() in manifest
    monkeypatch.setattr(job, "make_report", short_report("newer"))
    assert build_reports(project, [YEAR], "yamaguchi").is_good
    assert text_of(project) == "newer"


def test_a_clock_set_back_changes_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    past = time.time() - 10 * 365 * 86400
    monkeypatch.setattr(time, "time", lambda: past)
    assert build_reports(project, [YEAR], "yamaguchi").outcomes[0].is_current
    sheet = project / "data/raw/yamaguchi/R4.csv"
    sheet.write_bytes(sheet.read_bytes() + b"\n")
    os.utime(sheet, (past, past))  # older than the report that it must replace
    monkeypatch.setattr(job, "make_report", short_report("new"))
    assert build_reports(project, [YEAR], "yamaguchi").is_good
    assert text_of(project) == "new"


def test_of_two_builds_at_once_the_second_says_why_it_makes_nothing(project: Path) -> None:
    environment = os.environ | {"TMPDIR": str(project.parent / "t")}
    command = [sys.executable, str(SCRIPT), str(project)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*command, "one", "hold"], env=environment, text=True, **pipes) as first:
        assert first.stdout is not None and first.stdout.readline() == "begun\n"
        second = subprocess.run(
            [*command, "two", "0"], env=environment, text=True, capture_output=True, check=False
        )
        _, errors = first.communicate("\n")
    assert (first.returncode, errors) == (0, "")
    assert second.returncode == 1
    assert "いま別の build が作成中です" in second.stderr
    assert text_of(project) == "one"
    assert leftovers(project) == []


def test_the_lock_of_a_dead_process_blocks_nobody(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = project / "reports/yamaguchi/.lock"
    code = f"import filelock, time; lock = filelock.FileLock({str(lock)!r}); lock.acquire(); print(1, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"1\n"
        is_blocked = not quick_build(project, "new", monkeypatch.setattr).is_good
        holder.kill()
    assert is_blocked
    assert quick_build(project, "new", monkeypatch.setattr).is_good
    assert text_of(project) == "new"
