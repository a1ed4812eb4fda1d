"""The target of a build: one report, of one plan and one fiscal year."""

from __future__ import annotations

__all__ = ["Target"]

from dataclasses import dataclass
from pathlib import PurePosixPath

from helpers.fiscal_year import FiscalYear


@dataclass(frozen=True, order=True)
class Target:
    """One report."""

    plan_id: str
    year: FiscalYear

    @property
    def folder(self) -> PurePosixPath:
        """Where the report is published, relative to the project: 'reports/yamaguchi/2022'."""
        return PurePosixPath("reports", self.plan_id, str(self.year.western))

    @property
    def processed(self) -> PurePosixPath:
        """The tidy frame of the year, relative to the project: 'data/processed/yamaguchi/2022.csv'."""
        return PurePosixPath("data", "processed", self.plan_id, f"{self.year.western}.csv")

    @property
    def parameters(self) -> dict[str, str | int]:
        """The parameters of both notebooks."""
        return {"plan": self.plan_id, "year": self.year.western}

    def __str__(self) -> str:
        return f"{self.plan_id} {self.year}"
