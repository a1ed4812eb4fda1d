"""The areas of stacks, laid out by seaborn: their looks and their labels."""

from __future__ import annotations

__all__ = ["Area", "draw_stacks", "in_full", "label_area", "label_lines", "says_share"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.plan import Plan
from helpers.report.charts.drawing.canvas import Page, dress, em_width
from helpers.report.charts.drawing.stacks import Part, Stack
from helpers.report.palette import StatusStyle, status_style

_SLIVER = 4.0  # the length below which an area has no room for an edge and a fill


@dataclass(frozen=True)
class Area:
    """One drawn part: the position of its stack, and where it begins and how long it is as fractions of the stack."""

    position: int
    part: Part
    begins: float
    length: float


def draw_stacks(
    axes: Axes,
    stacks: Mapping[int, Stack],
    plan: Plan,
    *,
    along: str,
    places: Mapping[int, tuple[float, float]],
    length: float,
) -> list[Area]:
    """Draw stacks, each as wide as its place ``along`` the axis 'x' or 'y' says; areas of nothing are left out.

    ``places``: the beginning and the breadth of each stack, ``length``: of a whole one, all in units of the page.
    """
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
        alpha=1,
        legend=False,
        ax=axes,
    )
    areas = []
    for name, container in zip(names, axes.containers, strict=True):
        for patch in container:
            across, begins = (patch.get_x(), patch.get_y())[:: 1 if along == "x" else -1]
            breadth, extent = (patch.get_width(), patch.get_height())[:: 1 if along == "x" else -1]
            part = parts.get((position := round(across + breadth / 2), name))
            if part is None or not (isfinite(extent) and extent > 0):
                patch.remove()
                continue
            _outline(patch, status_style(plan, name), along, places[position], (begins, extent), length)
            areas.append(Area(position, part, begins, extent))
    axes.set_axis_off()
    return areas


def _outline(
    patch: Rectangle,
    style: StatusStyle,
    along: str,
    place: tuple[float, float],
    part: tuple[float, float],
    length: float,
) -> None:
    """Give an area its look, its edge inside it and paper between it and its neighbours; a sliver is all edge."""
    dress(patch, style)
    (across, breadth), (begins, extent) = place, part
    inset = 1.0
    if extent * length < _SLIVER:
        patch.set(linewidth=0, facecolor=style.edge, hatch=None)
        inset = min(0.25, extent * length / 4)
    sides = [(across + inset / 2, breadth - inset), (begins + inset / length, extent - 2 * inset / length)]
    (x, width), (y, height) = sides if along == "x" else sides[::-1]
    patch.set_bounds(x, y, width, height)


def label_area(
    page: Page, part: Part, plan: Plan, centre: tuple[float, float], size: tuple[float, float]
) -> bool:
    """Write count and share into an area: on one line, on two, or the count alone; False where the share does not fit."""
    (x, y), lines = centre, label_lines(part, plan, size)
    colour = status_style(plan, part.status).text
    if len(lines) == 2:
        page.text(x, y - 5, lines[0], colour=colour, align="center")
        page.text(x, y + 6, lines[1], 8.5, colour=colour, align="center")
    elif lines:
        page.text(x, y, lines[0], colour=colour, align="center")
    return says_share(lines, part)


def says_share(lines: Sequence[str], part: Part) -> bool:
    """Whether a label's lines say the share too."""
    return bool(lines) and lines != [str(part.items)]


def label_lines(part: Part, plan: Plan, size: tuple[float, float]) -> list[str]:
    """The lines that an area of that size has room for: count and share on one or on two, the count alone, none."""
    (width, height), count, share = size, str(part.items), plan.printing.share(part.share_pct)
    if em_width(in_full(part, plan)) * 10 <= width - 4 and height >= 12:
        return [in_full(part, plan)]
    if em_width(share) * 8.5 <= width - 3 and height >= 22:
        return [count, share]
    return [count] if em_width(count) * 10 <= width - 2 and height >= 10 else []


def in_full(part: Part, plan: Plan) -> str:
    """Count and share: '34（81.0%）'."""
    return f"{part.items}（{plan.printing.share(part.share_pct)}）"
