"""Level bars of 100 %, and under them the shares that are too small for a label."""

from __future__ import annotations

__all__ = ["BarFrame", "draw_bars"]

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.plan import Plan
from helpers.report.charts.drawing.areas import draw_stacks, in_full, label_area, label_lines, says_share
from helpers.report.charts.drawing.canvas import WIDTH, Page, em_width
from helpers.report.charts.drawing.stacks import Part, Stack, statuses_in
from helpers.report.palette import status_style

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
