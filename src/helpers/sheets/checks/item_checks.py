"""Check the items of a sheet against the plan: numbers, statuses, missing and repeated rows."""

from __future__ import annotations

__all__ = ["ReadItems", "read_items"]

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

from helpers.plan import Item
from helpers.plan.declared.kinds import SET, Value
from helpers.sheets.checks.entry_values import read_values, values_of
from helpers.sheets.checks.item_identity import (
    check_name,
    check_policy,
    check_status,
    graded_status,
    is_marked_as_repeat,
)
from helpers.sheets.finding import Position
from helpers.sheets.rows.cell_meanings import difference, is_dash, is_date, is_ditto, nearest, number_form
from helpers.sheets.rows.header import ITEM, NUMBER, STATUS
from helpers.sheets.rows.left_rows import OwedBy, left_rows
from helpers.sheets.rows.sheet_table import Place, Record, SheetTable
from helpers.sheets.rows.table_body import FREE_TEXTS, Entry
from helpers.text.forms import quoted

_FRAME_COLUMNS = dict(zip(FREE_TEXTS, ("activities", "department", "remarks"), strict=True))


@dataclass
class ReadItems:
    """The items that the tables of a sheet have.

    Attributes:
        records: a record for each item that has a row, by number.
        places: the table, cell and status of the first row of each item, by number.
        claimed: the numbers of items that have a row with their name but without their number.
        unanswered: what rows that are left to others say of the department, by number.
        twice: the rows of items that have a row already, and are no repeats.
        values: the declared values of each item that has a row, by number.
    """

    records: dict[str, Record] = field(default_factory=dict)
    values: dict[str, list[Value]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    unanswered: dict[str, str] = field(default_factory=dict)
    twice: list[tuple[Item, Place, Place]] = field(default_factory=list)


def read_items(tables: Sequence[SheetTable], before: OwedBy | None = None) -> ReadItems:
    """Check the rows of the items of every table, one after the other; ``before`` as of ``left_rows``."""
    items, repeated, left = ReadItems(), set[str](), left_rows(tables, before)
    for table in tables:
        _ItemChecker(table, items, repeated, left).read()
    return items


@dataclass
class _ItemChecker:
    """Reads the entries of one table in order, and adds a finding for everything that is wrong with one."""

    table: SheetTable
    items: ReadItems
    repeated: set[str]
    left: Set[tuple[SheetTable, int]]

    def __post_init__(self) -> None:
        self.grid, self.header = self.table.grid, self.table.header
        self.vocabulary, self.statuses = self.table.vocabulary, self.table.statuses

    def read(self) -> None:
        """Check every entry."""
        for entry in self.table.body.entries:
            self._read_entry(entry)

    def _read_entry(self, entry: Entry) -> None:
        item = self._item(entry)
        is_left = (self.table, entry.row) in self.left
        if is_left:
            self.table.resolve_ditto(STATUS, "")  # 〃 below is no status of the rows above
        values = [] if is_left else read_values(self.table, entry)
        status = None if is_left else self._status(entry, [*values, *self._measured(item)])
        if item is None and (claimed := self._item_by_name(entry)) is not None:
            self.items.claimed.add(claimed.number)
        self.statuses.append(status or "")
        texts = {name: self.table.free_text(entry, column) for column, name in _FRAME_COLUMNS.items()}
        if item is None:
            return
        check_name(self.table, entry, item)
        is_repeat = check_policy(self.table, entry, item) or is_marked_as_repeat(self.table, entry)
        if is_left or not self._is_first(entry, item, status or "", is_repeat):
            self.statuses[-1] = None
            if is_left:
                self.items.unanswered[item.number] = texts["department"]
            if is_left or is_repeat or item.number not in self.repeated:
                return
        # The row under the item's own policy is kept, not the one that repeats it, whichever comes first.
        self.repeated -= {item.number}
        self.repeated |= {item.number} if is_repeat else set()
        self.items.values[item.number] = values_of(values, item.number)
        self.items.records[item.number] = {
            "fiscal_year": int(self.vocabulary.year),
            "number": item.number,
            "policy": item.policy.numeral,
            "item": item.name,
            "status": status or "",
            "items": 1,
            **texts,
            "file": self.table.log.file,
            "sheet": self.grid.name,
            "cell": self.grid.address(self.table.at(entry, STATUS)),
        }

    # Status

    def _status(self, entry: Entry, values: list[Value]) -> str | None:
        written = self.table.text(entry, STATUS)
        text = self.table.resolve_ditto(STATUS, written)
        at = self.table.at(entry, STATUS)
        self._find_second_status(entry)
        if self.table.is_broken(entry, STATUS):
            return None
        status = self.vocabulary.status(text)
        if (graded := graded_status(self.table, values)) is not None:
            if graded[0].status == SET and not text:
                return graded[1]
            if status is not None:
                check_status(self.table, status, graded, at)
        remedy = f"{self.vocabulary.choices}から選んで入力してください"
        if not text and written:
            message = f"実施状況が{quoted(written)}ですが、上に写す値がありません。{remedy}"
            self.table.error("missing_status", message, at)
        elif not text and at[1] != self.header.columns[STATUS]:
            message = f"実施状況のセルが{self.grid.address(at)}と結合されています。結合を解除し、{remedy}"
            self.table.error("missing_status", message, (entry.row, self.header.columns[STATUS]))
        elif status is None and (not text or is_dash(text)):
            how = f"{quoted(text)}となっています" if text else "空です"
            self.table.error("missing_status", f"実施状況が{how}。{remedy}", at)
        elif status is None and (twin := self.vocabulary.status_that_looks_like(text)) is not None:
            message = f"実施状況{quoted(text)}は「{twin}」と似ていますが、{difference(text, twin)}。「{twin}」と入力し直してください"
            self.table.error("look_alike", message, at)
        elif status is None:
            self.table.error(*self.vocabulary.not_a_status(text), at)
        return status

    def _find_second_status(self, entry: Entry) -> None:
        index = self.header.columns[STATUS]
        for row in entry.rows[1:]:
            text = self.grid.cell(row, index)
            if text and self.grid.begins(row, index):
                message = f"一つの項目に実施状況が二つあります（{quoted(text)}）。一つにしてください"
                self.table.error("two_statuses", message, (row, index))

    # Item

    def _measured(self, item: Item | None) -> list[Value]:
        """The values of measures.csv for an item."""
        measured = self.vocabulary.plan.measured.get(self.vocabulary.year, ())
        return [] if item is None else [replace(v, number="") for v in measured if v.number == item.number]

    def _item(self, entry: Entry) -> Item | None:
        text = self.table.text(entry, NUMBER)
        at = self.table.at(entry, NUMBER)
        if self.table.is_broken(entry, NUMBER):
            return None
        if not text or is_ditto(text) or (is_dash(text) and self.vocabulary.item(text) is None):
            self._report_missing_number(entry, text, at)
            return None
        item = self.vocabulary.item(text)
        if item is None:
            self._report_unknown_item(entry, text, at)
        return item

    def _report_missing_number(self, entry: Entry, text: str, at: Position) -> None:
        hint = "推進項目の番号を入力してください"
        if near := self._item_by_name(entry):
            hint = f"推進項目の名前から考えられる番号: {near.number}"
        how = f"{quoted(text)}となっています" if text else "空です"
        self.table.error("missing_number", f"番号が{how}。{hint}", at)

    def _report_unknown_item(self, entry: Entry, text: str, at: Position) -> None:
        year = self.vocabulary.year
        other = self.vocabulary.item_of_any_year(text)
        if other is not None:
            message = (
                f"番号{quoted(text)}（{other.name}）は{other.life.first}から{other.life.last}までの推進項目で、"
                f"{year}にはありません。行を除くか、items.csv の年度を直してください"
            )
            self.table.error("not_alive", message, at)
            return
        if not is_date(text) and (numbered := self.vocabulary.item_numbered(text)) is not None:
            message = f"番号{numbered.number}は「{numbered.name}」ですが、{quoted(text)}とあります。番号か名前を直してください"
            self.table.error("unknown_name", message, at)
            return
        near = self._item_by_name(entry)
        numbers = [item.number for item in self.vocabulary.items]
        number = near.number if near else nearest(number_form(text), numbers)
        hint = f"。近い番号: {number}" if number else ""
        remedy = "番号を確かめてください"
        if is_date(text):
            remedy = "日付に変わっています（セルの書式を「文字列」にしてから番号を入力し直してください）"
        message = f"番号{quoted(text)}は{year}の推進項目にありません{hint}。{remedy}"
        self.table.error("unknown_item", message, at)

    def _item_by_name(self, entry: Entry) -> Item | None:
        return self.vocabulary.item_named(self.table.written(entry, ITEM))

    # Rows of one item

    def _is_first(self, entry: Entry, item: Item, status: str, is_repeat: bool) -> bool:
        here = Place(self.table, self.table.at(entry, NUMBER), status)
        first = self.items.places.setdefault(item.number, here)
        if first.table is self.table and first.at == here.at:
            return True
        if is_repeat or item.number in self.repeated:
            if status != first.status:
                where = first.seen_from(self.table)
                message = f"再掲の番号{item.number}の実施状況{quoted(status)}が、{where}の行の{quoted(first.status)}と違います。どちらかに合わせてください"
                self.table.error("repeat_differs", message, self.table.at(entry, STATUS))
        else:
            self.items.twice.append((item, first, here))
        return False
