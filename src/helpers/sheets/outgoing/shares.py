"""Divide a year's items among the departments that report on them."""

from __future__ import annotations

__all__ = ["UNKNOWN", "Share", "shares_of"]

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.departments import departments_in
from helpers.text.forms import variant_folded

UNKNOWN = "所管課未定"


@dataclass(frozen=True)
class Share:
    """The items of one department.

    Attributes:
        department: its name; ``UNKNOWN`` for the items of which nobody has said whose they are.
        numbers: of the items that it reports on.
        related: the items in which it has a part, but on which another department reports: number, that department.
    """

    department: str
    numbers: tuple[str, ...]
    related: tuple[tuple[str, str], ...] = ()


def shares_of(plan: Plan, year: FiscalYear, written: Mapping[str, str]) -> tuple[Share, ...]:
    """Give each item of a year to the first of its departments; the departments in the order of their items.

    ``written``: for the number of an item, what the newest sheet says of its departments, under old names too.
    """
    names: dict[str, str] = {}
    owed: dict[str, list[str]] = {}
    related: dict[str, list[tuple[str, str]]] = {}
    for item in plan.items_in(year):
        lead, *others = departments_in(written.get(item.number, ""), plan.renamed_departments) or (UNKNOWN,)
        for name in (lead, *others):
            names.setdefault(variant_folded(name), name)
        owed.setdefault(variant_folded(lead), []).append(item.number)
        for other in others:
            related.setdefault(variant_folded(other), []).append((item.number, names[variant_folded(lead)]))
    return tuple(
        Share(name, tuple(owed.get(form, ())), tuple(related.get(form, ()))) for form, name in names.items()
    )
