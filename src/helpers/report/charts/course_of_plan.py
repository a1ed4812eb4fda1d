"""The course of the plan: the shares of the statuses year by year, with the years that are not known."""

from __future__ import annotations

__all__ = ["draw"]

from helpers.fiscal_year import years_name
from helpers.history.history import History
from helpers.plan import Plan
from helpers.plan.reserved_words import NO_DATA
from helpers.report.charts.drawing.areas import draw_stacks, in_full, label_area, label_lines, says_share
from helpers.report.charts.drawing.canvas import (
    LEGEND_HEIGHT,
    WIDTH,
    Page,
    drawing,
    em_width,
    legend_above,
    wrap,
)
from helpers.report.charts.drawing.chart import Chart
from helpers.report.charts.drawing.stacks import Part, Stack, outside_note, stack_of, statuses_in, year_labels
from helpers.report.palette import MUTED
from helpers.report.sentences.phrases import is_derived, year_name

_BAR, _TOP, _STACK, _FOOT = 0.7, LEGEND_HEIGHT + 18.0, 200.0, 34.0


_SMALL, _SMALL_LINE = 8.5, 12.5  # letters and lines beside and below the stacks


def draw(history: History) -> Chart | None:
    """Draw the whole plan's shares as one stack of 100 % a year, with the number of items on top.

    A year that is not known is a gap that says 資料なし; one whose sheet was derived is marked 導出. None in the first year
    of a plan whose shares stand in bars by policy: one stack is no course.

    Raises:
        FigureError: a character has no glyph.
    """
    if len(history.years) == 1 and history.plan.policies:
        return None
    caption = f"計画全体の実施状況の歩み（{years_name(history.years)}）"
    stacks = {
        position: stack
        for position, year in enumerate(history.years)
        if (stack := stack_of(history, year)) is not None
    }
    sentences = [
        f"{year_name(history, year)}は"
        f"{stacks[position].words(history.plan) if position in stacks else NO_DATA}"
        for position, year in enumerate(history.years)
    ]
    alt = f"{caption}: 実施状況の割合を年度ごとに積み上げた棒グラフ。{'。'.join(sentences)}。"
    plan, step = history.plan, min(WIDTH / len(history.years), 110.0)
    notes = [
        f"{history.years[position].short} {'、'.join(words)}"
        for position, stack in stacks.items()
        if (words := [f"{part.status} {in_full(part, plan)}" for part in _left_over(stack, plan, step)])
    ]
    small = wrap("※書ききれない欄: " + "／".join(notes), WIDTH / _SMALL) if notes else []
    foot = _TOP + _STACK + _FOOT
    above = legend_above(plan, statuses_in(stacks.values()))
    with drawing(
        foot + _SMALL_LINE * len(small), note=outside_note(stacks.values(), history.plan), above=above
    ) as page:
        _draw_years(page, stacks, history, step)
        for number, line in enumerate(small):
            page.text(0, foot + _SMALL_LINE * (number + 0.5), line, _SMALL, colour=MUTED)
        return page.chart("course_of_plan", alt, caption)


def _draw_years(page: Page, stacks: dict[int, Stack], history: History, step: float) -> None:
    count, plan = len(history.years), history.plan
    left = (WIDTH - step * count) / 2
    places = {position: (left + step * (position + (1 - _BAR) / 2), step * _BAR) for position in stacks}
    areas = draw_stacks(page, stacks, plan, along="x", places=places, begins=_TOP + _STACK, length=-_STACK)
    page.legend(plan, statuses_in(stacks.values()))
    beside: dict[int, float] = {}
    for area in areas:
        x = left + (area.position + 0.5) * step
        y = _TOP + (1 - area.begins - area.length / 2) * _STACK
        size = (step * _BAR, area.length * _STACK)
        if label_area(page, area.part, plan, (x, y), size):
            continue
        lines = _beside(area.part, plan, size, step)
        height = _SMALL_LINE * len(lines)
        middle = min(y, beside.get(area.position, y + height) - height / 2) if lines else y
        beside[area.position] = middle - height / 2
        for number, words in enumerate(lines):
            offset = (number - (len(lines) - 1) / 2) * 10
            page.text(x + step * _BAR / 2 + 2, middle + offset, words, _SMALL if number == 0 else 7.5)
    _label_years(page, stacks, history, left, step)


def _label_years(page: Page, stacks: dict[int, Stack], history: History, left: float, step: float) -> None:
    fits = em_width("令和10年度") * 10 <= step
    names = year_labels(history.plan.wording, history.years, step / 10)
    for position, year in enumerate(history.years):
        x = left + (position + 0.5) * step
        page.text(x, _TOP + _STACK + 10, names[year], align="center")
        if is_derived(history, year):
            page.text(x, _TOP + _STACK + 24, "（導出）" if fits else "導出", 9, colour=MUTED, align="center")
        if position in stacks:
            page.text(
                x,
                _TOP - 9,
                history.plan.wording.items(stacks[position].counted),
                align="center",
                within=step - 2,
            )
        else:
            page.gap(x - step * _BAR / 2, _TOP, step * _BAR, _STACK, NO_DATA)


def _beside(part: Part, plan: Plan, size: tuple[float, float], step: float) -> list[str]:
    """The lines to the right of an area too small for its label: the whole label on one or two lines, or as much as fits."""
    room, count, share = step * (1 - _BAR) - 4, str(part.items), plan.printing.share(part.share_pct)
    if em_width(in_full(part, plan)) * _SMALL <= room:
        return [in_full(part, plan)]
    if em_width(share) * 7.5 <= room:
        return [count, share]
    return [] if label_lines(part, plan, size) or em_width(count) * _SMALL > room else [count]


def _left_over(stack: Stack, plan: Plan, step: float) -> list[Part]:
    """The parts whose share stands neither in their area nor beside it."""
    left_over = []
    for part in stack.parts:
        size = (step * _BAR, _STACK * part.items / max(1, stack.counted))
        is_said = says_share(label_lines(part, plan, size), part)
        if part.items and not is_said and not says_share(_beside(part, plan, size, step), part):
            left_over.append(part)
    return left_over
