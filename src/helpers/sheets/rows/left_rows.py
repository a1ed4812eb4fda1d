"""The rows of a list that are left to another department, as where each fills in its part of the whole list."""

from __future__ import annotations

__all__ = ["OwedBy", "left_rows", "numbers_listed"]

from collections.abc import Callable, Mapping, Sequence

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

_Row = tuple[Entry, Item]


def left_rows(tables: Sequence[SheetTable], before: OwedBy | None) -> set[tuple[SheetTable, int]]:
    """The rows that say nothing and are left to another table or department: each its table and first row.

    ``before``: asked for last year's departments where the tables are a part of a sheet, and the rows that nobody answers
    there have a warning, once a table; None where the tables are all of it.
    """
    if len(tables) == 1 and before is None:
        return set()
    blank: list[tuple[SheetTable, Entry, Item]] = []
    reader: dict[str, SheetTable] = {}
    others: set[tuple[SheetTable, int]] = set()
    for table in tables:
        rows = [
            (entry, item)
            for entry in table.body.entries
            if (item := table.vocabulary.item(table.written(entry, NUMBER))) is not None
        ]
        own_blank, answered = [], []
        for entry, item in rows:
            if _is_blank(table, entry):
                own_blank.append((entry, item))
                blank.append((table, entry, item))
            else:
                answered.append((entry, item))
                reader.setdefault(item.number, table)
        if own_blank and {item.number for _, item in rows} >= {
            item.number for item in table.vocabulary.items
        }:
            others |= {(table, entry.row) for entry in _of_others(table, own_blank, answered, before)}
    for table, entry, item in blank:
        if (table, entry.row) not in others:
            reader.setdefault(item.number, table)
    if before is not None:
        for table in tables:
            rows = [(e, i) for its_table, e, i in blank if its_table is table and i.number not in reader]
            _warn_of(table, rows)
    return {(table, entry.row) for table, entry, item in blank if reader.get(item.number) is not table}


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


def _warn_of(table: SheetTable, rows: Sequence[_Row]) -> None:
    """Say once which rows of a table were taken for those of other departments."""
    if rows:
        listed = numbers_listed([item.number for _, item in rows])
        message = f"番号{listed}の行には何も書かれていないので、ほかの課が回答する項目としました。この課の項目なら、実施状況を入力してください"
        table.warn("left_to_others", message, table.at(rows[0][0], STATUS))


def _of_others(
    table: SheetTable, blank: Sequence[_Row], answered: Sequence[_Row], before: OwedBy | None
) -> list[Entry]:
    """The blank rows of a whole list that are another department's; all of them where departments are not known.

    The list's own departments are the one that its file is named for, and those of its answered rows. None are
    another's where nothing tells that the list was filled in: no answered row and no name.
    """
    renamed = table.vocabulary.plan.renamed_departments
    leads = _leads(table, before(table.vocabulary.year) if before else {}, renamed)
    named = departments_in(department_of_part(table.log.file), renamed)
    own = {variant_folded(name) for name in named} | {leads[entry.row] for entry, _ in answered} - {""}
    if not named and not answered:
        return []
    return [entry for entry, _ in blank if not (own and leads[entry.row]) or leads[entry.row] not in own]


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
