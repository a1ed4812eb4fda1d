"""The status sheets of a plan's folder, known by their names; none is opened."""

from __future__ import annotations

__all__ = ["SheetFolder", "find_sheets"]

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import PlanFileError, SheetError
from helpers.files.paths import Kind, is_leftover, kind_of
from helpers.fiscal_year import FiscalYear
from helpers.plan import PLAN_FILES, Plan
from helpers.sheets.files.formats import ENDINGS
from helpers.sheets.finding import WARNING, Finding
from helpers.sheets.parts import parts_or_itself, year_of_sheet
from helpers.sheets.rows.years_in_text import year_of_name
from helpers.text.forms import visible


@dataclass(frozen=True)
class SheetFolder:
    """The sheets of a plan's folder: R4.csv, 2022.xlsx, 令和4年度.ods and the folder R4 are, 状況調査_R4.xlsx is not.

    Attributes:
        sheets: the sheet of each year, a file or a folder of parts, oldest year first; where a year has several, the
            first by name. ``parts.sheet_parts`` lists the files.
        doubled: the errors of the years that have several sheets.
        unread: a warning for every spreadsheet, and folder of some, that is not read, because its name is not just a
            year, for settings beside plan.toml, and for every empty folder beside the sheet of its year.
    """

    sheets: Mapping[FiscalYear, Path]
    doubled: Mapping[FiscalYear, tuple[Finding, ...]]
    unread: tuple[Finding, ...]

    @classmethod
    def look(cls, folder: Path) -> SheetFolder:
        """Look through the names in a folder.

        A dangling link that is named as a sheet counts as a sheet, and so does an empty folder that is named for a year
        without another sheet: reading it says what is wrong.

        Raises:
            PlanFileError: the folder cannot be read.
        """
        sheets: dict[FiscalYear, Path] = {}
        doubled: dict[FiscalYear, tuple[Finding, ...]] = {}
        others: list[Path] = []
        empty: list[Path] = []
        for path in _candidates(folder):
            kind = kind_of(path)
            if (year := year_of_sheet(path)) is None:
                if kind is Kind.FOLDER:
                    others += [path] if year_of_name(path.name) is not None and parts_or_itself(path) else []
                elif kind is Kind.FILE and path.name.lower() not in PLAN_FILES and not is_leftover(path.name):
                    others.append(path)
            elif kind is Kind.FOLDER and year in sheets and not parts_or_itself(path):
                empty.append(path)
            elif path is not (first := sheets.setdefault(year, path)):
                doubled[year] = (*doubled.get(year, ()), _second(path, first, year))
        unread = [_unread(path, sheets) for path in others] + [_empty(path, sheets) for path in empty]
        return cls(dict(sorted(sheets.items())), doubled, tuple(unread))

    def check(self, years: Iterable[FiscalYear]) -> None:
        """Refuse to choose between two sheets of one of these years.

        Raises:
            SheetError: there are two.
        """
        if findings := [finding for year in years for finding in self.doubled.get(year, ())]:
            raise SheetError(findings)


def find_sheets(plan: Plan, years: Iterable[FiscalYear] | None = None) -> dict[FiscalYear, Path]:
    """Find the status sheets in the plan's folder, oldest year first: R4.csv, 2022.xlsx, 令和4年度.ods, the folder R4.

    ``years``: those whose sheets will be read; all by default.

    Raises:
        SheetError: two sheets are of one of those years.
    """
    folder = SheetFolder.look(plan.folder)
    folder.check(folder.sheets if years is None else years)
    return dict(folder.sheets)


def _candidates(folder: Path) -> list[Path]:
    """The spreadsheets, settings and folders in a plan's folder: files first, so that a folder is compared with them."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise PlanFileError(
            folder, "", f"フォルダーを読めません（{error.strerror}）", "読み取りの権限を確かめてください"
        ) from error
    kinds = {path: kind_of(path) for path in paths}
    folders = [path for path in paths if kinds[path] is Kind.FOLDER and not is_leftover(path.name)]
    # Opening a pipe would wait until another program writes to it.
    skipped = (Kind.FOLDER, Kind.OTHER)
    endings = (*ENDINGS, ".toml")
    files = [path for path in paths if path.suffix.lower() in endings and kinds[path] not in skipped]
    return files + folders


def _second(path: Path, first: Path, year: FiscalYear) -> Finding:
    names = "、".join(
        visible(sheet.name) + ("/" if kind_of(sheet) is Kind.FOLDER else "") for sheet in (first, path)
    )
    message = f"{year}の状況調査が二つあります（{names}）。どちらかをこのフォルダーから外してください"
    return Finding(path.name, message, "two_files")


def _empty(path: Path, sheets: Mapping[FiscalYear, Path]) -> Finding:
    year = year_of_sheet(path)
    assert year is not None
    message = (
        f"中に表計算のファイルがないフォルダーです（{year}は {visible(sheets[year].name)} を読みます）。"
        "要らなければこのフォルダーから外してください"
    )
    return Finding(path.name, message, "empty_folder", severity=WARNING)


def _unread(path: Path, sheets: Mapping[FiscalYear, Path]) -> Finding:
    year = year_of_name(path.stem)
    ending = "" if kind_of(path) is Kind.FOLDER else path.suffix
    if ending == ".toml":
        message = (
            "plan.toml のほかの設定は読みません。公表資料の正誤や訂正なら published/2022/errata.toml のように公表値の"
            "フォルダーに置き、そうでなければこのフォルダーから外してください"
        )
    elif year is None:
        message = (
            f"名前が年度でないため読みません。状況調査なら R4{ending} のように年度だけの名前に直し、"
            "そうでなければこのフォルダーから外してください"
        )
    elif year in sheets:
        message = (
            f"名前が年度だけでないため読みません（{year}は {visible(sheets[year].name)} を読みます）。"
            "要らなければこのフォルダーから外してください"
        )
    else:
        message = f"名前が年度だけでないため読みません。{year.short}{ending} に直してください"
    return Finding(path.name, message, "unread_file", severity=WARNING)
