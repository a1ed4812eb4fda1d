"""How far each policy is: one bar of 100 % a policy and one for the whole plan, small enough for a digest."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from helpers.history.counts import PLAN_SCOPE
from helpers.history.history import History
from helpers.plan import DONE, Plan
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

_LEFT, _RIGHT, _ROW, _BAR = 172.0, 84.0, 25.0, 0.76


@dataclass(frozen=True)
class _Row:
    """One bar; ``change``: of its done share in points since last year, as printed, "" where there is none."""

    scope: str
    label: str
    stack: Stack
    change: str


def draw(history: History) -> Chart:
    """Draw the shares of the statuses by policy with the change of the done share since the year before.

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
    caption = f"{history.year}末の進み具合"
    if any(row.change for row in rows):
        done = "・".join(history.plan.names_in(DONE))
        caption += f"（右の数字は「{done}」の割合の前年度との差）"
    words = [
        f"{row.label}は{row.stack.words(history.plan.printing)}"
        + (f"、前年度との差は{row.change}" if row.change else "")
        for row in rows
    ]
    stacks = [row.stack for row in rows]
    with drawing(LEGEND_HEIGHT + len(rows) * _ROW + 2, note=outside_note(stacks)) as page:
        _draw_rows(page, rows, history.plan)
        return page.chart("progress", f"{caption}。帯グラフ。{'。'.join(words)}。", caption)


def _draw_rows(page: Page, rows: list[_Row], plan: Plan) -> None:
    stacks = {position: row.stack for position, row in enumerate(rows) if row.stack.counted}
    draw_bars(page, plan, stacks, len(rows), left=_LEFT, right=_RIGHT, row=_ROW, bar=_BAR)
    for position, row in enumerate(rows):
        y = LEGEND_HEIGHT + (position + 0.5) * _ROW
        page.name(0, y, row.label, _LEFT - 8, small=8, apart=9, bold=row.scope == PLAN_SCOPE)
        page.text(WIDTH, y, row.change, within=_RIGHT - 6, bold=True, align="right")
        if not row.stack.counted:
            page.text(_LEFT + 4, y, "割合を出す項目なし", 9.5, colour=MUTED)


def _change(plan: Plan, now: Stack, before: Stack | None) -> str:
    """The difference of the two printed done shares in words; "" where either is not known."""
    share, past = _done_share(now, plan), None if before is None else _done_share(before, plan)
    return "" if share is None or past is None else plan.printing.points(share - past)


def _done_share(stack: Stack, plan: Plan) -> Decimal | None:
    done = sum(part.items for part in stack.parts if part.status in plan.names_in(DONE))
    return plan.printing.share_pct(done, stack.counted)
