"""A small drawing of one indicator over the years: a tick for each target, a dot for each actual."""

from __future__ import annotations

__all__ = ["draw_ticks"]

from collections.abc import Mapping, Sequence

from matplotlib.patches import Ellipse, Rectangle

from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.declared.measured import Indicator
from helpers.report.charts.drawing.canvas import WIDTH, Page, drawing, em_width
from helpers.report.charts.drawing.chart import Chart
from helpers.report.charts.drawing.stacks import year_labels
from helpers.report.palette import ACCENT, INK, MUTED, PAPER

_TOP, _ROOM, _FOOT, _DOT = 12.0, 52.0, 28.0, 7.0
_SIDE, _WIDEST = 17.0, 120.0  # from the middle of a year to its words, and its usual width
_SIZES = (8, 9)  # of the words of target and actual
_Heights = Sequence[float | None]
_Texts = Sequence[str | None]
_WORDS = {True: "達成", False: "未達成", None: "未判定"}


def draw_ticks(chart_id: str, known: Mapping[FiscalYear, Indicator], plan: Plan) -> Chart | None:
    """Draw the targets and actuals of one indicator by year; None where no year has both.

    A dot is filled where the target is met. Higher is more, whichever is better.

    Raises:
        FigureError: a character has no glyph.
    """
    printing = plan.printing
    amounts = {year: (each.amount("target"), each.amount("actual")) for year, each in sorted(known.items())}
    if not any(None not in pair for pair in amounts.values()):
        return None
    values = [float(amount) for pair in amounts.values() for amount in pair if amount is not None]
    low, span = min(values), (max(values) - min(values)) or 1.0
    first = next(iter(known.values()))
    unit = f"（{first.unit}）" if first.unit else ""
    caption = f"{first.name}{unit}の目標（横線）と実績（点。塗りつぶしは達成）"
    words = []
    texts = {
        year: [None if amount is None else printing.amount(amount) for amount in pair]
        for year, pair in amounts.items()
    }
    widest = max(
        size * em_width(text)
        for pair in texts.values()
        for text, size in zip(pair, _SIZES, strict=True)
        if text
    )
    needed = 2 * (_SIDE + widest) + 6
    step = min(WIDTH / len(amounts), max(_WIDEST, needed))
    # Where they do not fit beside tick and dot, the words stand above and below.
    apart = 0.0 if needed <= step else _SIZES[1] + 2.0
    with drawing(_TOP + _ROOM + _FOOT + 2 * apart) as page:
        names = year_labels(plan.wording, list(amounts), step / 9)
        for position, (year, pair) in enumerate(amounts.items()):
            x, top = (position + 0.5) * step, _TOP + apart
            heights = [None if a is None else top + _ROOM * (1 - (float(a) - low) / span) for a in pair]
            page.text(
                x, top + _ROOM + apart + 20, names[year], 9, colour=MUTED, align="center", within=step - 4
            )
            _draw_marks(page, x, heights, min(14.0, step / 4), is_met=bool(known[year].is_met))
            if apart:
                _write_above_and_below(page, x, heights, texts[year], apart, step - 4)
            else:
                _write_beside(page, x, heights, texts[year])
            shown = "、".join(
                f"{name}{printing.amount(amount)}"
                for name, amount in zip(("目標", "実績"), pair, strict=True)
                if amount is not None
            )
            words.append(f"{plan.wording.label(year)}は{shown or '値なし'}（{_WORDS[known[year].is_met]}）")
        return page.chart(chart_id, f"{caption}。{'、'.join(words)}。", caption)


def _draw_marks(page: Page, x: float, heights: _Heights, half: float, *, is_met: bool) -> None:
    target, actual = heights
    if target is not None:
        page.add(Rectangle((x - half, target - 0.8), 2 * half, 1.6, facecolor=INK, linewidth=0))
    if actual is not None:
        fill = ACCENT if is_met else PAPER
        page.add(Ellipse((x, actual), _DOT, _DOT, facecolor=fill, edgecolor=ACCENT, linewidth=1.4))


def _write_beside(page: Page, x: float, heights: _Heights, texts: _Texts) -> None:
    target, actual = heights
    if target is not None and texts[0]:
        page.text(x - _SIDE, target, texts[0], _SIZES[0], colour=MUTED, align="right")
    if actual is not None and texts[1]:
        page.text(x + _SIDE, actual, texts[1], _SIZES[1], bold=True)


def _write_above_and_below(
    page: Page, x: float, heights: _Heights, texts: _Texts, apart: float, width: float
) -> None:
    """Write the higher of target and actual above its mark and the lower below, so that neither covers the other."""
    target, actual = heights
    is_higher = actual is None or (target is not None and target <= actual)
    if target is not None and texts[0]:
        y = target - apart if is_higher else target + apart
        page.text(x, y, texts[0], _SIZES[0], colour=MUTED, align="center", within=width)
    if actual is not None and texts[1]:
        y = actual + apart if is_higher and target is not None else actual - apart
        page.text(x, y, texts[1], _SIZES[1], bold=True, align="center", within=width)
