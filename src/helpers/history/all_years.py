"""For analysts: every year of a plan in one tidy frame, across phases and changes of definitions."""

from __future__ import annotations

__all__ = ["all_years"]

from pathlib import Path

import pandas as pd

from helpers.history.opening import open_plan, processed_folder
from helpers.history.processed import read_year
from helpers.plan import Plan
from helpers.plan.declared.kinds import FIELD
from helpers.sheets import SheetFolder, StatusSheet
from helpers.text.forms import natural_key

_COLUMNS = [
    "fiscal_year",
    "year",
    "plan",
    "policy",
    "policy_name",
    "number",
    "item",
    "status",
    "group",
    "items",
]


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
