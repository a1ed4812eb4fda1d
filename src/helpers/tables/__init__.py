"""One function for each table of the report: ``History -> Table``.

A function returns None where the year does not have what the table shows (a year with totals only has no
items); the sentence above it in the notebook says why.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.history import History
from helpers.table import Table
from helpers.tables.common import NO_DATA
from helpers.tables.comparison import by_policy, overall
from helpers.tables.highlights import highlights
from helpers.tables.items import item_transitions, items, moved, moved_items
from helpers.tables.overview import plan_overview
from helpers.tables.summary import summary

__all__ = [
    "NO_DATA",
    "all_tables",
    "by_policy",
    "highlights",
    "item_transitions",
    "items",
    "moved",
    "moved_items",
    "overall",
    "plan_overview",
    "summary",
]


def all_tables(history: History) -> list[Table]:
    """The tables that the year has, in the document's order."""
    makers: tuple[Callable[[History], Table | None], ...] = (
        plan_overview, highlights, overall, by_policy, moved, items, summary,
    )  # fmt: skip
    return [table for maker in makers if (table := maker(history)) is not None]
