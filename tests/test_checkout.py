"""A clone has the bytes of the data that were committed, whatever git is told to do with line ends."""

import hashlib
from pathlib import Path

import pytest

from commands import git

FOLDERS = ("data", "notebooks", "requirements", "tests/plans")


def digests(folder: Path, names: list[str]) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


@pytest.mark.parametrize("autocrlf", ["true", "input", "false"])
def test_a_clone_has_the_same_sha256_of_every_input(root: Path, tmp_path: Path, autocrlf: str) -> None:
    """Also of a sheet with CR LF, as Excel saves csv: it is committed and checked out as it is."""
    original = tmp_path / "original"
    original.mkdir()
    git(original, "init", "-q")
    git(original, "config", "core.autocrlf", autocrlf)
    names = [
        path.relative_to(root).as_posix()
        for folder in FOLDERS
        for path in (root / folder).rglob("*")
        if path.is_file() and "processed" not in path.parts and "checkpoints" not in str(path)
    ]
    for name in (".gitattributes", *names):
        (original / name).parent.mkdir(parents=True, exist_ok=True)
        (original / name).write_bytes((root / name).read_bytes())
    for sheet, end in (("R5.csv", "\r\n"), ("R6.csv", "\n")):
        (original / "data/raw/yamaguchi" / sheet).write_bytes(f"番号,実施状況{end}1,実施{end}".encode())
        names.append(f"data/raw/yamaguchi/{sheet}")
    git(original, "add", "-A")
    git(original, "commit", "-q", "-m", "all")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "-c", f"core.autocrlf={autocrlf}", str(original), str(clone))
    assert digests(clone, names) == digests(original, names)
    assert len(names) > 20
