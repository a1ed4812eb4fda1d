"""Compare two git revisions of the data year by year: statuses, plan files and the tables computed from them."""

from __future__ import annotations

__all__ = ["RAW", "Opened", "compare_revisions"]

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from helpers.errors import DataError, GyokakuError, UsageError
from helpers.fiscal_year import FiscalYear
from helpers.plan import PLAN_FILES
from helpers.plan.reading.toml_section import parse_toml
from helpers.project import find_plan_ids
from helpers.proof.diff.differences import (
    Comparison,
    Part,
    TableChange,
    YearOfStatuses,
    compare_files,
    comparison,
    part_of_new,
)
from helpers.proof.diff.git import find_commit, write_files
from helpers.proof.diff.grid_changes import compare_csv, compare_grids, compare_tables
from helpers.proof.diff.sheets import compare_status_sheets, statuses_of
from helpers.proof.diff.text_grid import mapping_grid, table_grid
from helpers.proof.diff.texts import compare_texts
from helpers.proof.html_page import Text

if TYPE_CHECKING:
    from helpers.history.history import History

RAW = "data/raw"
Opened = TypeVar("Opened")


@dataclass(frozen=True)
class _Revision:
    """The data of a revision, written to a project folder."""

    name: str
    root: Path

    def plans(self) -> tuple[str, ...]:
        return find_plan_ids(self.root)

    def plan_files(self, plan: str) -> dict[str, bytes]:
        """plan.toml, items.csv, measures.csv and the published figures, by their paths in the plan's folder."""
        folder = self.root / RAW / plan
        published = [path for path in (folder / "published").rglob("*") if path.suffix in (".csv", ".toml")]
        files = (path for path in (*(folder / name for name in PLAN_FILES), *published) if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    def years(self, plan: str) -> set[FiscalYear]:
        from helpers.history.opening import open_plan
        from helpers.sheets import find_sheets

        # Two sheets of one year are an error where that year is compared.
        return set(find_sheets(open_plan(plan, self.root), years=()))

    def history(self, plan: str, year: FiscalYear) -> History:
        from helpers.history.opening import load_history

        return load_history(plan, year, self.root)


def compare_revisions(
    root: Path,
    before: str,
    after: str,
    plan_id: str | None = None,
    years: Sequence[FiscalYear] = (),
) -> Comparison:
    """Compare the data that two revisions have committed, for one plan or all, some years or all.

    A plan or year that cannot be read on one side is a problem of the comparison, named with the reason.

    Raises:
        UsageError: there is no such revision, the plan or a year is on neither side, or git is not installed.
        DataError: the repository cannot be read.
    """
    with TemporaryDirectory(prefix="gyokaku-diff-") as folder:
        old, new = (
            _check_out(root, name, Path(folder, side)) for name, side in ((before, "a"), (after, "b"))
        )
        known = sorted({*old.plans(), *new.plans()})
        if plan_id is not None and plan_id not in known:
            plans = "、".join(known) or "なし"
            raise UsageError(f"「{plan_id}」という計画はどちらの版にもありません（計画: {plans}）")
        chosen = [plan_id] if plan_id else known
        return comparison(
            before, after, (r for plan in chosen for r in _compare_plan(plan, (old, new), years))
        )


def _compare_plan(
    plan: str, sides: tuple[_Revision, _Revision], years: Sequence[FiscalYear]
) -> Iterator[Part | str]:
    """Compare a plan's files and its years, a part each; a text is a problem that kept something from being compared."""
    there = [plan in side.plans() for side in sides]
    if not all(there):
        yield Part(plan, files=(TableChange(f"計画 {plan}", is_after=there[1]),))
        if there[1]:
            yield from _new_years(plan, sides[1], years)
        return
    try:
        old, new = (side.plan_files(plan) for side in sides)
        yield Part(f"{plan} 計画", files=compare_files(old, new, _compare_file))
    except GyokakuError as error:
        yield f"{plan}: {error}"
    known, problems = _opened(sides, plan, lambda side: side.years(plan))
    yield from problems
    if problems:
        return
    if missing := [str(year) for year in years if year not in known[0] | known[1]]:
        raise UsageError(f"{'、'.join(missing)}の状況調査は、どちらの版の {plan} にもありません")
    for year in years or sorted(known[0] | known[1]):
        title = f"{plan} {year}"
        if year in known[0] & known[1]:
            histories, problems = _opened(sides, title, partial(_Revision.history, plan=plan, year=year))
            yield from problems
            if not problems:
                yield replace(_compare_year(*histories), title=title)
        elif year in known[1]:
            yield from _new_years(plan, sides[1], [year])
        else:
            yield Part(title, files=(TableChange(f"{year}の状況調査", is_after=False),))


def _new_years(plan: str, side: _Revision, years: Sequence[FiscalYear]) -> Iterator[Part | str]:
    """Tell of the sheets of a plan that only the side after has; ``years``: all by default."""
    years_found, problems = _opened((side,), plan, lambda side: side.years(plan))
    yield from problems
    for year in years or sorted(set().union(*years_found)):
        title = f"{plan} {year}"
        histories, problems = _opened((side,), title, partial(_Revision.history, plan=plan, year=year))
        yield from problems
        if problems:
            yield Part(title, files=(TableChange(f"{year}の状況調査"),))
        for history in histories:
            before = history.sheets.get(year.previous)
            then = YearOfStatuses(str(year.previous), statuses_of(before), "") if before else None
            yield part_of_new(title, f"{year}の状況調査", _year(history), then)


def _year(history: History) -> YearOfStatuses:
    from helpers.plan import DONE
    from helpers.report.glance import done_share

    done = "・".join(history.plan.names_in(DONE))
    share = f"「{done}」の割合 {done_share(history)}"
    return YearOfStatuses(str(history.year), statuses_of(history.sheets[history.year]), share)


def _opened(
    sides: Sequence[_Revision], title: str, opening: Callable[[_Revision], Opened]
) -> tuple[list[Opened], list[str]]:
    """Open both sides; return the results and the lines of the errors."""
    opened: list[Opened] = []
    problems: list[str] = []
    for side in sides:
        try:
            opened.append(opening(side))
        except GyokakuError as error:
            problems += [f"{side.name} の {title}: {line}" for line in str(error).splitlines()]
    return opened, problems


def _compare_year(before: History, after: History) -> Part:
    from helpers.report.register import all_tables

    sheets = compare_status_sheets(*(side.sheets[side.year] for side in (before, after)))
    tables = [all_tables(side) for side in (before, after)]
    notes = (
        [Text(table.caption, "注記", note) for table in side for note in (*table.notes, *table.page_notes)]
        for side in tables
    )
    return replace(
        sheets,
        tables=(*sheets.tables, *compare_tables(*(map(table_grid, side) for side in tables))),
        texts=(*sheets.texts, *compare_texts(*notes)),
    )


def _compare_file(name: str, old: bytes, new: bytes) -> TableChange | None:
    if not name.endswith(".toml"):
        return compare_csv(name, old, new)
    try:
        before, after = (mapping_grid(name, parse_toml(Path(name), side.decode())) for side in (old, new))
    except ValueError as error:
        raise DataError(f"{name} を読めません（{error}）") from error
    return compare_grids(before, after)


def _check_out(root: Path, revision: str, target: Path) -> _Revision:
    commit = find_commit(root, revision)
    if commit is None:
        raise UsageError(
            f"「{revision}」は、フォルダーでもファイルでも git の版でもありません。名前を確認してください"
        )
    # A folder is taken for a project by these two folders.
    (target / RAW).mkdir(parents=True)
    (target / "notebooks").mkdir()
    write_files(root, commit, RAW, target)
    return _Revision(revision, target)
