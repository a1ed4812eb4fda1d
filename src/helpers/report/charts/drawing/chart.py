"""A finished chart: an SVG that stands in a page by itself, with the words for those who do not see it."""

from __future__ import annotations

__all__ = ["Chart", "Charts"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from helpers.text.display import ASSUMED, ASSUMPTION
from helpers.text.html import picture


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
