"""A private copy of a report's inputs, in which its kernels work.

A report can use nothing that is not among its inputs, because nothing else is there: neither a file planted in
the working directory, nor a sheet that somebody saves during the build. What the notebooks write stays here too,
until the report is whole.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from helpers.build.inputs import Inputs


@dataclass(frozen=True)
class Workspace:
    """Four folders of one run.

    Attributes:
        project: the inputs, laid out as in the project; the kernels' ``GYOKAKU_ROOT``.
        ipython: the kernels' IPYTHONDIR, empty.
        runtime: connection files and sockets.
        cwd: the kernels' working directory, empty.
    """

    base: Path

    @classmethod
    def create(cls, inputs: Inputs) -> Workspace:
        """Lay the inputs out in a new temporary folder (short, since socket paths are limited to ~100 bytes)."""
        workspace = cls(Path(tempfile.mkdtemp(prefix="gyokaku-")).resolve())
        for folder in (workspace.project, workspace.ipython, workspace.runtime, workspace.cwd):
            folder.mkdir()
        for path, content in inputs.files.items():
            file = workspace.project / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return workspace

    @property
    def project(self) -> Path:
        return self.base / "project"

    @property
    def ipython(self) -> Path:
        return self.base / "ipython"

    @property
    def runtime(self) -> Path:
        return self.base / "run"

    @property
    def cwd(self) -> Path:
        return self.base / "cwd"

    def without_path(self, text: str) -> str:
        """``text`` with paths into the private copy written as paths of the project."""
        return text.replace(f"{self.project}/", "").replace(str(self.project), ".")

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.base, ignore_errors=True)
