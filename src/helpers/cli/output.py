"""Files that a command writes where the user says: never over another file unasked, never half."""

from __future__ import annotations

from pathlib import Path

from helpers.build.publishing.publication import publish_file, why_not_written
from helpers.errors import BuildError, UsageError


def write_new(file: Path, data: bytes, option: str, *, overwrite: bool) -> None:
    """Write a file whole; ``option`` is the one that names it.

    Raises:
        UsageError: the file is there and may not be overwritten, its folder is not there, or it cannot be written.
    """
    if file.exists() and not overwrite:
        raise UsageError(
            f"{file} はすでにあります。別の名前を {option} で指定するか、--overwrite を付けてください"
        )
    if not file.parent.is_dir():
        raise UsageError(
            f"{file.parent} というフォルダーがありません。先に作るか、別の場所を指定してください"
        )
    try:
        publish_file(file, data)
    except BuildError as error:
        # Its own sentence speaks of publishing.
        reason = why_not_written(error.__cause__) if isinstance(error.__cause__, OSError) else error
        raise UsageError(f"{file} に書き込めません: {reason}（場所は {option} で変えられます）") from error
