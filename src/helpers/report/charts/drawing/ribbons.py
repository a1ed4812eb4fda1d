"""The ribbon of a flow across the chart of what moved: its path, and whether a label hides part of it."""

from __future__ import annotations

__all__ = ["BEGINS", "ENDS", "NODE", "SIDE", "Box", "Ribbon"]

from dataclasses import dataclass

from matplotlib.path import Path

from helpers.report.charts.drawing.canvas import WIDTH

SIDE, NODE = 84.0, 16.0  # the room of a side's labels, the width of its statuses
BEGINS, ENDS = SIDE + NODE, WIDTH - SIDE - NODE
_STEPS = 64  # that its course is looked at in


@dataclass(frozen=True)
class Box:
    """A rectangle of the page by its centre."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Ribbon:
    """A band of one ``height``, level at both ends; ``edges``: its upper edge at the left and at the right."""

    edges: tuple[float, float]
    height: float

    @property
    def middle(self) -> float:
        """The height of the ribbon's middle, half way across."""
        return (sum(self.edges) + self.height) / 2

    @property
    def path(self) -> Path:
        """The outline of the ribbon."""
        middle = (BEGINS + ENDS) / 2
        left, right = self.edges
        upper = [(BEGINS, left), (middle, left), (middle, right), (ENDS, right)]
        points = [*upper, *((x, y + self.height) for x, y in reversed(upper)), upper[0]]
        curve = [Path.CURVE4] * 3
        return Path(points, [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY])

    def runs_under(self, box: Box) -> bool:
        """Whether a box would hide a part of the ribbon."""
        left, right = self.edges
        for step in range(_STEPS + 1):
            t = step / _STEPS
            # The cubic curve of the path, whose inner points stand half way.
            x = BEGINS + (ENDS - BEGINS) * (1.5 * t * (1 - t) + t**3)
            y = left + (right - left) * t * t * (3 - 2 * t)
            is_beside = abs(x - box.x) <= box.width / 2
            if is_beside and y < box.y + box.height / 2 and y + self.height > box.y - box.height / 2:
                return True
        return False
