"""Shares of the statuses, whole plan and by policy, this year beside last."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import PLAN_SCOPE
from helpers.plan import Plan
from helpers.plan.reserved_words import PLAN_LABEL
from helpers.report.charts.canvas import LEGEND_HEIGHT, WIDTH, Page, drawing
from helpers.report.charts.chart import Chart, NoChart
from helpers.report.charts.scope_counts import Counts, outside_note, read_counts, year_name
from helpers.report.charts.stacks import draw_stacks, label_area
from helpers.report.palette import MUTED

CHART_ID = "shares_by_policy"
_ROW, _BAR, _LEFT, _RIGHT = 27.0, 0.88, 58.0, 40.0


def shares_by_policy(
    counts: pd.DataFrame,
    plan: Plan,
    year: FiscalYear,
    previous: FiscalYear | None = None,
    derived: Collection[FiscalYear] = (),
) -> Chart | NoChart:
    """Draw the shares of the statuses as bars of 100 %: whole plan, then each policy that has counts.

    ``counts``: long; columns scope (a policy's numeral; "": whole plan), fiscal_year, status, items, share_pct (Decimal
    in percent, None outside the denominator). The bar of ``previous`` stands under that of ``year`` where it has counts.

    Raises:
        FigureError: a status is not in the vocabulary, or a character has no glyph.
    """
    years = [year] if previous is None else [year, previous]
    groups: list[tuple[str, list[Counts]]] = []
    scopes = [(PLAN_SCOPE, PLAN_LABEL), *((policy.numeral, policy.label) for policy in plan.policies)]
    for scope, label in scopes:
        found = [read_counts(counts, plan, one, scope) for one in years]
        if found[0] is not None:
            groups.append((label, [bar for bar in found if bar is not None]))
    shown = {bar.year for _, bars in groups for bar in bars}
    names_of_years = "と".join(year_name(one, derived) for one in years if one in shown)
    caption = f"実施状況の割合: {names_of_years or year_name(year, derived)}"
    if not groups:
        return NoChart(CHART_ID, caption, f"{year}の項目数がありません")
    sentences = [
        f"{label}: "
        + "。".join(f"{year_name(bar.year, derived)}は{bar.words(plan.printing)}" for bar in bars)
        for label, bars in groups
    ]
    alt = f"{caption}。帯グラフ。{'。'.join(sentences)}。"
    rows = sum(1 + len(bars) for _, bars in groups)
    note = outside_note(bar for _, bars in groups for bar in bars)
    with drawing(LEGEND_HEIGHT + rows * _ROW + (18 if note else 4)) as page:
        _draw(page, groups, plan, derived, rows)
        page.text(0, page.height - 8, note, 9, colour=MUTED)
        return page.chart(CHART_ID, alt, caption)


def _draw(
    page: Page,
    groups: list[tuple[str, list[Counts]]],
    plan: Plan,
    derived: Collection[FiscalYear],
    rows: int,
) -> None:
    width = WIDTH - _LEFT - _RIGHT
    stacks: dict[int, Counts] = {}
    row = 0
    for label, bars in groups:
        page.text(0, _middle(row) + 4, label, 10.5, bold=True)
        for place, bar in enumerate(bars, row + 1):
            stacks[place] = bar
        row += 1 + len(bars)
    axes = page.axes(_LEFT, LEGEND_HEIGHT, width, rows * _ROW)
    areas = draw_stacks(axes, stacks, plan, along="y", width=_BAR)
    axes.set(xlim=(0, 1), ylim=(rows - 0.5, -0.5))
    page.legend(plan, [area.part.status for area in areas])
    for area in areas:
        x = _LEFT + (area.begins + area.length / 2) * width
        label_area(page, area.part, plan, (x, _middle(area.place)), (area.length * width, _ROW * _BAR))
    for place, bar in stacks.items():
        _label_row(
            page,
            bar,
            _middle(place),
            is_this_year=bar.year == max(b.year for b in stacks.values()),
            derived=derived,
        )


def _label_row(
    page: Page, bar: Counts, y: float, *, is_this_year: bool, derived: Collection[FiscalYear]
) -> None:
    lift = 5.5 if bar.year in derived else 0
    page.text(_LEFT - 5, y - lift, str(bar.year), bold=is_this_year, align="right")
    if bar.year in derived:
        page.text(_LEFT - 5, y + lift, "（導出）", 8.5, colour=MUTED, align="right")
    outside = sum(part.items for part in bar.outside)
    page.text(WIDTH, y - (5.5 if outside else 0), f"{bar.counted}項目", 9.5, align="right")
    if outside:
        page.text(WIDTH, y + 5.5, f"※ほか{outside}", 8.5, colour=MUTED, align="right")
    if bar.counted == 0:
        page.text(_LEFT + 4, y, "割合を出す項目なし", 9.5, colour=MUTED)


def _middle(row: int) -> float:
    return LEGEND_HEIGHT + (row + 0.5) * _ROW
