"""The plan so far, item by item: every year's status, how long in each, what fell back."""

from __future__ import annotations

__all__ = ["course"]

from collections.abc import Iterable
from typing import Any

import pandas as pd

from helpers.fiscal_year import FiscalYear, years_name
from helpers.history.courses import Course, courses
from helpers.history.history import History, remembered
from helpers.plan import Plan
from helpers.plan.reserved_words import NO_DATA, NOT_ALIVE, TOTALS_ONLY
from helpers.report.palette import status_looks
from helpers.report.table import Table
from helpers.report.tables.common import item_fields, policy_notes


@remembered
def course(history: History) -> Table | None:
    """Each item's status in every year of the plan so far, and the number of known years in each status.

    Shape: (n_items, n_years + 3 and the group). A year without data says 資料なし, one with totals only 合計のみ, a
    year in which the item was not in the plan ―. None where no year is known item by item.
    """
    if not history.item_years():
        return None
    plan, all_courses = history.plan, courses(history)
    words = plan.wording
    return Table(
        id="course",
        caption=f"{words.kind}の歩み（{years_name(history.years)}）",
        printed=pd.DataFrame(
            {
                "基本方針": item_course.item.policy.heading,
                "番号": item_course.item.number,
                words.item_title: item_course.item.name,
                **{words.label(year): status for year, status in item_course.years.items()},
                "分かる年数": _years_words(item_course, plan),
            }
            for item_course in all_courses
        ),
        records=pd.DataFrame(
            _record(item_course, year, text)
            for item_course in all_courses
            for year, text in item_course.years.items()
        ).convert_dtypes(),
        row_headers=("番号", words.item_title),
        text=(
            "分かる年数",
            *(words.label(year) for year in history.years if year not in history.item_years()),
        ),
        group="基本方針",
        statuses=status_looks(plan),
        status_columns=tuple(map(words.label, history.item_years())),
        notes=policy_notes(history, history.years),
        page_notes=_notes(history, all_courses),
    )


def _years_words(item_course: Course, plan: Plan) -> str:
    """'一部実施 2年'; a line for each status that the item has been in."""
    return "\n".join(f"{status} {years}年" for status, years in item_course.years_in(plan).items()) or NO_DATA


def _record(item_course: Course, year: FiscalYear, text: str) -> dict[str, Any]:
    kinds = {NO_DATA: "missing", TOTALS_ONLY: "totals_only", NOT_ALIVE: "not_in_plan"}
    is_known = year in item_course.known
    return {
        "fiscal_year": int(year),
        **item_fields(item_course.item),
        "known": "item" if is_known else kinds[text],
        "status": text if is_known else "",
    }


def _notes(history: History, all_courses: Iterable[Course]) -> tuple[str, ...]:
    years = "、".join(map(str, history.item_years()))
    notes = [
        f"「分かる年数」は、{history.plan.wording.item}別の資料がある年度（{years}）だけを数えたものです。"
    ]
    if any(NOT_ALIVE in item_course.years.values() for item_course in all_courses):
        notes.append(f"「{NOT_ALIVE}」は、その年度の計画にない{history.plan.wording.item}です。")
    return tuple(notes)
