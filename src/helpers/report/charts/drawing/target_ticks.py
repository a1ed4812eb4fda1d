"""A small drawing of one indicator over the years: a tick for each target, a dot for each actual."""

from __future__ import annotations

__all__ = ["draw_ticks"]

from collections.abc import Mapping, Sequence

from matplotlib.patches import Ellipse, Rectangle

from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.declared.measured import Indicator
from helpers.report.charts.drawing.canvas import WIDTH, Page, drawing
from helpers.report.charts.drawing.chart import Chart
from helpers.report.charts.drawing.stacks import year_labels
from helpers.report.palette import ACCENT, INK, MUTED, PAPER

_TOP, _ROOM, _FOOT, _DOT = 23.0, 52.0, 39.0, 7.0
_WORDS_AWAY, _WIDEST = 11.0, 120.0  # from a mark to the middle of its words; a year's column
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
    with drawing(_TOP + _ROOM + _FOOT) as page:
        step = min(WIDTH / len(amounts), _WIDEST)
        names = year_labels(plan.wording, list(amounts), step / 9)
        for position, (year, pair) in enumerate(amounts.items()):
            x = (position + 0.5) * step
            page.text(x, _TOP + _ROOM + 31, names[year], 9, colour=MUTED, align="center", within=step - 4)
            heights = [None if a is None else _TOP + _ROOM * (1 - (float(a) - low) / span) for a in pair]
            texts = ["" if a is None else printing.amount(a) for a in pair]
            _draw_year(page, x, step, heights, texts, is_met=bool(known[year].is_met))
            shown = "、".join(
                f"{name}{printing.amount(amount)}"
                for name, amount in zip(("目標", "実績"), pair, strict=True)
                if amount is not None
            )
            words.append(f"{plan.wording.label(year)}は{shown or '値なし'}（{_WORDS[known[year].is_met]}）")
        return page.chart(chart_id, f"{caption}。{'、'.join(words)}。", caption)


def _draw_year(
    page: Page, x: float, step: float, heights: Sequence[float | None], texts: Sequence[str], *, is_met: bool
) -> None:
    """Draw tick and dot; the words of the higher one stand above it, those of the lower one below."""
    target, actual = heights
    is_below = target is not None and actual is not None and target > actual
    if target is not None:
        half, away = min(14.0, step / 4), _WORDS_AWAY if is_below else -_WORDS_AWAY
        page.add(Rectangle((x - half, target - 0.8), 2 * half, 1.6, facecolor=INK, linewidth=0))
        page.text(x, target + away, texts[0], 8, colour=MUTED, align="center", within=step - 4)
    if actual is not None:
        fill = ACCENT if is_met else PAPER
        away = -_WORDS_AWAY if is_below or target is None else _WORDS_AWAY
        page.add(Ellipse((x, actual), _DOT, _DOT, facecolor=fill, edgecolor=ACCENT, linewidth=1.4))
        page.text(x, actual + away, texts[1], 9, bold=True, align="center", within=step - 4)
