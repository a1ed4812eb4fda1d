"""One writer at a time in a folder of reports, and the leftovers of writers that were killed there."""

from __future__ import annotations

__all__ = ["LOCK", "OLD", "InUseError", "clear_leftovers", "has_leftovers", "sole_writer"]

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.errors import BuildError
from helpers.files.writing import NEW

LOCK = ".lock"
# In the middle of the names under which old folders lie while they change places with new ones.
OLD = ".old-"


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


def has_leftovers(parent: Path) -> bool:
    """Whether ``parent`` holds temporary files of a build, killed or running."""
    return any(True for mark in (NEW, OLD) for _ in parent.glob(f".*{mark}*"))


def clear_leftovers(parent: Path) -> None:
    """Remove what a killed build left in ``parent``, and put a report back that was being swapped.

    No other build may be at work there.
    """
    for old in sorted(parent.glob(f".*{OLD}*")):
        folder = parent / old.name[1 : old.name.rindex(OLD)]
        if not folder.exists():
            old.rename(folder)
    for leftover in [*parent.glob(f".*{OLD}*"), *parent.glob(f".*{NEW}*")]:
        if leftover.is_dir():
            import shutil

            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)
