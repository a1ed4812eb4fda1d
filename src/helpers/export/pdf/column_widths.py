"""Choose the page (upright or across), the size of letters and the column widths of a table.

A table stands upright in letters of 9 pt if every column gets its least legible width, else in smaller letters, else
across the page. A short one, which would leave two pages empty, is first tried upright in letters of 7 pt at least. Within a layout, widths follow the texts.
"""

from __future__ import annotations

__all__ = [
    "MARK",
    "SIZE",
    "Column",
    "Data",
    "Layout",
    "breaks_years",
    "fixed_layout",
    "in_brief",
    "layout_of",
]

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.export.pdf.line_breaks import longest_stretch, widest_line
from helpers.fiscal_year import FiscalYear, brief_years_note, year_named

Data = dict[str, Any]

SIZE = 9.0  # points
_UPRIGHT, _ACROSS = 481.8, 728.5  # points between the margins of an A4 page
_PADDING = 12.0  # points beside the text of a cell
MARK = 1.15  # ems of the square before a status
# A column is as wide as its text up to this many ems; wider ones share what is left.
_NARROW, _NARROW_AMONG_MANY, _FEW_COLUMNS = 11.0, 7.0, 4
_WIDEST_SHARE = 48.0
# No column of words is narrower than so many of its letters, or than its text: with ease, and at the least.
_EASY, _LEAST = 6.0, 4.2
_EASY_NAME = 8.0
# Ems that a column is wider than its text, which would wrap where the width is rounded down.
_SLACK = 0.03
# Unbreakable text longer than this, in ems, is broken all the same.
_LONGEST_STRETCH = 9.0
# The layouts in the order in which they are tried: across the page, size, least width of words and of names.
_LAYOUTS = [
    (False, 9.0, _EASY, _EASY_NAME),
    (False, 8.0, _EASY, _EASY_NAME),
    (True, 9.0, _EASY, _EASY_NAME),
    (True, 8.0, _EASY, _EASY_NAME),
    *((is_across, size, _LEAST, _LEAST) for size in (9.0, 8.0, 7.0, 6.5, 6.0) for is_across in (False, True)),
]
_SMALL_UPRIGHT = 7.0  # points of the letters of a table that stays upright


@dataclass
class Column:
    """The widths of a column's texts, in ems of the table's letters.

    Attributes:
        longest: its widest line; ``body``: of its cells below the head.
        unbroken: the widest part that should not be broken: figures, stretches of letters.
        has_names, has_words: whether a header cell names its rows, whether anything in it is more than figures.
    """

    longest: float = 0.0
    body: float = 0.0
    unbroken: float = 0.0
    has_names: bool = False
    has_words: bool = False

    def least(self, words: float, names: float) -> float:
        """The column's least legible width in ems, given those for ``words`` and ``names``."""
        needed = (names if self.has_names else words) if self.has_words else 0.0
        return max(min(self.longest, needed), self.unbroken)


@dataclass(frozen=True)
class Layout:
    """The layout of a table.

    Attributes:
        is_across: on pages that are wider than high.
        size: of its letters in points.
        shares: of each column in the line, 0 where it is as wide as its text.
        widths: of each column's text in ems.
    """

    is_across: bool
    size: float
    shares: Sequence[float]
    widths: Sequence[float]

    def text_width(self, x: int, columns: int) -> float:
        """The room for text, in ems, of a cell that covers so many columns from the one at ``x``."""
        return sum(self.widths[x : x + columns]) + (columns - 1) * _PADDING / self.size


def layout_of(
    rows: Iterable[Data], columns: int, largest: float = SIZE, *, stays_upright: bool = False
) -> Layout:
    """Choose the layout of a table with these rows and so many columns, in letters of ``largest`` points at most.

    ``stays_upright``: across the page only where it does not fit upright in letters of 7 points.
    """
    held = _held(rows, columns)
    layouts = _LAYOUTS
    if stays_upright:
        layouts = sorted(_LAYOUTS, key=lambda layout: layout[0] or layout[1] < _SMALL_UPRIGHT)
    for is_across, size, words, names in layouts:
        if size > largest:
            continue
        line = (_ACROSS if is_across else _UPRIGHT) / size
        padding = _PADDING / size
        leasts = [column.least(words, names) for column in held]
        if sum(leasts) + (padding + _SLACK) * columns > line:
            continue
        usual = _usual(held, line, padding)
        if all(width >= least - 0.01 for width, least in zip(usual[1], leasts, strict=True)):
            return Layout(is_across, size, *usual)
        widths = _filled(leasts, [column.longest for column in held], line - padding * columns)
        return Layout(is_across, size, [round(width + padding, 2) for width in widths], widths)
    # Too wide even in six points across: divide evenly; the gate for looks reports it.
    line, size = _ACROSS / _LAYOUTS[-1][1], _LAYOUTS[-1][1]
    widths = [line / columns - _PADDING / size] * columns
    return Layout(True, size, [1.0] * columns, widths)


def in_brief(rows: Iterable[Data]) -> tuple[list[Data], str]:
    """The rows with the years in heads of single columns in brief (H30, R元, R2), and the note that explains them."""
    years: list[FiscalYear] = []
    brief_rows = [
        {**row, "cells": [_brief(cell, years) for cell in row["cells"]]} if row["kind"] == "head" else row
        for row in rows
    ]
    return brief_rows, brief_years_note(years) if years else ""


def breaks_years(rows: Iterable[Data], layout: Layout) -> bool:
    """Whether a year that heads a single column takes more than one line there."""
    heads = (cell for row in rows if row["kind"] == "head" for cell in row["cells"] if _year_of(cell))
    return any(widest_line(cell["runs"][0]["text"]) > layout.widths[cell["x"]] for cell in heads)


def _year_of(cell: Data) -> FiscalYear | None:
    """The year, if that is all that a head of a single column says."""
    is_alone = cell["colspan"] == 1 and len(cell["runs"]) == 1
    return year_named(cell["runs"][0]["text"]) if is_alone else None


def _brief(cell: Data, years: list[FiscalYear]) -> Data:
    """A cell of a head, in brief if a year is all that it says; the year is added to ``years``."""
    if (year := _year_of(cell)) is None:
        return cell
    years.append(year)
    return {**cell, "runs": [{**cell["runs"][0], "text": year.brief}]}


def fixed_layout(parts: Sequence[float]) -> Layout:
    """Upright, in columns that take these parts of the line whatever they hold, alike in many tables."""
    line = _UPRIGHT / SIZE
    return Layout(False, SIZE, parts, [part / sum(parts) * line - _PADDING / SIZE for part in parts])


def _held(rows: Iterable[Data], columns: int) -> list[Column]:
    held = [Column() for _ in range(columns)]
    for row in rows:
        for cell in row["cells"]:
            if cell["colspan"] > 1:
                continue
            column = held[cell["x"]]
            text = "".join(run["text"] for run in cell["runs"])
            mark = MARK if cell["look"] else 0.0
            longest = widest_line(text) + mark
            column.longest = max(column.longest, longest)
            if row["kind"] == "head":
                stretch = longest if longest <= _LEAST else min(longest_stretch(text), _LONGEST_STRETCH)
                column.unbroken = max(column.unbroken, stretch)
                column.has_words = column.has_words or longest > _LEAST
                continue
            column.body = max(column.body, longest)
            column.has_names = column.has_names or cell["is_header"]
            if cell["align"] == "right":
                column.unbroken = max(column.unbroken, min(longest, _LONGEST_STRETCH))
            else:
                column.has_words = True
                column.unbroken = max(column.unbroken, min(longest_stretch(text) + mark, _LONGEST_STRETCH))
    return held


def _usual(held: Sequence[Column], line: float, padding: float) -> tuple[list[float], list[float]]:
    """Narrow columns as wide as their text, the others by shares of the rest: shares, and widths in ems."""
    narrow = _NARROW if len(held) <= _FEW_COLUMNS else _NARROW_AMONG_MANY
    # Less than in proportion: a column of long prose may wrap more often than one of names.
    shares = [
        0.0 if column.body <= narrow else round(min(column.body, _WIDEST_SHARE) ** 0.75, 2) for column in held
    ]
    names = [x for x, column in enumerate(held) if column.has_names]
    if not any(shares) and len(names) > 1:
        # Of an item's number and its name, the name takes the room that is left.
        shares[max(names, key=lambda x: held[x].body)] = 1.0
    elif not any(shares):
        # A table of figures fills the line evenly, so that the eye need not cross a gap.
        shares = [1.6, *([1.0] * (len(held) - 1))]
    room = line - sum(
        column.longest + padding for column, share in zip(held, shares, strict=True) if not share
    )
    widths = [
        share * room / sum(shares) - padding if share else column.longest
        for column, share in zip(held, shares, strict=True)
    ]
    return shares, widths


def _filled(leasts: Sequence[float], longest: Sequence[float], room: float) -> list[float]:
    """Widths that fill the room: the least of each, and of the rest a share by what its text would take on one line."""
    wanted = [max(whole - least, 0.0) ** 0.75 for whole, least in zip(longest, leasts, strict=True)]
    rest = room - sum(leasts) - _SLACK * len(leasts)
    widths = list(leasts)
    open_columns = [x for x, want in enumerate(wanted) if want]
    while open_columns:
        total = sum(wanted[x] for x in open_columns)
        full = [x for x in open_columns if leasts[x] + wanted[x] * rest / total >= longest[x]]
        if not full:
            for x in open_columns:
                widths[x] = leasts[x] + wanted[x] * rest / total
            return [width + _SLACK for width in widths]
        for x in full:
            widths[x] = longest[x]
            rest -= longest[x] - leasts[x]
            open_columns.remove(x)
    spare = rest / len(widths) + _SLACK
    return [width + spare for width in widths]
