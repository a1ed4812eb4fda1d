"""Publish a folder as a whole: readers see the old one or the new one, never a mixture.

The new folder is written beside the old one under a name that begins with a dot, flushed to the disk, and swapped
in by one rename. Whatever a killed build left behind is cleared by the next one (``exclusion``).
"""

from __future__ import annotations

__all__ = ["OLD_STAYS", "exchange", "publish_file", "publish_folder"]

import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from helpers.errors import BuildError
from helpers.files.paths import why_not_written
from helpers.files.writing import NEW, flush_folder, replace_file, write_flushed
from helpers.pipeline.publication.exclusion import OLD

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
# The errors of a kernel or file system that cannot exchange two names.
_NOT_TO_BE_HAD = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}
OLD_STAYS = "（前の報告書はそのままです）"


def publish_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make ``folder`` hold exactly ``files`` (by relative path with forward slashes).

    Raises:
        BuildError: it could not be written or swapped in; the old folder is as it was.
    """
    new: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}{NEW}", dir=folder.parent))
        _write_all(new, files)
        new.chmod(0o755)
        _swap_in(new, folder)
        try:
            flush_folder(folder.parent)
        except OSError:
            _swap_out(new, folder)
            raise
    except OSError as error:
        raise BuildError(_explain(folder, error) + OLD_STAYS) from error
    finally:
        if new is not None:
            shutil.rmtree(new, ignore_errors=True)


def publish_file(file: Path, content: bytes, besides: str = "") -> None:
    """Make ``file`` hold ``content`` or stay as it was, never something between.

    Raises:
        BuildError: it could not be written, or not be flushed to the disk; ends with what is true ``besides``.
    """
    try:
        replace_file(file, content)
    except OSError as error:
        raise BuildError(_explain(file, error) + besides) from error


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    folders = {folder}
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        folders.add(file.parent)
        write_flushed(file, content)
    for written in folders:
        flush_folder(written)


def _swap_in(new: Path, folder: Path) -> None:
    """Give ``new`` the name ``folder``; afterwards the old folder, if there was one, is at ``new``."""
    if not folder.exists():
        new.rename(folder)
    elif not exchange(new, folder):
        _swap_by_two_renames(new, folder)


def _swap_out(new: Path, folder: Path) -> None:
    """Take back what ``_swap_in`` did.

    Raises:
        BuildError: readers see the new folder now, and its name may be lost with the power supply.
    """
    try:
        if new.exists():
            _swap_in(new, folder)
        else:
            folder.rename(new)
    except OSError as error:
        raise BuildError(
            f"{_explain(folder, error)}（新しい報告書に替わりましたが、ディスクに書き終えたことを確かめられません）"
        ) from error


def _swap_by_two_renames(new: Path, folder: Path) -> None:
    """The portable way: between the two renames there is no report, which ``clear_leftovers`` would mend."""
    old = folder.with_name(new.name.replace(NEW, OLD))
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    with suppress(OSError):  # It is swapped in: what stays there is cleared by the next build.
        old.rename(new)


def exchange(new: Path, folder: Path) -> bool:
    """Exchange the names of two folders in one step; False where the system does not offer that.

    Raises:
        OSError: it does, and refused.
    """
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if renameat2 is None:
        return False
    renameat2.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    if renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(folder), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_TO_BE_HAD:
        return False
    raise OSError(number, os.strerror(number), str(folder))


def _explain(path: Path, error: OSError) -> str:
    return f"{path.name} を公開できません: {why_not_written(error)}"
