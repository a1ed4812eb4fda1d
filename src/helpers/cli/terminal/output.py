"""A file that a command writes where the user says: never over an existing file unasked or an input, and whole or not at all."""

from __future__ import annotations

__all__ = ["Output"]

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import BuildError, UsageError, WriteError
from helpers.files.paths import Kind, kind_of, real_path, why_not_written
from helpers.pipeline.publication.publication import publish_file
from helpers.project import plan_folder_of, reports_around


@dataclass(frozen=True)
class Output:
    """The file that a command writes.

    Attributes:
        option: the option that names the file, for messages.
        overwrite: whether a file that is there may be replaced.
        inputs: files and folders that the same command reads.
    """

    file: Path
    option: str
    overwrite: bool
    inputs: Sequence[Path] = ()

    def check(self) -> None:
        """Refuse what may not be written over, before any work is done for it.

        Raises:
            UsageError: the file is an input or lies in one, lies in a plan's folder, is there and may not be
                overwritten, or has no folder; names the remedy.
        """
        file, elsewhere = self.file, f"別の名前を {self.option} で指定してください"
        if (kind := kind_of(file)) in (Kind.FOLDER, Kind.OTHER):
            raise UsageError(f"{file} は{kind.value}なので、書き込めません。{elsewhere}")
        if any(_is_same_or_inside(file, read) for read in self.inputs):
            raise UsageError(f"{file} は、このコマンドが読むファイルです。{elsewhere}")
        if any(plan_folder_of(folder) for folder in (file, *list(real_path(file).parents)[:2])):
            raise UsageError(
                f"{file} は計画のデータのフォルダーの中なので、書き込めません。別の場所を {self.option} で指定してください"
            )
        if (folder := reports_around(file)) is not None:
            raise UsageError(
                f"{file} は報告書のフォルダー（{folder.name}）の中なので、書き込めません。別の場所を {self.option} で指定してください"
            )
        if kind is not Kind.NOTHING and not self.overwrite:
            raise UsageError(
                f"{file} はすでにあります。別の名前を {self.option} で指定するか、--overwrite を付けてください"
            )
        if kind_of(file.parent) is not Kind.FOLDER:
            raise UsageError(
                f"{file.parent} というフォルダーがありません。先に作るか、別の場所を指定してください"
            )

    def write(self, data: bytes) -> None:
        """Write the file whole.

        Raises:
            UsageError: as ``check``.
            WriteError: it cannot be written; what was there stays.
        """
        self.check()
        try:
            publish_file(self.file, data)
        except BuildError as error:
            # Its own sentence speaks of publishing.
            reason = why_not_written(error.__cause__) if isinstance(error.__cause__, OSError) else error
            raise WriteError(
                f"{self.file} に書き込めません: {reason}（場所は {self.option} で変えられます）"
            ) from error


def _is_same_or_inside(file: Path, read: Path) -> bool:
    """Whether a file is the one that is read, whatever its name, or lies in a folder that is read."""
    try:
        if file.samefile(read):
            return True
    except OSError:  # one of them is not there
        pass
    return real_path(read) in real_path(file).parents
