"""The declared values of the sheets as written, and arithmetic in fractions, independent of the code that makes tables."""

from __future__ import annotations

__all__ = [
    "VERDICTS", "Roles", "amount_words", "by_parts", "exact", "grade_of", "is_met", "item_rows", "percent", "policies_of", "rate_of",
    "raw_values", "rounded", "target_words",
]  # fmt: skip

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.plan.declared.kinds import LESS, PROGRESS, Measure, Value
from helpers.plan.lineage import carried_on
from helpers.plan.printing import PrintingRules
from helpers.proof.gate.page_and_pdf import close
from helpers.text.amounts import is_amount

Roles = dict[str, str]
VERDICTS = {True: "達成", False: "未達成", None: "未判定"}


def raw_values(history: History, year: FiscalYear, kind: str) -> list[Value]:
    """The values of a kind in a year's sheet; none where the year is not known item by item."""
    if history.item_statuses(year) is None:
        return []
    return [value for value in history.sheets[year].values if value.kind == kind]


def by_parts(values: list[Value]) -> dict[tuple[str, str, str], Roles]:
    """Role → text by number, name of the declaration and indicator."""
    roles: dict[tuple[str, str, str], Roles] = {}
    for value in values:
        roles.setdefault((value.number, value.name, value.part), {})[value.role] = value.text
    return roles


def policies_of(history: History, year: FiscalYear) -> dict[str, str]:
    """The policy of each item of a year by its number."""
    frame = history.item_statuses(year)
    return {} if frame is None else dict(zip(frame["number"], frame["policy"], strict=True))


def item_rows(history: History) -> Iterator[tuple[FiscalYear, dict[str, tuple[str, str]]]]:
    """For each year, last first: the item's number in that year → number and name of the item's row."""
    rows: dict[str, tuple[str, str]] = {}
    for year in reversed(history.years):
        for item in history.plan.items_in(year):
            rows.setdefault(item.number, (close(item.number), close(item.name)))
        yield year, dict(rows)
        rows = {old: rows[new] for new, old in carried_on(history.plan, year).items() if new in rows}


def exact(text: str) -> Fraction | None:
    """An amount as a fraction; None where the text is a word, or nothing."""
    try:
        return Fraction(text)
    except ValueError:
        return None


def rounded(number: Fraction, decimals: int, rule: str) -> Decimal:
    """A fraction rounded to so many decimals, by integers alone."""
    scaled = abs(number) * 10**decimals
    whole = int(scaled)
    if rule == "half_up":
        whole = int(scaled + Fraction(1, 2))
    elif rule == "half_even":
        whole = round(scaled)
    return Decimal(whole if number >= 0 else -whole).scaleb(-decimals)


def amount_words(roles: Roles, role: str, printing: PrintingRules) -> str:
    """The amount of a role as printed, or why there is none."""
    text = roles.get(role, "")
    if is_amount(text):
        return printing.amount(Decimal(text))
    return f"（{text}）" if text else "なし"


def target_words(roles: Roles, printing: PrintingRules) -> str:
    """The target as printed, with the one that it replaced."""
    changed = (
        f"（{amount_words(roles, 'target_before', printing)}から変更）" if roles.get("target_before") else ""
    )
    return amount_words(roles, "target", printing) + changed


def percent(part: Fraction, whole: Fraction, printing: PrintingRules) -> Decimal:
    """``part`` in percent of ``whole``, rounded by the plan's rule."""
    return rounded(100 * part / whole, printing.decimals, printing.rounding)


def is_met(roles: Roles) -> bool | None:
    """Whether the actual is as good as the target; None where either is not known."""
    target, actual = exact(roles.get("target", "")), exact(roles.get("actual", ""))
    if target is None or actual is None:
        return None
    return actual <= target if roles.get("better") == LESS else actual >= target


def rate_of(roles: Roles, measure: Measure, printing: PrintingRules) -> Decimal | None:
    """The achievement rate in percent; None where there is none."""
    target, actual = exact(roles.get("target", "")), exact(roles.get("actual", ""))
    if target is None or actual is None:
        return None
    if measure.rate == PROGRESS:
        base = exact(roles.get("baseline", ""))
        return None if base is None or base == target else percent(base - actual, base - target, printing)
    if roles.get("better") == LESS:
        target, actual = actual, target
    is_none = target <= 0 or actual < 0 or (roles.get("better") == LESS and actual == 0)
    return None if is_none else percent(actual, target, printing)


def grade_of(rate_pct: Decimal | None, measure: Measure) -> str:
    """The name of the grade of a rate; empty where there is none."""
    names = [
        g.name
        for g in measure.grades
        if rate_pct is not None and (g.least_pct is None or rate_pct >= g.least_pct)
    ]
    return names[0] if names else ""
