"""Files that are the old ones or the new ones."""

import errno
import os
from pathlib import Path

import pytest

from helpers.files.writing import replace_file, sha256_of


def test_a_digest_is_the_one_that_everybody_computes() -> None:
    # The first example of FIPS 180-2, appendix B.1.
    assert sha256_of(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_file_is_replaced_whole_and_its_folder_made(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "file.csv"
    replace_file(file, b"old\n")
    replace_file(file, b"new\r\n")
    assert file.read_bytes() == b"new\r\n"
    assert list(file.parent.iterdir()) == [file]


def test_the_old_file_stays_where_the_new_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file.csv"
    replace_file(file, b"old")

    def fail(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        replace_file(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
