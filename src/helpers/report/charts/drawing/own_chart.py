"""A chart of the report from any figure of matplotlib or seaborn, in the report's font."""

from __future__ import annotations

__all__ = ["chart"]

import io
import re
import sys
from typing import Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, BboxBase

from helpers.errors import FigureError
from helpers.report.charts.drawing.canvas import SVG_SETTINGS
from helpers.report.charts.drawing.chart import Chart, tidy_svg
from helpers.text.fonts import FAMILY, demand_glyphs, register_matplotlib_fonts

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
_SLACK = 0.5  # points that a letter's ink may reach over the edge


def chart(figure: Figure, chart_id: str, alt: str, caption: str) -> Chart:
    """Make a chart of a figure: set in the report's font, checked, ready for page and PDF.

    ``chart_id``: the figure's id in the page, letters, digits and underscores. ``alt``: what the chart shows, in words
    with its figures. ``caption``: its title. The figure keeps its size, its parts are laid out anew; a page is 420 points (5.8 inches) wide.
    docs/own-pieces.md has an example.

    Raises:
        FigureError: the id or the words are missing, a character has no glyph in the report's font, or a text is cut off.
    """
    if not isinstance(figure, Figure):
        raise FigureError(
            f"chart には図（Figure）を渡してください（渡されたもの: {type(figure).__name__}）。軸からは axes.figure で得られます"
        )
    if not all(isinstance(words, str) for words in (chart_id, alt, caption)):
        raise FigureError(f"図 {chart_id} の id、alt、caption を文字で渡してください")
    if not _ID.fullmatch(chart_id):
        raise FigureError(
            f"図の id「{chart_id}」は使えません。英字で始め、英数字と _ で付けてください（例: items_by_year）"
        )
    if not alt.strip() or not caption.strip():
        raise FigureError(f"図 {chart_id} に、内容を文で述べた alt と、題の caption を付けてください")
    settings: Any = {**SVG_SETTINGS, "font.family": [register_matplotlib_fonts()]}
    with matplotlib.rc_context(settings):
        texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
        for text in texts:
            text.set_fontfamily(FAMILY)
            demand_glyphs(text.get_text().replace("\n", ""))
        figure.tight_layout()  # for the report's font, which is wider than matplotlib's own
        figure.canvas.draw()
        _demand_whole(figure, texts, chart_id)
        written = io.BytesIO()
        figure.savefig(written, format="svg", metadata={"Date": None})
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)  # or a notebook shows it again below the chart, as a picture
    return Chart(chart_id, tidy_svg(written.getvalue(), chart_id, alt), alt, caption)


def _demand_whole(figure: Figure, texts: list[Text], chart_id: str) -> None:
    """Demand that all that is drawn lies in the figure; matplotlib keeps labels, too, that it does not draw."""
    inches = 1 / figure.dpi
    drawn = figure.get_tightbbox().padded(_SLACK / 72)
    edge = figure.bbox_inches.padded(_SLACK / 72)
    for text in texts:
        box = text.get_window_extent().transformed(Affine2D().scale(inches))
        if _holds(drawn, box) and not _holds(edge, box):
            raise FigureError(
                f"図 {chart_id} の文字「{text.get_text()}」が図の外に切れます。figure を大きくするか、文字を短くしてください"
            )


def _holds(outer: BboxBase, inner: BboxBase) -> bool:
    return outer.contains(inner.x0, inner.y0) and outer.contains(inner.x1, inner.y1)
