"""The table of the items that are not done, and for how long they are known to have stood so."""

from __future__ import annotations

__all__ = ["remaining"]

from collections.abc import Iterator

import pandas as pd

from helpers.history.courses import Course, Standing, open_courses
from helpers.history.history import History, remembered
from helpers.plan import DONE, Plan
from helpers.report.palette import status_looks
from helpers.report.table import Table
from helpers.report.tables.common import item_fields

_ON_LINES = 14  # more open items than these run on in one paragraph a group


@remembered
def remaining(history: History) -> Table | None:
    """The items that are not done, by status and by how long they are known to have stood in it, longest first.

    Shape: one row per status and standing. None where no item is open or the year is not known item by item.
    """
    groups = list(_groups(history))
    if not groups:
        return None
    words, left = history.plan.wording, _left(history.plan)
    total = sum(len(members) for _, _, members in groups)
    between = "\n" if total <= _ON_LINES else "、"
    return Table(
        id="remaining",
        caption=f"残る{words.item}（{left}{words.items(total)}）と、その状況にある年数",
        printed=pd.DataFrame(
            {
                "実施状況": status,
                "年数": standing,
                words.count: str(len(members)),
                words.item: between.join(f"{course.item.number} {course.item.name}" for course in members),
            }
            for status, standing, members in groups
        ),
        records=pd.DataFrame(
            {
                "fiscal_year": int(history.year),
                **item_fields(course.item),
                "status": status,
                "years": standing.years,
                "is_at_least": int(bool(standing.beyond)),
            }
            for status, _, members in groups
            for course in members
            if (standing := course.standing()) is not None
        ),
        row_headers=("実施状況",),
        text=("年数", words.item),
        statuses=status_looks(history.plan),
        status_columns=("実施状況",),
    )


def _left(plan: Plan) -> str:
    """Which items are left: '「実施」でない', or by name where a status says nothing of progress."""
    if plan.judged_names == plan.counted_names:
        return f"「{'・'.join(plan.names_in(DONE))}」でない"
    rest = [name for name in plan.judged_names if name not in plan.names_in(DONE)]
    return f"「{'・'.join(rest)}」の"


def _groups(history: History) -> Iterator[tuple[str, str, list[Course]]]:
    """Status, standing in words and the items, in the vocabulary's order, the longest standing first."""
    if history.item_statuses(history.year) is None:
        return
    groups: dict[Standing, list[Course]] = {}
    for course in open_courses(history):
        if (standing := course.standing()) is not None:
            groups.setdefault(standing, []).append(course)
    names = history.plan.status_names
    for standing in sorted(groups, key=lambda key: (names.index(key.status), -key.years, not key.beyond)):
        yield standing.status, str(standing), groups[standing]
