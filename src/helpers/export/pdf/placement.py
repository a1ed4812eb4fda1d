"""A table as plain data: rows of cells with their spans, kinds and header cells, and the widths of its columns."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement

from helpers.errors import ExportError
from helpers.export.page.serialized import text_of
from helpers.export.spans import first_columns, span_of
from helpers.text.forms import is_wide

Data = dict[str, Any]
Runs = Callable[[HtmlElement], list[Data]]

_PARTS = {"thead": "head", "tbody": "body", "tfoot": "foot"}
# A column is as wide as its text up to this many ems; wider ones share what is left.
_NARROW_EM, _NARROW_AMONG_MANY_EM, _FEW_COLUMNS = 11.0, 7.0, 4
_WIDEST_SHARE_EM = 48.0
# No column of prose is squeezed below this (令和4年度の) or its text, however long the prose beside it.
_LEAST_EM = 6.0
_LINE_EM, _PADDING_EM = 53.0, 1.4
# A row stays whole on its page unless one of its cells is about as tall as half a page.
_TALLEST_LINES = 25
# So many rows, not one or two, stand at the least before the first page break in a table and after the last.
_TOGETHER = 3
# A table is moved to the next page as a whole up to about half a page; heights as report.typ sets them.
_SHORT_TABLE_PT, _ROW_PT, _LINE_PT = 350, 4.0, 12.4


def table_data(table: HtmlElement, runs: Runs) -> Data:
    """The data of a ``<table>``: id, caption, widths and rows, each with its kind, lines, whether it may break, and cells.

    A row's kind is head, group, body, total or foot; ``keeps`` is how many rows from it on stay on one page, or 0.
    A cell has runs, x, colspan, rowspan, is_header, align and look.

    Raises:
        ExportError: an element in the table that no table has, or rows of unequal length.
    """
    caption: list[Data] = []
    rows: list[Data] = []
    for part in table:
        if part.tag == "caption":
            caption = runs(part)
        elif part.tag in _PARTS:
            rows += [_row(row, _PARTS[part.tag], runs) for row in part]
        else:
            raise ExportError(f"表の中に、表に使えない要素 <{part.tag}> があります")
    # A footer may be written before the bodies; on paper it comes last.
    rows.sort(key=lambda row: {"head": 0, "foot": 2}.get(row["kind"], 1))
    name = table.get("id") or ""
    columns = _assign_columns(rows, name or text_of(table)[:20])
    widths = _widths(rows, columns)
    for row in rows:
        row["breakable"] = row["lines"] > _TALLEST_LINES
        row["keeps"] = 0
    height = sum(_ROW_PT + _LINE_PT * row["lines"] for row in rows)
    if height >= _SHORT_TABLE_PT:
        _keep_ends(rows)
    return {
        "kind": "table",
        "id": name,
        "caption": caption,
        "widths": widths,
        "is_short": height < _SHORT_TABLE_PT,
        "rows": rows,
    }


def _row(row: HtmlElement, kind: str, runs: Runs) -> Data:
    if row.tag != "tr":
        raise ExportError(f"表の中に、表に使えない要素 <{row.tag}> があります")
    css = (row.get("class") or "").split()
    if kind == "body":
        kind = "group" if "group" in css else "total" if "total" in css else "body"
    return {"kind": kind, "id": row.get("id") or "", "cells": [_cell(cell, runs) for cell in row]}


def _cell(cell: HtmlElement, runs: Runs) -> Data:
    if cell.tag not in ("th", "td"):
        raise ExportError(f"表の行の中に、表に使えない要素 <{cell.tag}> があります")
    css = (cell.get("class") or "").split()
    colspan, rowspan = span_of(cell)
    return {
        "id": cell.get("id") or "",
        "runs": runs(cell),
        "colspan": colspan,
        "rowspan": rowspan,
        "is_header": cell.tag == "th",
        "align": "center" if cell.get("scope") == "colgroup" else "right" if "num" in css else "left",
        "look": cell.get("data-look") or cell.get("data-status") or "",
    }


def _assign_columns(rows: list[Data], name: str) -> int:
    """Give every cell its column and count the columns; every row must fill them all."""
    spans = [[(cell["colspan"], cell["rowspan"]) for cell in row["cells"]] for row in rows]
    firsts, filled = first_columns(spans)
    for row, columns_of_row in zip(rows, firsts, strict=True):
        for cell, x in zip(row["cells"], columns_of_row, strict=True):
            cell["x"] = x
    columns = 1 + max((x for _, x in filled), default=0)
    if len(filled) != columns * len(rows):
        raise ExportError(
            f"表「{name}」の行の長さがそろっていません（{len(rows)}行×{columns}列）。列の数を合わせてください"
        )
    return columns


def _widths(rows: list[Data], columns: int) -> list[float]:
    """The share of each column that holds prose, 0 for a column that is as wide as its text."""
    longest, names = [0.0] * columns, set()
    for row in rows:
        for cell in row["cells"]:
            if cell["colspan"] == 1 and row["kind"] != "head":
                longest[cell["x"]] = max(longest[cell["x"]], _em_width(cell["runs"]))
                if cell["is_header"]:
                    names.add(cell["x"])
    narrow = _NARROW_EM if columns <= _FEW_COLUMNS else _NARROW_AMONG_MANY_EM
    # Less than in proportion: a column of long prose may wrap more often than one of names.
    shares = [0.0 if em <= narrow else round(min(em, _WIDEST_SHARE_EM) ** 0.75, 2) for em in longest]
    if any(shares):
        shares = _lifted(shares, longest)
    elif len(names) > 1:
        # Of an item's number and its name, the name takes the room that is left.
        widest = max(sorted(names), key=lambda x: longest[x])
        shares[widest] = 1.0
    else:
        # A table of figures fills the line evenly, so that the eye need not cross a gap.
        shares = [1.6, *([1.0] * (columns - 1))]
    _estimate_lines(rows, shares, longest)
    return shares


def _keep_ends(rows: list[Data]) -> None:
    """Note which rows stay together on one page: the first and the last of a table that may break."""
    below = [row for row in rows if row["kind"] != "head"]
    first = list(_run(below))
    last = [row for row in _run(reversed(below)) if not any(row is other for other in first)]
    for run in (first, last[::-1]):
        if len(run) > 1:
            run[0]["keeps"] = len(run)


def _run(rows: Iterable[Data]) -> Iterator[Data]:
    """The first rows of a table, after the name of their group and up to the next one; as many as stay together."""
    lines = number = 0
    for row in rows:
        if row["kind"] == "group" and number:
            return
        if row["kind"] == "group":
            continue
        lines, number = lines + row["lines"], number + 1
        if number > _TOGETHER or lines > _TALLEST_LINES:
            return
        yield row


def _lifted(shares: list[float], longest: list[float]) -> list[float]:
    """The shares, with those of too narrow columns of prose made wide enough at the cost of the others."""
    room = _LINE_EM - sum(em + _PADDING_EM for em, share in zip(longest, shares, strict=True) if not share)
    needed = [
        min(em, _LEAST_EM) + _PADDING_EM if share else 0.0 for em, share in zip(longest, shares, strict=True)
    ]
    lifted: set[int] = set()
    while True:
        left = room - sum(needed[x] for x in lifted)
        rest = sum(share for x, share in enumerate(shares) if x not in lifted)
        if left <= 0 or not rest:
            return shares
        more = {x for x, share in enumerate(shares) if x not in lifted and share * left / rest < needed[x]}
        if not more:
            break
        lifted |= more
    if not lifted:
        return shares
    return [round(needed[x] if x in lifted else share * left / rest, 2) for x, share in enumerate(shares)]


def _estimate_lines(rows: list[Data], shares: list[float], longest: list[float]) -> None:
    """Note how many lines each row takes, near enough to decide where a page may end.

    Asking Typst to measure the tables would set each of them twice, for half as much time again and four times the
    memory.
    """
    room = _LINE_EM - sum(em for em, share in zip(longest, shares, strict=True) if not share)
    room -= _PADDING_EM * len(shares)
    for row in rows:
        row["lines"] = 1
        for cell in row["cells"]:
            share = sum(shares[cell["x"] : cell["x"] + cell["colspan"]]) / sum(shares)
            texts = "".join(run["text"] for run in cell["runs"]).split("\n")
            lines = sum(
                max(1, math.ceil(_ems(text) / max(room * share, 1.0))) if share else 1 for text in texts
            )
            row["lines"] = max(row["lines"], math.ceil(lines / cell["rowspan"]))


def _em_width(runs: list[Data]) -> float:
    return max(_ems(line) for line in "".join(run["text"] for run in runs).split("\n"))


def _ems(text: str) -> float:
    return sum(1.0 if is_wide(character) else 0.56 for character in text)
