"""The page that lists every plan and, newest first, every year of it: its report, or why there is none."""

from __future__ import annotations

__all__ = ["index_html"]

from collections.abc import Iterable, Sequence

from helpers.export.index.course_chart import draw_course
from helpers.export.index.entries import PlanListing
from helpers.export.page.jinja import render


def index_html(plans: Iterable[PlanListing]) -> str:
    """The index page: plans by municipality and id."""
    ordered: Sequence[PlanListing] = sorted(plans, key=lambda plan: (plan.municipality, plan.plan_id))
    count = sum(len(plan.reports) for plan in ordered)
    return render("index.html.j2", plans=ordered, draw=draw_course, count=count)
