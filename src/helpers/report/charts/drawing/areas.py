"""The areas of stacks, their looks and their labels, and stacks as level bars of 100 %."""

from __future__ import annotations

__all__ = [
    "Area", "BarFrame", "draw_bars", "draw_stacks", "in_full", "label_area", "label_lines", "says_share",
]  # fmt: skip

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import copysign

from matplotlib.patches import Rectangle

from helpers.plan import Plan
from helpers.report.charts.drawing.canvas import WIDTH, Page, dress, em_width
from helpers.report.charts.drawing.stacks import Part, Stack, statuses_in
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
    page: Page,
    stacks: Mapping[int, Stack],
    plan: Plan,
    *,
    along: str,
    places: Mapping[int, tuple[float, float]],
    begins: float,
    length: float,
) -> list[Area]:
    """Draw stacks status by status, side by side ``along`` the axis 'x' or 'y'.

    ``places``: beginning and breadth of each stack on that axis. On the other axis, ``begins``: where all stacks begin,
    ``length``: of 100 %, below 0 for stacks that grow upwards. In units of the page; statuses of no item are left out.
    """
    areas, ends = [], dict.fromkeys(stacks, 0.0)
    for parts in zip(*(stack.parts for stack in stacks.values()), strict=True):
        for (position, stack), part in zip(stacks.items(), parts, strict=True):
            if part.items:
                area = Area(position, part, ends[position], part.items / stack.counted)
                extent = (begins + area.begins * length, area.length * length)
                page.add(_outlined(status_style(plan, part.status), along, places[position], extent))
                areas.append(area)
                ends[position] += area.length
    return areas


def _outlined(
    style: StatusStyle, along: str, band: tuple[float, float], extent: tuple[float, float]
) -> Rectangle:
    """The rectangle of an area, its edge inside it, with a gap to its neighbours; a sliver is filled with the edge's colour."""
    patch, inset = Rectangle((0, 0), 0, 0), 1.0
    dress(patch, style)
    (across, breadth), (begins, length) = band, extent
    if abs(length) < _SLIVER:
        patch.set(linewidth=0, facecolor=style.edge, hatch=None)
        inset = min(0.25, abs(length) / 4)
    end = copysign(inset, length)
    sides = [(across + inset / 2, breadth - inset), (begins + end, length - 2 * end)]
    (x, width), (y, height) = sides if along == "x" else sides[::-1]
    patch.set_bounds(x, y, width, height)
    return patch


def label_area(
    page: Page, part: Part, plan: Plan, centre: tuple[float, float], size: tuple[float, float]
) -> bool:
    """Write count and share into an area: on one line, on two, or the count alone; False where the share does not fit."""
    (x, y), lines = centre, label_lines(part, plan, size)
    style = status_style(plan, part.status)
    for words, letters, down in zip(lines, (10, 8.5), (-5, 6) if len(lines) == 2 else (0,), strict=False):
        if style.hatch:  # a plate, on which no line of the hatch runs through the letters
            page.label_ground(
                x, y + down, min(size[0] - 2, em_width(words) * letters + 3), letters + 1.5, style.fill
            )
        page.text(x, y + down, words, letters, colour=style.text, align="center")
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


_SMALL, _SMALL_LINE = 9.5, 13.0  # letters and lines under a bar


@dataclass(frozen=True)
class BarFrame:
    """The room of level bars in units: margins ``left`` and ``right`` of the page; rows are ``row`` high, bars ``bar``."""

    left: float
    right: float
    row: float
    bar: float

    @property
    def width(self) -> float:
        """The length of a bar of 100 %."""
        return WIDTH - self.left - self.right

    def height(self, stack: Stack, plan: Plan) -> float:
        """The height of a stack's row, with the lines under the bar."""
        return self.row + _SMALL_LINE * len(self.small_print(stack, plan))

    def small_print(self, stack: Stack, plan: Plan) -> list[list[tuple[float, Part, str]]]:
        """The shares that do not fit into the bar, as lines of (x, part, words) to stand under it."""
        lines: list[list[tuple[float, Part, str]]] = []
        x = WIDTH
        for part in stack.parts:
            size = (self.width * part.items / max(1, stack.counted), self.row * self.bar)
            if not part.items or says_share(label_lines(part, plan, size), part):
                continue
            words = in_full(part, plan)  # whose status its square says, as in the legend
            wide = 12 + _SMALL * em_width(words)
            if x + wide > WIDTH:
                lines.append([])
                x = self.left
            lines[-1].append((x, part, words))
            x += wide + 10
        return lines


def draw_bars(page: Page, plan: Plan, bars: Sequence[tuple[float, Stack]], frame: BarFrame) -> None:
    """Draw stacks as level bars, each in the row that begins at its y: labelled inside or, where there is no room, below."""
    stacks = {position: stack for position, (_, stack) in enumerate(bars) if stack.counted}
    thick = frame.row * frame.bar
    places = {position: (bars[position][0] + (frame.row - thick) / 2, thick) for position in stacks}
    areas = draw_stacks(page, stacks, plan, along="y", places=places, begins=frame.left, length=frame.width)
    page.legend(plan, statuses_in(stacks.values()))
    for area in areas:
        y, height = places[area.position]
        centre = (frame.left + (area.begins + area.length / 2) * frame.width, y + height / 2)
        label_area(page, area.part, plan, centre, (area.length * frame.width, height))
    for y, stack in bars:
        for number, line in enumerate(frame.small_print(stack, plan)):
            middle = y + frame.row + _SMALL_LINE * (number + 0.5) - 1
            for x, part, words in line:
                page.rectangle(x, middle - 4.5, 9, 9, status_style(plan, part.status))
                page.text(x + 12, middle, words, _SMALL)
