"""What goes into the files beside the report: every table of it that has records, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd

from helpers.history.history import History
from helpers.plan import Plan
from helpers.report import glance
from helpers.report.origins import sources
from helpers.report.register import entry_of, reconcile, tables_of, trace
from helpers.report.table import Table

Value = str | int | Decimal | None


@dataclass(frozen=True, eq=False)
class Publication:
    """The tables of one report with their circumstances; nothing in it depends on the day of the build."""

    history: History
    tables: tuple[Table, ...]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, history: History) -> Publication:
        """The report's tables in its order, then the comparison with published figures, then the origins."""
        return cls(history, tuple(_tables(history)), tuple(sources.notes(history).text.splitlines()))

    @property
    def plan(self) -> Plan:
        """The plan reported on."""
        return self.history.plan

    @cached_property
    def title(self) -> str:
        """The report's title."""
        return glance.title(self.history)

    @property
    def begins(self) -> date:
        """The first day of the fiscal year."""
        return date(int(self.history.year), 4, 1)

    @property
    def ends(self) -> date:
        """The last day of the fiscal year: what the figures are the state of."""
        return date(int(self.history.year) + 1, 3, 31)

    @property
    def as_of(self) -> str:
        """'令和4年度末（2023年3月31日）現在'."""
        return f"{self.history.year}末（{self.ends.year}年{self.ends.month}月{self.ends.day}日）現在"


def values_of(records: pd.DataFrame) -> list[tuple[Value, ...]]:
    """The records as plain values; None is missing."""
    return [
        tuple(_plain(value) for value in record)
        for record in records.astype(object).itertuples(index=False, name=None)
    ]


def _plain(value: Any) -> Value:
    if isinstance(value, str | Decimal):
        return value
    return None if pd.isna(value) else int(value)


def _tables(history: History) -> Iterator[Table]:
    for table in tables_of(history=history, reconciliation=reconcile(history), trace=trace(history)):
        entry = entry_of(table.id)
        yield replace(table, notes=()) if entry is not None and entry.has_layout_notes else table
