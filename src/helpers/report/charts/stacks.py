"""Stacks of 100 %, drawn by seaborn, with their areas read back from the drawing to be labelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.plan import Plan
from helpers.report.charts.canvas import Page, dress, em_width
from helpers.report.charts.scope_counts import Counts, Part
from helpers.report.palette import status_style


@dataclass(frozen=True)
class Area:
    """One drawn part: the place of its stack and where it begins and ends, as fractions of the stack."""

    place: int
    part: Part
    begins: float
    length: float


def draw_stacks(
    axes: Axes, stacks: Mapping[int, Counts], plan: Plan, *, along: str, width: float
) -> list[Area]:
    """Draw each stack at its place ``along`` the axis 'x' or 'y', ``width`` of a place wide; areas of nothing are left out."""
    parts = {
        (place, part.status): part for place, counts in stacks.items() for part in counts.parts if part.items
    }
    if not parts:
        return []
    names = [name for name in plan.counted_names if any(status == name for _, status in parts)]
    frame = pd.DataFrame(
        {
            "place": [place for place, _ in parts],
            "status": [status for _, status in parts],
            "items": [part.items for part in parts.values()],
        }
    )
    sns.histplot(
        frame,
        **{along: "place"},
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
            begins, length, middle = _measure(patch, along)
            part = parts.get((round(middle), name))
            if part is None or not (isfinite(length) and length > 0):
                patch.remove()
                continue
            dress(patch, status_style(plan, name))
            areas.append(Area(round(middle), part, begins, length))
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


def _measure(patch: Rectangle, along: str) -> tuple[float, float, float]:
    x, y, width, height = patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height()
    return (y, height, x + width / 2) if along == "x" else (x, width, y + height / 2)
