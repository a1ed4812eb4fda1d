"""All the years of one implementation plan up to the report's year, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from helpers.fiscal_year import FiscalYear, Period
from helpers.plan import ImplementationPlan, Plan

if TYPE_CHECKING:
    from helpers.sheets import StatusSheet


@dataclass(frozen=True, eq=False, repr=False)
class History:
    """The status sheets of the years that are known, within one implementation plan.

    A year without a sheet is not in ``sheets``; a year of which only totals are known has no items.
    """

    plan: Plan
    year: FiscalYear
    sheets: Mapping[FiscalYear, StatusSheet]

    def __repr__(self) -> str:
        known = ", ".join(str(int(year)) for year in sorted(self.sheets))
        return f"<History {self.plan.id} {int(self.year)}: sheets of {known}>"

    @property
    def implementation_plan(self) -> ImplementationPlan:
        """The implementation plan in force in the report's year."""
        return self.plan.implementation_plan(self.year)

    @property
    def years(self) -> tuple[FiscalYear, ...]:
        """Every year of the implementation plan up to the report's, known or not."""
        return Period(self.implementation_plan.period.first, self.year).years

    @property
    def reference_year(self) -> FiscalYear:
        """The year that the plan so far is measured against: the implementation plan's first."""
        return self.implementation_plan.period.first

    @property
    def missing_years(self) -> tuple[FiscalYear, ...]:
        """The years of which nothing is known."""
        return tuple(year for year in self.years if year not in self.sheets)

    def statuses(self, year: FiscalYear) -> pd.DataFrame | None:
        """The tidy frame of a year, or None where nothing is known of it."""
        return self.sheets[year].statuses if year in self.sheets else None

    def item_statuses(self, year: FiscalYear) -> pd.DataFrame | None:
        """The tidy frame of a year item by item, or None where only totals or nothing are known."""
        return self.sheets[year].statuses if year in self.sheets and self.sheets[year].has_items else None

    def item_years(self) -> tuple[FiscalYear, ...]:
        """The years that are known item by item."""
        return tuple(year for year in self.years if self.item_statuses(year) is not None)
