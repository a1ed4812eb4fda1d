"""Hold the comparable years of a plan, up to the report's year, as one value; what follows from it is computed once."""

from __future__ import annotations

__all__ = ["History", "remembered"]

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

import pandas as pd

from helpers.fiscal_year import FiscalYear, Period
from helpers.plan import ImplementationPlan, Plan
from helpers.plan.lineage import first_comparable_year, why_not_compared
from helpers.plan.plan_parts import KnownShares

if TYPE_CHECKING:
    from helpers.sheets import StatusSheet

_Found = TypeVar("_Found")


@dataclass(frozen=True, eq=False, repr=False)
class History:
    """The status sheets of the known years that can be compared with the report's year.

    ``plan``: the plan as it is in the report's year. ``sheets``: by year, with statuses in the words of the report's year.
    They cover the implementation plan in force from the last change of definitions without a mapping, and the last
    year of the plan before if its items are mapped. A year without a sheet is left out; a year of totals only has no
    items. ``assumption``: what is assumed, as a clause; empty for figures of the sheets alone.
    """

    plan: Plan
    year: FiscalYear
    sheets: Mapping[FiscalYear, StatusSheet]
    assumption: str = ""

    def __repr__(self) -> str:
        known = ", ".join(str(int(year)) for year in sorted(self.sheets))
        return f"<History {self.plan.id} {int(self.year)}: sheets of {known}>"

    @property
    def implementation_plan(self) -> ImplementationPlan:
        """The implementation plan in force in the report's year."""
        return self.plan.implementation_plan(self.year)

    @property
    def years(self) -> tuple[FiscalYear, ...]:
        """Every year of the plan so far, known or not: the comparable years of the implementation plan in force."""
        return Period(first_comparable_year(self.plan, self.year), self.year).years

    @property
    def reference_year(self) -> FiscalYear:
        """The first year of the plan so far, with which later years are compared."""
        return self.years[0]

    @property
    def previous_year(self) -> FiscalYear | None:
        """Last year, with or without a sheet; None where last year cannot be compared."""
        return None if self.why_no_previous else self.year.previous

    @property
    def shares_before(self) -> KnownShares | None:
        """The shares of last year if nothing else is known of it."""
        return None if self.previous_year is None else self.plan.shares_in(self.previous_year)

    @property
    def why_no_previous(self) -> str:
        """Why last year cannot be compared, as a sentence; empty where it can."""
        return why_not_compared(self.plan, self.year)

    @property
    def why_cut(self) -> str:
        """Why the plan so far does not begin with the implementation plan, as a sentence; empty where it does."""
        first = self.reference_year
        if first == self.implementation_plan.period.first:
            return ""
        why = next(change.why_not_compared for change in self.plan.status_changes if change.year == first)
        return f"{why}、{first.previous}以前とは比較していません。"

    @property
    def missing_years(self) -> tuple[FiscalYear, ...]:
        """The years of which nothing is known."""
        return tuple(year for year in self.years if year not in self.sheets)

    def statuses(self, year: FiscalYear | int | str | None) -> pd.DataFrame | None:
        """The tidy frame of a year (2022, "R4" or "令和4年度"), or None where nothing is known of it.

        Raises:
            FiscalYearError: that is no fiscal year.
        """
        sheet = None if year is None else self.sheets.get(FiscalYear.parse(year))
        return None if sheet is None else sheet.statuses

    def item_statuses(self, year: FiscalYear | int | str | None) -> pd.DataFrame | None:
        """The tidy frame of a year known item by item, else None; arguments and errors as of ``statuses``."""
        sheet = None if year is None else self.sheets.get(FiscalYear.parse(year))
        return sheet.statuses if sheet is not None and sheet.has_items else None

    def item_years(self) -> tuple[FiscalYear, ...]:
        """The years that are known item by item."""
        return tuple(year for year in self.years if self.item_statuses(year) is not None)

    @property
    def traced_years(self) -> tuple[FiscalYear, ...]:
        """The years whose figures are traced: ``item_years``, and last year if it belongs to the plan before."""
        return tuple(year for year in sorted(self.sheets) if self.sheets[year].has_items)


def remembered(function: Callable[[History], _Found]) -> Callable[[History], _Found]:
    """Compute the function once for each history (which is immutable), and drop the result with the history.

    A result with a method ``copy`` (frames, tables) is returned as a copy, which the caller may change.
    """
    known: WeakKeyDictionary[History, _Found] = WeakKeyDictionary()

    @wraps(function)
    def remembering(history: History) -> _Found:
        if history not in known:
            known[history] = function(history)
        return _own(known[history])

    return remembering


def _own(result: _Found) -> _Found:
    copy: Any = getattr(result, "copy", None)
    return result if copy is None else copy()
