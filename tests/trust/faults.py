"""Make the Nth touch of the disk fail, or be the last thing that a process does."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


class Disk:
    """Counts the writes, flushes, renames and creations under some folders; acts at the Nth."""

    def __init__(self, folders: list[Path], at: int, act: Callable[[str], None]) -> None:
        self.folders, self.at, self.act = [str(folder) for folder in folders], at, act
        self.steps: list[str] = []

    def step(self, name: str, path: object) -> None:
        """One touch of the disk."""
        if isinstance(path, str | os.PathLike) and not str(path).startswith(tuple(self.folders)):
            return
        self.steps.append(f"{name} {path}")
        if len(self.steps) == self.at:
            self.act(self.steps[-1])


@contextmanager
def watched_disk(folders: list[Path], at: int, act: Callable[[str], None]) -> Iterator[Disk]:
    """Every write, fsync, rename, exchange, creation of a file or folder in this process goes through a ``Disk``."""
    disk = Disk(folders, at, act)
    with pytest.MonkeyPatch.context() as patch:
        # Two folders are exchanged by a function of the C library, which takes names as bytes.
        for name in ("fsync", "rename", "replace", "mkdir", "open", "fsencode"):
            patch.setattr(os, name, _stepping(disk, name, getattr(os, name)))
        patch.setattr(io, "open", _opening(disk, io.open))
        yield disk


def _stepping(disk: Disk, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(path: Any, *rest: Any, **named: Any) -> Any:
        is_reading = name == "open" and not (rest and rest[0] & (os.O_CREAT | os.O_WRONLY | os.O_RDWR))
        # A folder that is there already takes no room on the disk.
        if not is_reading and not (name == "mkdir" and Path(path).is_dir()):
            disk.step(name, path)
        return real(path, *rest, **named)

    return call


def _opening(disk: Disk, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if not set(mode) & set("wax+"):
            return real(file, mode, *rest, **named)
        disk.step("open", file)
        stream = real(file, mode, *rest, **named)
        write = stream.write

        class Writing:
            def write(self, content: Any) -> int:
                disk.step("write", file)
                return int(write(content))

            def __getattr__(self, name: str) -> Any:
                return getattr(stream, name)

            def __enter__(self) -> Any:
                stream.__enter__()
                return self

            def __exit__(self, *about: Any) -> Any:
                return stream.__exit__(*about)

        return Writing()

    return call
