"""The reports of the years before and after: what a report's page leads to.

They follow from the plan's sheets alone, never from what a folder holds, so that a report's bytes follow from its inputs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from helpers.errors import FiscalYearError
from helpers.fiscal_year import FiscalYear

# Where an executed notebook keeps them, so that an export by hand has them too.
METADATA = "gyokaku"


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
        """What ``as_metadata`` wrote; None in a notebook that no build has run."""
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
        """(address relative to the report, label, direction) of each."""
        return [
            (f"../{int(year)}/report.html", str(year), direction)
            for year, direction in ((self.older, "prev"), (self.newer, "next"))
            if year is not None
        ]
