"""The reports of the years before and after, which a report's page links to.

They follow from the plan's sheets, never from the files in a folder: a report's bytes depend on its inputs alone.
"""

from __future__ import annotations

__all__ = ["METADATA", "YEAR", "Neighbours"]

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from helpers.errors import FiscalYearError
from helpers.fiscal_year import FiscalYear

# The key of the notebook's metadata that holds the neighbours, for exports by hand.
METADATA = "gyokaku"
# The key beside it for the report's fiscal year.
YEAR = "year"


@dataclass(frozen=True)
class Neighbours:
    """The nearest years with a sheet before and after a report's; None where there is none."""

    older: FiscalYear | None = None
    newer: FiscalYear | None = None

    @classmethod
    def among(cls, years: Iterable[FiscalYear], year: FiscalYear) -> Neighbours:
        """The neighbours of a year among those that have a sheet."""
        known = tuple(years)
        return cls(
            max((other for other in known if other < year), default=None),
            min((other for other in known if other > year), default=None),
        )

    @classmethod
    def of_notebook(cls, metadata: Mapping[str, Any]) -> Neighbours | None:
        """Read what ``as_metadata`` wrote into a notebook's metadata; None for a notebook that no build has run."""
        match metadata.get(METADATA):
            case {"older": int() | None as older, "newer": int() | None as newer}:
                with suppress(FiscalYearError):
                    return cls(*(None if year is None else FiscalYear.parse(year) for year in (older, newer)))
        return None

    def as_metadata(self) -> dict[str, int | None]:
        """Plain years, for notebooks and manifests."""
        return {
            "older": None if self.older is None else int(self.older),
            "newer": None if self.newer is None else int(self.newer),
        }

    @property
    def links(self) -> list[tuple[str, str, str]]:
        """The links of a page: (address relative to the report, label, direction)."""
        return [
            (f"../{int(year)}/report.html", str(year), direction)
            for year, direction in ((self.older, "prev"), (self.newer, "next"))
            if year is not None
        ]
