"""The course of the plan: the shares of the statuses year by year, with the years that are not known."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from helpers.fiscal_year import FiscalYear, years_name
from helpers.plan import Plan
from helpers.report.charts.canvas import LEGEND_HEIGHT, WIDTH, Page, drawing, em_width
from helpers.report.charts.chart import Chart, NoChart
from helpers.report.charts.scope_counts import Counts, outside_note, read_counts, year_name
from helpers.report.charts.stacks import draw_stacks, label_area
from helpers.report.palette import MUTED

CHART_ID = "course_of_plan"
_BAR, _TOP, _STACK, _FOOT = 0.76, LEGEND_HEIGHT + 18.0, 200.0, 34.0


def course_of_plan(
    counts_by_year: pd.DataFrame,
    plan: Plan,
    years: Sequence[FiscalYear],
    derived: Collection[FiscalYear] = (),
) -> Chart | NoChart:
    """Draw the whole plan's shares as one stack of 100 % a year, with the number of items on top.

    ``counts_by_year``: long; columns fiscal_year, status, items, share_pct and, if other scopes are in it, scope. A
    year of ``years`` without rows is a gap that says 資料なし; one in ``derived`` is marked 導出.

    Raises:
        FigureError: a status is not in the vocabulary, or a character has no glyph.
    """
    caption = f"計画全体の実施状況の歩み（{years_name(years)}）"
    stacks = {
        place: found
        for place, year in enumerate(years)
        if (found := read_counts(counts_by_year, plan, year)) is not None
    }
    if not stacks:
        return NoChart(CHART_ID, caption, "どの年度の項目数もありません")
    sentences = [
        f"{year_name(year, derived)}は{stacks[place].words(plan.printing) if place in stacks else '資料なし'}"
        for place, year in enumerate(years)
    ]
    alt = f"{caption}: 実施状況の割合を年度ごとに積み上げた棒グラフ。{'。'.join(sentences)}。"
    note = outside_note(stacks.values())
    with drawing(_TOP + _STACK + _FOOT + (14 if note else 0)) as page:
        _draw(page, stacks, plan, years, derived)
        page.text(0, page.height - 8, note, 9, colour=MUTED)
        return page.chart(CHART_ID, alt, caption)


def _draw(
    page: Page,
    stacks: dict[int, Counts],
    plan: Plan,
    years: Sequence[FiscalYear],
    derived: Collection[FiscalYear],
) -> None:
    step = min(WIDTH / len(years), 110.0)
    left = (WIDTH - step * len(years)) / 2
    axes = page.axes(left, _TOP, step * len(years), _STACK)
    areas = draw_stacks(axes, stacks, plan, along="x", width=_BAR)
    axes.set(xlim=(-0.5, len(years) - 0.5), ylim=(0, 1))
    page.legend(plan, [area.part.status for area in areas])
    beside: dict[int, float] = {}
    for area in areas:
        x = left + (area.place + 0.5) * step
        y = _TOP + (1 - area.begins - area.length / 2) * _STACK
        size = (step * _BAR, area.length * _STACK)
        if not label_area(page, area.part, plan, (x, y), size):
            beside[area.place] = min(y, beside.get(area.place, y + 10) - 10)
            page.text(x + step * _BAR / 2 + 3, beside[area.place], str(area.part.items), 9)
    for place, year in enumerate(years):
        x = left + (place + 0.5) * step
        long_name = str(year)
        fits = em_width("令和10年度") * 10 <= step
        page.text(x, _TOP + _STACK + 10, long_name if fits else year.short, align="center")
        if year in derived:
            page.text(x, _TOP + _STACK + 24, "（導出）" if fits else "導出", 9, colour=MUTED, align="center")
        if place in stacks:
            page.text(x, _TOP - 9, f"{stacks[place].counted}項目", align="center")
        else:
            page.gap(x - step * _BAR / 2, _TOP, step * _BAR, _STACK, "資料なし")
