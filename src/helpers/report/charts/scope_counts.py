"""One year's counts of one scope as a value, and the words for it: what is drawn is what is said."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import PLAN_SCOPE
from helpers.plan import Plan
from helpers.plan.printing import PrintingRules
from helpers.report.palette import status_style


@dataclass(frozen=True)
class Part:
    """The items of one status; no share for a status outside the denominator."""

    status: str
    items: int
    share_pct: Decimal | None


@dataclass(frozen=True)
class Counts:
    """The statuses of one scope in one year, in the plan's order; ``outside`` are those not counted in shares."""

    year: FiscalYear
    parts: tuple[Part, ...]
    outside: tuple[Part, ...] = ()

    @property
    def counted(self) -> int:
        """The denominator of the shares."""
        return sum(part.items for part in self.parts)

    def words(self, printing: PrintingRules) -> str:
        """'42項目のうち実施34項目（81.0%）、一部実施8項目（19.0%）'; statuses of no item are left out."""
        parts = [
            f"{part.status}{part.items}項目（{printing.share(part.share_pct)}）"
            for part in self.parts
            if part.items
        ]
        text = f"{self.counted}項目のうち{'、'.join(parts)}" if parts else "集計する項目なし"
        outside = "、".join(f"{part.status}{part.items}項目" for part in self.outside if part.items)
        return f"{text}（ほかに{outside}）" if outside else text


def read_counts(counts: pd.DataFrame, plan: Plan, year: FiscalYear, scope: str = PLAN_SCOPE) -> Counts | None:
    """Take one scope and year out of long counts (scope, fiscal_year, status, items, share_pct); None if not there.

    Raises:
        FigureError: a status is not in the plan's vocabulary.
    """
    wanted = counts["fiscal_year"] == year.western
    if "scope" in counts.columns:
        wanted &= counts["scope"] == scope
    rows = counts[wanted]
    if rows.empty:
        return None
    found: dict[str, Part] = {}
    for status, items, share in zip(rows["status"], rows["items"], rows["share_pct"], strict=True):
        status_style(plan, status)  # an unknown word stops here, not in a chart that leaves it out
        found[status] = Part(status, int(items), None if pd.isna(share) else share)
    return Counts(
        year,
        tuple(found[name] for name in plan.counted_names if name in found),
        tuple(found[name] for name in plan.status_names if name in found and name not in plan.counted_names),
    )


def outside_note(years: Iterable[Counts]) -> str:
    """The small print on statuses that are left out of the shares; '' where none has items."""
    names = dict.fromkeys(part.status for counts in years for part in counts.outside if part.items)
    return f"※割合と項目数に含めない区分: {'、'.join(names)}" if names else ""


def year_name(year: FiscalYear, derived: Collection[FiscalYear] = ()) -> str:
    """'令和3年度', or '令和3年度（導出）' where the data are derived."""
    return f"{year}（導出）" if year in derived else str(year)
