"""A small chart of a share over the years, drawn without a library, so that the index page needs no slow import."""

from __future__ import annotations

__all__ = ["CourseChart", "Point", "draw_course"]

from dataclasses import dataclass

from helpers.export.index.entries import NO_REPORT, PlanListing, YearEntry

_STEP, _LEFT, _RIGHT, _BOTTOM = 64, 40, 8, 126


@dataclass(frozen=True)
class Point:
    """A year of the chart: its middle, its height (None where there is no share), its labels, whether it is derived."""

    x: int
    y: float | None
    year: str
    share: str
    is_derived: bool


@dataclass(frozen=True)
class CourseChart:
    """What the template draws; ``lines`` join the points of neighbouring known years of one implementation plan.

    ``is_broken``: whether two neighbouring known years are not joined, because plan or vocabulary changed.
    """

    width: int
    points: tuple[Point, ...]
    lines: tuple[str, ...]
    is_broken: bool
    alt: str


def draw_course(plan: PlanListing) -> CourseChart | None:
    """Draw the done shares of a plan's years, with no line to a year that begins anew; None where no year has one."""
    years = plan.years[::-1]
    points = [_point(entry, _LEFT + _STEP // 2 + number * _STEP) for number, entry in enumerate(years)]
    if all(point.y is None for point in points):
        return None
    runs: list[list[Point]] = [[]]
    is_broken = False
    for entry, point in zip(years, points, strict=True):
        if point.y is None or plan.begins_anew(entry.year):
            is_broken |= point.y is not None and bool(runs[-1])
            runs.append([])
        if point.y is not None:
            runs[-1].append(point)
    words = "、".join(
        f"{entry.year} {point.share}{'（導出）' if point.is_derived else ''}"
        for entry, point in zip(years, points, strict=True)
    )
    return CourseChart(
        width=_LEFT + _STEP * len(points) + _RIGHT,
        points=tuple(points),
        lines=tuple(" ".join(f"{point.x},{point.y}" for point in run) for run in runs if len(run) > 1),
        is_broken=is_broken,
        alt=f"{plan.course}: {words}",
    )


def _point(entry: YearEntry, x: int) -> Point:
    report = entry.report
    if report is None:
        why = "未作成" if entry.reason == NO_REPORT else "資料なし"
        return Point(x, None, entry.year.short, why, is_derived=False)
    if report.done_pct is None:
        return Point(x, None, entry.year.short, "割合なし", report.is_derived)
    # One unit of the drawing is a percent.
    return Point(
        x, round(_BOTTOM - report.done_pct, 1), entry.year.short, report.done_share, report.is_derived
    )
