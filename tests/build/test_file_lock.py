"""One holder at a time; a dead one holds nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import filelock
import pytest

from helpers.build.file_lock import FileLock


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".lock"


def test_one_holder_at_a_time(file: Path) -> None:
    first, second = FileLock(file), FileLock(file)
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_releasing_what_is_not_held_lets_nobody_else_in(file: Path) -> None:
    first, second = FileLock(file), FileLock(file)
    assert first.acquire()
    assert not second.acquire()
    second.release()
    assert not second.acquire()
    first.release()


def test_it_waits_for_another_to_let_go(file: Path) -> None:
    first, second = FileLock(file), FileLock(file)
    assert first.acquire()
    threading.Timer(0.2, first.release).start()
    assert second.acquire(seconds=60)
    second.release()


def test_it_waits_no_longer_than_asked(file: Path) -> None:
    first = FileLock(file)
    assert first.acquire()
    began = time.monotonic()
    assert not FileLock(file).acquire(seconds=0.2)
    assert time.monotonic() - began >= 0.2
    first.release()


def test_a_dead_process_holds_nothing(file: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from helpers.build.file_lock import FileLock\n"
        "held = FileLock(Path(sys.argv[1])); print(held.acquire(), flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(file)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"True\n"
        was_free = FileLock(file).acquire()
        holder.kill()
    assert not was_free
    lock = FileLock(file)
    assert lock.acquire()
    lock.release()


def test_a_file_removed_meanwhile_is_locked_anew(file: Path) -> None:
    first, second, third = FileLock(file), FileLock(file), FileLock(file)
    assert first.acquire()
    file.unlink()
    assert second.acquire()
    assert not third.acquire()
    first.release()
    assert not third.acquire()
    second.release()


def test_what_cannot_be_locked_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        FileLock(tmp_path / "nowhere" / ".lock").acquire()
    (tmp_path / "elsewhere").touch()
    (tmp_path / ".lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        FileLock(tmp_path / ".lock").acquire()


def test_filelock_excludes_and_is_excluded(file: Path) -> None:
    ours, theirs = FileLock(file), filelock.FileLock(file, timeout=0)
    assert ours.acquire()
    with pytest.raises(filelock.Timeout):
        theirs.acquire()
    ours.release()
    with theirs:
        assert not ours.acquire()
