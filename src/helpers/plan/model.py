"""A reform plan as one value: outline, implementation plans, policies, items, statuses, printing rules.

``helpers.plan.reading.plan_file.load_plan`` reads a plan from ``plan.toml`` and ``items.csv``.
"""

from __future__ import annotations

__all__ = [
    "BY_THE_SHEET", "COLUMN_ALIASES", "LAYOUTS", "PLAN_FILES", "ImplementationPlan", "Item", "KnownShares",
    "Licence", "Outline", "Plan", "Policy", "SheetLayout", "Status",
]  # fmt: skip

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers.errors import DataError
from helpers.fiscal_year import FiscalYear, Period
from helpers.plan.declared.kinds import Declared, Value
from helpers.plan.plan_parts import (
    ImplementationPlan,
    ItemChange,
    KnownShares,
    Licence,
    Outline,
    Policy,
    StatusChange,
    policies_called,
    policy_called,
)
from helpers.plan.printing import PrintingRules
from helpers.plan.words.groups import NOT_STARTED, OTHER, Bracket, brackets_over, stock_word, with_brackets
from helpers.plan.words.report_words import Wording

# The last only where the plan declares measures whose values stand in it.
PLAN_FILES = ("plan.toml", "items.csv", "measures.csv")
BY_THE_SHEET = "auto"
LAYOUTS = (BY_THE_SHEET, "rows", "matrix", "cards")

# What a column of a status sheet may be called; a plan adds its own under [columns].
COLUMN_ALIASES: dict[str, tuple[str, ...]] = {
    "番号": ("番号", "No.", "No", "項番", "項目番号", "推進項目番号", "整理番号"),
    "基本方針": ("基本方針", "方針", "施策の柱", "柱"),
    "推進項目": ("推進項目", "取組項目", "推進項目名", "取組項目名", "項目名", "項目", "取組名"),
    "実施状況": ("実施状況", "進捗状況", "状況", "評価", "取組状況", "実績評価"),
    "主な取組": ("主な取組", "主な取り組み", "主な取組内容", "取組内容", "取組実績", "主な実績", "実績"),
    "所管課": ("所管課", "担当課", "主管課", "担当課名", "所管", "担当部署", "所管部署", "部署"),
    "備考": ("備考", "備考欄", "摘要", "特記事項"),
    "項目数": ("項目数", "件数"),
}


@dataclass(frozen=True)
class Status:
    """A status of the plan's vocabulary; ``counted``: whether it is in the denominator of shares.

    ``life``: the fiscal years in which the status is in use; None for all.
    """

    name: str
    group: str = NOT_STARTED
    counted: bool = True
    aliases: tuple[str, ...] = ()
    life: Period | None = None

    def is_used_in(self, year: FiscalYear) -> bool:
        """Whether the status is in use in a fiscal year."""
        return self.life is None or year in self.life


@dataclass(frozen=True)
class Item:
    """One item of the plan and the fiscal years in which it lives.

    ``focus``: the 重点項目 that the item belongs to, empty in plans without that level. ``also_in``: the policies under
    which the item is listed again (再掲); it counts under ``policy`` only.
    """

    number: str
    policy: Policy
    name: str
    life: Period
    focus: str = ""
    also_in: tuple[Policy, ...] = ()

    def with_names_of(self, year: FiscalYear) -> Item:
        """The item with its policies under their names of a fiscal year."""
        if not any(policy.names for policy in (self.policy, *self.also_in)):
            return self
        also_in = tuple(policy.called_in(year) for policy in self.also_in)
        return replace(self, policy=self.policy.called_in(year), also_in=also_in)


@dataclass(frozen=True)
class SheetLayout:
    """How the status sheets are laid out, one of ``LAYOUTS``, and more marks for a column a status."""

    kind: str = BY_THE_SHEET
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Plan:
    """Everything that stays the same from year to year, and the recorded changes of items and statuses.

    ``policies``: empty where the plan is not divided into any.
    ``declared``: what its sheets hold beyond statuses; ``measured``: the values of measures.csv by year.
    """

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
    wording: Wording = field(default_factory=Wording)
    brackets: tuple[Bracket, ...] = ()
    printing_changes: tuple[tuple[FiscalYear, PrintingRules], ...] = ()
    column_aliases: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(COLUMN_ALIASES))
    layout: SheetLayout = field(default_factory=SheetLayout)
    source: str = ""
    licence: Licence | None = None
    item_changes: tuple[ItemChange, ...] = ()
    status_changes: tuple[StatusChange, ...] = ()
    known_shares: tuple[KnownShares, ...] = ()
    renamed_departments: Mapping[str, str] = field(default_factory=dict)
    declared: Declared = field(default_factory=Declared)
    measured: Mapping[FiscalYear, tuple[Value, ...]] = field(default_factory=dict)

    @property
    def status_names(self) -> tuple[str, ...]:
        """The status vocabulary in the plan's order."""
        return tuple(status.name for status in self.statuses)

    @property
    def counted_names(self) -> tuple[str, ...]:
        """The statuses that are in the denominator of shares."""
        return tuple(status.name for status in self.statuses if status.counted)

    @property
    def scope_title(self) -> str:
        """The heading of the column that names policies, and the whole plan as their sum."""
        return "基本方針" if self.policies else "範囲"

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files in its folder that it is read from."""
        has_measures = any(not measure.columns for measure in self.declared.measures)
        return PLAN_FILES if has_measures else PLAN_FILES[:-1]

    def __repr__(self) -> str:
        return f"<Plan {self.id}: {self.municipality}, {len(self.items)} items>"

    def names_in(self, group: str) -> tuple[str, ...]:
        """The counted statuses of one group: ``done``, ``under_way``, ``not_started`` or ``other``."""
        return tuple(status.name for status in self.statuses if status.group == group and status.counted)

    @property
    def judged_names(self) -> tuple[str, ...]:
        """The counted statuses that say how far an item is: those of any group but ``other``."""
        return tuple(status.name for status in self.statuses if status.counted and status.group != OTHER)

    @property
    def row_names(self) -> tuple[str, ...]:
        """The statuses, and before the first of each bracket its name: the rows of tables, without totals."""
        return with_brackets(self.status_names, self.brackets)

    def group_word(self, group: str) -> str:
        """The report's word for a group; empty where only the names of its statuses may be used."""
        return self.wording.groups.get(group) or stock_word(group, self.names_in(group))

    def has_focus_in(self, year: FiscalYear) -> bool:
        """Whether the items of a fiscal year have the middle level 重点項目."""
        return any(item.focus for item in self.items_in(year))

    def at(self, year: FiscalYear, beside: FiscalYear | None = None) -> Plan:
        """The plan as it is in a fiscal year: the statuses in use and the policies that have items then.

        ``beside``: the year to compare with, whose policies are kept too.
        """
        years = (year,) if beside is None else (year, beside)
        plan = self.with_names_of(year)
        numerals = {item.policy.numeral for each in years for item in plan.items_in(each)}
        policies = tuple(policy for policy in plan.policies if policy.numeral in numerals)
        return replace(
            plan,
            policies=policies or plan.policies,
            brackets=brackets_over({status.name for status in plan.statuses}, self.brackets),
        )

    def with_names_of(self, year: FiscalYear) -> Plan:
        """The plan with the statuses and printing rules of a fiscal year, and all its policies under their names then."""
        numerals = {policy.numeral: policy.called_in(year).numeral for policy in self.policies}
        return replace(
            self,
            policies=tuple(policy.called_in(year) for policy in self.policies),
            known_shares=tuple(known.under(numerals) for known in self.known_shares),
            items=tuple(item.with_names_of(year) for item in self.items),
            statuses=tuple(status for status in self.statuses if status.is_used_in(year)),
            printing=next(
                (rules for first, rules in reversed(self.printing_changes) if first <= year), self.printing
            ),
        )

    def shares_in(self, year: FiscalYear) -> KnownShares | None:
        """The printed shares of a year of which no numbers of items are known; None for any other year."""
        return next((known for known in self.known_shares if known.year == year), None)

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
        return policy_called(text, self.policies)

    def policies_of_any_year(self, text: str) -> tuple[Policy, ...]:
        """The policies, as they are called here, that a text names by a numeral or name of some year."""
        return tuple(each for each in self.policies if any(policies_called(text, each.ever_called)))
