"""What tests compare instead of the files of a folder."""

import hashlib
from pathlib import Path


def fingerprint(folder: Path) -> dict[str, str]:
    """SHA-256 of every file under a folder, the lock file apart."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }
