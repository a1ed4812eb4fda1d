"""``data/processed/<plan>/``: the checked frame of each year, as ``ingest.ipynb`` leaves it.

Two files a year: ``2022.csv``, the tidy frame, and ``2022.json``, its source; for a plan that declares more than statuses
also ``2022.values.csv``, the declared values. A frame is used only while the sheet, the plan files, the code that read
them and the libraries beneath are unchanged; otherwise the sheet is read again.
"""

from __future__ import annotations

__all__ = ["READING", "frame_files", "ingest", "read_year", "reading_code"]

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from helpers.files.nesting import read_json
from helpers.files.writing import replace_file, sha256_of
from helpers.fiscal_year import FiscalYear
from helpers.history.imported import sources
from helpers.plan import Plan
from helpers.plan.declared.kinds import Value
from helpers.sheets import COLUMNS, Finding, SheetSource, StatusSheet
from helpers.sheets.parts import digest_of_parts, part_name, sheet_parts
from helpers.sheets.status_sheet import INTEGER_COLUMNS

# The libraries that read xls and make frames; csv, XML and TOML are Python's own.
_READERS = ("pandas", "xlrd")
# The modules that turn a plan's files and a sheet into a frame.
READING = ("history.processed", "plan.reading.plan_file")


def ingest(plan: Plan, year: FiscalYear, sheet_path: Path, folder: Path) -> StatusSheet:
    """Read and check a year's sheet and write its frame to ``folder``, unless the frame there is current; on an error write nothing.

    Raises:
        SheetError: the sheet has findings that are errors.
    """
    if (current := _read_current(plan, year, sheet_path, folder)) is not None:
        return current
    sheet = _read_sheet(plan, year, sheet_path)
    for name, content in frame_files(plan, sheet).items():
        replace_file(folder / name, content)
    return sheet


def frame_files(plan: Plan, sheet: StatusSheet) -> dict[str, bytes]:
    """The frame of a year and its description by their names, in the order in which they are to be written.

    Without its description, or with an old one, a frame is not used.
    """
    frame = _csv_text(sheet).encode()
    origin = {
        "source": asdict(sheet.source),
        "tables": [asdict(source) for source in sheet.tables],
        "notes": sheet.notes,
        "findings": [asdict(finding) for finding in sheet.findings],
        "frame_sha256": sha256_of(frame),
        "made_from": _identity(plan, sheet.source.sha256),
    }
    files = {f"{int(sheet.year)}.csv": frame}
    if plan.declared:
        files[_values_name(sheet.year)] = values = _values_text(sheet.values).encode()
        origin["values_sha256"] = sha256_of(values)
    description = json.dumps(origin, ensure_ascii=False, indent=1) + "\n"
    return files | {f"{int(sheet.year)}.json": description.encode()}


def read_year(plan: Plan, year: FiscalYear, sheet_path: Path, folder: Path) -> StatusSheet:
    """The processed frame of a year if it is current, otherwise the sheet itself.

    Raises:
        SheetError: the sheet has findings that are errors.
    """
    return _read_current(plan, year, sheet_path, folder) or _read_sheet(plan, year, sheet_path)


def _read_sheet(plan: Plan, year: FiscalYear, sheet_path: Path) -> StatusSheet:
    # Its modules are many, and a build hands its kernels frames that are current.
    from helpers.sheets import read_status_sheet

    return read_status_sheet(sheet_path, plan, year)


def _read_current(plan: Plan, year: FiscalYear, sheet_path: Path, folder: Path) -> StatusSheet | None:
    try:
        frame_bytes = (folder / f"{int(year)}.csv").read_bytes()
        origin = read_json((folder / f"{int(year)}.json").read_bytes())
        contents = {part_name(sheet_path, part): part.read_bytes() for part in sheet_parts(sheet_path)}
        current = _identity(plan, digest_of_parts(contents))
        if origin["made_from"] != current or origin["frame_sha256"] != sha256_of(frame_bytes):
            return None
        values = (folder / _values_name(year)).read_bytes() if plan.declared else b""
        if plan.declared and origin["values_sha256"] != sha256_of(values):
            return None
        return StatusSheet(
            year=year,
            records=_read_records(frame_bytes.decode("utf-8")),
            source=SheetSource(**origin["source"]),
            notes=tuple(origin["notes"]),
            findings=tuple(Finding(**finding) for finding in origin["findings"]),
            tables=tuple(SheetSource(**source) for source in origin["tables"]),
            values=tuple(
                Value(**record) for record in csv.DictReader(io.StringIO(values.decode(), newline=""))
            ),
        )
    except (OSError, ValueError, KeyError, TypeError):
        # The frame is missing, cut short or of another version: read the sheet.
        return None


def _csv_text(sheet: StatusSheet) -> str:
    return _written(COLUMNS, sheet.records, csv.QUOTE_NONNUMERIC)


def _read_records(text: str) -> tuple[dict[str, str | int], ...]:
    return tuple(
        {column: int(record[column]) if column in INTEGER_COLUMNS else record[column] for column in COLUMNS}
        for record in csv.DictReader(io.StringIO(text, newline=""))
    )


def _values_name(year: FiscalYear) -> str:
    return f"{int(year)}.values.csv"


def _values_text(values: Iterable[Value]) -> str:
    return _written([field.name for field in fields(Value)], map(asdict, values), csv.QUOTE_ALL)


def _written(columns: Sequence[str], records: Iterable[Mapping[str, Any]], quoting: Literal[1, 2]) -> str:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, columns, lineterminator="\n", quoting=quoting)
    writer.writeheader()
    writer.writerows(records)
    return written.getvalue()


def _identity(plan: Plan, sheet_sha256: str) -> str:
    files = (sha256_of((plan.folder / name).read_bytes()) for name in plan.files)
    return sha256_of("\n".join((sheet_sha256, *files, *reading_code())).encode())


@cache
def reading_code() -> tuple[str, ...]:
    """The SHA-256 of the code that reads sheets, and the versions of Python and of the libraries that it uses."""
    code = b"".join(file.read_bytes() for file in sources(Path(__file__).parents[1], READING))
    versions = (f"{package} {version(package)}" for package in _READERS)
    return (sha256_of(code), sys.version.split()[0], *versions)
