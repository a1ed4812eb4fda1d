"""``gyokaku check``: the findings about status sheets, before a build."""

from __future__ import annotations

__all__ = ["FEWEST", "inspect_all", "run_check"]

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from helpers.cli.inspector import Inspected, Inspector
from helpers.cli.terminal.output import Output
from helpers.cli.terminal.return_table import return_lines
from helpers.cli.terminal.screen import remark, say, say_json
from helpers.errors import UsageError
from helpers.files.paths import Kind, kind_of
from helpers.fiscal_year import FiscalYear
from helpers.project import plan_folder_of
from helpers.sheets.outgoing.returns import Return
from helpers.sheets.parts import year_of_sheet
from helpers.text.forms import visible

FEWEST = 24  # files from which on it pays to start processes


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
    inspector = Inspector(root, plan_id, year)
    inspected: list[Inspected] = []
    for sheet in inspect_all(inspector, tuple(dict.fromkeys(files))):
        inspected.append(sheet)
        for finding in () if as_json else sheet.findings:
            say(f"{'誤り' if finding.is_error else '注意'} {finding}")
    if as_json:
        say_json(_record(inspected), indent=2)
    else:
        remark(_summary(inspected))
        for sheet in inspected:
            for line in _return_lines(sheet.file, sheet.returns or ()):
                remark(line)
    if output:
        from helpers.sheets import marked_copy  # its libraries take a while, and few ask for a copy

        copy = marked_copy(inspected[0].file, inspected[0].findings)
        output.write(copy.data)
        remark(f"写しを作りました: {marked}", err=True)
        if copy.note:
            say(copy.note, err=True)
    return 1 if any(sheet.has_errors for sheet in inspected) else 0


def inspect_all(
    inspector: Inspector, files: Sequence[Path], processes: int | None = None
) -> Iterator[Inspected]:
    """Inspect files, in their order; many of them in several processes side by side, by default on all cores.

    Raises:
        GyokakuError: as of ``Inspector``.
    """
    for file in files:
        inspector.plan_folder(file)  # before anything is said
    if len(files) < FEWEST or processes == 1:
        yield from map(inspector.inspect, files)
        return
    # They load what starts and asks processes.
    from helpers.cli.inspection_crew import inspect_many
    from helpers.pipeline.workers import usable_cores

    if (processes := processes or usable_cores()) == 1:
        yield from map(inspector.inspect, files)
    else:
        yield from inspect_many(inspector, files, processes)


def _is_sheet(folder: Path, year: FiscalYear | None) -> bool:
    """Whether a folder may be a year's sheet: not that of a plan, and named for a year where no year was given."""
    is_plan = plan_folder_of(folder / "plan.toml") is not None
    return not is_plan and (year or year_of_sheet(folder)) is not None


def _return_lines(file: Path, returns: Sequence[Return]) -> Iterator[str]:
    if returns:
        yield ""
        yield f"{visible(file.name)} の回答の一覧"
        yield from return_lines(returns)


def _summary(inspected: Sequence[Inspected]) -> str:
    errors, warnings = _count(inspected)
    summary = f"誤り {errors}件、注意 {warnings}件" if errors or warnings else "誤りはありません"
    return f"{sum(sheet.files for sheet in inspected)}ファイルを調べました: {summary}"


def _record(inspected: Sequence[Inspected]) -> dict[str, object]:
    errors, warnings = _count(inspected)
    files = [
        {
            "file": sheet.file.as_posix(),
            "sha256": sheet.sha256,
            "findings": [asdict(finding) | {"place": finding.location} for finding in sheet.findings],
            **(
                {"returns": [asdict(each) | {"returned": each.returned} for each in sheet.returns]}
                if sheet.returns is not None
                else {}
            ),
        }
        for sheet in inspected
    ]
    return {"errors": errors, "warnings": warnings, "files": files}


def _count(inspected: Sequence[Inspected]) -> tuple[int, int]:
    findings = [finding for sheet in inspected for finding in sheet.findings]
    errors = sum(finding.is_error for finding in findings)
    return errors, len(findings) - errors
