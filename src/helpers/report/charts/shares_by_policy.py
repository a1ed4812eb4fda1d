"""Shares of the statuses, whole plan and by policy, this year beside last."""

from __future__ import annotations

from helpers.history.history import History
from helpers.report.charts.drawing.canvas import (
    LEGEND_HEIGHT,
    WIDTH,
    Page,
    drawing,
    em_width,
    legend_above,
)
from helpers.report.charts.drawing.chart import Chart
from helpers.report.charts.drawing.level_bars import BarFrame, draw_bars
from helpers.report.charts.drawing.stacks import Stack, outside_note, scopes, stack_of, statuses_in
from helpers.report.palette import MUTED
from helpers.report.sentences.phrases import is_derived, year_name

_ROW, _BAR, _RIGHT = 27.0, 0.88, 40.0


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
        f"{label}: " + "。".join(f"{year_name(history, bar.year)}は{bar.words(history.plan)}" for bar in bars)
        for label, bars in groups
    ]
    stacks = [bar for _, bars in groups for bar in bars]
    left = max(10 * em_width(str(bar.year)) for bar in stacks) + 10
    frame = BarFrame(left, _RIGHT, _ROW, _BAR)
    headings, rows, foot = _rows(groups, frame, history)
    above = legend_above(history.plan, statuses_in(stacks))
    with drawing(foot + 4, note=outside_note(stacks, history.plan), above=above) as page:
        draw_bars(page, history.plan, rows, frame)
        for y, label in headings:
            page.text(0, y + _ROW / 2 + 4, label, 10.5, bold=True, within=WIDTH)
        for y, bar in rows:
            _label_row(page, bar, y + _ROW / 2, frame.left, history)
        return page.chart("shares_by_policy", f"{caption}。帯グラフ。{'。'.join(sentences)}。", caption)


def _rows(
    groups: list[tuple[str, list[Stack]]], frame: BarFrame, history: History
) -> tuple[list[tuple[float, str]], list[tuple[float, Stack]], float]:
    """Where headings and bars begin, and where the last one ends."""
    headings: list[tuple[float, str]] = []
    bars: list[tuple[float, Stack]] = []
    y = LEGEND_HEIGHT
    for label, stacks in groups:
        headings.append((y, label))
        y += _ROW
        for stack in stacks:
            bars.append((y, stack))
            y += frame.height(stack, history.plan)
    return headings, bars, y


def _label_row(page: Page, bar: Stack, y: float, left: float, history: History) -> None:
    lift = 5.5 if is_derived(history, bar.year) else 0
    page.text(left - 5, y - lift, str(bar.year), bold=bar.year == history.year, align="right")
    if lift:
        page.text(left - 5, y + lift, "（導出）", 8.5, colour=MUTED, align="right")
    outside = sum(part.items for part in bar.outside)
    page.text(WIDTH, y - (5.5 if outside else 0), history.plan.wording.items(bar.counted), 9.5, align="right")
    if outside:
        page.text(WIDTH, y + 5.5, f"※ほか{outside}", 8.5, colour=MUTED, align="right")
    if bar.counted == 0:
        page.text(left + 4, y, f"割合を出す{history.plan.wording.item}なし", 9.5, colour=MUTED)
