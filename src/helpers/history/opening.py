"""Open a report: the plan, the year and everything known of the plan up to that year; or every year of a plan in a frame."""

from __future__ import annotations

__all__ = ["all_years", "history_of", "ingest_year", "load_history", "open_plan", "processed_folder"]

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from helpers.errors import DataError, UsageError
from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.history.processed import ingest, read_year
from helpers.plan import Plan
from helpers.plan.declared.kinds import FIELD
from helpers.plan.lineage import in_words_of, years_used
from helpers.plan.reading.plan_file import load_plan
from helpers.project import checked_plan_id, find_root
from helpers.sheets import SheetFolder, StatusSheet
from helpers.text.forms import natural_key


def open_plan(plan_id: str, root: Path | str | None = None) -> Plan:
    """Load a plan by its id from the project folder (found from the working directory by default).

    Raises:
        UsageError: there is no such plan; the message lists the existing ones.
        PlanFileError: its files cannot be used.
    """
    if not isinstance(plan_id, str):
        raise UsageError(
            f'計画のID（例: "yamaguchi"）を文字で渡してください。渡されたもの: {type(plan_id).__name__}'
        )
    project = find_root(root)
    return load_plan(project / "data" / "raw" / checked_plan_id(project, plan_id))


def load_history(plan_id: str, year: FiscalYear | int | str, root: Path | str | None = None) -> History:
    """Everything known of a plan up to a year that can be compared with it, as checked frames.

    Raises:
        UsageError: there is no such plan, or the text names no year.
        DataError: the year has no sheet.
        SheetError: one of the sheets has findings that are errors, or there are two of one year.
    """
    plan, fiscal_year = open_plan(plan_id, root), FiscalYear.parse(year)
    sheet_folder, used = _sheets_with(plan, fiscal_year), years_used(plan, fiscal_year)
    sheet_folder.check(used)
    for known in plan.known_shares:
        if known.year in sheet_folder.sheets:
            raise DataError(
                f"{known.year}は、plan.toml の known_shares に割合だけがありますが、状況調査（{sheet_folder.sheets[known.year].name}）もあります。どちらかを外してください"
            )
    folder = processed_folder(plan, root)
    sheets = {
        known: read_year(plan, known, sheet_folder.sheets[known], folder)
        for known in used
        if known in sheet_folder.sheets
    }
    return history_of(plan, fiscal_year, sheets)


def history_of(plan: Plan, year: FiscalYear, sheets: Mapping[FiscalYear, StatusSheet]) -> History:
    """A history of sheets as they were read: the plan as it is in ``year``, statuses in the words of that year."""
    return History(
        plan.at(year, beside=History(plan, year, {}).previous_year),
        year,
        {
            written: sheet.with_statuses(in_words_of(sheet.statuses, plan, written, year))
            for written, sheet in sheets.items()
        },
    )


def ingest_year(plan_id: str, year: FiscalYear | int | str, root: Path | str | None = None) -> StatusSheet:
    """Read and check a year's sheet and write its tidy frame to ``data/processed/<plan>/``.

    Raises:
        UsageError, DataError, SheetError: as ``load_history``; nothing is written then.
    """
    plan, fiscal_year = open_plan(plan_id, root), FiscalYear.parse(year)
    sheet_folder = _sheets_with(plan, fiscal_year)
    sheet_folder.check([fiscal_year])
    return ingest(plan, fiscal_year, sheet_folder.sheets[fiscal_year], processed_folder(plan, root))


def _sheets_with(plan: Plan, year: FiscalYear) -> SheetFolder:
    sheet_folder = SheetFolder.look(plan.folder)
    if year not in sheet_folder.sheets:
        known = "、".join(f"{known}（{path.name}）" for known, path in sheet_folder.sheets.items()) or "なし"
        raise DataError(
            f"{year}の状況調査がありません（あるのは {known}）。{plan.folder} に {year.short}.csv などの名前で置いてください"
        )
    return sheet_folder


def processed_folder(plan: Plan, root: Path | str | None) -> Path:
    """The folder of a plan's checked frames."""
    return find_root(root) / "data" / "processed" / plan.id


_COLUMNS = [
    "fiscal_year", "year", "plan", "policy", "policy_name", "number", "item", "status", "group", "items",
]  # fmt: skip


def all_years(plan_id: str, root: Path | str | None = None) -> pd.DataFrame:
    """Every year of a plan that has a sheet, with that year's policies and statuses, comparable with other years or not.

    Shape: one row per item and year, years in order and numbers in natural order; in a year of totals only, one row per
    status (``number`` is empty there). Columns: ``fiscal_year`` (Western), ``year``, ``plan`` (with its phase), ``policy``, ``policy_name``,
    ``number``, ``item``, ``status``, ``group``, ``items`` (count), ``share`` (float: of the counted items of its year that have the
    status; NaN for a status that does not count), ``department``, ``activities`` (主な取組), ``remarks`` (備考), ``is_derived``, and a
    column for each declared text. No row is the sum of others: ``items`` can be added up.
    ``attrs["years"]`` lists the fiscal years with a sheet, ``attrs["missing_years"]`` those without one in the
    implementation plans, up to the last year with a sheet.

    Raises:
        UsageError: there is no such plan.
        SheetError: a sheet has findings that are errors.
    """
    plan = open_plan(plan_id, root)
    folder = SheetFolder.look(plan.folder)
    folder.check(list(folder.sheets))
    sheets = [
        read_year(plan, year, path, processed_folder(plan, root))
        for year, path in sorted(folder.sheets.items())
    ]
    texts = [text.name for text in plan.declared.texts]
    columns = [*_COLUMNS, "share", "department", "activities", "remarks", "is_derived", *texts]
    frame = pd.concat([_year(plan, sheet) for sheet in sheets] or [pd.DataFrame()], ignore_index=True)
    frame = frame.reindex(columns=columns)
    known = [sheet.year for sheet in sheets]
    covered = (year for implementation in plan.implementation_plans for year in implementation.period.years)
    frame.attrs["years"] = list(map(int, known))
    frame.attrs["missing_years"] = [
        int(year) for year in covered if known and year < known[-1] and year not in known
    ]
    return frame


def _year(plan: Plan, sheet: StatusSheet) -> pd.DataFrame:
    then = plan.at(sheet.year)
    rows = sheet.statuses
    counted = rows[rows["status"].isin(then.counted_names)]
    shares = counted.groupby("status")["items"].sum() / counted["items"].sum()
    texts: dict[str, dict[str, str]] = {}
    for value in sheet.values:
        if value.kind == FIELD:
            texts.setdefault(value.name, {})[value.number] = value.text
    return rows.assign(
        year=str(sheet.year),
        plan=then.implementation_plan(sheet.year).title,
        policy_name=rows["policy"].map({policy.numeral: policy.name for policy in then.policies}).fillna(""),
        group=rows["status"].map({status.name: status.group for status in then.statuses}),
        share=rows["status"].map(shares).astype(float),
        is_derived=sheet.is_derived,
        **{name: rows["number"].map(of_items).fillna("") for name, of_items in texts.items()},
    ).sort_values("number", key=lambda numbers: numbers.map(natural_key), kind="stable")
