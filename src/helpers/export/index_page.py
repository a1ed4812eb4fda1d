"""The page that lists every report, newest first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from helpers.export.pages import render
from helpers.fiscal_year import FiscalYear

FILES = ("report.html", "report.pdf", "tables.xlsx")
_LABELS = {"report.html": "報告書（HTML）", "report.pdf": "報告書（PDF）", "tables.xlsx": "表（Excel）"}


@dataclass(frozen=True)
class ReportEntry:
    """One report as the index shows it.

    ``done_share`` and ``reconciliation`` are texts as printed ('81.0%', '公表値と一致（287／287）'); ``path`` leads
    from the index to the report's folder ('yamaguchi/2022'); ``files`` are the names of the files in it to link.
    """

    plan_id: str
    municipality: str
    plan_title: str
    year: FiscalYear
    done_share: str
    items: int
    reconciliation: str
    path: str
    files: tuple[str, ...] = FILES

    @property
    def links(self) -> list[tuple[str, str]]:
        """(relative address, label) of each file."""
        return [(quote(f"{self.path}/{name}"), _LABELS.get(name, name)) for name in self.files]

    @property
    def done_pct(self) -> float | None:
        """The done share as the length of a bar, in percent; None where there is no share."""
        number = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%", self.done_share)
        return min(float(number[1]), 100.0) if number else None


def index_html(entries: Iterable[ReportEntry]) -> str:
    """The index page: newest year first, plans of one year by municipality and id."""
    ordered = sorted(entries, key=lambda entry: (-entry.year.western, entry.municipality, entry.plan_id))
    return render("index.html.j2", entries=ordered)
