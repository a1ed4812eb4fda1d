"""One function for each table of the report: ``History -> Table``.

A function returns None where the year does not have what the table shows (a year with totals only has no
items); the sentence above it in the notebook says why.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.history import History
from helpers.table import Table
from helpers.tables.bridge import bridge
from helpers.tables.comparison import by_policy, overall
from helpers.tables.course import course
from helpers.tables.focus import by_focus
from helpers.tables.highlights import highlights
from helpers.tables.items import item_transitions, items, moved, moved_items
from helpers.tables.overview import plan_overview
from helpers.tables.remaining import remaining
from helpers.tables.summary import summary
from helpers.tables.transition import transitions

__all__ = [
    "all_tables",
    "bridge",
    "by_focus",
    "by_policy",
    "counting_tables",
    "course",
    "highlights",
    "item_transitions",
    "items",
    "moved",
    "moved_items",
    "overall",
    "plan_overview",
    "remaining",
    "summary",
    "transitions",
]


def all_tables(history: History) -> list[Table]:
    """The tables that the year has, in the document's order."""
    makers: tuple[Callable[[History], Table | None], ...] = (
        plan_overview, highlights, overall, by_policy, by_focus, moved, bridge, items, summary, course,
        transitions, remaining,
    )  # fmt: skip
    return [table for maker in makers if (table := maker(history)) is not None]


def counting_tables(history: History) -> list[Table]:
    """The tables whose cells are counts of items, which lead to their origins."""
    makers: tuple[Callable[[History], Table | None], ...] = (overall, by_policy, bridge, summary)
    return [table for maker in makers if (table := maker(history)) is not None]
