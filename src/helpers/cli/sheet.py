"""``gyokaku sheet``: the blank status sheet to send out to the departments, or one for each of them."""

from __future__ import annotations

__all__ = ["FOLDER", "run_sheet"]

from pathlib import Path

from helpers.cli.terminal.output import Output
from helpers.cli.terminal.screen import remark, say
from helpers.errors import DataError, UsageError, WriteError
from helpers.files.paths import Kind, file_name, is_leftover, kind_of, why_not_written
from helpers.fiscal_year import FiscalYear
from helpers.history.opening import open_plan
from helpers.plan import Plan
from helpers.plan.lineage import carried_on
from helpers.project import chosen_root, sole_plan_id
from helpers.sheets import (
    Share,
    SheetFolder,
    StatusSheet,
    blank_sheet,
    find_sheets,
    last_departments,
    read_status_sheet,
    shares_of,
)
from helpers.sheets.outgoing.returns import UNKNOWN

# Git ignores it: a sheet to send out is made from the plan, and made again at any time.
FOLDER = "outgoing"


def run_sheet(
    root: Path | None,
    plan_id: str | None,
    year: FiscalYear,
    output: Path | None,
    by_department: Path | None,
    overwrite: bool,
) -> int:
    """Write the sheet of a year's items, last year's status beside; say where it is, and under what name it is read.

    ``by_department``: a folder for a sheet a department instead.
    """
    if output is not None and by_department is not None:
        raise UsageError("-o と --by-department は一緒には使えません。どちらか一つを指定してください")
    if output is not None and output.suffix.lower() != ".xlsx":
        raise UsageError(f"{output.name} は作れません。調査票は xlsx で作ります（例: {output.stem}.xlsx）")
    if output is not None:
        Output(output, "-o", overwrite).check()
    project = chosen_root(root)
    plan = open_plan(sole_plan_id(project, plan_id), project)
    last_year = _last_year(plan, year)
    if by_department is not None:
        return _write_shares(plan, year, last_year, by_department, overwrite)
    content = _blank(plan, year, last_year)
    file = output or _made_folder(project / FOLDER) / f"状況調査_{plan.id}_{year.short}.xlsx"
    Output(file, "-o", overwrite).write(content)
    shown = file.relative_to(project) if file.is_relative_to(project) else file
    remark(f"{year}の調査票を作りました: {shown}（{len(plan.items_in(year))}項目）")
    remark(
        f"記入して戻った表は、data/raw/{plan.id}/{year.short}.xlsx の名前で置いてください{_in_place_of(plan, year)}"
    )
    return 0


def _in_place_of(plan: Plan, year: FiscalYear, ending: str = ".xlsx") -> str:
    """What to do with the year's sheet that stands there under another name: two would be of one year."""
    sheet = SheetFolder.look(plan.folder).sheets.get(year)
    is_other = sheet is not None and sheet.name != f"{year.short}{ending}"
    return f"（今ある {sheet.name} は、そのとき外してください）" if sheet and is_other else ""


def _blank(plan: Plan, year: FiscalYear, last_year: StatusSheet | None, share: Share | None = None) -> bytes:
    if last_year is None:
        return blank_sheet(plan, year, share=share)
    return blank_sheet(plan, year, last_year.statuses, share, last_year.values)


def _write_shares(
    plan: Plan, year: FiscalYear, last_year: StatusSheet | None, folder: Path, overwrite: bool
) -> int:
    """Write a sheet for each department that reports on an item: all of them, or none where one may not be written."""
    written = last_departments(plan, year, None if last_year is None else last_year.statuses)
    shares = [share for share in shares_of(plan, year, written) if share.numbers]
    if not shares:
        blank_sheet(plan, year)  # raises: says that there are no items, and what to do
    if [share.department for share in shares] == [UNKNOWN]:
        raise DataError(
            f"{year}の推進項目の所管課が分かりません。{year.previous}から続く項目の所管課を、{year.previous}の状況調査の"
            f"所管課の欄に書いてください（{year}に始まる項目だけなら、課に分けられません）。"
            "課に分けずに作るには、--by-department を外してください"
        )
    is_new = kind_of(folder) is Kind.NOTHING
    if is_new:
        Output(folder, "--by-department", overwrite).check()
        _made_folder(folder)
    elif kind_of(folder) is not Kind.FOLDER:
        raise UsageError(
            f"--by-department の {folder} はフォルダーではありません。フォルダーを指定してください"
        )
    files = [Output(file, "--by-department", overwrite) for file in _files(folder, shares)]
    for file in files:
        file.check()
    for share, file in zip(shares, files, strict=True):
        file.write(_blank(plan, year, last_year, share))
        related = f"、ほかに関係する項目 {len(share.related)}" if share.related else ""
        remark(f"{file.file}  {share.department}  {len(share.numbers)}項目{related}")
    if any(share.department == UNKNOWN for share in shares):
        say(f"所管課の分からない項目は {UNKNOWN}.xlsx に入れました。分けて渡してください", fg="yellow")
    made = {each.file.name for each in files}
    there = {file.name for file in folder.glob("*.xlsx") if not is_leftover(file.name)}
    if others := sorted(there - made):
        say(
            f"{folder} には、今回作らなかった {'、'.join(others)} もあります。前に作った調査票なら、配らないように除いてください",
            fg="yellow",
        )
    remark(
        f"{year}の調査票を{len(shares)}課に分けて作りました。記入して戻った表は、data/raw/{plan.id}/{year.short}/ に入れてください{_in_place_of(plan, year, '')}"
    )
    return 0


def _files(folder: Path, shares: list[Share]) -> list[Path]:
    """A file for each department; names that differ by case alone are one on Windows, so the second gets a number."""
    taken: set[str] = set()
    files = []
    for share in shares:
        name = stem = file_name(share.department)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}_{number}"
        taken.add(name.casefold())
        files.append(folder / f"{name}.xlsx")
    return files


def _made_folder(folder: Path) -> Path:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise WriteError(f"{folder} を作れません: {why_not_written(error)}") from error
    return folder


def _last_year(plan: Plan, year: FiscalYear) -> StatusSheet | None:
    # If no item continues one of last year, last year's sheet is not needed and may have errors.
    path = find_sheets(plan, [year.previous]).get(year.previous) if carried_on(plan, year) else None
    return read_status_sheet(path, plan, year.previous) if path else None
