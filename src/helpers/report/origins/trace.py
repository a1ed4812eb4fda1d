"""Where every number comes from: from a count to its items, from an item to file, SHA-256, worksheet and cell.

Each count in the tables of the report has a code: a letter for the year (A this year, B last year, C the
reference year) and a number. The appendix lists the codes; the page and the PDF lead from count to code to cell.
A count of 0 has no items and no code: it leads to the file that has none.
"""

from __future__ import annotations

__all__ = ["Key", "Origin", "SourceCell", "Trace"]

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from helpers.errors import FigureError
from helpers.fiscal_year import FiscalYear
from helpers.history.counts import TOTAL
from helpers.history.history import History
from helpers.plan import Item
from helpers.plan.reserved_words import NONE, PLAN_LABEL
from helpers.report.origins.source_files import file_anchor, source_files_of
from helpers.report.table import Table

_MOST_POLICIES = 20  # with the whole plan, whose codes a note under a table lists


class Key(NamedTuple):
    """The items that a number counts: of a year, of one policy or the whole plan (""), in one status or all."""

    year: FiscalYear
    policy: str
    status: str


class SourceCell(NamedTuple):
    """A cell that a figure was read from: its name within the year's sheet, the id of its file's row, the frame's row."""

    name: str
    anchor: str
    row: Mapping[str, Any]


@dataclass(frozen=True)
class Origin:
    """Where one count comes from; ``numbers`` are its items, empty where only totals are known."""

    code: str
    key: Key
    items: int
    numbers: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The id of its entry in the appendix."""
        return f"origin-{self.code}"


class Trace:
    """Codes for the counts of one report, the tables that lead to them and the appendix that they lead to."""

    def __init__(self, history: History, tables: Sequence[Table]) -> None:
        """``tables``: those whose counts (``Table.counts``) get codes."""
        self.history, self.tables = history, tables

    @cached_property
    def origins(self) -> Mapping[Key, Origin]:
        """The origin of every count above zero that a table leads to, in the order of the codes.

        Raises:
            FigureError: a table prints another count than its items give.
        """
        shown: dict[Key, int] = {}
        for table in self.tables:
            for count in table.counts.values():
                key, items = Key(*count[:3]), count.items
                if items and shown.setdefault(key, items) != items:
                    raise FigureError(
                        f"{_told(key)}の{self.history.plan.wording.count}が表によって違います（{shown[key]}／{items}）"
                    )
        letters = self._letters
        policies = ("", *(policy.numeral for policy in self.history.plan.policies))
        statuses = (*self.history.plan.row_names, TOTAL)
        order = sorted(
            shown,
            key=lambda key: (letters[key.year], policies.index(key.policy), statuses.index(key.status)),
        )
        origins: dict[Key, Origin] = {}
        for key in order:
            number = 1 + sum(other.year == key.year for other in origins)
            origins[key] = self._origin(f"{letters[key.year]}{number}", key, shown[key])
        return origins

    def lead(self, table: Table | None) -> Table | None:
        """The same table with its counts leading to the appendix, and their codes in a note under it.

        In a table of items the numbers of the items lead to their cells. None stays None.
        """
        if table is None:
            return None
        if "番号" in table.printed.columns:
            return replace(table, links={**table.links, **dict(self._item_links(table))})
        links: dict[tuple[int, str], Sequence[tuple[str, str]]] = {}
        led: dict[tuple[str, str], list[Origin]] = {}
        for cell, count in table.counts.items():
            key, items = Key(*count[:3]), count.items
            if items == 0:
                links[cell] = ((str(items), self.anchor_of_none(key)),)
            elif (origin := self.origins.get(key)) is not None:
                links[cell] = ((str(items), origin.anchor),)
                led.setdefault((key.policy, key.status), []).append(origin)
        notes = (self._note(led),) if led else ()
        return replace(table, links=links, page_notes=(*table.page_notes, *notes))

    @cached_property
    def _letters(self) -> dict[FiscalYear, str]:
        """A for this year, B for last year, C for the reference year."""
        history = self.history
        letters = {history.reference_year: "C"}
        if (last := history.previous_year) is not None:
            letters[last] = "B"
        return letters | {history.year: "A"}

    @cached_property
    def item_cells(self) -> Mapping[Item, Mapping[FiscalYear, SourceCell]]:
        """The cell that each item's status was read from in the years known item by item, in the plan's order.

        An item is the line of ``items.csv``, not its number, which another one may have in another year.
        """
        cells = {
            year: {cell.row["number"]: cell for cell in self.cells_of(year)}
            for year in self.history.traced_years
        }
        cells_of_items = {
            item: {
                year: read[item.number]
                for year, read in cells.items()
                if year in item.life and item.number in read
            }
            for item in self.history.plan.items
        }
        return {item: read for item, read in cells_of_items.items() if read}

    def cells_of(self, year: FiscalYear) -> list[SourceCell]:
        """The cell of each row of a year's frame."""
        sheet = self.history.sheets[year]
        anchors = {file.file: file.anchor for file in source_files_of(self.history) if file.year == year}
        return [
            SourceCell(sheet.cell_name(row), anchors.get(row["file"], file_anchor(year)), row)
            for row in sheet.statuses.to_dict("records")
        ]

    @cached_property
    def item_anchors(self) -> Mapping[Item, str]:
        """The id of each item's row in the list of cells."""
        return {item: f"source-{position}" for position, item in enumerate(self.item_cells, start=1)}

    @cached_property
    def anchors_by_year(self) -> Mapping[tuple[str, FiscalYear], str]:
        """The id of the row of the item that was read under a number in a year."""
        return {
            (item.number, year): self.item_anchors[item]
            for item, read in self.item_cells.items()
            for year in read
        }

    def _item_links(self, table: Table) -> Iterator[tuple[tuple[int, str], Sequence[tuple[str, str]]]]:
        """From the numbers in a table of items to their rows: of that name or, listed again, of that number this year."""
        title = self.history.plan.wording.item_title
        oldest_first = sorted(self.item_anchors.items(), key=lambda pair: pair[0].life.first)
        by_name = {(item.number, item.name): anchor for item, anchor in oldest_first}
        for position, row in enumerate(table.rows):
            this_year = self.anchors_by_year.get((row["番号"], self.history.year))
            if anchor := by_name.get((row["番号"], row.get(title, "")), this_year):
                yield (position, "番号"), ((row["番号"], anchor),)

    def _origin(self, code: str, key: Key, printed: int) -> Origin:
        names = self._names_under(key.status)
        counted = [
            (number, items)
            for policy, status, number, items in self._rows[key.year]
            if status in names and key.policy in ("", policy)
        ]
        items = sum(items for _, items in counted)
        if items != printed:
            raise FigureError(f"{_told(key)}の項目数が、表では{printed}、状況調査では{items}です")
        return Origin(code, key, items, tuple(number for number, _ in counted if number))

    @cached_property
    def _rows(self) -> Mapping[FiscalYear, list[tuple[str, str, str, int]]]:
        """Policy, status, number and items of each row of a year's frame."""
        columns = ("policy", "status", "number", "items")
        return {
            year: list(zip(*(sheet.statuses[column].tolist() for column in columns), strict=True))
            for year, sheet in self.history.sheets.items()
        }

    def totals_of(self, key: Key) -> list[tuple[str, str, str]]:
        """Status, cell and anchor of the rows of a totals-only sheet that make up a count."""
        return [
            (cell.row["status"], cell.name or NONE, f"source-{int(key.year)}-{position}")
            for position, cell in enumerate(self.cells_of(key.year), start=1)
            if cell.row["items"] and cell.row["status"] in self._names_under(key.status)
        ]

    def _names_under(self, row: str) -> tuple[str, ...]:
        """The statuses that a table's row counts: all for a total, those of a bracket, or the row's own status."""
        plan = self.history.plan
        brackets = {bracket.name: bracket.statuses for bracket in plan.brackets}
        return plan.status_names if row == TOTAL else brackets.get(row, (row,))

    def anchor_of_none(self, key: Key) -> str:
        """The id that a count of 0 links to: the sheet without such items, or the sheet's own cell of 0."""
        sheet = self.history.sheets[key.year]
        if not sheet.has_items and key.status in (names := list(sheet.statuses["status"])):
            return f"source-{int(key.year)}-{names.index(key.status) + 1}"
        return file_anchor(key.year)

    def _note(self, led: Mapping[tuple[str, str], Sequence[Origin]]) -> str:
        """'出どころ（付録の符号）: 実施 A1・B1、一部実施 A2・B2'; with the policy's numeral before each run of a policy's.

        Of many policies, where the codes would fill pages, in which order the appendix has the counts.
        """
        if len({policy for policy, _ in led}) > _MOST_POLICIES:
            return "出どころは、付録の表に年度、範囲、実施状況の順に並べています。"
        parts: dict[str, list[str]] = {}
        for (policy, status), origins in led.items():
            codes = "・".join(dict.fromkeys(origin.code for origin in origins))
            parts.setdefault(policy, []).append(f"{status} {codes}")
        if list(parts) == [""]:
            return f"出どころ（付録の符号）: {'、'.join(parts[''])}"
        runs = (f"{policy or PLAN_LABEL} {'、'.join(codes)}" for policy, codes in parts.items())
        return f"出どころ（付録の符号）: {'／'.join(runs)}"


def _told(key: Key) -> str:
    return f"{key.year}の「{key.status}」（{key.policy or PLAN_LABEL}）"
