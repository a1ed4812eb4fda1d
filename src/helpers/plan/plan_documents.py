"""The documents that a plan stands in: the outline, the implementation plans, the licence of the figures."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.fiscal_year import Period


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
