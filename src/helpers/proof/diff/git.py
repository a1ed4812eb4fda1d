"""Read the data of a git revision without touching the working tree."""

from __future__ import annotations

__all__ = ["find_commit", "write_files"]

import subprocess
from pathlib import Path, PurePosixPath

from helpers.errors import DataError, UsageError

_REGULAR = ("100644", "100755")


def find_commit(root: Path, revision: str) -> str | None:
    """Find the commit that a revision names in the repository around ``root``; None if there is no such commit.

    Raises:
        UsageError: git is not installed.
    """
    answer = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return answer.stdout.decode().strip() if answer.returncode == 0 else None


def write_files(root: Path, commit: str, folder: str, target: Path) -> None:
    """Write the files of a commit below ``folder`` (relative to ``root``) to ``target``.

    Links and submodules are left out because they lead out of the data.

    Raises:
        DataError: the files cannot be read from the repository.
    """
    listing = _output(root, "ls-tree", "-r", "-z", commit, "--", folder)
    for entry in listing.split(b"\0"):
        if not entry:
            continue
        description, name = entry.split(b"\t", 1)
        mode, kind, blob = description.decode().split()
        path = PurePosixPath(name.decode("utf-8", errors="surrogateescape"))
        file = target / path
        if kind != "blob" or mode not in _REGULAR or not file.resolve().is_relative_to(target.resolve()):
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_output(root, "cat-file", "blob", blob))


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise UsageError("git が見つかりません。git の版どうしを比べるには、git を入れてください") from error


def _output(root: Path, *arguments: str) -> bytes:
    answer = _git(root, *arguments)
    if answer.returncode != 0:
        reason = answer.stderr.decode("utf-8", errors="replace").strip()
        raise DataError(f"git からデータを読めません（{reason}）")
    return answer.stdout
