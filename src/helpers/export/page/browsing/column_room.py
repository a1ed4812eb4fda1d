"""The least widths of a table's columns of words, by their texts."""

from __future__ import annotations

__all__ = ["give_room"]

from copy import deepcopy

from lxml.html import HtmlElement

from helpers.export.spans import first_columns, span_of
from helpers.text.forms import width_of

# The least widths that a column of words may get, by what it holds, in letters; all of a table have so much room.
_LEAST, _LEGIBLE, _LONG, _ROOM, _PADDING = (4, 6, 8, 12), 6, 7.0, 46.0, 1.7


def give_room(table: HtmlElement) -> None:
    """Set in the heads of a table the least width of each column of words: less where many columns share the room."""
    columns, _ = first_columns([[span_of(cell) for cell in row] for row in table.iter("tr")])
    longest: dict[int, float] = {}
    heads: dict[int, HtmlElement] = {}
    whole: set[int] = set()
    for row, firsts in zip(table.iter("tr"), columns, strict=True):
        for cell, x in zip(row, firsts, strict=True):
            if span_of(cell)[0] > 1:
                continue
            if row.getparent().tag == "thead":
                heads[x] = cell
            else:
                longest[x] = max([longest.get(x, 0.0), *(width_of(line) / 2 for line in _lines(cell))])
                whole |= {x} if {"num", "status"} & {*(cell.get("class") or "").split()} else set()
    # Long statuses wrap as words do.
    if any(longest[x] > _LONG for x in whole):
        table.set("class", "wraps")
        whole = {x for x in whole if longest[x] <= _LONG}
    least = {
        x: max((step for step in _LEAST if step <= ems), default=0) if x not in whole else 0
        for x, ems in longest.items()
        if x in heads
    }
    taken = _PADDING * len(longest) + sum(longest[x] for x in whole)
    while taken + sum(least.values()) > _ROOM and max(least.values(), default=0) > _LEGIBLE:
        widest = max(least, key=lambda x: least[x])
        least[widest] = max(step for step in _LEAST if step < least[widest])
    for x, step in least.items():
        if step or width_of(str(heads[x].text_content())) / 2 >= _LONG:
            step = step or _LEAST[0]
            heads[x].set("class", f"{heads[x].get('class') or ''} least-{step}".strip())


def _lines(cell: HtmlElement) -> list[str]:
    copied = deepcopy(cell)
    for line_break in copied.iter("br"):
        line_break.tail = f"\n{line_break.tail or ''}"
    return str(copied.text_content()).split("\n")
