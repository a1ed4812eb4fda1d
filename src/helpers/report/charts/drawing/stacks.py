"""Stacks of 100 %: the counts of a year as a value, in words and as drawn by seaborn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import PLAN_SCOPE, all_counts
from helpers.history.history import History
from helpers.plan import Plan
from helpers.plan.printing import PrintingRules
from helpers.plan.reserved_words import PLAN_LABEL
from helpers.report.charts.drawing.canvas import LEGEND_HEIGHT, WIDTH, Page, dress, em_width
from helpers.report.palette import status_style


@dataclass(frozen=True)
class Part:
    """The items of one status; no share for a status outside the denominator."""

    status: str
    items: int
    share_pct: Decimal | None


@dataclass(frozen=True)
class Stack:
    """The statuses of one scope in one year, in the plan's order; ``outside`` are those not counted in shares."""

    year: FiscalYear
    parts: tuple[Part, ...]
    outside: tuple[Part, ...]

    @property
    def counted(self) -> int:
        """The denominator of the shares."""
        return sum(part.items for part in self.parts)

    def words(self, printing: PrintingRules) -> str:
        """'42項目のうち実施34項目（81.0%）、一部実施8項目（19.0%）'; statuses of no item are left out."""
        parts = [
            f"{part.status}{part.items}項目（{printing.share(part.share_pct)}）"
            for part in self.parts
            if part.items
        ]
        text = f"{self.counted}項目のうち{'、'.join(parts)}" if parts else "集計する項目なし"
        outside = "、".join(f"{part.status}{part.items}項目" for part in self.outside if part.items)
        return f"{text}（ほかに{outside}）" if outside else text


@dataclass(frozen=True)
class Area:
    """One drawn part: the position of its stack, and where it begins and how long it is as fractions of the stack."""

    position: int
    part: Part
    begins: float
    length: float


def scopes(plan: Plan) -> dict[str, str]:
    """The whole plan and its policies: scope in ``all_counts`` → label."""
    return {PLAN_SCOPE: PLAN_LABEL} | {policy.numeral: policy.label for policy in plan.policies}


def stack_of(history: History, year: FiscalYear, scope: str = PLAN_SCOPE) -> Stack | None:
    """The counts of a scope in a year; None where they are not known."""
    counts = all_counts(history)
    rows = counts[(counts["fiscal_year"] == int(year)) & (counts["scope"] == scope)]
    if rows.empty:
        return None
    parts = [Part(*row) for row in zip(rows["status"], rows["items"], rows["share_pct"], strict=True)]
    counted = history.plan.counted_names
    return Stack(
        year,
        tuple(part for part in parts if part.status in counted),
        tuple(part for part in parts if part.status not in counted),
    )


def outside_note(stacks: Iterable[Stack]) -> str:
    """The small print on statuses that are left out of the shares; '' where none has items."""
    names = dict.fromkeys(part.status for stack in stacks for part in stack.outside if part.items)
    return f"※割合と項目数に含めない区分: {'、'.join(names)}" if names else ""


def draw_bars(
    page: Page,
    plan: Plan,
    stacks: Mapping[int, Stack],
    rows: int,
    *,
    left: float,
    right: float,
    row: float,
    bar: float,
) -> None:
    """Draw stacks as level bars under the legend, from ``left`` to ``right`` units before the edge, labelled inside.

    ``stacks``: by the number of their row, of ``rows`` that are ``row`` units high; ``bar``: how much of it a bar fills.
    """
    width = WIDTH - left - right
    axes = page.axes(left, LEGEND_HEIGHT, width, rows * row)
    areas = draw_stacks(axes, stacks, plan, along="y", width=bar)
    axes.set(xlim=(0, 1), ylim=(rows - 0.5, -0.5))
    page.legend(plan, [area.part.status for area in areas])
    for area in areas:
        centre = (left + (area.begins + area.length / 2) * width, LEGEND_HEIGHT + (area.position + 0.5) * row)
        label_area(page, area.part, plan, centre, (area.length * width, row * bar))


def draw_stacks(
    axes: Axes, stacks: Mapping[int, Stack], plan: Plan, *, along: str, width: float
) -> list[Area]:
    """Draw each stack at its position ``along`` the axis 'x' or 'y', ``width`` of a unit wide; areas of nothing are left out."""
    parts = {
        (position, part.status): part
        for position, stack in stacks.items()
        for part in stack.parts
        if part.items
    }
    if not parts:
        return []
    names = [name for name in plan.counted_names if any(status == name for _, status in parts)]
    frame = pd.DataFrame(
        [(*key, part.items) for key, part in parts.items()], columns=["position", "status", "items"]
    )
    sns.histplot(
        frame,
        **{along: "position"},
        weights="items",
        hue="status",
        hue_order=names[::-1],  # seaborn lays the last one down first
        palette={name: status_style(plan, name).fill for name in names},
        multiple="fill",
        discrete=True,
        shrink=width,
        alpha=1,
        legend=False,
        ax=axes,
    )
    areas = []
    for name, container in zip(names, axes.containers, strict=True):
        for patch in container:
            across, begins = (patch.get_x(), patch.get_y())[:: 1 if along == "x" else -1]
            breadth, length = (patch.get_width(), patch.get_height())[:: 1 if along == "x" else -1]
            position = round(across + breadth / 2)
            part = parts.get((position, name))
            if part is None or not (isfinite(length) and length > 0):
                patch.remove()
                continue
            dress(patch, status_style(plan, name))
            areas.append(Area(position, part, begins, length))
    axes.set_axis_off()
    return areas


def label_area(
    page: Page, part: Part, plan: Plan, centre: tuple[float, float], size: tuple[float, float]
) -> bool:
    """Write count and share into an area: on one line, on two, or the count alone; False where nothing fits."""
    (x, y), (width, height) = centre, size
    count, share = str(part.items), plan.printing.share(part.share_pct)
    colour = status_style(plan, part.status).text
    if em_width(f"{count}（{share}）") * 10 <= width - 4 and height >= 12:
        page.text(x, y, f"{count}（{share}）", colour=colour, align="center")
    elif em_width(share) * 8.5 <= width - 3 and height >= 22:
        page.text(x, y - 5, count, colour=colour, align="center")
        page.text(x, y + 6, share, 8.5, colour=colour, align="center")
    elif em_width(count) * 10 <= width - 2 and height >= 10:
        page.text(x, y, count, colour=colour, align="center")
    else:
        return False
    return True
