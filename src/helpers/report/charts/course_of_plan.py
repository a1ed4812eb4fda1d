"""The course of the plan: the shares of the statuses year by year, with the years that are not known."""

from __future__ import annotations

from helpers.fiscal_year import years_name
from helpers.history.history import History
from helpers.plan.reserved_words import NO_DATA
from helpers.report.charts.drawing.canvas import LEGEND_HEIGHT, WIDTH, Page, drawing, em_width
from helpers.report.charts.drawing.chart import Chart
from helpers.report.charts.drawing.stacks import (
    Stack,
    draw_stacks,
    label_area,
    outside_note,
    stack_of,
)
from helpers.report.palette import MUTED
from helpers.report.sentences.phrases import is_derived, year_name

_BAR, _TOP, _STACK, _FOOT = 0.76, LEGEND_HEIGHT + 18.0, 200.0, 34.0


def draw(history: History) -> Chart:
    """Draw the whole plan's shares as one stack of 100 % a year, with the number of items on top.

    A year that is not known is a gap that says 資料なし; one whose sheet was derived is marked 導出.

    Raises:
        FigureError: a character has no glyph.
    """
    caption = f"計画全体の実施状況の歩み（{years_name(history.years)}）"
    stacks = {
        position: stack
        for position, year in enumerate(history.years)
        if (stack := stack_of(history, year)) is not None
    }
    sentences = [
        f"{year_name(history, year)}は"
        f"{stacks[position].words(history.plan.printing) if position in stacks else NO_DATA}"
        for position, year in enumerate(history.years)
    ]
    alt = f"{caption}: 実施状況の割合を年度ごとに積み上げた棒グラフ。{'。'.join(sentences)}。"
    with drawing(_TOP + _STACK + _FOOT, note=outside_note(stacks.values())) as page:
        _draw_years(page, stacks, history)
        return page.chart("course_of_plan", alt, caption)


def _draw_years(page: Page, stacks: dict[int, Stack], history: History) -> None:
    count, plan = len(history.years), history.plan
    step = min(WIDTH / count, 110.0)
    left = (WIDTH - step * count) / 2
    axes = page.axes(left, _TOP, step * count, _STACK)
    areas = draw_stacks(axes, stacks, plan, along="x", width=_BAR)
    axes.set(xlim=(-0.5, count - 0.5), ylim=(0, 1))
    page.legend(plan, [area.part.status for area in areas])
    beside: dict[int, float] = {}
    for area in areas:
        x = left + (area.position + 0.5) * step
        y = _TOP + (1 - area.begins - area.length / 2) * _STACK
        if not label_area(page, area.part, plan, (x, y), (step * _BAR, area.length * _STACK)):
            beside[area.position] = min(y, beside.get(area.position, y + 10) - 10)
            page.text(x + step * _BAR / 2 + 3, beside[area.position], str(area.part.items), 9)
    fits = em_width("令和10年度") * 10 <= step
    for position, year in enumerate(history.years):
        x = left + (position + 0.5) * step
        page.text(x, _TOP + _STACK + 10, str(year) if fits else year.short, align="center")
        if is_derived(history, year):
            page.text(x, _TOP + _STACK + 24, "（導出）" if fits else "導出", 9, colour=MUTED, align="center")
        if position in stacks:
            page.text(x, _TOP - 9, f"{stacks[position].counted}項目", align="center")
        else:
            page.gap(x - step * _BAR / 2, _TOP, step * _BAR, _STACK, NO_DATA)
