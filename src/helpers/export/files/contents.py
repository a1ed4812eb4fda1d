"""The contents of the files beside the report: the tables that its notebook shows, and their plan and year."""

from __future__ import annotations

__all__ = ["Publication", "tables_shown"]

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from helpers.history.history import History
from helpers.plan import Plan
from helpers.plan.words.report_words import YEAR
from helpers.report import glance
from helpers.report.origins import sources
from helpers.report.register import entry_of
from helpers.report.table import TABLES, Table


@dataclass(frozen=True, eq=False)
class Publication:
    """The tables of one report with their circumstances; nothing in it depends on the day of the build."""

    history: History
    tables: tuple[Table, ...]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, history: History, tables: Iterable[Table]) -> Publication:
        """``tables``: as the report shows them. A table unknown to the register is kept if it has a key; the gate refuses others."""
        known = tuple(table for table in tables if table.key or entry_of(table.id) is not None)
        return cls(history, known, tuple(sources.notes(history).text.splitlines()))

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
        """'令和4年度末（2023年3月31日）現在', or the label of the year where the plan has its own: 'H27.3月末現在'."""
        wording = self.plan.wording
        if wording.year != YEAR:
            return f"{wording.as_of(self.history.year).removesuffix('現在')}現在"
        return f"{self.history.year}末（{self.ends.year}年{self.ends.month}月{self.ends.day}日）現在"


def tables_shown(notebook: Any) -> list[Table]:
    """The tables that an executed notebook shows, in the order of its page, as they were made in its kernel."""
    return [
        Table.of_data(data)
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        for data in output.get("data", {}).get(TABLES, ())
    ]
