"""The map of the plan: every item in every year, with what is not known."""

from __future__ import annotations

__all__ = ["draw"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from matplotlib.colors import ListedColormap

from helpers.fiscal_year import FiscalYear, years_name
from helpers.history.history import History
from helpers.plan import Item, Plan, Policy
from helpers.plan.reserved_words import NO_DATA, NOT_ALIVE
from helpers.report.charts.drawing.canvas import (
    LEGEND_HEIGHT,
    WIDTH,
    Page,
    drawing,
    em_width,
    legend_above,
    wrap,
)
from helpers.report.charts.drawing.chart import Chart, Charts
from helpers.report.charts.drawing.item_years import ItemYears, heading_rows, item_years
from helpers.report.palette import MUTED, PAPER, status_style
from helpers.report.sentences.phrases import is_derived
from helpers.text.forms import circled

_ROW, _HEAD, _NAMES, _KNOWN, _UNKNOWN = 15.5, 30.0, 226.0, 34.0, 31.0
# The rows that 資料なし is upright in; the room that it needs, and the room that it would have, on one line.
_TALL, _UNKNOWN_FLAT, _WIDE = 4, 35.0, 44.0
_NARROWEST = 18.0  # of a known year, where others that are not known leave no more
_LEGIBLE = 7.0  # a status is written out where it need be no smaller
_TOP = LEGEND_HEIGHT + _HEAD
# On a page of A4 this is as wide and as high as the smallest letters, of 7 units, are set at 6 points.
_WIDEST, _HIGHEST = 555.0, 760.0
# Parts are drawn at one scale; the first one has room above it for its heading and what leads to it.
_PART, _FIRST_PART = 660.0, 510.0
_SMALLEST = 7.0


def draw(history: History) -> Chart | Charts | None:
    """Draw the status of every item (rows, by policy in the plan's order) in every year of the plan so far (columns).

    A year without data is hatched and says 資料なし, one with totals only says 合計のみ, an item not alive in a year is
    a dash. Of more items than fit a page in several parts. None where no year is known item by item.

    Raises:
        FigureError: a character has no glyph.
    """
    drawn = item_years(history)
    if not drawn.known:
        return None
    unknown = len(history.years) - len(drawn.known)
    width = _NAMES + _KNOWN * len(drawn.known) + _narrowest_unknown(drawn) * unknown
    width = min(max(WIDTH, width), _WIDEST)
    labels = _labels(drawn, history.plan, _columns(drawn, width))
    above = legend_above(history.plan, labels, width, _keys(labels))
    whole, later, first = (
        int((height - _TOP - above - 4) / _ROW) for height in (_HIGHEST, _PART, _FIRST_PART)
    )
    parts = list(drawn.parts(whole, whole))
    if len(parts) > 1:
        parts = list(drawn.parts(first, later))
    caption, charts = f"{history.plan.wording.kind}の実施状況（{years_name(history.years)}）", []
    begun: Policy | None = None
    for number, part in enumerate(parts, start=1):
        name = caption if len(parts) == 1 else f"{caption} {number}／{len(parts)}"
        rows = sum(map(heading_rows, part.blocks)) + len(part.items)
        with drawing(_TOP + rows * _ROW + 4, width, above=above) as page:
            _draw_map(page, part, history.plan, labels, begun)
            chart_id = "status_map" if number == 1 else f"status_map-{number}"
            charts.append(page.chart(chart_id, f"{name}: {part.words()}", name))
        begun = list(part.blocks)[-1]
    return charts[0] if len(charts) == 1 else Charts(tuple(charts))


@dataclass(frozen=True)
class _Column:
    """Where a year stands on the page; a year that is not known by item has no ``statuses`` and takes less room."""

    year: FiscalYear
    x: float
    width: float
    statuses: Mapping[Item, str] | None

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def _columns(drawn: ItemYears, page_width: float) -> list[_Column]:
    years = drawn.history.years
    unknown, room = len(years) - len(drawn.known), page_width - _NAMES
    unknown_width = _narrowest_unknown(drawn)
    if unknown_width == _UNKNOWN_FLAT and unknown:
        left = (room - _NARROWEST * len(drawn.known)) / unknown
        unknown_width = min(left, max(_UNKNOWN_FLAT, min(_WIDE, room / len(years))))
    known_width = min(60.0, (room - unknown_width * unknown) / len(drawn.known))
    x = page_width - known_width * len(drawn.known) - unknown_width * unknown
    columns = []
    for year in years:
        width = known_width if year in drawn.known else unknown_width
        columns.append(_Column(year, x, width, drawn.known.get(year)))
        x += width
    return columns


def _narrowest_unknown(drawn: ItemYears) -> float:
    """The least width of a year that is not known by item: more where a block is too low for upright words."""
    is_low = any(len(items) < _TALL for items in drawn.blocks.values())
    return _UNKNOWN_FLAT if is_low else _UNKNOWN


def _draw_map(
    page: Page, drawn: ItemYears, plan: Plan, labels: Mapping[str, str], begun: Policy | None
) -> None:
    """Draw a part of the map; ``begun``: the policy that the part before ended with, which may go on here."""
    columns = _columns(drawn, page.width)
    # First: the labels stand on the cells.
    for is_known, run in groupby(columns, key=lambda column: column.statuses is not None):
        if is_known:
            _draw_cells(page, drawn, plan, list(run))
    # Every cell is labelled, so that hatches would only be in the way of the labels.
    page.legend(plan, labels, _keys(labels))
    for column in columns:
        _draw_heading(page, column, is_marked=is_derived(drawn.history, column.year))
    indent = min(60.0, max(24.0, 9 + 9.5 * max(em_width(item.number) for item in drawn.items)))
    y = _TOP
    for policy, items in drawn.blocks.items():
        if heading_rows(policy):
            title = policy.title + ("（続き）" if policy == begun else "")
            page.text(0, y + 0.5 * _ROW, title, 10.5, bold=True, within=page.width)
            y += _ROW
        _draw_names(page, items, y, indent, columns[0].x)
        for column in columns:
            if column.statuses is None:
                height = len(items) * _ROW
                page.gap(column.x + 1, y, column.width - 2, height, drawn.unknown(column.year))
                continue
            for row, item in enumerate(items):
                _label_cell(page, item, column.statuses.get(item), column, plan, labels, y + row * _ROW)
        y += len(items) * _ROW


def _draw_heading(page: Page, column: _Column, *, is_marked: bool) -> None:
    x, size = column.middle, min(9.5, column.width / 2 - 1)
    era, room = column.year.era, column.width - 4
    if room / em_width(era) < _SMALLEST:
        era = column.year.short
    page.text(x, LEGEND_HEIGHT + 8, era, 9.5, within=room, align="center")
    page.text(x, LEGEND_HEIGHT + 19.5, "年度", size, align="center")
    if is_marked:
        page.text(x, LEGEND_HEIGHT + 31, "導出", min(8.5, size), colour=MUTED, align="center")


def _draw_cells(page: Page, drawn: ItemYears, plan: Plan, columns: Sequence[_Column]) -> None:
    """Colour the cells of neighbouring years: a mesh of the statuses' positions in the vocabulary."""
    order = {name: float(position) for position, name in enumerate(plan.status_names)}
    rows = [  # None: the policy's heading
        item for policy, items in drawn.blocks.items() for item in (*[None] * heading_rows(policy), *items)
    ]
    grid = np.array(
        [
            [
                order.get((column.statuses or {}).get(item, ""), np.nan) if item else np.nan
                for column in columns
            ]
            for item in rows
        ]
    )
    axes = page.axes(columns[0].x, _TOP, sum(column.width for column in columns), len(rows) * _ROW)
    mesh = axes.pcolormesh(
        np.ma.masked_invalid(grid),
        cmap=ListedColormap([status_style(plan, name).fill for name in plan.status_names]),
        vmin=-0.5,
        vmax=len(plan.statuses) - 0.5,
        linewidths=1.5,
        edgecolor=PAPER,
    )
    axes.invert_yaxis()
    mesh.set_clip_on(False)


def _draw_names(page: Page, items: Sequence[Item], top: float, indent: float, left: float) -> None:
    page.lines(0, left, [top + row * _ROW for row in range(1, len(items) + 1)])
    for row, item in enumerate(items):
        middle = top + (row + 0.5) * _ROW
        page.text(indent - 6, middle, item.number, 9.5, within=indent - 8, align="right")
        width = left - indent - 4
        name = _shortened(item.name, 2 * width / _SMALLEST - 2)
        page.name(indent, middle, name, width, small=_SMALLEST, apart=7.4)


def _label_cell(
    page: Page,
    item: Item,
    status: str | None,
    column: _Column,
    plan: Plan,
    labels: Mapping[str, str],
    y: float,
) -> None:
    if status is None and column.year in item.life:
        page.gap(column.x + 1, y, column.width - 2, _ROW, NO_DATA)
        return
    if status is None:
        page.text(column.middle, y + _ROW / 2, NOT_ALIVE, 9, colour=MUTED, align="center")
        return
    style = status_style(plan, status)
    if style.fill == PAPER:  # would be seen as no cell
        page.rectangle(column.x + 0.5, y + 0.5, column.width - 1, _ROW - 1, replace(style, hatch=""))
    page.text(
        column.middle,
        y + _ROW / 2,
        labels[status],
        within=column.width - 6,
        colour=style.text,
        align="center",
    )


def _labels(drawn: ItemYears, plan: Plan, columns: Sequence[_Column]) -> dict[str, str]:
    """What the cells of each status say: the status itself or, if that is too long, ①②③ as in the legend."""
    width = next(column.width for column in columns if column.statuses is not None)
    held = {name for statuses in drawn.known.values() for name in statuses.values()}
    names = [name for name in plan.status_names if name in held]
    long = [name for name in names if (width - 6) / em_width(name) < _LEGIBLE]
    return {name: circled(long.index(name)) if name in long else name for name in names}


def _keys(labels: Mapping[str, str]) -> dict[str, str]:
    """The labels that are not the status itself."""
    return {name: label for name, label in labels.items() if label != name}


def _shortened(name: str, ems: float) -> str:
    """The name, or as much of it as two lines hold; the tables have the whole."""
    return name if em_width(name) <= ems else f"{wrap(name, ems - 1)[0]}…"
