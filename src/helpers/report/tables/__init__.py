"""The tables of the report: one function each, one row each in ``REGISTER``.

A function returns None where the year does not have what the table shows (a year with totals only has no
items); the sentence above it in the notebook says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.history.history import History
from helpers.report.origins import appendix, sources
from helpers.report.table import Table
from helpers.report.tables.bridge import bridge
from helpers.report.tables.comparison import by_policy, overall
from helpers.report.tables.course import course
from helpers.report.tables.entry import (
    ALWAYS,
    BY_ITEM,
    RECONCILIATION,
    TRACE,
    Counts,
    Entry,
    NothingToFoot,
    OwnReader,
)
from helpers.report.tables.focus import by_focus
from helpers.report.tables.highlights import highlights
from helpers.report.tables.items import item_transitions, items, moved, moved_items
from helpers.report.tables.overview import plan_overview
from helpers.report.tables.remaining import remaining
from helpers.report.tables.summary import summary
from helpers.report.tables.transition import transitions

__all__ = [
    "REGISTER",
    "all_tables",
    "bridge",
    "by_focus",
    "by_policy",
    "course",
    "entry_of",
    "highlights",
    "item_transitions",
    "items",
    "moved",
    "moved_items",
    "overall",
    "plan_overview",
    "remaining",
    "summary",
    "tables_of",
    "transitions",
]

# Every table there is, in the order of the files. Page, csv, workbooks, data package and gate know no other list.
REGISTER: tuple[Entry, ...] = (
    Entry("plan_overview", plan_overview, ("plan", "phase"), NothingToFoot("names and periods of the plan, as written in plan.toml")),
    Entry("highlights", highlights, ("fiscal_year", "number"), OwnReader()),
    Entry("overall", overall, ("fiscal_year", "status"), Counts(), demanded=ALWAYS),
    Entry("by_policy", by_policy, ("fiscal_year", "policy", "status"), Counts(("policy",)), demanded=BY_ITEM),
    Entry("by_focus", by_focus, ("fiscal_year", "policy", "focus", "status"), Counts(("policy", "focus"))),
    Entry("moved", moved, ("fiscal_year", "policy", "number", "item"), OwnReader()),
    Entry("bridge", bridge, ("fiscal_year", "policy", "status"), OwnReader()),
    Entry("items", items, ("fiscal_year", "number"), OwnReader(), demanded=BY_ITEM),
    Entry("summary", summary, ("fiscal_year", "policy", "status"), Counts(("policy",)), demanded=ALWAYS),
    Entry("course", course, ("fiscal_year", "policy", "number", "item"), OwnReader(), has_layout_notes=True),
    Entry("transitions", transitions, ("previous_fiscal_year", "fiscal_year", "previous_status", "status"), OwnReader()),
    Entry("remaining", remaining, ("fiscal_year", "number"), Counts(words=("年数", "項目"), is_open=True)),
    Entry("reconciliation", sources.reconciliation_table, ("table",), OwnReader(), RECONCILIATION),
    Entry("differences", sources.differences_table, ("table", "row", "column"), NothingToFoot("single cells of two documents, side by side"), RECONCILIATION),
    Entry("sources", lambda trace: sources.sheets(trace.history), ("fiscal_year",), OwnReader(), TRACE),
    Entry("origins", appendix.origins, ("code",), Counts(("policy",), ("符号", "項目")), TRACE, has_layout_notes=True),
    Entry("source_files", appendix.files, ("fiscal_year",), OwnReader(), TRACE, has_layout_notes=True),
    Entry("source_cells", appendix.cells, ("fiscal_year", "number"), OwnReader(), TRACE),
    Entry("source_totals", appendix.totals, ("fiscal_year", "status"), Counts(words=("セル",)), TRACE),
)  # fmt: skip


def entry_of(table_id: str) -> Entry | None:
    """The register's row of a table; None for a table that it does not know."""
    return next((entry for entry in REGISTER if entry.id == table_id), None)


def tables_of(**made: Any) -> Iterator[Table]:
    """The tables of a report that its ``history``, ``reconciliation`` and ``trace`` give, in the register's order."""
    for entry in REGISTER:
        if entry.made_of in made and (table := entry.make(made[entry.made_of])) is not None:
            yield table


def all_tables(history: History) -> list[Table]:
    """The tables of the year's figures, without those of the comparison and the origins."""
    return list(tables_of(history=history))
