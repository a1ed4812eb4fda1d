"""Shares of the statuses, whole plan and by policy, this year beside last."""

from __future__ import annotations

__all__ = ["Group", "draw"]

from collections.abc import Sequence

from helpers.history.history import History
from helpers.report.charts.drawing.areas import BarFrame, draw_bars
from helpers.report.charts.drawing.canvas import LEGEND_HEIGHT, WIDTH, Page, drawing, em_width, legend_above
from helpers.report.charts.drawing.chart import Chart, Charts, draw_in_parts
from helpers.report.charts.drawing.stacks import Stack, outside_note, scopes, stack_of, statuses_in
from helpers.report.palette import MUTED
from helpers.report.sentences.phrases import is_derived, year_name

_HEADING, _ROW, _BAR, _RIGHT = 18.0, 23.5, 0.95, 40.0

# The whole plan or a policy: its label, its bars.
Group = tuple[str, list[Stack]]


def draw(history: History) -> Chart | Charts | None:
    """Draw the shares of the statuses as bars of 100 %: whole plan, then each policy that has counts.

    Of more policies than fit a page in several parts. None in plans without policies, whose shares stand in the course
    of the plan.

    The bar of last year stands under that of this year where last year is known.

    Raises:
        FigureError: a character has no glyph.
    """
    if not history.plan.policies:
        return None
    groups: list[Group] = []
    for scope, label in scopes(history.plan).items():
        bars = [stack_of(history, year, scope) for year in (history.year, history.year.previous)]
        if bars[0] is not None:
            groups.append((label, [bar for bar in bars if bar is not None]))
    left = max(10 * em_width(str(bar.year)) for _, bars in groups for bar in bars) + 10
    frame = BarFrame(left, _RIGHT, _ROW, _BAR)
    caption = f"実施状況の割合: {'と'.join(year_name(history, bar.year) for bar in groups[0][1])}"

    def foot(part: Sequence[Group]) -> float:
        return _rows(part, frame, history)[2]

    def chart(chart_id: str, name: str, part: Sequence[Group]) -> Chart:
        return _chart(chart_id, name, part, frame, history)

    return draw_in_parts("shares_by_policy", caption, groups, foot, chart)


def _chart(chart_id: str, caption: str, groups: Sequence[Group], frame: BarFrame, history: History) -> Chart:
    sentences = [
        f"{label}: " + "。".join(f"{year_name(history, bar.year)}は{bar.words(history.plan)}" for bar in bars)
        for label, bars in groups
    ]
    stacks = [bar for _, bars in groups for bar in bars]
    headings, rows, foot = _rows(groups, frame, history)
    above = legend_above(history.plan, statuses_in(stacks))
    with drawing(foot + 4, note=outside_note(stacks, history.plan), above=above) as page:
        draw_bars(page, history.plan, rows, frame)
        for y, label in headings:
            page.text(0, y + _HEADING / 2 + 2, label, 10.5, bold=True, within=WIDTH)
        for y, bar in rows:
            _label_row(page, bar, y + _ROW / 2, frame.left, history)
        return page.chart(chart_id, f"{caption}。帯グラフ。{'。'.join(sentences)}。", caption)


def _rows(
    groups: Sequence[Group], frame: BarFrame, history: History
) -> tuple[list[tuple[float, str]], list[tuple[float, Stack]], float]:
    """Where headings and bars begin, and where the last one ends."""
    headings: list[tuple[float, str]] = []
    bars: list[tuple[float, Stack]] = []
    y = LEGEND_HEIGHT
    for label, stacks in groups:
        headings.append((y, label))
        y += _HEADING
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
