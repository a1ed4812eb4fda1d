"""What a plan says about its own changes: items that were split, merged or renumbered, statuses redefined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.fiscal_year import FiscalYear

SPLIT, MERGED, RENUMBERED = "split", "merged", "renumbered"
KINDS = (SPLIT, MERGED, RENUMBERED)


@dataclass(frozen=True)
class ItemChange:
    """Items of one year that became others in ``year``.

    The first of ``after`` carries on the first of ``before``; the others came in or left. So each item of a year
    is compared with at most one of the year before, and counts close.
    """

    year: FiscalYear
    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def told(self) -> str:
        """'3を3-1・3-2に分割', '4・5を6に統合', '8を9に番号変更'."""
        word = {SPLIT: "分割", MERGED: "統合", RENUMBERED: "番号変更"}[self.kind]
        return f"{'・'.join(self.before)}を{'・'.join(self.after)}に{word}"

    def remark_on(self, *, is_new: bool) -> str:
        """What became of its items: '3から分割', '6に統合', '旧番号8'; of the old one, '新番号9'."""
        if self.kind == RENUMBERED:
            return f"旧番号{self.before[0]}" if is_new else f"新番号{self.after[0]}"
        if self.kind == SPLIT:
            return f"{self.before[0]}から分割" if is_new else f"{'・'.join(self.after)}に分割"
        return f"{'・'.join(self.before)}を統合" if is_new else f"{self.after[0]}に統合"


@dataclass(frozen=True)
class StatusChange:
    """Statuses whose definition changed in ``year``.

    ``mapping``: old status → new status, where last year's can be told in this year's words; None where they cannot,
    and years before are then not compared with those after.
    """

    year: FiscalYear
    reason: str
    mapping: Mapping[str, str] | None = None

    @property
    def told(self) -> str:
        """Why the years before are not compared: '令和3年度に実施状況の区分の定義が変わった（…）ため'."""
        return f"{self.year}に実施状況の区分の定義が変わった（{self.reason}）ため"
