"""The files that make up a year's status sheet: one file, or the files of a folder."""

from __future__ import annotations

__all__ = [
    "MOST_BYTES", "MOST_PARTS", "department_of_part", "digest_of_parts", "home_of_part", "part_name", "parts_or_itself",
    "sheet_parts", "year_of_sheet",
]  # fmt: skip

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from helpers.files.paths import Kind, is_leftover, kind_of, real_path
from helpers.files.writing import sha256_of
from helpers.fiscal_year import FiscalYear, year_or_none
from helpers.plan import Plan
from helpers.plan.departments import is_department
from helpers.sheets.files.formats import ENDINGS
from helpers.text.forms import natural_key

MOST_PARTS = 500  # files of a sheet: no city has as many departments
MOST_BYTES = 200_000_000  # of all of them


def sheet_parts(sheet: Path) -> tuple[Path, ...]:
    """The files of a year's sheet: the file itself, or the spreadsheets in the folder and below it, by name.

    What file managers and spreadsheet programs leave there is passed over, and so are hidden folders and other files.
    Empty for a folder without spreadsheets.

    Raises:
        OSError: a folder cannot be read.
    """
    if kind_of(sheet) is not Kind.FOLDER:
        return (sheet,)
    return tuple(sorted(_spreadsheets_below(sheet), key=lambda path: _order(path.relative_to(sheet))))


def parts_or_itself(sheet: Path) -> tuple[Path, ...]:
    """``sheet_parts``, or the folder itself where it cannot be read."""
    try:
        return sheet_parts(sheet)
    except OSError:
        return (sheet,)


def part_name(sheet: Path, part: Path) -> str:
    """The name of a part in findings and reports: 'R5/総務課.xlsx', or 'R5.xlsx' where the sheet is one file."""
    return part.relative_to(sheet.parent).as_posix()


def department_of_part(name: str) -> str:
    """The department that a file of a folder is named for: 'R5/総務課.xlsx'; "" for other names."""
    path = PurePosixPath(name)
    return path.stem if len(path.parts) > 1 and is_department(path.stem) else ""


def home_of_part(file: Path, plan: Plan) -> Path | None:
    """The year's folder that a file is a part of; None where the file is no part of a sheet of the plan."""
    file, home = real_path(file), real_path(plan.folder)
    folder = next((folder for folder in file.parents if folder.parent == home), None)
    return folder if folder is not None and year_or_none(folder.name) is not None else None


def year_of_sheet(sheet: Path) -> FiscalYear | None:
    """The fiscal year that a sheet in a plan's folder is named for: that of 'R5.xlsx' or of the folder 'R5'."""
    name = sheet.stem if sheet.suffix.lower() in ENDINGS else sheet.name
    return year_or_none(name)


def digest_of_parts(contents: Mapping[str, bytes]) -> str:
    """The SHA-256 of a sheet: of the bytes of its one file or, for a folder, of a list of digests and names.

    A line of the list: the SHA-256 of a part, two blanks, its name, as ``sha256sum`` writes it. It changes with every
    part that is added, removed, renamed or changed.
    """
    if len(contents) == 1 and "/" not in (name := next(iter(contents))):
        return sha256_of(contents[name])
    lines = (f"{sha256_of(data)}  {name}\n" for name, data in sorted(contents.items()))
    return sha256_of("".join(lines).encode("utf-8", "surrogateescape"))


def _spreadsheets_below(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise error

    for base, folders, names in os.walk(folder, onerror=fail):
        folders[:] = [name for name in folders if not is_leftover(name)]
        for name in names:
            path = Path(base, name)
            # Opening a pipe would wait until another program writes to it.
            if path.suffix.lower() in ENDINGS and not is_leftover(name) and kind_of(path) is not Kind.OTHER:
                yield path


def _order(path: Path) -> tuple[tuple[tuple[tuple[int, int, str], ...], str], ...]:
    return tuple((natural_key(Path(name).stem), name) for name in path.parts)  # 'b.csv' before 'b (1).csv'
