"""Everything that a report is made from, read once: what is hashed is what is parsed."""

from __future__ import annotations

__all__ = ["ANNUAL_REPORT", "INGEST", "LARGEST", "LOCK", "Inputs", "data_files", "gather_inputs"]

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from helpers.errors import DataError, UsageError
from helpers.export.page.neighbours import Neighbours
from helpers.files.paths import real_path, why_not_read
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.notebook_source import notebook_source
from helpers.plan import Plan
from helpers.plan.lineage import years_used
from helpers.plan.reading.published_folder import ERRATA, accepted_reason, published_files
from helpers.project import Target
from helpers.sheets.parts import sheet_parts

LARGEST = 64 << 20  # bytes of one file; a status sheet has well under a million
LOCK = "requirements/base.txt"
INGEST, ANNUAL_REPORT = "notebooks/ingest.ipynb", "notebooks/annual_report.ipynb"


@dataclass(frozen=True)
class Inputs:
    """The bytes of a report's inputs by their path, relative to the project, with forward slashes.

    ``accepted``: why differences from the published figures are accepted; "" where they are not.
    ``neighbours``: the reports that the page links to.
    ``frames``: the checked frames of the sheets by path, so that no kernel reads a sheet again; they follow from ``files``.
    """

    files: Mapping[str, bytes]
    accepted: str = ""
    neighbours: Neighbours = field(default_factory=Neighbours)
    frames: Mapping[str, bytes] = field(default_factory=dict)


def gather_inputs(
    root: Path, plan: Plan, sheets: Mapping[FiscalYear, Path], target: Target, accepted: str = ""
) -> Inputs:
    """Read the plan's files, the sheets that the year uses, its published figures and the two notebooks.

    ``accepted``: why figures that differ from the published ones may be published; what errata.toml says by default.
    Left out are other files in the plan's folder and sheets of years that the report's tables do not use.

    Raises:
        DataError: the year has no sheet, or a file or folder cannot be read.
        UsageError: the project has no such notebook.
    """
    if target.year not in sheets:
        raise DataError(_no_sheet(plan, sheets, target.year))
    files = data_files(plan, sheets, target.year)
    files += [root / INGEST, root / ANNUAL_REPORT]
    files += [lock for lock in [root / LOCK] if lock.is_file()]
    inside = root.resolve()
    contents = {(name := path.relative_to(root).as_posix()): _read(path, name, inside) for path in files}
    for name in (INGEST, ANNUAL_REPORT):
        contents[name] = notebook_source(contents[name])
    records = plan.folder / "published" / str(int(target.year)) / ERRATA
    if not accepted and (data := contents.get(records.relative_to(root).as_posix())) is not None:
        accepted = accepted_reason(records, data.decode("utf-8-sig", errors="replace"))
    return Inputs(contents, accepted, Neighbours.among(sheets, target.year))


def data_files(plan: Plan, sheets: Mapping[FiscalYear, Path], year: FiscalYear) -> list[Path]:
    """The files of the plan's folder that a year's report is made from.

    Raises:
        DataError: no implementation plan covers the year, or the folder of a sheet, or something in the folder of
            published figures, cannot be read.
    """
    used = years_used(plan, year)
    files = [plan.folder / name for name in plan.files]
    for sheet in (path for known, path in sorted(sheets.items()) if known in used):
        try:
            files += sheet_parts(sheet)
        except OSError as error:
            raise DataError(f"data/raw/{plan.id}/{sheet.name}: {'。'.join(why_not_read(error))}") from error
    return [*files, *published_files(plan, year)]


def _read(path: Path, where: str, inside: Path) -> bytes:
    # A link in the data folder must not carry other files of the computer into a published report.
    if not real_path(path).is_relative_to(inside):
        raise DataError(f"{where}: プロジェクトの外へのリンクです。ファイルそのものを置いてください")
    try:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            content = file.read(LARGEST + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        if path.suffix == ".ipynb" and isinstance(error, FileNotFoundError):
            raise UsageError(f"{where} がありません。プロジェクトのフォルダーを確認してください") from None
        raise DataError(f"{where}: {'。'.join(why_not_read(error))}") from error
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        raise DataError(
            f"{where} は、読み取っている間に変わりました。保存が終わってから、もう一度実行してください"
        )
    if len(content) > LARGEST:
        raise DataError(f"{where} は大きすぎます（{LARGEST >> 20} MB まで）。表だけのファイルにしてください")
    return content


def _no_sheet(plan: Plan, sheets: Mapping[FiscalYear, Path], year: FiscalYear) -> str:
    known = "、".join(str(known_year) for known_year in sorted(sheets)) or "なし"
    folder = f"data/raw/{plan.id}"
    return f"{year}の状況調査がありません（状況調査のある年度: {known}）。{folder} に {year.short}.xlsx などを置いてください"
