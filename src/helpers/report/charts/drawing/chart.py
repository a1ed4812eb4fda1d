"""A finished chart: an SVG that stands in a page by itself, with the words for those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from helpers.text.html import picture


@dataclass(frozen=True, repr=False)
class Chart:
    """One chart of the report.

    ``id`` is the figure's id in the page, ``svg`` a whole ``<svg>`` element (text kept as text, no prolog, no style
    sheet, every id prefixed by ``id``), ``alt`` what it shows in words, from the same numbers, ``caption`` its title.
    """

    id: str
    svg: str
    alt: str
    caption: str

    def _repr_html_(self) -> str:
        # To be scrolled by key where it is wider than the window.
        return (
            f'<figure class="chart" id="{escape(self.id)}" tabindex="0">{picture(self.svg, self.alt)}'
            f"<figcaption>{escape(self.caption)}</figcaption></figure>"
        )

    def __repr__(self) -> str:
        return self.alt


@dataclass(frozen=True, repr=False)
class Charts:
    """A chart in several parts, each of which fits a page."""

    parts: tuple[Chart, ...]

    def _repr_html_(self) -> str:
        return "".join(part._repr_html_() for part in self.parts)

    def __repr__(self) -> str:
        return "\n".join(map(repr, self.parts))
