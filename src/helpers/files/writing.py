"""Write files: atomically, so that a reader sees the old content or the new, and zip files that depend on their contents only."""

from __future__ import annotations

__all__ = ["NEW", "flush_folder", "replace_file", "sha256_of", "write_flushed", "zipped"]

import hashlib
import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

# Part of the names that new files and folders have until they are whole.
NEW = ".new-"
# Characters of a file's name that its temporary name begins with: the whole name could be too long for a file system.
_ENOUGH = 20


def sha256_of(data: bytes) -> str:
    """The SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def replace_file(file: Path, content: bytes) -> None:
    """Write a file beside ``file``, flush it to the disk and rename it; makes the folder where there is none.

    Raises:
        OSError: it could not be written and the old file stays, or the renaming could not be flushed to the disk.
    """
    import tempfile  # slow to import, and not needed by a build that has nothing to do

    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name[:_ENOUGH]}{NEW}", dir=file.parent)
    os.close(descriptor)
    new = Path(name)
    try:
        write_flushed(new, content)
        new.chmod(0o644)
        new.replace(file)
        flush_folder(file.parent)
    finally:
        new.unlink(missing_ok=True)


def write_flushed(file: Path, content: bytes) -> None:
    """Write a file and flush it to the disk."""
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk."""
    if os.name == "nt":  # Windows has no handle on a folder that could be flushed.
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_EPOCH = (1980, 1, 1, 0, 0, 0)


def zipped(members: Mapping[str, bytes], stored: frozenset[str] = frozenset()) -> bytes:
    """Pack members in their order with fixed times and attributes; ``stored`` ones are not compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            member.external_attr, member.create_system = 0o600 << 16, 3
            archive.writestr(member, content)
    return stream.getvalue()
