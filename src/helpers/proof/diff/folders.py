"""Compare two report folders, or two folders of reports: pages, tables and PDFs, but not versions and times."""

from __future__ import annotations

__all__ = ["MANIFEST", "PAGE", "PDF", "ReportFolder", "compare_folders"]

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.errors import DataError, GyokakuError, UsageError
from helpers.files.differing import ADDED, CHANGED, GONE, differing
from helpers.files.nesting import read_json
from helpers.fiscal_year import FiscalYear
from helpers.proof.diff.differences import (
    Comparison,
    ItemStatus,
    Part,
    PdfChange,
    TableChange,
    YearOfStatuses,
    compare_files,
    compare_statuses,
    comparison,
    pairs_by_name,
    part_of_new,
)
from helpers.proof.diff.grid_changes import compare_csv, compare_tables
from helpers.proof.diff.text_grid import Grid, page_grid
from helpers.proof.diff.texts import compare_texts
from helpers.proof.html_page import Page, read_page

PAGE, PDF, MANIFEST = "report.html", "report.pdf", "manifest.json"
_BECAME = {ADDED: "追加", GONE: "削除", CHANGED: "変更"}


@dataclass(frozen=True)
class ReportFolder:
    """A published report on disk."""

    path: Path

    def read(self, name: str) -> bytes | None:
        """Read a file; None where there is none.

        Raises:
            DataError: the file cannot be read.
        """
        file = self.path / name
        try:
            return file.read_bytes() if file.is_file() else None
        except OSError as error:
            raise DataError(f"{file} を読めません（{error.strerror}）") from error

    @cached_property
    def document(self) -> Page:
        """The page as read.

        Raises:
            DataError: the page is missing or no HTML.
        """
        page = self.read(PAGE)
        if page is None:
            raise DataError(f"{self.path / PAGE} がありません。報告書のフォルダーを指定してください")
        try:
            return read_page(page)
        except ValueError as error:
            raise DataError(f"{self.path / PAGE} を HTML として読めません（{error}）") from error

    @cached_property
    def tables(self) -> list[Grid]:
        """The tables of the page."""
        return [page_grid(table, number) for number, table in enumerate(self.document.tables)]

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """The contents of manifest.json; empty where there is none."""
        try:
            record = read_json(self.read(MANIFEST) or b"{}")
        except ValueError as error:
            raise DataError(f"{self.path / MANIFEST} を読めません（{error}）") from error
        return record if isinstance(record, dict) else {}

    def files(self, pattern: str) -> dict[str, bytes]:
        """Read the files that match a pattern, by their paths relative to the folder."""
        names = (file.relative_to(self.path).as_posix() for file in self.path.glob(pattern))
        return {name: content for name in names if (content := self.read(name)) is not None}


def compare_folders(before: Path, after: Path, with_pictures: bool = False) -> Comparison:
    """Compare two report folders, or all the reports below two folders (`reports/`) by their relative paths.

    A folder is a report if it holds ``report.html``. ``with_pictures`` draws the pages that differ.

    Raises:
        UsageError: one of the folders holds no report, or only one of them is itself a report.
        DataError: a report cannot be read.
    """
    old, new = _reports_below(before), _reports_below(after)
    if ("" in old) != ("" in new):
        raise UsageError(
            f"{before} と {after} の一方だけが報告書のフォルダーです。どちらも {PAGE} のあるフォルダー、またはどちらもその上のフォルダーを指定してください"
        )
    return comparison(str(before), str(after), _compare_each(old, new, with_pictures))


def _compare_each(
    old: Mapping[str, ReportFolder], new: Mapping[str, ReportFolder], with_pictures: bool
) -> Iterator[Part | str]:
    for name in sorted({*old, *new}):
        if name not in new:
            change = TableChange(f"報告書 {name}", is_after=False)
            yield Part(_title(old[name], name), files=(change,))
            continue
        if name not in old:
            report, year = new[name], new[name].manifest.get("year")
            earlier = (other for other in new.values() if _is_year_before(other, report))
            before = next(earlier, None) if isinstance(year, int) else None
            now, then = _year(report), _year(before) if before is not None else None
            yield part_of_new(_title(report, name), f"報告書 {name}", now, then)
            continue
        try:
            yield _compare_reports(old[name], new[name], with_pictures, name)
        except GyokakuError as error:
            if name == "":
                raise
            yield f"{name}: {error}"


def _compare_reports(before: ReportFolder, after: ReportFolder, with_pictures: bool, name: str) -> Part:
    statuses = _statuses(before), _statuses(after)
    years = [side.manifest.get("year") for side in (before, after)]
    are_two_years = None not in years and years[0] != years[1]
    return Part(
        title=_title(after, name),
        statuses=compare_statuses(*statuses, pairs_by_name(*statuses) if are_two_years else None),
        tables=compare_tables(before.tables, after.tables),
        files=(
            *compare_files(before.files("tables/*.csv"), after.files("tables/*.csv"), compare_csv),
            *compare_files(before.files(PDF), after.files(PDF), lambda name, old, new: None),
        ),
        texts=compare_texts(before.document.texts, after.document.texts),
        pdf=_compare_pdfs(before, after, with_pictures),
        background=tuple(_background(before.manifest, after.manifest)),
    )


def _reports_below(folder: Path) -> dict[str, ReportFolder]:
    """Find the reports up to two levels below a folder by their relative paths; only "" where the folder is a report."""
    pages = (page for levels in ("", "*/", "*/*/") for page in folder.glob(f"{levels}{PAGE}"))
    parents = [page.relative_to(folder).parent for page in pages]
    reports = {
        parent.as_posix().removeprefix("."): ReportFolder(folder / parent)
        for parent in parents
        if not any(part.startswith(".") for part in parent.parts)
    }
    if not reports:
        raise UsageError(f"{folder} に報告書（{PAGE}）がありません")
    return {"": reports[""]} if "" in reports else reports


def _compare_pdfs(before: ReportFolder, after: ReportFolder, with_pictures: bool) -> PdfChange | None:
    old, new = before.read(PDF), after.read(PDF)
    if old is None or new is None or old == new:
        return None
    # Imported here: no other comparison needs the library that draws pages.
    from helpers.proof.diff.pdf_pages import compare_pdfs

    return compare_pdfs(old, new, with_pictures)


def _statuses(report: ReportFolder) -> list[ItemStatus]:
    """Read the items and their statuses from items.csv, or from the page where there is no such csv."""
    data = report.read("tables/items.csv")
    if data is not None:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig", errors="replace")))
        if {"number", "item", "status"} <= set(reader.fieldnames or ()):
            return [ItemStatus(row["number"], row["item"] or "", row["status"] or "") for row in reader]
    grid = next((grid for grid in report.tables if grid.id == "items"), None)
    headings = ("番号", "推進項目", "実施状況")
    if grid is None or not set(headings) <= set(grid.columns):
        return []
    columns = [grid.columns.index(heading) for heading in headings]
    return [ItemStatus(*(row.cells[column] for column in columns)) for row in grid.rows]


def _is_year_before(other: ReportFolder, report: ReportFolder) -> bool:
    """Whether a report is of the same plan, and of the year before."""
    plan, year = report.manifest.get("plan"), report.manifest["year"]
    return (other.manifest.get("plan"), other.manifest.get("year")) == (plan, year - 1)


def _year(report: ReportFolder) -> YearOfStatuses:
    summary, year = report.manifest.get("summary"), report.manifest.get("year")
    summary = summary if isinstance(summary, dict) else {}
    share = (
        f"「{summary.get('done', '')}」の割合 {summary['done_share']}" if summary.get("done_share") else ""
    )
    name = str(FiscalYear(year)) if isinstance(year, int) else ""
    return YearOfStatuses(name, _statuses(report), share)


def _title(report: ReportFolder, name: str) -> str:
    summary, year = report.manifest.get("summary"), report.manifest.get("year")
    city = str(summary.get("municipality", "")) if isinstance(summary, dict) else ""
    if not isinstance(year, int):
        return name or report.document.title
    return " ".join(filter(None, (city, str(FiscalYear(year)), f"（{name}）" if name else "")))


def _background(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """List the differences between the inputs, versions and code that the two reports were made with."""
    for key, label in (("inputs", "入力"), ("versions", "版")):
        old, new = (record.get(key) or {} for record in (before, after))
        if not isinstance(old, dict) or not isinstance(new, dict):
            continue
        for name, change in differing(old, new).items():
            if change == CHANGED and key == "versions":
                yield f"{label} {name}: {old[name]} → {new[name]}"
            else:
                yield f"{label} {name}: {_BECAME[change]}"
    if before.get("code") != after.get("code") and before and after:
        yield "プログラム: 変更"
