"""Stacks of 100 % as values: the counts of a scope in a year, also in words."""

from __future__ import annotations

__all__ = ["Part", "Stack", "outside_note", "scopes", "stack_of", "statuses_in", "year_labels"]

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import PLAN_SCOPE, all_counts
from helpers.history.history import History, remembered
from helpers.plan import Plan
from helpers.plan.reserved_words import PLAN_LABEL
from helpers.plan.words.report_words import Wording
from helpers.report.charts.drawing.canvas import em_width


@dataclass(frozen=True)
class Part:
    """The items of one status; no share for a status outside the denominator."""

    status: str
    items: int
    share_pct: Decimal | None


@dataclass(frozen=True)
class Stack:
    """The statuses of one scope in one year, in the plan's order; ``outside`` are those not counted in shares."""

    year: FiscalYear
    parts: tuple[Part, ...]
    outside: tuple[Part, ...]

    @property
    def counted(self) -> int:
        """The denominator of the shares."""
        return sum(part.items for part in self.parts)

    def words(self, plan: Plan) -> str:
        """'42項目のうち実施34項目（81.0%）、一部実施8項目（19.0%）'; statuses of no item are left out."""
        items = plan.wording.items
        parts = [
            f"{part.status}{items(part.items)}（{plan.printing.share(part.share_pct)}）"
            for part in self.parts
            if part.items
        ]
        text = (
            f"{items(self.counted)}のうち{'、'.join(parts)}" if parts else f"集計する{plan.wording.item}なし"
        )
        outside = "、".join(f"{part.status}{items(part.items)}" for part in self.outside if part.items)
        return f"{text}（ほかに{outside}）" if outside else text


def year_labels(wording: Wording, years: Sequence[FiscalYear], room_ems: float) -> dict[FiscalYear, str]:
    """What stands under each year of a chart: the tables' label, the fiscal year or 'R4', whichever fits all of them."""
    labels, names = ({year: words(year) for year in years} for words in (wording.label, str))
    for texts in (labels, names):
        if max(map(em_width, (*texts.values(), "令和10年度"))) <= room_ems:
            return texts
    return {year: year.short for year in years}


def scopes(plan: Plan) -> dict[str, str]:
    """The whole plan and its policies: scope in ``all_counts`` → label."""
    return {PLAN_SCOPE: PLAN_LABEL} | {policy.numeral: policy.title for policy in plan.policies}


def stack_of(history: History, year: FiscalYear, scope: str = PLAN_SCOPE) -> Stack | None:
    """The counts of a scope in a year; None where they are not known."""
    parts = _parts(history).get((scope, int(year)))
    if parts is None:
        return None
    counted = history.plan.counted_names
    return Stack(
        year,
        tuple(part for part in parts if part.status in counted),
        tuple(part for part in parts if part.status not in counted),
    )


@remembered
def _parts(history: History) -> dict[tuple[str, int], list[Part]]:
    """The statuses of each scope and year that is known."""
    parts: dict[tuple[str, int], list[Part]] = {}
    for scope, year, *part in all_counts(history).itertuples(index=False, name=None):
        parts.setdefault((scope, year), []).append(Part(*part))
    return parts


def outside_note(stacks: Iterable[Stack], plan: Plan) -> str:
    """The small print on statuses that are left out of the shares; '' where none has items."""
    names = dict.fromkeys(part.status for stack in stacks for part in stack.outside if part.items)
    return f"※割合と{plan.wording.count}に含めない区分: {'、'.join(names)}" if names else ""


def statuses_in(stacks: Iterable[Stack]) -> set[str]:
    """The statuses that have an area in any of the stacks."""
    return {part.status for stack in stacks for part in stack.parts if part.items}
