"""The documents that a plan stands in: outline, implementation plans, licence of the figures, shares once printed."""

from __future__ import annotations

__all__ = ["WHOLE_PLAN", "ImplementationPlan", "KnownShares", "Licence", "Outline"]

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from helpers.fiscal_year import FiscalYear, Period

# The whole plan beside its policies: no policy's numeral is empty.
WHOLE_PLAN = ""


@dataclass(frozen=True)
class ImplementationPlan:
    """An implementation plan (推進計画): its phase (前期) and its fiscal years."""

    name: str
    phase: str
    period: Period

    @property
    def title(self) -> str:
        """'第二次山口市行政改革大綱推進計画【前期】'."""
        return f"{self.name}【{self.phase}】" if self.phase else self.name

    @property
    def short_title(self) -> str:
        """'推進計画【前期】', or the name where there are no phases."""
        return f"推進計画【{self.phase}】" if self.phase else f"「{self.name}」"


@dataclass(frozen=True)
class Outline:
    """The outline (大綱) that the implementation plans carry out."""

    name: str
    philosophy: str
    policies: tuple[str, ...]
    period: Period


@dataclass(frozen=True)
class Licence:
    """The licence of the figures: its identifier (CC-BY-4.0), its name in words, the address of its text."""

    name: str
    title: str = ""
    path: str = ""


@dataclass(frozen=True)
class KnownShares:
    """The printed shares of a year of which no numbers of items are known; the next year is compared with them.

    ``shares``: policy (numeral, or ``WHOLE_PLAN``) → status or bracket → percent as printed. ``source``: the document.
    """

    year: FiscalYear
    shares: Mapping[str, Mapping[str, Decimal]]
    source: str = ""

    def under(self, numerals: Mapping[str, str]) -> KnownShares:
        """The same shares with other numerals of the policies."""
        return replace(
            self, shares={numerals.get(policy, policy): shares for policy, shares in self.shares.items()}
        )
