"""Files that a command writes where the user says: never over another file unasked, never half."""

from __future__ import annotations

from pathlib import Path

from helpers.build.publication import publish_file
from helpers.errors import UsageError


def write_new(file: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a file whole.

    Raises:
        UsageError: the file is there and may not be overwritten, or its folder is not there.
    """
    if file.exists() and not overwrite:
        raise UsageError(f"{file} はすでにあります。別の名前を -o で指定するか、--overwrite を付けてください")
    if not file.parent.is_dir():
        raise UsageError(
            f"{file.parent} というフォルダーがありません。先に作るか、別の場所を指定してください"
        )
    publish_file(file, data)
