"""One writer at a time in a folder of reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.build.file_lock import FileLock
from helpers.build.leftovers import clear_leftovers
from helpers.errors import BuildError

LOCK = ".lock"


@contextmanager
def sole_writer(folder: Path, seconds: float = 0) -> Iterator[None]:
    """Hold the folder's lock, and clear first what a killed writer left; a dead process keeps no lock.

    Waits up to ``seconds`` for another writer to end.

    Raises:
        BuildError: another build is writing there, or the folder cannot be written.
    """
    lock = FileLock(folder / LOCK)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_held = lock.acquire(seconds)
    except OSError as error:
        raise BuildError(f"{folder.name} のフォルダーに書き込めません（{error.strerror}）") from error
    if not is_held:
        raise BuildError(
            f"{folder.name} の報告書は、いま別の build が作成中です。終わってから、もう一度実行してください"
        )
    try:
        clear_leftovers(folder)
        yield
    finally:
        lock.release()
