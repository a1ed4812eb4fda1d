"""The register: one row per table of the report; the only list of tables, for page, files, data package and gate.

The notebook reaches the tables through it as ``tables.NAME(history)``; a function returns None where the year does not
have what the table shows, and the sentence beside it in the notebook says why.
"""

from __future__ import annotations

__all__ = [
    "ALWAYS", "BY_ITEM", "BY_POLICY", "HISTORY", "RECONCILIATION", "REGISTER", "SUMMED_UP", "TRACE",
    "Counts", "Entry", "NothingToFoot", "OwnReader", "all_tables", "bridge", "by_focus", "by_policy",
    "cards", "corrections", "course", "differences", "effect_items", "effects", "entry_of",
    "further_texts", "grades", "highlights", "item_votes", "items", "judged_apart", "judgement_cross",
    "judgements", "measures", "moved", "origins", "overall", "plan_overview", "reconcile",
    "reconciliation", "remaining", "source_cells", "source_files", "source_totals", "source_values",
    "sources", "summary", "targets", "trace", "transitions", "votes",
]  # fmt: skip

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from helpers.history.history import History
from helpers.report.assumptions import bear_assumptions, demand_arguments, demand_history
from helpers.report.origins.appendix import origins, source_cells, source_files, source_totals
from helpers.report.origins.sources import corrections, differences, reconciliation, sources
from helpers.report.origins.trace import Trace
from helpers.report.origins.value_cells import source_values
from helpers.report.published.difference import Reconciliation
from helpers.report.published.reconciliation import compare
from helpers.report.table import Table
from helpers.report.tables.bridge import bridge
from helpers.report.tables.cards import cards, further_texts
from helpers.report.tables.comparison import by_policy, overall
from helpers.report.tables.course import course
from helpers.report.tables.effects import effect_items, effects
from helpers.report.tables.highlights import highlights
from helpers.report.tables.items import items, moved
from helpers.report.tables.judgements import judged_apart, judgement_cross, judgements
from helpers.report.tables.measures import measures
from helpers.report.tables.overview import plan_overview
from helpers.report.tables.remaining import remaining
from helpers.report.tables.targets import grades, targets
from helpers.report.tables.transition import transitions
from helpers.report.tables.votes import item_votes, votes
from helpers.report.tables.wide import by_focus, summary

HISTORY, RECONCILIATION, TRACE = "history", "reconciliation", "trace"
ALWAYS, BY_ITEM, BY_POLICY, SUMMED_UP = "always", "by item", "by policy", "summed up"


@dataclass(frozen=True)
class Counts:
    """A table of counts of items by status and, possibly, by groups; the gate counts every cell again from the sheets.

    On the page a row is a group with a column a status, or a group and a status with the columns 項目数, 割合,
    前年項目数, 前年割合, 前年比. A year other than the report's is named in the column 年度, or in a row's label. In the
    csv a record has ``status`` and ``items``, or is one item.

    Attributes:
        by: the fields of the records that group the items, in order: ``policy``, ``focus``, ``department``. The page
            heads the column (or the row groups) of each with the field's title. None: the whole plan.
        words: headings of the page's columns, and titles of the csv's, that are neither group nor count.
        is_open: whether only items that are not done are counted.
    """

    by: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    is_open: bool = False


@dataclass(frozen=True)
class OwnReader:
    """A table for which the gate has a reader under the table's id (``helpers.proof.gate.table_check.READERS``)."""


@dataclass(frozen=True)
class NothingToFoot:
    """A table without a figure that could be counted again; ``reason`` says why."""

    reason: str


@dataclass(frozen=True)
class Entry:
    """One row of the register.

    Attributes:
        id: the table's id on the page, the stem of its csv, its name in the data package.
        make: makes the table of a report's history, reconciliation or trace; None where the year does not have it.
        key: the fields that tell one record from another.
        footing: how the gate checks the figures.
        made_of: what ``make`` takes.
        demanded: the reports that must have the table: all (``ALWAYS``), those known item by item (``BY_ITEM``), these in
            plans with policies (``BY_POLICY``), those where the table says more than ``overall`` (``SUMMED_UP``).
        is_in_parts: whether the page shows it as several tables, whose ids begin with ``id`` and a colon.
    """

    id: str
    make: Callable[[Any], Table | None]
    key: tuple[str, ...]
    footing: Counts | OwnReader | NothingToFoot
    made_of: str = HISTORY
    demanded: str = ""
    is_in_parts: bool = False

    def is_demanded(self, history: History) -> bool:
        """Whether the report of a history must have the table."""
        is_known, has_policies = history.sheets[history.year].has_items, bool(history.plan.policies)
        wanted = {
            ALWAYS: True,
            BY_ITEM: is_known,
            BY_POLICY: is_known and has_policies,
            SUMMED_UP: has_policies or history.reference_year != history.year,
        }
        return wanted.get(self.demanded, False)


REGISTER: tuple[Entry, ...] = (
    Entry("plan_overview", plan_overview, ("plan", "phase"), NothingToFoot("names and periods of the plan, as written in plan.toml")),
    Entry("highlights", highlights, ("fiscal_year", "number"), OwnReader()),
    Entry("overall", overall, ("fiscal_year", "status"), Counts(), demanded=ALWAYS),
    Entry("by_policy", by_policy, ("fiscal_year", "policy", "status"), Counts(("policy",)), demanded=BY_POLICY),
    Entry("by_focus", by_focus, ("fiscal_year", "policy", "focus", "status"), Counts(("policy", "focus"))),
    Entry("moved", moved, ("fiscal_year", "policy", "number", "item"), OwnReader()),
    Entry("bridge", bridge, ("fiscal_year", "policy", "status"), OwnReader()),
    Entry("targets", targets, ("fiscal_year", "policy"), OwnReader()),
    Entry("grades", grades, ("fiscal_year", "measure", "policy", "grade"), OwnReader()),
    Entry("measures", measures, ("fiscal_year", "policy", "number", "item", "indicator", "unit"), OwnReader()),
    Entry("effects", effects, ("fiscal_year", "effect", "policy", "period"), OwnReader()),
    Entry("effect_items", effect_items, ("fiscal_year", "effect", "number", "item"), OwnReader()),
    Entry("judgements", judgements, ("fiscal_year", "judgement", "word"), OwnReader()),
    Entry("judgement_cross", judgement_cross, ("fiscal_year", "judgement", "status", "word"), OwnReader()),
    Entry("judged_apart", judged_apart, ("fiscal_year", "judgement", "number"), OwnReader()),
    Entry("votes", votes, ("fiscal_year", "judgement", "policy", "vote"), OwnReader()),
    Entry("item_votes", item_votes, ("fiscal_year", "judgement", "number", "vote"), OwnReader()),
    Entry("items", items, ("fiscal_year", "number"), OwnReader(), demanded=BY_ITEM),
    Entry("summary", summary, ("fiscal_year", "policy", "status"), Counts(("policy",)), demanded=SUMMED_UP),
    Entry("course", course, ("fiscal_year", "policy", "number", "item"), OwnReader()),
    Entry("transitions", transitions, ("previous_fiscal_year", "fiscal_year", "previous_status", "status"), OwnReader()),
    Entry("remaining", remaining, ("fiscal_year", "number"), Counts(words=("年数", "項目"), is_open=True)),
    Entry("further_texts", further_texts, ("fiscal_year", "number", "content"), OwnReader()),
    Entry("cards", cards, ("fiscal_year", "number", "content"), OwnReader(), is_in_parts=True),
    Entry("corrections", corrections, ("table", "row", "column"), NothingToFoot("single cells of two editions, side by side"), RECONCILIATION),
    Entry("reconciliation", reconciliation, ("table",), OwnReader(), RECONCILIATION),
    Entry("differences", differences, ("table", "row", "column"), NothingToFoot("single cells of two documents, side by side"), RECONCILIATION),
    Entry("sources", sources, ("fiscal_year",), OwnReader(), TRACE),
    Entry("origins", origins, ("code",), Counts(("policy",), ("符号", "項目")), TRACE),
    Entry("source_files", source_files, ("fiscal_year", "file"), OwnReader(), TRACE),
    Entry("source_cells", source_cells, ("fiscal_year", "number"), OwnReader(), TRACE),
    Entry("source_values", source_values, ("fiscal_year", "number", "item", "content"), OwnReader(), TRACE),
    Entry("source_totals", source_totals, ("fiscal_year", "status"), Counts(words=("セル",)), TRACE),
)  # fmt: skip

bear_assumptions(globals(), [entry.id for entry in REGISTER if entry.made_of == HISTORY])
for _made_of, _kind, _words in (
    (TRACE, Trace, "trace（tables.trace(history) の結果）"),
    (RECONCILIATION, Reconciliation, "result（reconcile(history) の結果）"),
):
    demand_arguments(globals(), [entry.id for entry in REGISTER if entry.made_of == _made_of], _kind, _words)


def entry_of(table_id: str) -> Entry | None:
    """The register's row of a table; None for a table that it does not know."""
    return next((entry for entry in REGISTER if entry.id == table_id), None)


def all_tables(history: History, made: Iterable[Table] = ()) -> list[Table]:
    """The tables of the year's figures, without those of the comparison and the origins, in the register's order.

    ``made``: tables that were made of this history before, to be reused.
    """
    known = {table.id: table for table in made}
    tables = (known.get(entry.id) or entry.make(history) for entry in REGISTER if entry.made_of == HISTORY)
    return [table for table in tables if table is not None]


def trace(history: History) -> Trace:
    """The origins of the counts of a report.

    >>> from helpers import load_history, tables
    >>> history = load_history("yamaguchi", 2022)
    >>> tables.trace(history).lead(tables.overall(history)).links[0, "項目数"]
    (('34', 'origin-A1'),)
    """
    demand_history(history, "trace")
    return Trace(history, all_tables(history))


def reconcile(history: History, made: Iterable[Table] = ()) -> Reconciliation:
    """Compare every published cell of the year with our table's; ``made`` as for ``all_tables``.

    Raises:
        PlanFileError: files in ``published`` cannot be used; the message names all of them.
    """
    demand_history(history, "reconcile")
    return compare(history, all_tables(history, made))
