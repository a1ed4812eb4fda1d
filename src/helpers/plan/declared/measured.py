"""One indicator of an item in a year: target, actual and achievement rate."""

from __future__ import annotations

__all__ = ["Indicator", "indicators_of"]

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from helpers.plan.declared.kinds import LESS, MEASURE, Declared, Grade, Measure, Value
from helpers.plan.declared.measure_values import BEFORE
from helpers.plan.printing import PrintingRules
from helpers.text.amounts import is_amount


@dataclass(frozen=True)
class Indicator:
    """An indicator of an item in a year.

    ``texts``: what is written by role: amounts as ``amounts.plain`` writes them, or why there is none yet.
    """

    number: str
    name: str
    measure: Measure
    texts: Mapping[str, str]

    @property
    def unit(self) -> str:
        """The unit of its amounts; may be empty."""
        return self.texts.get("unit", "")

    @property
    def is_less_better(self) -> bool:
        """Whether less is better."""
        return self.texts.get("better") == LESS

    def amount(self, role: str) -> Decimal | None:
        """The amount of a role; None where there is none."""
        text = self.texts.get(role, "")
        return Decimal(text) if is_amount(text) else None

    @property
    def is_set(self) -> bool:
        """Whether it has a target."""
        return self.amount("target") is not None

    @property
    def is_met(self) -> bool | None:
        """Whether the actual is at least as good as the target; None where either is not known."""
        target, actual = self.amount("target"), self.amount("actual")
        if target is None or actual is None:
            return None
        return actual <= target if self.is_less_better else actual >= target

    @property
    def target_before(self) -> Decimal | None:
        """The target before it was changed; None where the sheet tells of no change."""
        return self.amount(BEFORE)

    def rate_pct(self, printing: PrintingRules) -> Decimal | None:
        """The achievement rate in percent, rounded as printed; None where there is none."""
        target, actual = self.amount("target"), self.amount("actual")
        if target is None or actual is None:
            return None
        fraction = self.measure.fraction_of(
            self.amount("baseline"), target, actual, is_less_better=self.is_less_better
        )
        return None if fraction is None else printing.rate_pct(*fraction)

    def grade(self, printing: PrintingRules) -> Grade | None:
        """The grade of the rate as printed; None where there is none."""
        return self.measure.grade_of(self.rate_pct(printing))


def indicators_of(values: Iterable[Value], declared: Declared) -> list[Indicator]:
    """The indicators among declared values, in the order in which they stand."""
    texts: dict[tuple[str, str, str], dict[str, str]] = {}
    for value in values:
        if value.kind == MEASURE:
            texts.setdefault((value.number, value.name, value.part), {})[value.role] = value.text
    return [
        Indicator(number, part, declared.measure(name), roles)
        for (number, name, part), roles in texts.items()
    ]
