"""A published report held against its manifest and, where the data is at hand, made again and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.build.builder import PlanFolder
from helpers.build.inputs import Inputs, gather_inputs
from helpers.build.manifest import ACCEPTED, NAME, Manifest, digests, identity
from helpers.build.workers import Workers
from helpers.errors import DataError, GyokakuError
from helpers.gate import check_same_cells


@dataclass(frozen=True)
class Bundle:
    """A report's folder as it was found: its manifest and its other files by their names."""

    folder: Path
    manifest: Manifest
    files: Mapping[str, bytes]

    @classmethod
    def read(cls, folder: Path) -> Bundle:
        """Read a folder.

        Raises:
            DataError: it has no manifest, or a file cannot be read.
        """
        manifest = Manifest.read(folder / NAME)
        if manifest is None:
            raise DataError(
                f"{folder} に、この版で読める {NAME} がありません。報告書のフォルダーを指定してください"
            )
        try:
            files = {
                path.relative_to(folder).as_posix(): path.read_bytes()
                for path in sorted(folder.rglob("*"))
                if path.is_file() and path != folder / NAME
            }
        except OSError as error:
            raise DataError(f"{error.filename} を読めません（{error.strerror}）") from error
        return cls(folder, manifest, files)

    def problems(self) -> list[str]:
        """What is not as the manifest says, and cells that page and PDF do not share; empty where all is well."""
        found = list(_apart(digests(self.files), self.manifest.outputs, "manifest.json の記録"))
        if not found:
            try:
                check_same_cells(self.files)
            except (GyokakuError, KeyError) as error:
                found.append(str(error))
        return found

    def data_problems(self, root: Path) -> list[str]:
        """Why the project at ``root`` cannot make this report: other inputs, other software.

        Raises:
            DataError: the project lacks the plan or the year.
        """
        then, now = self.manifest.identity, identity(self.manifest.target, self._inputs(root))
        told = {
            "inputs": "入力",
            "versions": "ソフトウェアの版",
            "code": "プログラム",
            "parameters": "指定",
            "neighbours": "前後の年度の報告書",
        }
        return [
            f"{told.get(part, part)}の {key} が、この報告書を作ったときと違います"
            for part in sorted({*then, *now})
            for key in _differing(then.get(part), now.get(part))
        ]

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
        return gather_inputs(root, folder.plan, folder.sheets, target, accepted)


def _apart(there: Mapping[str, str], wanted: Mapping[str, str], what: str) -> Iterator[str]:
    for name in sorted({*there, *wanted}):
        if name not in there:
            yield f"{name}: ありません（{what}にはあります）"
        elif name not in wanted:
            yield f"{name}: {what}にないファイルです"
        elif there[name] != wanted[name]:
            yield f"{name}: {what}と違います"


def _differing(then: Any, now: Any) -> list[str]:
    if not isinstance(then, Mapping) or not isinstance(now, Mapping):
        return [] if then == now else [""]
    return [key for key in sorted({*then, *now}) if then.get(key) != now.get(key)]
