"""A published report held against its manifest and, where the data is at hand, made again and compared."""

from __future__ import annotations

__all__ = ["Bundle", "attached_files", "attachment_problems"]

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from helpers.errors import DataError, GyokakuError
from helpers.export.pdf.attachments import ATTACHED
from helpers.files.differing import ADDED, CHANGED, GONE, differing
from helpers.pipeline.identity import reasons
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.manifest import ACCEPTED, NAME, Manifest, digests, identity
from helpers.pipeline.site import PlanFolder
from helpers.pipeline.workers import Workers
from helpers.proof.gate import check_same_cells


@dataclass(frozen=True)
class Bundle:
    """The content of a report's folder: its manifest and its other files by their names."""

    folder: Path
    manifest: Manifest
    files: Mapping[str, bytes]

    @classmethod
    def read(cls, folder: Path) -> Bundle:
        """Read a folder, but for what file managers and spreadsheet programs leave in it.

        Raises:
            DataError: it has no manifest, or a file cannot be read.
        """
        manifest = Manifest.read(folder / NAME)
        if manifest is None:
            raise DataError(
                f"{folder} に、この版で読める {NAME} がありません。報告書のフォルダーを指定してください"
            )
        try:
            files = {name: path.read_bytes() for name, path in sorted(manifest.files_in(folder).items())}
        except OSError as error:
            raise DataError(f"{error.filename} を読めません（{error.strerror}）") from error
        return cls(folder, manifest, files)

    def problems(self) -> list[str]:
        """Differences from the manifest, of cells between page and PDF, of files from those in the PDF; empty where all is well."""
        problems = list(_apart(digests(self.files), self.manifest.outputs, "manifest.json の記録"))
        if not problems:
            try:
                check_same_cells(self.files)
            except (GyokakuError, KeyError) as error:
                problems.append(str(error))
            else:
                problems += attachment_problems(self.files)
        return problems

    def data_problems(self, root: Path) -> list[str]:
        """Why the project at ``root`` cannot make this report: other inputs, other software.

        Raises:
            DataError: the project lacks the plan or the year.
        """
        now = identity(self.manifest.target, self._inputs(root))
        return list(reasons.changes(self.manifest.identity, now, root))

    def rebuilt_problems(self, root: Path) -> list[str]:
        """Make the report again from the project's data, in memory, and list the files that differ.

        Raises:
            GyokakuError: it could not be made.
        """
        target, inputs = self.manifest.target, self._inputs(root)
        with Workers(1) as workers:
            workers.start()
            made = workers.submit(target, inputs, self.manifest.summary.warnings, lambda *_: None).result()
        there = digests({**self.files, NAME: (self.folder / NAME).read_bytes()})
        return list(_apart(there, digests(made.files), "作り直したもの"))

    def _inputs(self, root: Path) -> Inputs:
        target = self.manifest.target
        folder = PlanFolder.open(root, target.plan_id)
        accepted = str(self.manifest.identity.get("parameters", {}).get(ACCEPTED, ""))
        return folder.gather(target, accepted)


def _apart(there: Mapping[str, str], wanted: Mapping[str, str], source: str) -> Iterator[str]:
    words = {
        GONE: f"ありません（{source}にはあります）",
        ADDED: f"{source}にないファイルです",
        CHANGED: f"{source}と違います",
    }
    return (f"{name}: {words[change]}" for name, change in differing(wanted, there).items())


_WORDS = {
    GONE: "report.pdf に添付されていません",
    ADDED: "report.pdf に添付されていますが、フォルダーにありません",
    CHANGED: "report.pdf に添付されたものと違います",
}


def attached_files(pdf: bytes) -> dict[str, bytes]:
    """The files that a PDF carries, by their names."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}


def attachment_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    """List the files attached to a report's PDF that differ from those in its folder, a Japanese sentence each."""
    attached = attached_files(files["report.pdf"])
    wanted = {name: content for name, content in files.items() if name.endswith(ATTACHED)}
    for name, change in differing(wanted, attached).items():
        yield f"{name}: {_WORDS[change]}"
