"""What several tables need: the counts of a year, names as printed, figures as records."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from helpers.counts import count_by_status
from helpers.fiscal_year import FiscalYear
from helpers.history import History
from helpers.plan import Plan, Policy

NO_DATA = "資料なし"


def known_counts(history: History) -> pd.DataFrame:
    """The counts of the report's own year, which always has a sheet."""
    return count_by_status(history.sheets[history.year].statuses, history.plan)


def counts_of(history: History, year: FiscalYear | None) -> pd.DataFrame | None:
    """The counts of a year, or None where nothing is known of it."""
    statuses = history.statuses(year) if year else None
    return None if statuses is None else count_by_status(statuses, history.plan)


def previous_year(history: History) -> FiscalYear | None:
    """Last year, where the implementation plan had begun by then."""
    previous = history.year.previous
    return previous if previous in history.implementation_plan.period else None


def policy_of(plan: Plan, numeral: str) -> Policy:
    """The policy with a numeral."""
    return next(policy for policy in plan.policies if policy.numeral == numeral)


def policy_headings(plan: Plan, frame: pd.DataFrame) -> list[str]:
    """The heading of each row's policy."""
    return [policy_of(plan, numeral).heading for numeral in frame["policy"]]


def status_groups(plan: Plan) -> dict[str, str]:
    """Status name → group, for marking the cells that hold a status."""
    return {status.name: status.group for status in plan.statuses}


def fraction(pct: Decimal | None) -> Decimal | None:
    """A printed percentage as a fraction, with the digits that were printed: 81.0 → 0.810."""
    return None if pct is None else pct.scaleb(-2)


def figures_of(counts: pd.DataFrame, status: str, prefix: str = "") -> dict[str, Any]:
    """Count and share of one status as fields of a record."""
    return {
        f"{prefix}items": counts.at[status, "items"],
        f"{prefix}share": fraction(counts.at[status, "share_pct"]),
    }
