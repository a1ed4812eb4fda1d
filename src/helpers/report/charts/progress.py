"""How far each policy is: one bar of 100 % a policy and one for the whole plan, small enough for a digest."""

from __future__ import annotations

__all__ = ["draw"]

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from helpers.history.counts import PLAN_SCOPE
from helpers.history.history import History
from helpers.plan import DONE, Plan
from helpers.report.charts.drawing.areas import BarFrame, draw_bars
from helpers.report.charts.drawing.canvas import LEGEND_HEIGHT, WIDTH, Page, drawing, em_width, legend_above
from helpers.report.charts.drawing.chart import Chart, Charts, draw_in_parts
from helpers.report.charts.drawing.stacks import Stack, outside_note, scopes, stack_of, statuses_in
from helpers.report.palette import MUTED

_MOST_LEFT, _ROW, _BAR = 124.0, 31.0, 0.84


@dataclass(frozen=True)
class _Row:
    """One bar; ``change``: of its done share in points since last year, as printed, "" where there is none."""

    scope: str
    label: str
    stack: Stack
    change: str


def draw(history: History) -> Chart | Charts:
    """Draw the shares of the statuses by policy with the change of the done share since the year before.

    Of more policies than fit a page in several parts.

    Raises:
        FigureError: a character has no glyph.
    """
    rows = [
        _Row(
            scope, label, stack, _change(history.plan, stack, stack_of(history, history.year.previous, scope))
        )
        for scope, label in scopes(history.plan).items()
        if (stack := stack_of(history, history.year, scope)) is not None
    ]
    caption = f"{history.plan.wording.as_of(history.year)}の進み具合"
    if any(row.change for row in rows):
        done = "・".join(history.plan.names_in(DONE))
        caption += f"（右の数字は「{done}」の割合の{history.plan.wording.last_year}との差）"
    left = min(_MOST_LEFT, max(10 * em_width(row.label) for row in rows) + 10)
    right = max(10.4 * em_width(row.change) + 6 if row.change else 0 for row in rows)
    frame = BarFrame(left, right, _ROW, _BAR)

    def foot(part: Sequence[_Row]) -> float:
        return _tops(part, frame, history.plan)[-1]

    def chart(chart_id: str, name: str, part: Sequence[_Row]) -> Chart:
        return _chart(chart_id, name, part, frame, history)

    return draw_in_parts("progress", caption, rows, foot, chart)


def _chart(chart_id: str, caption: str, rows: Sequence[_Row], frame: BarFrame, history: History) -> Chart:
    words = [
        f"{row.label}は{row.stack.words(history.plan)}"
        + (f"、{history.plan.wording.last_year}との差は{row.change}" if row.change else "")
        for row in rows
    ]
    stacks = [row.stack for row in rows]
    tops = _tops(rows, frame, history.plan)
    above = legend_above(history.plan, statuses_in(stacks))
    with drawing(tops[-1] + 2, note=outside_note(stacks, history.plan), above=above) as page:
        draw_bars(page, history.plan, list(zip(tops, stacks, strict=False)), frame)
        for y, row in zip(tops, rows, strict=False):
            _label_row(page, row, y + _ROW / 2, frame, history.plan)
        return page.chart(chart_id, f"{caption}。帯グラフ。{'。'.join(words)}。", caption)


def _tops(rows: Sequence[_Row], frame: BarFrame, plan: Plan) -> list[float]:
    """Where the bars begin, and where the last one ends."""
    return list(accumulate((frame.height(row.stack, plan) for row in rows), initial=LEGEND_HEIGHT))


def _label_row(page: Page, row: _Row, y: float, frame: BarFrame, plan: Plan) -> None:
    page.name(0, y, row.label, frame.left - 8, small=8.5, apart=9.5, bold=row.scope == PLAN_SCOPE)
    page.text(WIDTH, y, row.change, within=frame.right - 6, bold=True, align="right")
    if not row.stack.counted:
        page.text(frame.left + 4, y, f"割合を出す{plan.wording.item}なし", 9.5, colour=MUTED)


def _change(plan: Plan, now: Stack, before: Stack | None) -> str:
    """The difference of the two printed done shares in words; "" where either is not known."""
    share, past = _done_share(now, plan), None if before is None else _done_share(before, plan)
    return "" if share is None or past is None else plan.printing.points(share - past)


def _done_share(stack: Stack, plan: Plan) -> Decimal | None:
    done = sum(part.items for part in stack.parts if part.status in plan.names_in(DONE))
    return plan.printing.share_pct(done, stack.counted)
