"""A small chart of a share over the years, drawn without any library: the index page must not wait for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from helpers.fiscal_year import FiscalYear

_STEP, _LEFT, _RIGHT = 64, 40, 8
_TOP, _BOTTOM = 26, 126
HEIGHT = 152


@dataclass(frozen=True)
class Point:
    """A year of the chart: its middle, its height (None where nothing is known), its labels, whether it is derived."""

    x: int
    y: float | None
    year: str
    share: str
    is_derived: bool


@dataclass(frozen=True)
class CourseChart:
    """What the template draws; ``lines`` join the points of neighbouring known years of one implementation plan.

    ``is_broken``: whether two neighbouring known years are not joined, being of two plans or vocabularies.
    """

    width: int
    points: tuple[Point, ...]
    lines: tuple[str, ...]
    is_broken: bool
    alt: str
    height: int = HEIGHT
    grid: tuple[tuple[int, float], ...] = tuple(
        (pct, _BOTTOM - pct * (_BOTTOM - _TOP) / 100) for pct in (0, 50, 100)
    )

    @property
    def has_gaps(self) -> bool:
        """Whether nothing is known of a year of it."""
        return any(point.y is None for point in self.points)

    @property
    def has_derived(self) -> bool:
        """Whether a year of it was derived from other sources."""
        return any(point.is_derived for point in self.points)


def draw_course(
    shares: Sequence[tuple[FiscalYear, str, float | None, bool]], begins_anew: Callable[[FiscalYear], bool]
) -> CourseChart:
    """Draw shares (year, as printed, in percent, derived or not), oldest first; a line is broken where ``begins_anew``."""
    points = [
        Point(
            _LEFT + _STEP // 2 + place * _STEP,
            None if pct is None else round(_BOTTOM - pct * (_BOTTOM - _TOP) / 100, 1),
            year.short,
            share if pct is not None else "資料なし",
            is_derived,
        )
        for place, (year, share, pct, is_derived) in enumerate(shares)
    ]
    runs: list[list[Point]] = [[]]
    for (year, _, pct, _), point in zip(shares, points, strict=True):
        if pct is None or begins_anew(year):
            runs.append([])
        if pct is not None:
            runs[-1].append(point)
    told = "、".join(
        f"{year} {point.share}{'（導出）' if point.is_derived else ''}"
        for (year, *_), point in zip(shares, points, strict=True)
    )
    return CourseChart(
        width=_LEFT + _STEP * len(points) + _RIGHT,
        points=tuple(points),
        lines=tuple(_line(run) for run in runs if len(run) > 1),
        is_broken=any(
            None not in (before[2], after[2]) and begins_anew(after[0]) for before, after in pairwise(shares)
        ),
        alt=f"計画どおり実施した項目の割合の推移: {told}",
    )


def _line(run: Iterable[Point]) -> str:
    return " ".join(f"{point.x},{point.y}" for point in run)
