"""A private copy of a report's inputs, in which its kernels work.

A report can use nothing that is not among its inputs, because nothing else is there: neither a file planted in
the working directory, nor a sheet that somebody saves during the build. What the notebooks write stays here too,
until the report is whole.
"""

from __future__ import annotations

__all__ = ["PATIENCE", "Workspace"]

import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from filelock import BaseFileLock, FileLock, Timeout

from helpers.errors import BuildError
from helpers.pipeline.identity.inputs import Inputs
from helpers.project import Target

_LOCK = ".lock"
PATIENCE = 60  # seconds; the lock is held for as long as it takes to clear away what killed builds left


@dataclass(frozen=True)
class Workspace:
    """The folders of one run; used in a ``with``, at whose end they are gone."""

    base: Path
    lock: BaseFileLock

    @classmethod
    def create(cls, inputs: Inputs) -> Workspace:
        """Lay the inputs out in a new temporary folder; folders whose build was killed are removed.

        Raises:
            BuildError: it could not be written, or another process keeps the lock of all workspaces.
        """
        workspace: Workspace | None = None
        try:
            room = _room()
            # A build holds the lock of its folder until it ends, however it ends; the room's own lock
            # keeps others from taking a folder for abandoned that has no lock yet.
            with FileLock(room / _LOCK, timeout=PATIENCE):
                _clear(room)
                base = Path(tempfile.mkdtemp(dir=room))
                workspace = cls(base, FileLock(base / _LOCK))
                workspace.lock.acquire()
            workspace._lay_out(inputs)
        except Timeout as error:
            raise BuildError(
                f"作業用のフォルダーを作れません。{error.lock_file} を別のプロセスが使ったままです（{PATIENCE}秒待ちました）。"
                "止まっている gyokaku があれば終了させてから、もう一度実行してください"
            ) from error
        except BaseException as error:
            if workspace is not None:
                workspace.__exit__(None, None, None)
            if not isinstance(error, OSError):  # Ctrl-C
                raise
            raise BuildError(
                f"作業用のフォルダーを作れません（{error.strerror}: {tempfile.gettempdir()}）"
            ) from error
        return workspace

    @property
    def project(self) -> Path:
        """The inputs, laid out as in the project; the kernels' GYOKAKU_ROOT."""
        return self.base / "project"

    @property
    def ipython(self) -> Path:
        """The kernels' IPYTHONDIR, empty."""
        return self.base / "ipython"

    @property
    def runtime(self) -> Path:
        """Connection files and sockets."""
        return self.base / "run"

    @property
    def cwd(self) -> Path:
        """The kernels' working directory, empty."""
        return self.base / "cwd"

    def without_path(self, text: str) -> str:
        """``text`` with paths into the private copy written as paths of the project."""
        return text.replace(f"{self.project}/", "").replace(str(self.project), ".")

    def processed_files(self, target: Target) -> dict[str, bytes]:
        """The processed files that the notebooks wrote for a report's year, by path in the project."""
        folder = self.project / target.processed.parent
        return {
            path.relative_to(self.project).as_posix(): path.read_bytes()
            for path in sorted(folder.glob(f"{target.year.western}.*"))
        }

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.lock.release()
        shutil.rmtree(self.base, ignore_errors=True)

    def _lay_out(self, inputs: Inputs) -> None:
        for folder in (self.project, self.ipython, self.runtime, self.cwd):
            folder.mkdir()
        for path, content in (*inputs.files.items(), *inputs.frames.items()):
            file = self.project / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def _room() -> Path:
    """The user's own folder for workspaces, in the temporary folder: its path is short, as those of sockets must be."""
    user = os.getuid() if hasattr(os, "getuid") else os.getlogin()
    room = Path(tempfile.gettempdir()).resolve() / f"gyokaku-{user}"
    room.mkdir(mode=0o700, exist_ok=True)
    status = room.lstat()
    if os.name == "posix" and (
        not stat.S_ISDIR(status.st_mode) or status.st_uid != user or status.st_mode & 0o077
    ):
        raise BuildError(
            f"{room} はほかの利用者も書き込めるため、使いません。削除してから、もう一度実行してください"
        )
    return room


def _clear(room: Path) -> None:
    for folder in room.iterdir():
        if not folder.is_dir():
            continue
        lock = FileLock(folder / _LOCK, timeout=0)
        try:
            lock.acquire()
        except (Timeout, OSError):
            continue
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)
