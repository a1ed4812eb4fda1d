"""The map of the plan: every item in every year, with what is not known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.colors import ListedColormap

from helpers.fiscal_year import FiscalYear, years_name
from helpers.plan import Item, Plan, Policy
from helpers.report.charts.canvas import LEGEND_HEIGHT, WIDTH, Page, drawing, em_width, wrap
from helpers.report.charts.chart import Chart, NoChart
from helpers.report.charts.item_years import ItemYears, item_years_words, read_item_years
from helpers.report.palette import MUTED, PAPER, status_style

CHART_ID = "status_map"
_ROW, _HEAD, _NAMES, _KNOWN, _UNKNOWN = 15.5, 30.0, 226.0, 34.0, 31.0
_TALL, _WIDE = 4, 44.0  # the rows that 資料なし is upright in, the room that it would have on one line
_LEGIBLE = 7.0  # a status is written out where it need be no smaller
_TOP = LEGEND_HEIGHT + _HEAD


def status_map(
    statuses: pd.DataFrame,
    plan: Plan,
    years: Sequence[FiscalYear],
    derived: Collection[FiscalYear] = (),
) -> Chart | NoChart:
    """Draw the status of every item (rows, by policy in the plan's order) in every one of ``years`` (columns).

    ``statuses``: the tidy frames of the years, one row an item (columns fiscal_year, number, status) or, where only
    totals are known, one row a status with an empty number. A year without rows is hatched and says 資料なし, one with
    totals only says 合計のみ, an item not alive in a year is a dash.

    Raises:
        FigureError: an item is not the plan's in its year, a status is not the plan's, or a character has no glyph.
    """
    drawn = read_item_years(statuses, plan, tuple(years))
    caption = f"推進項目の実施状況（{years_name(years)}）"
    if not drawn.known:
        return NoChart(CHART_ID, caption, "項目別の状況が分かる年度がありません")
    width = _NAMES + _KNOWN * len(drawn.known) + _UNKNOWN * (len(years) - len(drawn.known))
    with drawing(_TOP + len(drawn.rows) * _ROW + 4, max(WIDTH, width)) as page:
        _draw(page, drawn, plan, derived)
        return page.chart(CHART_ID, f"{caption}: {item_years_words(drawn, plan, derived)}", caption)


@dataclass(frozen=True)
class _Column:
    """Where a year stands on the page; a year that is not known by item takes less room."""

    year: FiscalYear
    x: float
    width: float
    is_known: bool

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def _columns(drawn: ItemYears, page_width: float) -> list[_Column]:
    unknown, room = len(drawn.years) - len(drawn.known), page_width - _NAMES
    unknown_width = _UNKNOWN
    if any(len(items) < _TALL for _, items in drawn.blocks):
        unknown_width = max(_UNKNOWN, min(_WIDE, room / len(drawn.years)))
    known_width = min(60.0, (room - unknown_width * unknown) / len(drawn.known))
    x = page_width - known_width * len(drawn.known) - unknown_width * unknown
    columns = []
    for year in drawn.years:
        width = known_width if year in drawn.known else unknown_width
        columns.append(_Column(year, x, width, year in drawn.known))
        x += width
    return columns


def _draw(page: Page, drawn: ItemYears, plan: Plan, derived: Collection[FiscalYear]) -> None:
    columns = _columns(drawn, page.width)
    # First, because seaborn draws all there is once, to measure.
    for is_known, run in groupby(columns, key=lambda column: column.is_known):
        if is_known:
            _draw_cells(page, drawn, plan, list(run))
    # Every cell is labelled, so that hatches would only be in the way of the labels.
    names = {name for statuses in drawn.known.values() for name in statuses.values()}
    labels = _labels(
        [name for name in plan.status_names if name in names],
        next(column.width for column in columns if column.is_known),
    )
    page.legend(plan, names, {name: label for name, label in labels.items() if label != name}, hatched=False)
    for column in columns:
        era, size = column.year.era, min(9.5, column.width / 2 - 1)
        page.text(
            column.middle,
            LEGEND_HEIGHT + 8,
            era,
            min(9.5, (column.width - 4) / em_width(era)),
            align="center",
        )
        page.text(column.middle, LEGEND_HEIGHT + 19.5, "年度", size, align="center")
        if column.year in derived:
            page.text(column.middle, LEGEND_HEIGHT + 31, "導出", min(8.5, size), colour=MUTED, align="center")
    longest = max(em_width(item.number) for _, block in drawn.blocks for item in block)
    indent = min(60.0, max(24.0, 9 + 9.5 * longest))
    row = 0
    for policy, items in drawn.blocks:
        _draw_names(page, policy, items, row, indent, columns[0].x)
        for column in columns:
            if not column.is_known:
                words = "合計のみ" if column.year in drawn.totals_only else "資料なし"
                page.gap(column.x + 1, _TOP + (row + 1) * _ROW, column.width - 2, len(items) * _ROW, words)
                continue
            for place, item in enumerate(items, row + 1):
                _label_cell(page, drawn.known[column.year], item, column, plan, labels, _TOP + place * _ROW)
        row += 1 + len(items)


def _draw_cells(page: Page, drawn: ItemYears, plan: Plan, columns: Sequence[_Column]) -> None:
    """Colour the cells of neighbouring years: a seaborn heat map of the statuses' places in the vocabulary."""
    order = {name: place for place, name in enumerate(plan.status_names)}
    grid = np.full((len(drawn.rows), len(columns)), np.nan)
    for row, item in enumerate(drawn.rows):
        for place, column in enumerate(columns):
            status = drawn.known[column.year].get(item) if isinstance(item, Item) else None
            if status is not None:
                grid[row, place] = order[status]
    axes = page.axes(columns[0].x, _TOP, sum(column.width for column in columns), len(drawn.rows) * _ROW)
    sns.heatmap(
        grid,
        mask=np.isnan(grid),
        cmap=ListedColormap([status_style(plan, name).fill for name in plan.status_names]),
        vmin=-0.5,
        vmax=len(plan.statuses) - 0.5,
        linewidths=1.5,
        linecolor=PAPER,
        cbar=False,
        xticklabels=False,
        yticklabels=False,
        ax=axes,
    )
    axes.set_axis_off()
    axes.collections[0].set_clip_on(False)


def _draw_names(
    page: Page, policy: Policy, items: Sequence[Item], row: int, indent: float, left: float
) -> None:
    y = _TOP + (row + 0.5) * _ROW
    page.text(0, y, policy.label, min(10.5, page.width / em_width(policy.label)), bold=True)
    width = left - indent - 4
    page.lines(0, left, [y + (place + 0.5) * _ROW for place in range(1, len(items) + 1)])
    for place, item in enumerate(items, 1):
        middle = y + place * _ROW
        page.text(
            indent - 6, middle, item.number, min(9.5, (indent - 8) / em_width(item.number)), align="right"
        )
        size = min(10.0, width / em_width(item.name))
        if size >= 8:
            page.text(indent, middle, item.name, size)
        else:
            lines = wrap(item.name, max(width / 7, em_width(item.name) / 2 + 1))
            for line, text in enumerate(lines):
                offset = (line - (len(lines) - 1) / 2) * 7.4
                page.text(indent, middle + offset, text, min(7.0, width / em_width(text)))


def _label_cell(
    page: Page,
    statuses: Mapping[Item, str],
    item: Item,
    column: _Column,
    plan: Plan,
    labels: Mapping[str, str],
    y: float,
) -> None:
    status = statuses.get(item)
    if status is None and column.year in item.life:
        page.gap(column.x + 1, y, column.width - 2, _ROW, "資料なし")
        return
    if status is None:
        page.text(column.middle, y + _ROW / 2, "―", 9, colour=MUTED, align="center")
        return
    style = status_style(plan, status)
    if style.fill == PAPER:  # would be seen as no cell
        page.rectangle(column.x + 0.5, y + 0.5, column.width - 1, _ROW - 1, replace(style, hatch=""))
    size = min(10.0, _size(labels[status], column.width))
    page.text(column.middle, y + _ROW / 2, labels[status], size, colour=style.text, align="center")


def _labels(names: Sequence[str], width: float) -> dict[str, str]:
    """What a cell of that width says: the status itself or, if that is too long, ①②③ as in the legend."""
    long = [name for name in names if _size(name, width) < _LEGIBLE]
    marks = {name: chr(ord("①") + place) if place < 20 else str(place + 1) for place, name in enumerate(long)}
    return {name: marks.get(name, name) for name in names}


def _size(label: str, width: float) -> float:
    """How large a label may be in a cell of a width."""
    return (width - 6) / em_width(label)
