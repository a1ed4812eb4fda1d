"""``gyokaku check``: what is wrong with a status sheet, before anything is built from it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from helpers.cli.output import write_new
from helpers.errors import UsageError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.plan_file import load_plan
from helpers.project import chosen_root, sole_plan_id
from helpers.sheets import SheetFolder, SheetReading, inspect_sheet


def run_check(
    files: Sequence[Path],
    root: Path | None,
    plan_id: str | None,
    year: FiscalYear | None,
    as_json: bool,
    marked: Path | None = None,
    overwrite: bool = False,
) -> int:
    """Inspect each file, print its findings, and return the exit code: 1 on any error.

    ``marked`` is where a copy of the one file goes, with the findings as comments and colours.
    """
    if marked and (len(files) != 1 or marked.suffix.lower() != ".xlsx"):
        raise UsageError("--mark-up は、ファイルを一つだけ調べるときに OUT.xlsx の形で指定してください")
    for file in files:
        if file.is_dir():
            raise UsageError(f"{file} はフォルダーです。中のファイルを指定してください")
        if not file.is_file():
            raise UsageError(f"{file} がありません。ファイルの場所を確認してください")
    readings = {
        file: _with_name(file, inspect_sheet(file, _plan_of(file, root, plan_id), year)) for file in files
    }
    click.echo(_as_json(readings) if as_json else _as_text(readings))
    for file, reading in readings.items():
        if marked:
            from helpers.sheets import mark_up  # brings openpyxl with it

            write_new(marked, mark_up(file, reading.findings), "--mark-up", overwrite=overwrite)
            click.echo(f"写しを作りました: {marked}", err=True)
    return 1 if any(reading.has_errors for reading in readings.values()) else 0


def _plan_of(file: Path, root: Path | None, plan_id: str | None) -> Plan:
    """The plan that was named, the one in whose folder the file lies, or the only one."""
    if plan_id is None and (file.resolve().parent / "plan.toml").is_file():
        return load_plan(file.resolve().parent)
    project = chosen_root(root)
    return load_plan(project / "data" / "raw" / sole_plan_id(project, plan_id))


def _with_name(file: Path, reading: SheetReading) -> SheetReading:
    """A reading that also warns where the file lies in a plan's folder under a name that no report reads."""
    place = file.resolve()
    if not (place.parent / "plan.toml").is_file():
        return reading
    unread = (finding for finding in SheetFolder.look(place.parent).unread if finding.file == place.name)
    return replace(reading, findings=(*reading.findings, *unread))


def _as_text(readings: dict[Path, SheetReading]) -> str:
    lines = [
        f"{'誤り' if finding.is_error else '注意'} {finding}"
        for reading in readings.values()
        for finding in reading.findings
    ]
    errors, warnings = _count(readings)
    found = f"誤り {errors}件、注意 {warnings}件" if errors or warnings else "誤りはありません"
    return "\n".join([*lines, f"{len(readings)}ファイルを調べました: {found}"])


def _as_json(readings: dict[Path, SheetReading]) -> str:
    errors, warnings = _count(readings)
    files = [
        {
            "file": file.as_posix(),
            "sha256": reading.sha256,
            "findings": [asdict(finding) | {"place": finding.place} for finding in reading.findings],
        }
        for file, reading in readings.items()
    ]
    return json.dumps({"errors": errors, "warnings": warnings, "files": files}, ensure_ascii=False, indent=2)


def _count(readings: dict[Path, SheetReading]) -> tuple[int, int]:
    findings = [finding for reading in readings.values() for finding in reading.findings]
    errors = sum(finding.is_error for finding in findings)
    return errors, len(findings) - errors
