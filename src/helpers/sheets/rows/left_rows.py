"""The rows of a list that are left to another department, as where each fills in its part of the whole list."""

from __future__ import annotations

__all__ = ["OwedBy", "left_rows", "numbers_listed"]

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from helpers.fiscal_year import FiscalYear
from helpers.plan import Item
from helpers.plan.departments import departments_in
from helpers.sheets.files.grid import ZERO
from helpers.sheets.parts import department_of_part
from helpers.sheets.rows.cell_meanings import is_ditto
from helpers.sheets.rows.header import DEPARTMENT, ITEM, NUMBER, POLICY, STATUS
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.sheets.rows.table_body import Entry
from helpers.text.forms import variant_folded

# Gives the departments of a year's items by number, as far as they are known.
OwedBy = Callable[[FiscalYear], Mapping[str, str]]

_OF_THE_PLAN = (NUMBER, POLICY, ITEM, DEPARTMENT)
_MOST_NAMED = 5


@dataclass(frozen=True, eq=False)
class _Row:
    """The entry of an item in a table, and whether it says no more than whose item it is."""

    table: SheetTable
    entry: Entry
    item: Item
    is_blank: bool


def left_rows(tables: Sequence[SheetTable], before: OwedBy | None) -> set[tuple[SheetTable, int]]:
    """The rows that say nothing and are left to another table or department: each its table and first row.

    ``before``: asked for last year's departments where the tables are a part of a sheet, and the rows that nobody answers
    there have a warning, once a table; None where the tables are all of it.
    """
    if len(tables) == 1 and before is None:
        return set()
    rows = [
        _Row(table, entry, item, _is_blank(table, entry))
        for table in tables
        for entry in table.body.entries
        if (item := table.vocabulary.item(table.written(entry, NUMBER))) is not None
    ]
    others = [_of_others([row for row in rows if row.table is table], before) for table in tables]
    readers: dict[str, SheetTable] = {}
    # Read is what says something, or else the first row that is no other department's.
    for row in sorted(rows, key=lambda row: row.is_blank):
        if not any(row in of_table for of_table in others):
            readers.setdefault(row.item.number, row.table)
    for of_table in others if before is not None else ():
        if unanswered := [row for row in of_table if row.item.number not in readers]:
            listed = numbers_listed([row.item.number for row in unanswered])
            message = f"番号{listed}の行には何も書かれていないので、ほかの課が回答する項目としました。この課の項目なら、実施状況を入力してください"
            table = unanswered[0].table
            table.warn("left_to_others", message, table.at(unanswered[0].entry, STATUS))
    blank = (row for row in rows if row.is_blank)
    return {(row.table, row.entry.row) for row in blank if readers.get(row.item.number) is not row.table}


def numbers_listed(numbers: Sequence[str]) -> str:
    """The first numbers of items, and how many there are where those are more."""
    more = f"など{len(numbers)}項目" if len(numbers) > _MOST_NAMED else ""
    return f"{'、'.join(numbers[:_MOST_NAMED])}{more}"


def _is_blank(table: SheetTable, entry: Entry) -> bool:
    """Whether an entry says no more than whose item it is, as in a list that goes to every department."""
    header, grid = table.header, table.grid
    columns = {
        index for name, index in header.columns.items() if name not in _OF_THE_PLAN
    } | header.marks.keys()
    cells = [(row, index) for row in entry.rows for index in columns]
    return all(
        not grid.cell(*at)
        and at not in grid.uncached
        and ((quirk := grid.quirk(at)) is None or quirk.kind == ZERO)
        for at in cells
    )


def _of_others(rows: Sequence[_Row], before: OwedBy | None) -> list[_Row]:
    """The blank rows of a table that are another department's, where it lists every item and was filled in.

    A list's own departments are the one that its file is named for, and those of its answered rows; where they or the
    row's are not known, a blank row is another's.
    """
    blank = [row for row in rows if row.is_blank]
    if not blank or {row.item for row in rows} < set((table := rows[0].table).vocabulary.items):
        return []
    renamed = table.vocabulary.plan.renamed_departments
    leads = _leads(table, before(table.vocabulary.year) if before else {}, renamed)
    named = departments_in(department_of_part(table.log.file), renamed)
    own = {*map(variant_folded, named), *(leads[row.entry.row] for row in rows if not row.is_blank)} - {""}
    if not named and len(blank) == len(rows):
        return []
    return [row for row in blank if not own or not (lead := leads[row.entry.row]) or lead not in own]


def _leads(table: SheetTable, before: Mapping[str, str], renamed: Mapping[str, str]) -> dict[int, str]:
    """The first department of each entry, folded, by its first row; what the sheet says goes before last year's."""
    leads: dict[int, str] = {}
    above = ""
    for entry in table.body.entries:
        written = table.written(entry, DEPARTMENT)
        above = above if is_ditto(written) else written
        item = table.vocabulary.item(table.written(entry, NUMBER))
        names = departments_in(above or (before.get(item.number, "") if item else ""), renamed)
        leads[entry.row] = variant_folded(names[0]) if names else ""
    return leads
