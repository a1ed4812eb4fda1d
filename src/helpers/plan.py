"""A reform plan as one value: outline, implementation plans, policies, items, statuses, printing rules.

``helpers.plan_file.load_plan`` makes one from ``plan.toml`` and ``items.csv``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from helpers.errors import DataError
from helpers.fiscal_year import FiscalYear, Period
from helpers.printing import PrintingRules
from helpers.text import folded

DONE, UNDER_WAY, NOT_STARTED = "done", "under_way", "not_started"
GROUPS = (DONE, UNDER_WAY, NOT_STARTED)

# What a column of a status sheet may be called; a plan adds its own under [sheets.columns].
COLUMN_ALIASES: dict[str, tuple[str, ...]] = {
    "番号": ("番号", "No.", "No", "項番", "項目番号", "推進項目番号", "整理番号"),
    "基本方針": ("基本方針", "方針", "施策の柱", "柱"),
    "推進項目": ("推進項目", "取組項目", "推進項目名", "項目名", "項目", "取組名"),
    "実施状況": ("実施状況", "進捗状況", "状況", "評価", "取組状況", "実績評価"),
    "主な取組": ("主な取組", "主な取り組み", "取組内容", "取組実績", "実績"),
    "所管課": ("所管課", "担当課", "所管", "担当部署", "部署"),
    "備考": ("備考", "摘要", "特記事項"),
    "項目数": ("項目数", "件数"),
}


@dataclass(frozen=True)
class Status:
    """One word of the status vocabulary; ``counted`` says whether it is in the denominator of shares."""

    name: str
    group: str = NOT_STARTED
    counted: bool = True
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Policy:
    """A basic policy. ``numeral`` stands in headings (Ⅰ), ``label`` in table cells ('I 協働…')."""

    numeral: str
    name: str
    label: str

    @property
    def heading(self) -> str:
        """As a heading: '基本方針Ⅰ 協働・官民連携の推進'."""
        return f"基本方針{self.numeral} {self.name}"


@dataclass(frozen=True)
class Item:
    """One item of the plan and the fiscal years in which it lives."""

    number: str
    policy: Policy
    name: str
    life: Period


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


@dataclass(frozen=True)
class Outline:
    """The outline (大綱) that the implementation plans carry out."""

    name: str
    philosophy: str
    policies: tuple[str, ...]
    period: Period


@dataclass(frozen=True, repr=False)
class Plan:
    """Everything that does not change from year to year."""

    id: str
    municipality: str
    folder: Path
    outline: Outline
    overview: str
    implementation_plans: tuple[ImplementationPlan, ...]
    policies: tuple[Policy, ...]
    items: tuple[Item, ...]
    statuses: tuple[Status, ...]
    printing: PrintingRules = field(default_factory=PrintingRules)
    column_aliases: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(COLUMN_ALIASES))
    source: str = ""

    @property
    def status_names(self) -> tuple[str, ...]:
        """The status vocabulary in the plan's order."""
        return tuple(status.name for status in self.statuses)

    @property
    def counted_names(self) -> tuple[str, ...]:
        """The statuses that are in the denominator of shares."""
        return tuple(status.name for status in self.statuses if status.counted)

    def __repr__(self) -> str:
        return f"<Plan {self.id}: {self.municipality}, {len(self.items)} items>"

    def names_in(self, group: str) -> tuple[str, ...]:
        """The statuses of one group: ``done``, ``under_way`` or ``not_started``."""
        return tuple(status.name for status in self.statuses if status.group == group)

    def implementation_plan(self, year: FiscalYear) -> ImplementationPlan:
        """The implementation plan in force in a fiscal year.

        Raises:
            DataError: no implementation plan covers that year.
        """
        for implementation_plan in self.implementation_plans:
            if year in implementation_plan.period:
                return implementation_plan
        periods = "、".join(str(plan.period) for plan in self.implementation_plans)
        raise DataError(
            f"{year}はどの推進計画の期間にもありません（{periods}）。plan.toml の implementation.plans を確認してください"
        )

    def items_in(self, year: FiscalYear) -> tuple[Item, ...]:
        """The items alive in a fiscal year, in the document's order."""
        return tuple(item for item in self.items if year in item.life)

    def policy(self, text: str) -> Policy | None:
        """The policy named by a numeral, a name or both, however it is written; None if there is none."""
        wanted = folded(text).removeprefix("基本方針")
        for policy in self.policies:
            if wanted in _ways_to_write(policy):
                return policy
        return None


def _ways_to_write(policy: Policy) -> Iterable[str]:
    numeral, name = folded(policy.numeral), folded(policy.name)
    return (numeral, name, numeral + name, folded(policy.label))
