"""A table as plain data: rows of cells with their spans, kinds and header cells, and the widths of its columns."""

from __future__ import annotations

__all__ = ["HEAD_SIZE", "Data", "Runs", "table_data"]

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from helpers.errors import ExportError
from helpers.export.page.body import UNSEEN
from helpers.export.page.serialized import text_of
from helpers.export.pdf.column_widths import MARK, Layout, breaks_years, fixed_layout, in_brief, layout_of
from helpers.export.pdf.line_breaks import cut_runs
from helpers.export.spans import first_columns, span_of
from helpers.text.fonts import em_width

Data = dict[str, Any]
Runs = Callable[[HtmlElement], list[Data]]

_PARTS = {"thead": "head", "tbody": "body", "tfoot": "foot"}
# A row stays whole on its page unless one of its cells is about as tall as half a page.
_TALLEST_LINES = 25
# So many rows, not one or two, stand at the least before the first page break in a table and after the last; fewer
# where they are tall.
_TOGETHER, _TOGETHER_LINES = 3, 8
# A table is moved to the next page as a whole up to about a third of a page; heights as report.typ sets them.
_SHORT_TABLE_PT, _ROW_PT, _LINE = 240, 4.0, 1.38
# A table of so many rows would leave two pages empty where it stood across.
_FEW_ROWS = 12
# A table of more lines is set closer: the space above and below the text of a cell, in points.
_LONG_TABLE, _CLOSE_SIZE, _INSET, _CLOSE_INSET = 90, 8.0, 4.5, 3.0
# Ems from a line's foot to the top of its letters, and what the mark of a status reaches below it, as report.typ sets them.
_LETTERS, _BELOW = 0.733, 0.02
# A line is sure to hold a text that leaves so many ems of it empty.
_SPARE = 0.5
# The letters of a head are smaller than those below it.
HEAD_SIZE = 8.5 / 9
_CAPTION_EMS = 50.0
# Cards are tables of two columns, labels and texts, with the same widths for all.
_CARDS, _CARD_PARTS = "cards:", (0.28, 0.72)


def table_data(table: HtmlElement, runs: Runs) -> Data:
    """The data of a ``<table>``: id, caption, widths and rows, each with its kind, lines, whether it may break, and cells.

    A row's kind is head, group, body, total or foot; ``keeps`` is how many rows from it on stay on one page, or 0;
    ``height`` is its height in points where it is sure to be one line, and 0 where Typst has to measure it.
    A cell has runs, x, colspan, rowspan, is_header, align, look and whether it wraps. ``across``: on pages that are wider than high.
    ``years_note`` explains heads that name years in brief, which they do where the table would stand across without it.

    Raises:
        ExportError: an element in the table that no table has, or rows of unequal length.
    """
    caption: list[Data] = []
    rows: list[Data] = []
    for part in table:
        if part.tag == "caption":
            caption = [] if part.get("class") == UNSEEN else runs(part)
            cut_runs(caption, _CAPTION_EMS)
        elif part.tag in _PARTS:
            rows += [_row(row, _PARTS[part.tag], runs) for row in part]
        else:
            raise ExportError(f"表の中に、表に使えない要素 <{part.tag}> があります")
    # A footer may be written before the bodies; on paper it comes last.
    rows.sort(key=lambda row: {"head": 0, "foot": 2}.get(row["kind"], 1))
    name = table.get("id") or ""
    columns = _assign_columns(rows, name or text_of(table)[:20])
    layout, inset = fixed_layout(_CARD_PARTS) if name.startswith(_CARDS) else layout_of(rows, columns), _INSET
    years_note = ""
    if layout.is_across:
        brief_rows, note = in_brief(rows)
        ways = [(brief_rows, note, False)]
        if len(rows) <= _FEW_ROWS:
            ways += [(rows, "", True), (brief_rows, note, True)]
        for held, its_note, stays_upright in ways:
            tried = layout_of(held, columns, stays_upright=stays_upright)
            if not tried.is_across:
                rows, layout, years_note = held, tried, its_note
                break
        else:
            if breaks_years(rows, layout):
                rows, layout, years_note = brief_rows, layout_of(brief_rows, columns), note
    _break_lines(rows, layout)
    if sum(row["lines"] for row in rows) > _LONG_TABLE:
        layout, inset = layout_of(rows, columns, _CLOSE_SIZE), _CLOSE_INSET
        _break_lines(rows, layout)
    for row in rows:
        row["breakable"] = row["lines"] > _TALLEST_LINES
        row["keeps"] = 0
        row["height"] = _height(row, layout.size, inset)
    for y, row in enumerate(rows):
        for cell in row["cells"]:
            if cell["rowspan"] > 1:  # it may need more than a line in each row
                for covered in rows[y : y + cell["rowspan"]]:
                    covered["height"] = 0
    padding = _ROW_PT - 2 * (_INSET - inset)
    height = sum(padding + _LINE * layout.size * row["lines"] for row in rows)
    if height >= _SHORT_TABLE_PT:
        _keep_ends(rows)
    return {
        "kind": "table",
        "id": name,
        "caption": caption,
        "widths": layout.shares,
        "size": layout.size,
        "head_size": round(HEAD_SIZE * layout.size, 2),
        "inset": inset,
        "across": layout.is_across,
        "leads": False,
        "is_short": height < _SHORT_TABLE_PT,
        "rows": rows,
        "years_note": years_note,
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


def _break_lines(rows: Sequence[Data], layout: Layout) -> None:
    """Cut the runs of each cell into pieces for its column, and note how many lines each row takes, near enough.

    Asking Typst to measure the tables would set each of them twice, for half as much time again and four times the
    memory.
    """
    for row in rows:
        row["lines"], row["is_line"] = 1, True
        size = HEAD_SIZE if row["kind"] == "head" else 1.0
        for cell in row["cells"]:
            width = layout.text_width(cell["x"], cell["colspan"]) / size
            is_name = row["kind"] == "head" or cell["is_header"] or bool(cell["look"])
            if cell["look"]:
                width -= MARK
            cut_runs(cell["runs"], width, is_name=is_name)
            texts = "".join(run["text"] for run in cell["runs"]).split("\n")
            lines = sum(max(1, math.ceil(em_width(text) / max(width, 1.0) - 0.02)) for text in texts)
            # A column without a share is as wide as its text, whatever that takes.
            is_own = cell["colspan"] == 1 and not layout.shares[cell["x"]]
            row["is_line"] &= len(texts) == 1 and (is_own or em_width(texts[0]) <= width - _SPARE)
            cell["wraps"] = lines > len(texts)
            row["lines"] = max(row["lines"], math.ceil(lines / cell["rowspan"]))


def _height(row: Data, size: float, inset: float) -> float:
    """The height of a row of one line in points, as Typst would measure it; 0 for any other."""
    if not row["is_line"] or not any(cell["runs"] for cell in row["cells"]):
        return 0
    letters = _LETTERS + (_BELOW if any(cell["look"] for cell in row["cells"]) else 0)
    letters *= round(HEAD_SIZE * size, 2) if row["kind"] == "head" else size
    return float(round(letters + inset * (3 if row["kind"] == "group" else 2), 4))


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
        if number > _TOGETHER or (number > 1 and lines > _TOGETHER_LINES):
            return
        yield row
