"""Compare the fiscal years in plan files with the periods of the implementation plans."""

from __future__ import annotations

__all__ = ["planned_life", "planned_year", "why_unplanned"]

from collections.abc import Sequence

from helpers.fiscal_year import FiscalYear, Period
from helpers.plan.model import ImplementationPlan
from helpers.plan.reading.toml_section import Section


def planned_year(
    section: Section,
    key: str,
    plans: Sequence[ImplementationPlan],
    *,
    is_change: bool = False,
    after: FiscalYear | None = None,
) -> FiscalYear:
    """Read a fiscal year that has to be in a period of the plans; ``is_change``: see ``why_unplanned``.

    Raises:
        PlanFileError: it is no fiscal year, in none of the periods, or not after the year of the change before.
    """
    year = section.fiscal_year(key)
    if why := why_unplanned(year, section.values[key], plans, is_change=is_change):
        raise section.fail(key, *why)
    if after is not None and year <= after:
        problem = f"「{section.values[key]}」が、前の変更の{after}より後ではありません"
        raise section.fail(key, problem, "古い順に書いてください")
    return year


def why_unplanned(
    year: FiscalYear, written: object, plans: Sequence[ImplementationPlan], *, is_change: bool = False
) -> tuple[str, str] | None:
    """The problem and the remedy where a year is in none of the plans' periods; otherwise None.

    ``written``: the year as it stands in the file. ``is_change``: something changes in that year, so that the first
    year of all is refused too: there is no year before it.
    """
    years = [year for plan in plans for year in plan.period.years]
    if year not in years:
        periods = "、".join(str(plan.period) for plan in plans)
        problem = f"「{written}」はどの推進計画の期間にもありません（{periods}）"
    elif is_change and year == years[0]:
        problem = f"「{written}」は計画の最初の年度で、変わる前の年度がありません"
        years = years[1:]
    else:
        return None
    remedy = "plan.toml の implementation.plans と合わせてください"
    nearest = min(years, key=lambda planned: abs(int(planned) - int(year)), default=None)
    return problem, remedy if nearest is None else f"{remedy}（近い年度: {int(nearest)}）"


def planned_life(section: Section, plans: Sequence[ImplementationPlan]) -> Period | None:
    """Read ``first_year`` and ``last_year``; None where neither is set, an end that is not is that of the plans.

    Raises:
        PlanFileError: a year in none of the periods, or a last year before the first.
    """
    section.known |= {"first_year", "last_year"}
    keys = ("first_year", "last_year")
    years = {key: planned_year(section, key, plans) for key in keys if key in section.values}
    if not years:
        return None
    first = years.get("first_year", plans[0].period.first)
    return section.period_of(first, years.get("last_year", plans[-1].period.last), "last_year")
