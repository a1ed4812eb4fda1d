"""The surface that charts are drawn on: units of one point, origin at the top left, the report's font.

A chart is 420 units wide: at 380 px a text of 10 units is about 8.5 px, on A4 about 11 pt.
"""

from __future__ import annotations

__all__ = [
    "LEGEND_HEIGHT", "SVG_SETTINGS", "WIDTH", "Page", "drawing", "dress", "em_width", "legend_above", "wrap",
]  # fmt: skip

import io
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Literal

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Patch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from helpers.plan import Plan
from helpers.report.charts.drawing.chart import Chart, tidy_svg
from helpers.report.palette import GAP, INK, MUTED, PAPER, RULE, StatusStyle, status_style
from helpers.text.fonts import demand_glyphs, font_properties, register_matplotlib_fonts
from helpers.text.forms import is_wide
from helpers.text.wrapping import on_two_lines, wrapped

WIDTH = 420.0
LEGEND_HEIGHT = 22.0  # of its last line; the lines above that one stand above the origin
_LEGEND_LINE = 17.0
SVG_SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "gyokaku", "text.parse_math": False}


class Page:
    """One figure in units; use ``drawing`` to get one."""

    def __init__(self, height: float, width: float, note: str, above: float = 0) -> None:
        self.width, self.height, self._note, self._above = width, height, note, above
        self.figure = Figure(figsize=(width / 72, (above + height) / 72), facecolor=PAPER)
        FigureCanvasSVG(self.figure)
        # Drawn on the figure itself: axes would add invisible ticks, spines and limits.
        self._units = Affine2D().scale(1, -1).translate(0, height).scale(1 / 72) + self.figure.dpi_scale_trans

    def axes(self, x: float, y: float, width: float, height: float) -> Axes:
        """Bare axes on a part of the page, under all else on it."""
        whole = self._above + self.height
        axes = self.figure.add_axes(
            (x / self.width, (self.height - y - height) / whole, width / self.width, height / whole)
        )
        axes.set_axis_off()
        return axes

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 10,
        *,
        bold: bool = False,
        colour: str = INK,
        align: Literal["left", "center", "right"] = "left",
        within: float = math.inf,
    ) -> None:
        """Set one line of text, centred on ``y``, smaller than ``size`` where it would be wider than ``within``.

        Raises:
            FigureError: a character has no glyph in the report's font.
        """
        if words := " ".join(text.split()):
            demand_glyphs(words)
            size = min(size, within / em_width(words))
            # 0.38 em below the middle is the base line of Japanese text, whatever ink the line has.
            font = font_properties(round(size, 1), bold=bold)
            line = _Line(
                x, y + 0.38 * size, words, color=colour, fontproperties=font, horizontalalignment=align
            )
            line.set_transform(self._units)
            self.figure.add_artist(line)

    def name(
        self, x: float, y: float, name: str, width: float, *, small: float, apart: float, bold: bool = False
    ) -> None:
        """Set a name on one line or, if it would be smaller than 8 units there, on two of ``small``, ``apart`` high."""
        if width / em_width(name) >= 8:
            self.text(x, y, name, bold=bold, within=width)
            return
        lines = on_two_lines(name, width / small, em_width) or wrap(
            name, max(width / small, em_width(name) / 2 + 1)
        )
        for number, line in enumerate(lines):
            self.text(x, y + (number - (len(lines) - 1) / 2) * apart, line, small, within=width)

    def add(self, patch: Patch) -> None:
        """Draw a patch in page units."""
        patch.set_transform(self._units)
        self.figure.add_artist(patch)

    def rectangle(self, x: float, y: float, width: float, height: float, style: StatusStyle) -> None:
        """Draw an area in the look of a status, its outline inside it."""
        patch = Rectangle((x + 0.5, y + 0.5), width - 1, height - 1)
        dress(patch, style)
        self.add(patch)

    def gap(self, x: float, y: float, width: float, height: float, words: str) -> None:
        """Draw a hatched area for missing data, with ``words`` in it, upright if the area is tall."""
        patch = Rectangle((x + 0.5, y + 0.5), width - 1, height - 1, facecolor=PAPER, edgecolor=RULE)
        patch.set(linestyle=(0, (3, 2)), linewidth=0.8, hatch="//", hatchcolor=GAP, hatch_linewidth=0.8)
        self.add(patch)
        middle_x, middle_y = x + width / 2, y + height / 2
        size = 10.0
        if height >= 13 * len(words) + 6:
            self.label_ground(middle_x, middle_y, size + 6, 13 * len(words) + 4)
            for number, character in enumerate(words):
                offset = (number - (len(words) - 1) / 2) * 13
                self.text(middle_x, middle_y + offset, character, size, align="center")
        else:
            size = min(size, (width - 4) / em_width(words), height - 3)
            self.label_ground(middle_x, middle_y, em_width(words) * size + 2, min(size + 2, height - 1.5))
            self.text(middle_x, middle_y, words, size, align="center")

    def label_ground(self, x: float, y: float, width: float, height: float, colour: str = PAPER) -> None:
        """Draw a plain ground behind a label centred on (x, y)."""
        self.add(Rectangle((x - width / 2, y - height / 2), width, height, facecolor=colour, linewidth=0))

    def lines(self, x: float, end: float, heights: Sequence[float]) -> None:
        """Draw thin level lines from ``x`` to ``end``, as one path."""
        points = [point for y in heights for point in ((x, y), (end, y))]
        codes = [Path.MOVETO, Path.LINETO] * len(heights)
        self.add(PathPatch(Path(points, codes), fill=False, edgecolor=RULE, linewidth=0.4))

    def legend(self, plan: Plan, names: Collection[str], keys: Mapping[str, str] | None = None) -> None:
        """Name the statuses at the top, in the plan's order; with ``keys`` each after its own, and without hatches.

        Its lines end at ``LEGEND_HEIGHT``; a page of ``above=legend_above(…)`` has room for them all.
        """
        lines = _legend_lines(plan, names, self.width, keys)
        for number, line in enumerate(lines, 1 - len(lines)):
            y = 2 + _LEGEND_LINE * number
            for x, name, text in line:
                style = status_style(plan, name)
                self.rectangle(x, y, 12, 12, style if keys is None else replace(style, hatch=""))
                self.text(x + 16, y + 6, text, within=self.width - 16)

    def chart(self, chart_id: str, alt: str, caption: str) -> Chart:
        """Finish the drawing.

        Raises:
            FigureError: a character has no glyph in the report's font.
        """
        self.text(0, self.height - 8, self._note, 9, colour=MUTED)
        written = io.BytesIO()
        self.figure.savefig(written, format="svg", metadata={"Date": None})
        return Chart(chart_id, tidy_svg(written.getvalue(), chart_id, alt), alt, caption)


class _Line(Text):
    """A line of text on its base line, drawn without being measured.

    SVG places a text by its anchor. matplotlib's own class would measure it letter by letter all the same, which took
    most of a chart's time.
    """

    def draw(self, renderer: Any) -> None:
        """Draw the line with the renderer alone."""
        colours = renderer.new_gc()
        colours.set_foreground(self.get_color())
        x, y = self.get_transform().transform(self.get_position())
        y = renderer.get_canvas_width_height()[1] - y
        renderer.open_group("text", self.get_gid())
        renderer.draw_text(colours, x, y, self.get_text(), self.get_fontproperties(), 0, mtext=self)
        renderer.close_group("text")
        colours.restore()


@contextmanager
def drawing(height: float, width: float = WIDTH, note: str = "", above: float = 0) -> Iterator[Page]:
    """A page to draw on inside the ``with``, with ``note`` (if any) at its foot; ``Page.chart`` finishes it.

    ``above``: units above the origin. matplotlib's settings are restored at the end.
    """
    settings: Any = {**SVG_SETTINGS, "font.family": [register_matplotlib_fonts()]}
    with matplotlib.rc_context(settings):
        yield Page(height + (14 if note else 0), width, note, above)


def legend_above(
    plan: Plan, names: Collection[str], width: float = WIDTH, keys: Mapping[str, str] | None = None
) -> float:
    """The room that a legend takes above the origin: none where its names fit on one line."""
    return _LEGEND_LINE * (len(_legend_lines(plan, names, width, keys)) - 1)


def _legend_lines(
    plan: Plan, names: Collection[str], width: float, keys: Mapping[str, str] | None
) -> list[list[tuple[float, str, str]]]:
    """The lines of a legend, each entry as (x, status, text): as many on a line as fit, whole names."""
    lines: list[list[tuple[float, str, str]]] = [[]]
    x = 0.0
    for name in (name for name in plan.status_names if name in names):
        text = f"{(keys or {}).get(name, '')}{name}"
        wide = 16 + 10 * em_width(text)
        if lines[-1] and x + wide > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, name, text))
        x += wide + 12
    return lines


def dress(patch: Patch, style: StatusStyle) -> None:
    """Give a patch the fill, edge and hatch of a status."""
    patch.set(facecolor=style.fill, edgecolor=style.edge, linewidth=1, clip_on=False)
    if style.hatch:
        patch.set(hatch=style.hatch, hatchcolor=style.hatch_colour, hatch_linewidth=0.9)


def em_width(text: str) -> float:
    """The width of a text in ems, near enough to lay out by: browsers may show it in another font anyway."""
    return sum(_em(character) for character in text)


def _em(character: str) -> float:
    if is_wide(character):
        return 1.0
    if character in ".,:;'()[]|! il":
        return 0.35
    return 0.92 if character in "%MW@" else 0.65 if character.isupper() else 0.56


def wrap(text: str, ems: float) -> list[str]:
    """Break a text into lines of at most ``ems``."""
    return wrapped(text, ems, em_width)
