"""Files that are the old ones or the new ones, never something between; and what tells one content from another."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

# In the middle of the names under which new files and folders lie until they are whole.
NEW = ".new-"
# Characters of a file's name in the name beside it: a whole one could make it longer than a file system takes.
_ENOUGH = 20


def sha256_of(data: bytes) -> str:
    """The SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def replace_file(file: Path, content: bytes) -> None:
    """Write a file beside ``file``, flush it to the disk and rename it; makes the folder if need be.

    Raises:
        OSError: it could not be written and the old file stays, or the renaming could not be flushed to the disk.
    """
    import tempfile  # which brings much with it that a build with nothing to do can do without

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
