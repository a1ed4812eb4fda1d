"""The table of returns: department, items, returned, missing, findings; never wider than a terminal of 80 columns."""

from __future__ import annotations

__all__ = ["return_lines"]

from collections.abc import Iterator, Sequence
from typing import Any

from helpers.cli.terminal.screen import COLUMNS, Cell, shortened, table_lines, width
from helpers.sheets.outgoing.returns import Return
from helpers.text.forms import visible

_DEPARTMENT, _ITEMS, _RETURNED, _MISSING, _FINDINGS = "課", "項目", "回答", "未回答", "指摘"
_NUMBERS = "未回答の番号"
_WIDEST_NAME = 28
_BAD = {"fg": "red", "bold": True}


def return_lines(returns: Sequence[Return], columns: int = COLUMNS) -> Iterator[str]:
    """The table's lines: a row a department, and a row of totals where there are several."""
    rows = [
        _row(each.department, each.items, each.returned, len(each.missing), each.findings) for each in returns
    ]
    if len(rows) > 1:
        totals = (sum(getattr(each, name) for each in returns) for name in ("items", "returned", "findings"))
        items, returned, findings = totals
        rows.append(_row("計", items, returned, items - returned, findings))
    headings = [_DEPARTMENT, _ITEMS, _RETURNED, _MISSING, _FINDINGS]
    if any(each.missing for each in returns):
        widths = [max(width(cell.text) for cell in column) for column in zip(*rows, strict=True)]
        fixed = sum(max(width(head), wide) + 2 for head, wide in zip(headings, widths, strict=True))
        numbers = [_numbers(each.missing, columns - fixed) for each in returns]
        headings.append(_NUMBERS)
        rows = [[*row, Cell(text)] for row, text in zip(rows, [*numbers, ""], strict=False)]
    return table_lines(headings, rows, right=(_ITEMS, _RETURNED, _MISSING, _FINDINGS))


def _row(name: str, items: int, returned: int, missing: int, findings: int) -> list[Cell]:
    looks: tuple[dict[str, Any], ...] = ({}, {}, _BAD if missing else {}, _BAD if findings else {})
    counts = zip((items, returned, missing, findings), looks, strict=True)
    return [Cell(shortened(visible(name), _WIDEST_NAME)), *(Cell(str(count), look) for count, look in counts)]


def _numbers(numbers: Sequence[str], columns: int) -> str:
    """As many numbers as there is room for: '3、7 ほか4'."""
    for count in range(len(numbers), 0, -1):
        rest = f" ほか{len(numbers) - count}" if count < len(numbers) else ""
        text = "、".join(numbers[:count]) + rest
        if width(text) <= columns:
            return text
    return ""
