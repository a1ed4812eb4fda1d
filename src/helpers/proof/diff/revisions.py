"""Two git revisions of the data: statuses, plan files and the tables that are computed from them, year by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from helpers.errors import DataError, GyokakuError, UsageError
from helpers.fiscal_year import FiscalYear
from helpers.plan.reading.toml_section import parse_toml
from helpers.proof.diff.differences import Comparison, Part, TableChange, comparison
from helpers.proof.diff.git import find_commit, write_files
from helpers.proof.diff.grid_changes import compare_grids, compare_tables
from helpers.proof.diff.sheets import compare_status_sheets
from helpers.proof.diff.text_grid import csv_grids, mapping_grid, table_grid
from helpers.proof.diff.texts import compare_texts
from helpers.proof.html_page import Text

if TYPE_CHECKING:
    from helpers.history.history import History

RAW = "data/raw"


def compare_revisions(
    root: Path,
    before: str,
    after: str,
    plan_id: str | None = None,
    years: Sequence[FiscalYear] = (),
) -> Comparison:
    """Compare the data that two revisions have committed, for one plan or all, some years or all.

    A year that cannot be reported on one side is a problem of the comparison, named with its reason; so is a plan.

    Raises:
        UsageError: a revision, the plan or a year is on neither side; git is not installed.
        DataError: the repository cannot be read.
    """
    with TemporaryDirectory(prefix="gyokaku-diff-") as folder:
        sides = [
            _check_out(root, name, Path(folder) / side)
            for side, name in zip("ab", (before, after), strict=True)
        ]
        old, new = sides
        known = sorted({plan for side in sides for plan in _plans(side)})
        if plan_id is not None and plan_id not in known:
            raise UsageError(
                f"「{plan_id}」という計画はどちらの版にもありません（計画: {'、'.join(known) or 'なし'}）"
            )
        parts: list[Part] = []
        problems: list[str] = []
        for plan in [plan_id] if plan_id else known:
            _compare_plan(plan, (old, new), (before, after), years, parts, problems)
        return comparison(before, after, parts, problems)


def _compare_plan(
    plan: str,
    sides: tuple[Path, Path],
    names: tuple[str, str],
    years: Sequence[FiscalYear],
    parts: list[Part],
    problems: list[str],
) -> None:
    there = [plan in _plans(side) for side in sides]
    if not all(there):
        parts.append(Part(plan, files=(TableChange(f"計画 {plan}", (), *there),)))
        return
    try:
        parts.append(Part(f"{plan} 計画", files=tuple(_compare_plan_files(plan, *sides))))
    except GyokakuError as error:
        problems.append(f"{plan}: {error}")
    from helpers.history.opening import load_history

    known = []
    for side, name in zip(sides, names, strict=True):
        try:
            known.append(_years(side, plan))
        except GyokakuError as error:
            problems.append(f"{name} の {plan}: {error}")
    if len(known) < len(sides):
        return
    if missing := [year for year in years if not any(year in found for found in known)]:
        raise UsageError(f"{'、'.join(map(str, missing))}の状況調査は、どちらの版の {plan} にもありません")
    for year in years or sorted(known[0] | known[1]):
        title = f"{plan} {year}"
        if not all(year in found for found in known):
            files = (TableChange(f"{year}の状況調査", (), *(year in found for found in known)),)
            parts.append(Part(title, files=files))
            continue
        reports = []
        for side, name in zip(sides, names, strict=True):
            try:
                reports.append(load_history(plan, year, side))
            except GyokakuError as error:
                problems.extend(f"{name} の {title}: {line}" for line in str(error).splitlines())
        if len(reports) == len(sides):
            parts.append(replace(_compare_year(*reports), title=title))


def _compare_year(before: History, after: History) -> Part:
    from helpers.report.register import all_tables

    sheets = compare_status_sheets(*(side.sheets[side.year] for side in (before, after)))
    tables = [all_tables(side) for side in (before, after)]
    old_notes, new_notes = (
        [Text(table.caption, "注記", note) for table in side for note in (*table.notes, *table.page_notes)]
        for side in tables
    )
    return replace(
        sheets,
        tables=(*sheets.tables, *compare_tables(*(map(table_grid, side) for side in tables))),
        texts=(*sheets.texts, *compare_texts(old_notes, new_notes)),
    )


def _compare_plan_files(plan: str, before: Path, after: Path) -> Iterator[TableChange]:
    """plan.toml, items.csv and the published figures, cell by cell; the sheets are compared as what they say."""
    old, new = (_files(side / RAW / plan) for side in (before, after))
    for name in sorted(old.keys() | new.keys()):
        if name not in old or name not in new:
            yield TableChange(name, (), name in old, name in new)
        elif old[name] != new[name] and (change := _compare_file(name, old[name], new[name])):
            yield change


def _compare_file(name: str, old: bytes, new: bytes) -> TableChange | None:
    if not name.endswith(".toml"):
        return compare_grids(*csv_grids(name, old, new))
    try:
        return compare_grids(
            *(mapping_grid(name, parse_toml(Path(name), side.decode())) for side in (old, new))
        )
    except ValueError as error:
        raise DataError(f"{name} を読めません（{error}）") from error


def _files(folder: Path) -> dict[str, bytes]:
    named = [folder / "plan.toml", folder / "items.csv"]
    published = [path for path in (folder / "published").rglob("*") if path.suffix in (".csv", ".toml")]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in [*named, *published]
        if path.is_file()
    }


def _check_out(root: Path, revision: str, target: Path) -> Path:
    commit = find_commit(root, revision)
    if commit is None:
        raise UsageError(
            f"「{revision}」は、フォルダーでもファイルでも git の版でもありません。名前を確認してください"
        )
    # What makes a folder a project folder.
    (target / RAW).mkdir(parents=True)
    (target / "notebooks").mkdir()
    write_files(root, commit, RAW, target)
    return target


def _plans(side: Path) -> tuple[str, ...]:
    from helpers.project import find_plan_ids

    return find_plan_ids(side)


def _years(side: Path, plan: str) -> set[FiscalYear]:
    from helpers.history.opening import open_plan
    from helpers.sheets import find_sheets

    # Two sheets of one year are told where that year is compared.
    return set(find_sheets(open_plan(plan, side), years=()))
