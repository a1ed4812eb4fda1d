"""``gyokaku check``: what is wrong with a status sheet, before anything is built from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from helpers.cli.terminal.output import Output
from helpers.cli.terminal.return_table import return_lines
from helpers.cli.terminal.screen import remark, say, say_json
from helpers.errors import PlanFileError, UsageError
from helpers.files.paths import Kind, kind_of, real_path
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.reading.plan_file import load_plan
from helpers.project import chosen_root, home_of_sheet, plan_folder_of, sole_plan_id
from helpers.sheets import Finding, SheetFolder, SheetReading, inspect_sheet
from helpers.sheets.finding import visible
from helpers.sheets.outgoing.returns import Return, returns_of
from helpers.sheets.parts import parts_or_itself, year_of_sheet
from helpers.sheets.reading import departments_before


def run_check(
    files: Sequence[Path],
    root: Path | None,
    plan_id: str | None,
    year: FiscalYear | None,
    as_json: bool,
    marked: Path | None,
    overwrite: bool,
) -> int:
    """Inspect each file, print its findings, and return the exit code: 1 on any error.

    ``marked`` is where a copy of the one file goes, with the findings as comments and colours.
    """
    if marked and (len(files) != 1 or marked.suffix.lower() != ".xlsx"):
        raise UsageError("--mark-up は、ファイルを一つだけ調べるときに OUT.xlsx の形で指定してください")
    for file in files:
        if kind_of(file) is Kind.FOLDER and marked:
            raise UsageError(f"--mark-up では、{file} の中のファイルを一つ指定してください")
        if kind_of(file) is Kind.FOLDER and not _is_sheet(file, year):
            raise UsageError(
                f"{file} はフォルダーです。中のファイルか、R5 のように年度の名前のフォルダーを指定してください"
            )
        if kind_of(file) not in (Kind.FILE, Kind.FOLDER):
            raise UsageError(f"{file} がありません。ファイルの場所を確認してください")
    output = Output(marked, "--mark-up", overwrite, files) if marked else None
    if output:
        output.check()
    readings = {file: _reading(file, root, plan_id, year) for file in files}
    returns = {
        file: _returns(file, root, plan_id, year, reading)
        for file, reading in readings.items()
        if kind_of(file) is Kind.FOLDER
    }
    if as_json:
        say_json(_record(readings, returns), indent=2)
    else:
        for line in _finding_lines(readings):
            say(line)
        remark(_summary(readings))
        for file, listed in returns.items():
            for line in _return_lines(file, listed):
                remark(line)
    for file, reading in readings.items():
        if output:
            from helpers.sheets import marked_copy  # its libraries take a while, and few ask for a copy

            copy = marked_copy(file, reading.findings)
            output.write(copy.data)
            remark(f"写しを作りました: {marked}", err=True)
            if copy.note:
                say(copy.note, err=True)
    return 1 if any(reading.has_errors for reading in readings.values()) else 0


def _is_sheet(folder: Path, year: FiscalYear | None) -> bool:
    """Whether a folder may be a year's sheet: not that of a plan, and named for a year where no year was given."""
    is_plan = plan_folder_of(folder / "plan.toml") is not None
    return not is_plan and (year or year_of_sheet(folder)) is not None


def _reading(file: Path, root: Path | None, plan_id: str | None, year: FiscalYear | None) -> SheetReading:
    """Read a sheet; where its plan cannot be used, the findings are those of the plan."""
    try:
        return _with_name(file, inspect_sheet(file, _plan_of(file, root, plan_id), year))
    except PlanFileError as error:
        lines = [line.partition(": ") for line in str(error).splitlines()]
        findings = tuple(Finding(place, message, "unusable_plan") for place, _, message in lines)
        return SheetReading(None, findings, "")


def _returns(
    file: Path, root: Path | None, plan_id: str | None, year: FiscalYear | None, reading: SheetReading
) -> tuple[Return, ...]:
    """What each department gave back; empty where plan or year cannot be used, which a finding says."""
    try:
        plan = _plan_of(file, root, plan_id)
    except PlanFileError:
        return ()
    year = year or year_of_sheet(file)
    return returns_of(plan, year, reading, departments_before(plan, year)) if year else ()


def _return_lines(file: Path, returns: Sequence[Return]) -> Iterator[str]:
    if returns:
        yield ""
        yield f"{visible(file.name)} の回答の一覧"
        yield from return_lines(returns)


def _plan_of(file: Path, root: Path | None, plan_id: str | None) -> Plan:
    """The plan that was named, the one in whose folder the file lies, or the only one."""
    if plan_id is None and (folder := home_of_sheet(file)) is not None:
        return load_plan(folder)
    project = chosen_root(root)
    return load_plan(project / "data" / "raw" / sole_plan_id(project, plan_id))


def _with_name(file: Path, reading: SheetReading) -> SheetReading:
    """A reading that also says where the sheet lies in a plan's folder under a name that no report reads or another one bears."""
    if (folder := plan_folder_of(file)) is None:
        return reading
    found = SheetFolder.look(folder)
    name = real_path(file).name
    about = [finding for finding in found.unread if finding.file == name]
    for year, doubled in found.doubled.items():
        if name in (found.sheets[year].name, *(finding.file for finding in doubled)):
            about += doubled
    return replace(reading, findings=(*reading.findings, *about))


def _finding_lines(readings: dict[Path, SheetReading]) -> Iterator[str]:
    for reading in readings.values():
        yield from (f"{'誤り' if finding.is_error else '注意'} {finding}" for finding in reading.findings)


def _summary(readings: dict[Path, SheetReading]) -> str:
    errors, warnings = _count(readings)
    summary = f"誤り {errors}件、注意 {warnings}件" if errors or warnings else "誤りはありません"
    files = sum(len(parts_or_itself(file)) for file in readings)
    return f"{files}ファイルを調べました: {summary}"


def _record(
    readings: dict[Path, SheetReading], returns: Mapping[Path, Sequence[Return]]
) -> dict[str, object]:
    errors, warnings = _count(readings)
    files = [
        {
            "file": file.as_posix(),
            "sha256": reading.sha256,
            "findings": [asdict(finding) | {"place": finding.place} for finding in reading.findings],
            **(
                {"returns": [asdict(each) | {"returned": each.returned} for each in returns[file]]}
                if file in returns
                else {}
            ),
        }
        for file, reading in readings.items()
    ]
    return {"errors": errors, "warnings": warnings, "files": files}


def _count(readings: dict[Path, SheetReading]) -> tuple[int, int]:
    findings = [finding for reading in readings.values() for finding in reading.findings]
    errors = sum(finding.is_error for finding in findings)
    return errors, len(findings) - errors
