"""The least widths of a table's columns of words, by their texts."""

from __future__ import annotations

__all__ = ["give_room"]

import re
from copy import deepcopy
from dataclasses import dataclass

from lxml.html import HtmlElement

from helpers.export.page.serialized import text_of
from helpers.export.spans import first_columns, span_of
from helpers.text.fonts import em_width
from helpers.text.wrapping import phrases

# The least widths that a column of words may get, by what it holds, in letters; all of a table have so much room.
_LEAST, _LEGIBLE, _LONG, _ROOM, _PADDING = (4, 6, 8, 12), 6, 7.0, 46.0, 1.7
# A phone of 320 px: the letters that its lines hold, and those that the padding of a column and the mark of a status take;
# a table of many columns is set in smaller letters, and closer.
_PHONE, _PHONE_PADDING, _HEAD, _MARK = 22.0, 0.75, 0.92, 1.2
_MANY, _PHONE_OF_MANY, _PADDING_OF_MANY = 6, 24.6, 0.3
_VERY_MANY = 13  # columns: targets of seven years and more


@dataclass
class _Column:
    """What a column holds: its head, its longest line in letters, and the widest part of it that stays in one piece."""

    head: HtmlElement | None = None
    longest: float = 0.0
    unbroken: float = 0.0
    is_whole: bool = False

    @property
    def least(self) -> int:
        """The step of ``_LEAST`` for the words of the column; 0 for figures and statuses."""
        return 0 if self.is_whole else max((step for step in _LEAST if step <= self.longest), default=0)

    def least_on_phone(self, head_size: float) -> float:
        """The width in letters below which the column could not be read; heads are set at ``head_size`` of its letters."""
        head = 0.0 if self.head is None else max(map(em_width, _between(self.head, "br", "wbr")))
        words = 0.0 if self.is_whole else min(self.longest, _LEGIBLE)
        return max(head_size * head, self.unbroken, words)


def give_room(table: HtmlElement) -> bool:
    """Set in the heads of a table the least width of each column of words: less where many columns share the room.

    Return whether a phone has room for the table.
    """
    columns = _columns(table)
    # Long statuses wrap as words do.
    if any(column.is_whole and column.longest > _LONG for column in columns):
        table.set("class", "wraps")
        for column in columns:
            column.is_whole &= column.longest <= _LONG
    taken = _PADDING * len(columns) + sum(column.longest for column in columns if column.is_whole)
    least = {x: column.least for x, column in enumerate(columns) if column.head is not None}
    # Of very many columns the longest texts keep more room than the words of the others.
    legible = {
        x: _LEAST[2] if len(columns) >= _VERY_MANY and step == _LEAST[-1] else _LEGIBLE
        for x, step in least.items()
    }
    while taken + sum(least.values()) > _ROOM and any(least[x] > legible[x] for x in least):
        widest = max(least, key=lambda x: least[x] - legible[x])
        least[widest] = max(step for step in _LEAST if step < least[widest])
    for x, step in least.items():
        head = columns[x].head
        if head is not None and (step or em_width(text_of(head)) >= _LEGIBLE):
            head.set("class", f"{head.get('class') or ''} least-{step or _LEAST[0]}".strip())
    if len(columns) >= _MANY:
        room, padding, head_size = _PHONE_OF_MANY, _PADDING_OF_MANY, 1.0
    else:
        room, padding, head_size = _PHONE, _PHONE_PADDING, _HEAD
    return sum(column.least_on_phone(head_size) + padding for column in columns) <= room


def _columns(table: HtmlElement) -> list[_Column]:
    rows = list(table.iter("tr"))
    firsts, covered = first_columns([[span_of(cell) for cell in row] for row in rows])
    columns = [_Column() for _ in range(1 + max((x for _, x in covered), default=-1))]
    for row, firsts_of_row in zip(rows, firsts, strict=True):
        for cell, x in zip(row, firsts_of_row, strict=True):
            if span_of(cell)[0] > 1:
                continue
            column = columns[x]
            if row.getparent().tag == "thead":
                column.head = cell
                continue
            longest = max(map(em_width, _between(cell, "br")))
            column.longest = max(column.longest, longest)
            kinds = {*(cell.get("class") or "").split()}
            mark = _MARK if cell.get("data-status") else 0.0
            column.is_whole |= bool("num" in kinds or mark)
            text = text_of(cell)
            parts = (
                re.split(r" |(?=\()", text)
                if "num" in kinds
                else phrases(text)
                if longest > _LONG
                else [text]
            )
            if not (mark or "num" in kinds):
                parts = [text_of(span) for span in cell.xpath(".//span[@class='whole']")]
            column.unbroken = max([column.unbroken, *(mark + em_width(part) for part in parts)])
    return columns


def _between(cell: HtmlElement, *places: str) -> list[str]:
    """The texts of a cell between elements of these names."""
    copied = deepcopy(cell)
    for place in copied.iter(*places):
        place.tail = f"\n{place.tail or ''}"
    return str(copied.text_content()).split("\n")
