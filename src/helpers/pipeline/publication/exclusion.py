"""One writer at a time in a folder of reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.errors import BuildError
from helpers.pipeline.publication.leftovers import clear_leftovers

LOCK = ".lock"


class InUseError(BuildError):
    """A folder of reports that cannot be written now."""


@contextmanager
def sole_writer(folder: Path, seconds: float = 0) -> Iterator[None]:
    """Hold the folder's lock, and clear first what a killed writer left; a dead process keeps no lock.

    Waits up to ``seconds`` for another writer to end.

    Raises:
        InUseError: another build is writing there, or the folder cannot be written.
    """
    # Imported only by who writes: it takes a tenth of a build that has nothing to do.
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=seconds)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise InUseError(
            f"{folder.name} の報告書は、いま別の build が作成中です。終わってから、もう一度実行してください"
        ) from None
    except OSError as error:
        raise InUseError(f"{folder.name} のフォルダーに書き込めません（{error.strerror}）") from error
    try:
        try:
            clear_leftovers(folder)
        except OSError as error:
            raise InUseError(
                f"{folder.name} のフォルダーを片付けられません（{error.strerror}）。書き込みの権限を確かめてください"
            ) from error
        yield
    finally:
        lock.release()
