"""A table's row in the register of ``helpers.report.tables``: what makes it, its key, and how the gate foots it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from helpers.report.table import Table

HISTORY, RECONCILIATION, TRACE = "history", "reconciliation", "trace"
ALWAYS, BY_ITEM = "always", "by item"


@dataclass(frozen=True)
class Counts:
    """A table of counts of items, by status and whatever else; the gate counts every cell again from the sheets.

    On the page a row is a group with a column a status, or a group and a status with the columns 項目数, 割合,
    前年項目数, 前年割合, 前年比. A year other than the report's is named in the column 年度, or in a row's label. In the
    csv a record has ``status`` and ``items``, or is one item.

    Attributes:
        by: the fields of the records that group the items, in order: ``policy``, ``focus``, ``department``. The page
            heads the column (or the row groups) of each with the field's title. None: the whole plan.
        words: headings of the page's columns, and titles of the csv's, that are neither group nor count.
        is_open: only the items count that are not done.
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
        demanded: of which reports the table must be part: of all (``ALWAYS``), of those known item by item (``BY_ITEM``).
        has_layout_notes: whether its notes explain the page's layout, and so are left out of the files.
    """

    id: str
    make: Callable[[Any], Table | None]
    key: tuple[str, ...]
    footing: Counts | OwnReader | NothingToFoot
    made_of: str = HISTORY
    demanded: str = ""
    has_layout_notes: bool = False
