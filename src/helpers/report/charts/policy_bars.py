"""How far each policy is: one bar of 100 % a policy and one for the whole plan, small enough for a digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import PLAN_SCOPE
from helpers.plan import DONE, Plan
from helpers.plan.reserved_words import PLAN_LABEL
from helpers.report.charts.canvas import LEGEND_HEIGHT, WIDTH, Page, drawing, em_width, wrap
from helpers.report.charts.chart import Chart, NoChart
from helpers.report.charts.scope_counts import Counts, outside_note, read_counts
from helpers.report.charts.stacks import draw_stacks, label_area
from helpers.report.palette import MUTED

CHART_ID = "progress"
_LEFT, _RIGHT, _ROW, _BAR = 172.0, 84.0, 25.0, 0.76
_BASELINE = 8.0


@dataclass(frozen=True)
class _Row:
    """One bar: its label, its counts and the change of its done share in points (None where there is none)."""

    scope: str
    label: str
    counts: Counts
    change_pt: Decimal | None


def progress(counts: pd.DataFrame, plan: Plan, year: FiscalYear) -> Chart | NoChart:
    """Draw the shares of the statuses by policy with the change of the done share since the year before.

    ``counts``: long; columns scope (a policy's numeral; "": whole plan), fiscal_year, status, items, share_pct.

    Raises:
        FigureError: a status is not in the vocabulary, or a character has no glyph.
    """
    done = "・".join(plan.names_in(DONE))
    caption = f"{year}末の進み具合"
    rows = [
        _Row(scope, label, now, _change(now, read_counts(counts, plan, year.previous, scope), plan))
        for scope, label in _scopes(plan).items()
        if (now := read_counts(counts, plan, year, scope)) is not None
    ]
    if not rows:
        return NoChart(CHART_ID, caption, f"{year}の項目数がありません")
    if any(row.change_pt is not None for row in rows):
        caption += f"（右の数字は「{done}」の割合の前年度との差）"
    told = [
        f"{row.label}は{row.counts.words(plan.printing)}"
        + (f"、前年度との差は{words}" if (words := _change_words(row, plan)) else "")
        for row in rows
    ]
    note = outside_note(row.counts for row in rows)
    with drawing(LEGEND_HEIGHT + len(rows) * _ROW + (16 if note else 2)) as page:
        _draw(page, rows, plan)
        page.text(0, page.height - 8, note, 9, colour=MUTED)
        return page.chart(CHART_ID, f"{caption}。帯グラフ。{'。'.join(told)}。", caption)


def _scopes(plan: Plan) -> Mapping[str, str]:
    return {PLAN_SCOPE: PLAN_LABEL} | {policy.numeral: policy.label for policy in plan.policies}


def _draw(page: Page, rows: list[_Row], plan: Plan) -> None:
    width = WIDTH - _LEFT - _RIGHT
    axes = page.axes(_LEFT, LEGEND_HEIGHT, width, len(rows) * _ROW)
    stacks = {place: row.counts for place, row in enumerate(rows) if row.counts.counted}
    areas = draw_stacks(axes, stacks, plan, along="y", width=_BAR)
    axes.set(xlim=(0, 1), ylim=(len(rows) - 0.5, -0.5))
    page.legend(plan, [area.part.status for area in areas])
    for area in areas:
        centre = (_LEFT + (area.begins + area.length / 2) * width, _middle(area.place))
        label_area(page, area.part, plan, centre, (area.length * width, _ROW * _BAR))
    for place, row in enumerate(rows):
        y = _middle(place)
        _label(page, row.label, y, is_whole=row.scope == PLAN_SCOPE)
        words = _change_words(row, plan)
        page.text(
            WIDTH, y, words, min(10.0, (_RIGHT - 6) / max(1.0, em_width(words))), bold=True, align="right"
        )
        if not row.counts.counted:
            page.text(_LEFT + 4, y, "割合を出す項目なし", 9.5, colour=MUTED)


def _label(page: Page, label: str, y: float, *, is_whole: bool) -> None:
    """A policy's name on one line, or on two smaller ones."""
    size = min(10.0, (_LEFT - 8) / em_width(label))
    if size >= _BASELINE:
        page.text(0, y, label, size, bold=is_whole)
        return
    lines = wrap(label, max((_LEFT - 8) / _BASELINE, em_width(label) / 2 + 1))
    for place, text in enumerate(lines):
        offset = (place - (len(lines) - 1) / 2) * 9
        page.text(0, y + offset, text, min(_BASELINE, (_LEFT - 8) / em_width(text)))


def _change(now: Counts, before: Counts | None, plan: Plan) -> Decimal | None:
    """The difference of the two printed done shares."""
    shares = [_done_share(counts, plan) for counts in (now, before) if counts is not None]
    return None if len(shares) < 2 or None in shares else shares[0] - shares[1]  # type: ignore[operator]


def _done_share(counts: Counts, plan: Plan) -> Decimal | None:
    done = sum(part.items for part in counts.parts if part.status in plan.names_in(DONE))
    return plan.printing.share_pct(done, counts.counted)


def _change_words(row: _Row, plan: Plan) -> str:
    return "" if row.change_pt is None else plan.printing.points(row.change_pt)


def _middle(place: int) -> float:
    return LEGEND_HEIGHT + (place + 0.5) * _ROW
