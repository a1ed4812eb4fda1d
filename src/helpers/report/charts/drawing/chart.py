"""A finished chart: an SVG that stands in a page by itself, with the words for those who do not see it."""

from __future__ import annotations

__all__ = ["Chart", "Charts", "draw_in_parts"]

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, TypeVar

from helpers.text.display import ASSUMED, ASSUMPTION
from helpers.text.html import picture

_Row = TypeVar("_Row")
# What a page has room for beside a long legend and the caption, and half a page: a part that does not fit the page it
# would begin on leaves no more empty.
_HIGHEST, _HALF = 640.0, 290.0


@dataclass(frozen=True, repr=False)
class Chart:
    """One chart of the report.

    ``id`` is the figure's id in the page, ``svg`` a whole ``<svg>`` element (text kept as text, no prolog, no style
    sheet, every id prefixed by ``id``), ``alt`` what it shows in words, from the same numbers, ``caption`` its title,
    ``data`` what else its output tells, as JSON by MIME type.
    """

    id: str
    svg: str
    alt: str
    caption: str
    data: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        name = f"{escape(self.id)}-caption"
        return (
            f'<figure class="chart" id="{escape(self.id)}" aria-labelledby="{name}">{picture(self.svg, self.alt)}'
            f'<figcaption id="{name}">{escape(self.caption)}</figcaption></figure>'
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/html": self._repr_html_(), "text/plain": self.alt, **self.data}

    def __repr__(self) -> str:
        return self.alt

    def assumed(self, assumption: str) -> Chart:
        """The same chart that says what it assumes: in id, caption and words."""
        return replace(
            self,
            id=f"{self.id}_assumed",
            alt=f"{ASSUMED}: {assumption}。{self.alt}",
            caption=f"{self.caption}（{ASSUMED}: {assumption}）",
            data={ASSUMPTION: [assumption]},
        )


@dataclass(frozen=True, repr=False)
class Charts:
    """A chart in several parts, each of which fits a page."""

    parts: tuple[Chart, ...]

    def _repr_html_(self) -> str:
        return "".join(part._repr_html_() for part in self.parts)

    def __repr__(self) -> str:
        return "\n".join(map(repr, self.parts))

    @property
    def data(self) -> dict[str, Sequence[Any]]:
        """The data of all parts, as JSON by MIME type."""
        return {kind: values for part in self.parts for kind, values in part.data.items()}

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self), **self.data}

    def assumed(self, assumption: str) -> Charts:
        """The same parts, each of which says what it assumes."""
        return Charts(tuple(part.assumed(assumption) for part in self.parts))


def draw_in_parts(
    chart_id: str,
    caption: str,
    rows: Sequence[_Row],
    foot: Callable[[Sequence[_Row]], float],
    draw: Callable[[str, str, Sequence[_Row]], Chart],
) -> Chart | Charts:
    """Draw rows in one chart, or in several of half a page where a page has no room for them.

    Args:
        rows: at least one.
        foot: the height of a chart of some rows.
        draw: from id, caption and rows to a chart; the ids of further parts and the captions of all are numbered.
    """
    if foot(rows) <= _HIGHEST:
        return draw(chart_id, caption, rows)
    parts: list[list[_Row]] = [[]]
    for row in rows:
        if parts[-1] and foot([*parts[-1], row]) > _HALF:
            parts.append([])
        parts[-1].append(row)
    ids = [chart_id, *(f"{chart_id}-{number}" for number in range(2, len(parts) + 1))]
    captions = [f"{caption} {number}／{len(parts)}" for number in range(1, len(parts) + 1)]
    return Charts(tuple(map(draw, ids, captions, parts)))
