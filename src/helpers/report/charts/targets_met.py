"""How many targets are met, missed and not judged yet: a bar a policy and one for the whole plan."""

from __future__ import annotations

__all__ = ["draw"]

from helpers.history.counts import PLAN_SCOPE
from helpers.history.declared_values import TargetCounts, count_targets, indicators_in
from helpers.history.history import History
from helpers.report.charts.drawing.canvas import LEGEND_HEIGHT, WIDTH, Page, drawing, em_width
from helpers.report.charts.drawing.chart import Chart
from helpers.report.charts.drawing.stacks import scopes
from helpers.report.palette import LOOKS, MUTED

_LEFT, _ROW, _BAR = 172.0, 25.0, 19.0
_LOOKS = {"達成": LOOKS["done"], "未達成": LOOKS["under_way-2"], "未判定": LOOKS["not_started-2"]}


def draw(history: History) -> Chart | None:
    """Draw the targets of the report's year; None where there are none.

    Raises:
        FigureError: a character has no glyph.
    """
    counts = count_targets(history, history.year)
    if counts is None or not indicators_in(history, history.year):
        return None
    rows = [(scope, label, counts[scope]) for scope, label in scopes(history.plan).items()]
    caption = f"{history.plan.wording.label(history.year)}の目標の達成状況（目標の数）"
    words = [
        f"{label}は" + ("、".join(f"{name}{n}件" for name, n in _parts(of).items() if n) or "目標なし")
        for _, label, of in rows
    ]
    with drawing(LEGEND_HEIGHT + len(rows) * _ROW + 2) as page:
        _legend(page)
        for position, (scope, label, of) in enumerate(rows):
            y = LEGEND_HEIGHT + (position + 0.5) * _ROW
            page.name(0, y, label, _LEFT - 8, small=8, apart=9, bold=scope == PLAN_SCOPE)
            _draw_bar(page, y, of)
        return page.chart("targets_met", f"{caption}。帯グラフ。{'。'.join(words)}。", caption)


def _parts(counts: TargetCounts) -> dict[str, int]:
    missed, unjudged = counts.judged - counts.met, counts.is_set - counts.judged
    return dict(zip(_LOOKS, (counts.met, missed, unjudged), strict=True))


def _draw_bar(page: Page, y: float, counts: TargetCounts) -> None:
    x, room = _LEFT, WIDTH - _LEFT
    if not counts.is_set:
        page.text(x + 4, y, "目標なし", 9.5, colour=MUTED)
    for name, number in _parts(counts).items():
        if number:
            width = room * number / counts.is_set
            page.rectangle(x, y - _BAR / 2, width, _BAR, _LOOKS[name])
            page.text(
                x + width / 2, y, str(number), colour=_LOOKS[name].text, align="center", within=width - 2
            )
            x += width


def _legend(page: Page) -> None:
    x = 0.0
    for name, style in _LOOKS.items():
        page.rectangle(x, 2, 12, 12, style)
        page.text(x + 16, 8, name)
        x += 28 + em_width(name) * 10
