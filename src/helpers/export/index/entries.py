"""The contents of the list of all reports as plain values, from which ``index_page`` makes the page."""

from __future__ import annotations

__all__ = [
    "DATA_CHANGED", "DATA_GONE", "NO_REPORT", "NO_SHEET", "PlanListing", "ReportEntry", "ReportFile",
    "YearEntry",
]  # fmt: skip

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from helpers.export.files import FORMATS
from helpers.fiscal_year import FiscalYear, Period
from helpers.plan import DONE
from helpers.plan.words.groups import STOCK_WORDS
from helpers.plan.words.report_words import ITEM

_LABELS = {
    "report.html": "報告書（HTML）",
    "report.pdf": "報告書（PDF、表のCSVを添付）",
    **{name: label for form in FORMATS for name, label in form.labels.items()},
    "report.ipynb": "ノートブック（Jupyter）",
    "tables/datapackage.json": "CSVの説明（データパッケージ）",
}
NO_SHEET = "資料なし（状況調査がないため、報告書はありません）"
NO_REPORT = "状況調査はありますが、報告書はまだありません"
DATA_CHANGED = "前回のまま（作成後にデータが変わり、まだ作り直していません）"
DATA_GONE = "データがなくなった報告書（もとの状況調査は、今はありません）"


@dataclass(frozen=True)
class ReportFile:
    """A file of a report: its name in the report's folder and its size in bytes."""

    name: str
    size: int

    @property
    def words(self) -> str:
        """'43 KB', '1.2 MB'."""
        if self.size >= 1_000_000:
            return f"{self.size / 1_000_000:.1f} MB"
        return f"{max(1, round(self.size / 1000))} KB"


@dataclass(frozen=True)
class ReportEntry:
    """One report as the index shows it.

    ``done_word`` is the plan's word for items done as planned, ``item`` its word for items. ``done_share`` and
    ``reconciliation`` are texts as printed ('81.0%', '公表値と一致（287／287）'), ``differences`` is the number of published
    figures that differ without a recorded reason, ``is_derived`` whether the year was derived from other sources; ``path`` leads from the index to the report's folder ('yamaguchi/2022'), and ``files`` are the
    files in that folder; ``notice`` says that the report no longer fits its data.
    """

    plan_id: str
    municipality: str
    plan_title: str
    year: FiscalYear
    done_share: str
    items: int
    reconciliation: str
    path: str
    files: tuple[ReportFile, ...]
    differences: int = 0
    is_derived: bool = False
    notice: str = ""
    done_word: str = STOCK_WORDS[DONE]
    item: str = ITEM

    @property
    def labelled(self) -> list[tuple[str, ReportFile]]:
        """The files that have a label, each as (label, file), in the order of the labels."""
        by_name = {file.name: file for file in self.files}
        return [(label, by_name[name]) for name, label in _LABELS.items() if name in by_name]

    @property
    def csv(self) -> list[tuple[str, ReportFile]]:
        """The tables as csv, each as (name of the file, file)."""
        return [
            (file.name.removeprefix("tables/"), file) for file in self.files if file.name.endswith(".csv")
        ]

    def address_of(self, name: str) -> str:
        """The address of a file of the report."""
        return quote(f"{self.path}/{name}")

    @property
    def done_pct(self) -> float | None:
        """The done share in percent; None where there is none."""
        number = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%", self.done_share)
        return min(float(number[1]), 100.0) if number else None


@dataclass(frozen=True)
class YearEntry:
    """A year of a plan: its report, or the reason why there is none."""

    year: FiscalYear
    report: ReportEntry | None
    reason: str


@dataclass(frozen=True, eq=False)
class PlanListing:
    """A plan and its years.

    Attributes:
        name: the outline that the plan carries out.
        reports: those that there are.
        periods: the fiscal years of its implementation plans; empty where they are not known.
        sheets: the years that have a status sheet.
        breaks: the years from which the statuses mean something else, not to be joined with those before.
    """

    plan_id: str
    municipality: str
    name: str
    reports: tuple[ReportEntry, ...]
    periods: tuple[Period, ...] = ()
    sheets: frozenset[FiscalYear] = frozenset()
    breaks: frozenset[FiscalYear] = frozenset()

    @cached_property
    def years(self) -> list[YearEntry]:
        """Every year from the plan's first to the last with a sheet or a report, newest first."""
        reports = {entry.year: entry for entry in self.reports}
        known = {*reports, *self.sheets}
        if not known:
            return []
        first = min([*known, *(period.first for period in self.periods)])
        return [
            YearEntry(year, reports.get(year), NO_REPORT if year in self.sheets else NO_SHEET)
            for year in reversed(Period(first, max(known)).years)
        ]

    @property
    def course(self) -> str:
        """What the chart of the years shows, in the words of the newest report."""
        newest = max(self.reports, key=lambda report: report.year, default=None)
        item = ITEM if newest is None else newest.item
        if newest is None or newest.done_word == STOCK_WORDS[DONE]:
            return f"{STOCK_WORDS[DONE]}した{item}の割合の推移"
        return f"「{newest.done_word}」の{item}の割合の推移"

    def begins_anew(self, year: FiscalYear) -> bool:
        """Whether a year is the first of an implementation plan, or of statuses that mean something else."""
        return year in self.breaks or any(period.first == year for period in self.periods)
