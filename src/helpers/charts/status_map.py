"""The map of the plan: every item in every year, with what is not known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.colors import ListedColormap

from helpers.charts.chart import Chart, NoChart
from helpers.charts.counts import year_name, years_name
from helpers.charts.page import LEGEND_HEIGHT, WIDTH, Page, drawing, em_width, wrap
from helpers.errors import FigureError
from helpers.fiscal_year import FiscalYear
from helpers.palette import MUTED, PAPER, status_style
from helpers.plan import DONE, Item, Plan, Policy

CHART_ID = "status_map"
_ROW, _HEAD, _NAMES = 15.5, 30.0, 220.0
_TOP = LEGEND_HEIGHT + _HEAD


@dataclass(frozen=True)
class _Map:
    """What is drawn: the statuses by year and item number; a year not in ``known`` is in ``totals_only`` or missing."""

    years: tuple[FiscalYear, ...]
    known: Mapping[FiscalYear, Mapping[str, str]]
    totals_only: frozenset[FiscalYear]
    blocks: tuple[tuple[Policy, tuple[Item, ...]], ...]

    @property
    def rows(self) -> list[Policy | Item]:
        """The rows from top to bottom: each policy's heading, then its items."""
        rows: list[Policy | Item] = []
        for policy, items in self.blocks:
            rows += [policy, *items]
        return rows


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
        FigureError: an item or status is not the plan's, or a character has no glyph.
    """
    drawn = _read(statuses, plan, tuple(years))
    caption = f"推進項目の実施状況（{years_name(years)}）"
    if not drawn.known:
        return NoChart(CHART_ID, caption, "項目別の状況が分かる年度がありません")
    with drawing(_TOP + len(drawn.rows) * _ROW + 4, max(WIDTH, _NAMES + 34 * len(years))) as page:
        _draw(page, drawn, plan, derived)
        return page.chart(CHART_ID, f"{caption}: {_words(drawn, plan, derived)}", caption)


def _read(statuses: pd.DataFrame, plan: Plan, years: tuple[FiscalYear, ...]) -> _Map:
    known: dict[FiscalYear, dict[str, str]] = {}
    totals_only = set()
    numbers = {item.number for item in plan.items}
    for year in years:
        rows = statuses[statuses["fiscal_year"] == year.western]
        items = rows[rows["number"] != ""]
        if not items.empty:
            known[year] = dict(zip(items["number"], items["status"], strict=True))
            if strangers := [number for number in known[year] if number not in numbers]:
                raise FigureError(
                    f"{year}の項目{'、'.join(strangers)}は items.csv にありません。番号を確認してください"
                )
        elif not rows.empty:
            totals_only.add(year)
    blocks = []
    for policy in plan.policies:
        items_of_policy = tuple(
            item for item in plan.items if item.policy == policy and any(year in item.life for year in years)
        )
        if items_of_policy:
            blocks.append((policy, items_of_policy))
    return _Map(years, known, frozenset(totals_only), tuple(blocks))


def _draw(page: Page, drawn: _Map, plan: Plan, derived: Collection[FiscalYear]) -> None:
    cell = min(60.0, (page.width - _NAMES) / len(drawn.years))
    left = page.width - cell * len(drawn.years)
    _draw_cells(page, drawn, plan, left, cell)  # first: seaborn draws all there is once, to measure
    names = [name for statuses in drawn.known.values() for name in statuses.values()]
    labels = _short_labels(plan)
    # Every cell is labelled, so that hatches would only be in the way of the labels.
    page.legend(plan, names, {name: label for name, label in labels.items() if label != name}, hatched=False)
    for column, year in enumerate(drawn.years):
        x = left + (column + 0.5) * cell
        page.text(x, LEGEND_HEIGHT + 8, year.era, min(9.5, (cell - 2) / em_width(year.era)), align="center")
        page.text(x, LEGEND_HEIGHT + 19.5, "年度", min(9.5, cell / 2 - 1), align="center")
        if year in derived:
            page.text(x, LEGEND_HEIGHT + 31, "導出", min(8.5, cell / 2 - 1), colour=MUTED, align="center")
    indent = min(
        60.0, max(24.0, *(9 + 9.5 * em_width(item.number) for _, block in drawn.blocks for item in block))
    )
    row = 0
    for policy, items in drawn.blocks:
        _draw_names(page, policy, items, row, indent, left)
        for column, year in enumerate(drawn.years):
            x = left + column * cell
            if year not in drawn.known:
                words = "合計のみ" if year in drawn.totals_only else "資料なし"
                page.gap(x + 1, _TOP + (row + 1) * _ROW, cell - 2, len(items) * _ROW, words)
                continue
            for place, item in enumerate(items, row + 1):
                _label_cell(page, drawn.known[year], item, year, plan, labels, x, _TOP + place * _ROW, cell)
        row += 1 + len(items)


def _draw_cells(page: Page, drawn: _Map, plan: Plan, left: float, cell: float) -> None:
    """Colour the cells: one seaborn heat map of the statuses' places in the vocabulary."""
    order = {name: place for place, name in enumerate(plan.status_names)}
    grid = np.full((len(drawn.rows), len(drawn.years)), np.nan)
    for row, item in enumerate(drawn.rows):
        for column, year in enumerate(drawn.years):
            status = drawn.known.get(year, {}).get(item.number) if isinstance(item, Item) else None
            if status is not None:
                status_style(plan, status)
                grid[row, column] = order[status]
    axes = page.axes(left, _TOP, cell * len(drawn.years), len(drawn.rows) * _ROW)
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
    statuses: Mapping[str, str],
    item: Item,
    year: FiscalYear,
    plan: Plan,
    labels: Mapping[str, str],
    x: float,
    y: float,
    cell: float,
) -> None:
    status = statuses.get(item.number)
    if status is None and year in item.life:
        page.gap(x + 1, y, cell - 2, _ROW, "資料なし")
        return
    if status is None:
        page.text(x + cell / 2, y + _ROW / 2, "―", 9, colour=MUTED, align="center")
        return
    style = status_style(plan, status)
    if style.fill == PAPER:  # would be seen as no cell
        page.rectangle(x + 0.5, y + 0.5, cell - 1, _ROW - 1, replace(style, hatch=""))
    size = min(9.5, (cell - 6) / em_width(labels[status]))
    page.text(x + cell / 2, y + _ROW / 2, labels[status], size, colour=style.text, align="center")


def _short_labels(plan: Plan) -> dict[str, str]:
    """What a cell says: the status itself or, if that is long, its place in the vocabulary, ①②③ as in the legend."""
    return {
        name: name if em_width(name) <= 4 else chr(ord("①") + place) if place < 20 else str(place + 1)
        for place, name in enumerate(plan.status_names)
    }


def _words(drawn: _Map, plan: Plan, derived: Collection[FiscalYear]) -> str:
    """The map in words: the counts of each year, what changed between known years, what is not done in the last."""
    items = {item.number: item for _, block in drawn.blocks for item in block}
    sentences = [f"{len(items)}項目を行、年度を列とした表"]
    for year in drawn.years:
        if year in drawn.known:
            found = list(drawn.known[year].values())
            counts = "、".join(
                f"{name}{found.count(name)}項目" for name in plan.status_names if name in found
            )
            sentences.append(f"{year_name(year, derived)}は{counts}")
        else:
            sentences.append(f"{year}は{'合計のみ' if year in drawn.totals_only else '資料なし'}")
    for before, after in pairwise(drawn.known):
        moved = "、".join(
            f"{number} {item.name}（{drawn.known[before][number]}から{drawn.known[after][number]}）"
            for number, item in items.items()
            if drawn.known[before].get(number, "") != drawn.known[after].get(number, "")
            and number in drawn.known[before]
            and number in drawn.known[after]
        )
        sentences.append(f"{before}から{after}に変わった項目: {moved or 'なし'}")
    last = max(drawn.known)
    for status in plan.statuses:
        open_items = [
            f"{number} {items[number].name}"
            for number, name in drawn.known[last].items()
            if name == status.name
        ]
        if status.group != DONE and open_items:
            sentences.append(f"{last}に{status.name}の項目: {'、'.join(open_items)}")
    return "。".join(sentences) + "。"
