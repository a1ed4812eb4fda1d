"""Read a year's status sheet: read the bytes of its files once, parse and check them, list every finding."""

from __future__ import annotations

__all__ = ["departments_before", "inspect_parts", "inspect_sheet", "read_status_sheet"]

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from helpers.errors import DataError, SheetError
from helpers.files.paths import Kind, kind_of, real_path, why_not_read
from helpers.files.writing import sha256_of
from helpers.fiscal_year import FiscalYear, year_or_none
from helpers.plan import Plan
from helpers.plan.departments import departments_in
from helpers.plan.lineage import carried_on
from helpers.sheets.files.unreadable import LIMITS, Limits, limited_bytes
from helpers.sheets.finding import Finding
from helpers.sheets.parts import MOST_BYTES, MOST_PARTS, digest_of_parts, home_of_part, part_name, sheet_parts
from helpers.sheets.sheet_folder import find_sheets
from helpers.sheets.sheet_reader import SheetReader
from helpers.sheets.status_sheet import SheetReading, StatusSheet


def read_status_sheet(path: Path, plan: Plan, year: FiscalYear | None = None) -> StatusSheet:
    """Read a status sheet, a file or a folder of parts, and check it against the plan; ``year`` as of ``inspect_sheet``.

    Raises:
        SheetError: any finding is an error; all findings are kept in it.
    """
    reading = inspect_sheet(path, plan, year)
    if reading.status_sheet is None:
        raise SheetError(reading.findings)
    return reading.status_sheet


def inspect_sheet(path: Path, plan: Plan, year: FiscalYear | None = None) -> SheetReading:
    """Read a status sheet as far as it can be read and list its findings, file by file in order of position.

    A folder is read as one sheet; a file in a year's folder of the plan as one part of it, whose other items are not
    missing. Without ``year`` the fiscal year is taken from the name of the file or folder, or else from the title above
    the table.
    """
    return _inspect(Path(path), plan, year)


def _inspect(path: Path, plan: Plan, year: FiscalYear | None, *, is_whole: bool = True) -> SheetReading:
    home = home_of_part(path, plan) if kind_of(path) is not Kind.FOLDER else None
    own_name = path.name
    if home is not None:
        year = year or year_or_none(home.name)
        own_name = part_name(home, real_path(path))
    contents: dict[str, bytes] = {}
    unread: list[Finding] = []
    try:
        parts = {part_name(path, part) if part != path else own_name: part for part in sheet_parts(path)}
        if len(parts) > MOST_PARTS:
            return _too_large(own_name, f"ファイルが多すぎます（上限{MOST_PARTS}個）")
        for name, part in parts.items():
            if sum(map(len, contents.values())) > MOST_BYTES:
                return _too_large(
                    own_name, f"ファイルが合わせて大きすぎます（上限{MOST_BYTES // 1_000_000}MB）"
                )
            try:
                contents[name] = limited_bytes(part)
            except OSError as error:
                unread.append(_unreadable(name, error))
    except OSError as error:
        unread.append(_unreadable(own_name, error))
    return inspect_parts(
        contents, own_name, plan, year, unread=tuple(unread), is_whole=is_whole and home is None
    )


def inspect_parts(
    contents: Mapping[str, bytes],
    name: str,
    plan: Plan,
    year: FiscalYear | None = None,
    limits: Limits = LIMITS,
    *,
    unread: tuple[Finding, ...] = (),
    is_whole: bool = True,
) -> SheetReading:
    """Read the files of a status sheet that are given as bytes by name; otherwise like ``inspect_sheet``.

    ``name``: that of the file, or of the folder ('R5') whose files are called 'R5/総務課.xlsx'. ``unread``: why other
    files of it could not be read. ``is_whole``: whether an item that none of the files has is missing.
    """
    if not contents:
        findings = unread or (_empty_folder(name),)
        return SheetReading(None, findings, "")
    reader = SheetReader(name, plan, year or year_or_none(name), limits)
    reader.read_files(contents)
    digest = sha256_of(contents[name]) if name in contents else digest_of_parts(contents)
    sheet = reader.status_sheet(digest, partial(departments_before, plan), is_whole=is_whole and not unread)
    findings = (*reader.findings(), *unread)
    return SheetReading(None if unread else sheet, findings, digest, reader.records, reader.notes)


def _too_large(name: str, problem: str) -> SheetReading:
    message = f"{problem}。状況調査だけを置いてください"
    return SheetReading(None, (Finding(name, message, "too_large"),), "")


def _unreadable(name: str, error: OSError) -> Finding:
    return Finding(name, "。".join(why_not_read(error)), "unreadable")


def _empty_folder(name: str) -> Finding:
    message = (
        "中に表計算のファイルがないフォルダーです。各課の状況調査を入れるか、このフォルダーを外してください"
    )
    return Finding(name, message, "empty_folder")


def departments_before(plan: Plan, year: FiscalYear) -> dict[str, str]:
    """The departments of the year's items in last year's sheet, by number; empty where that cannot be read."""
    try:
        sheet = find_sheets(plan, [year.previous]).get(year.previous)
        if sheet is None:
            return {}
        # Findings about last year's sheet do not matter here.
        read = _inspect(sheet, plan, year.previous, is_whole=False).status_sheet
        if read is None:
            return {}
        frame = read.statuses
        before = dict(zip(frame["number"], frame["department"], strict=True))
        written = {number: before.get(same, "") for number, same in carried_on(plan, year).items()}
        return {
            number: "、".join(departments_in(text, plan.renamed_departments))
            for number, text in written.items()
        }
    except DataError:
        return {}
