"""Shares of the statuses, whole plan and by policy, this year beside last."""

from __future__ import annotations

from helpers.history.history import History
from helpers.report.charts.drawing.canvas import LEGEND_HEIGHT, WIDTH, Page, drawing
from helpers.report.charts.drawing.chart import Chart
from helpers.report.charts.drawing.stacks import (
    Stack,
    draw_bars,
    outside_note,
    scopes,
    stack_of,
)
from helpers.report.palette import MUTED
from helpers.report.sentences.phrases import is_derived, year_name

_ROW, _BAR, _LEFT, _RIGHT = 27.0, 0.88, 58.0, 40.0


def draw(history: History) -> Chart:
    """Draw the shares of the statuses as bars of 100 %: whole plan, then each policy that has counts.

    The bar of last year stands under that of this year where last year is known.

    Raises:
        FigureError: a character has no glyph.
    """
    groups: list[tuple[str, list[Stack]]] = []
    for scope, label in scopes(history.plan).items():
        bars = [stack_of(history, year, scope) for year in (history.year, history.year.previous)]
        if bars[0] is not None:
            groups.append((label, [bar for bar in bars if bar is not None]))
    caption = f"実施状況の割合: {'と'.join(year_name(history, bar.year) for bar in groups[0][1])}"
    sentences = [
        f"{label}: "
        + "。".join(f"{year_name(history, bar.year)}は{bar.words(history.plan.printing)}" for bar in bars)
        for label, bars in groups
    ]
    rows = sum(1 + len(bars) for _, bars in groups)
    stacks = [bar for _, bars in groups for bar in bars]
    with drawing(LEGEND_HEIGHT + rows * _ROW + 4, note=outside_note(stacks)) as page:
        _draw_groups(page, groups, history, rows)
        return page.chart("shares_by_policy", f"{caption}。帯グラフ。{'。'.join(sentences)}。", caption)


def _draw_groups(page: Page, groups: list[tuple[str, list[Stack]]], history: History, rows: int) -> None:
    stacks: dict[int, Stack] = {}
    row = 0
    for label, bars in groups:
        page.text(0, _middle(row) + 4, label, 10.5, bold=True)
        stacks.update(enumerate(bars, row + 1))
        row += 1 + len(bars)
    draw_bars(page, history.plan, stacks, rows, left=_LEFT, right=_RIGHT, row=_ROW, bar=_BAR)
    for row, bar in stacks.items():
        _label_row(page, bar, _middle(row), history)


def _label_row(page: Page, bar: Stack, y: float, history: History) -> None:
    lift = 5.5 if is_derived(history, bar.year) else 0
    page.text(_LEFT - 5, y - lift, str(bar.year), bold=bar.year == history.year, align="right")
    if lift:
        page.text(_LEFT - 5, y + lift, "（導出）", 8.5, colour=MUTED, align="right")
    outside = sum(part.items for part in bar.outside)
    page.text(WIDTH, y - (5.5 if outside else 0), f"{bar.counted}項目", 9.5, align="right")
    if outside:
        page.text(WIDTH, y + 5.5, f"※ほか{outside}", 8.5, colour=MUTED, align="right")
    if bar.counted == 0:
        page.text(_LEFT + 4, y, "割合を出す項目なし", 9.5, colour=MUTED)


def _middle(row: int) -> float:
    return LEGEND_HEIGHT + (row + 0.5) * _ROW
