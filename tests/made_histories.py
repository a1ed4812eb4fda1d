"""Histories made of the reference plan's vocabulary and any items, lives and statuses: for properties."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from helpers.fiscal_year import FiscalYear, Period
from helpers.history.history import History
from helpers.plan import Item, Plan
from helpers.sheets import SheetSource, StatusSheet

FIRST, LAST = 2018, 2022


def history_of(plan: Plan, sheets: Mapping[int, Mapping[str, str]], items: tuple[Item, ...] = ()) -> History:
    """A history up to fiscal 2022; ``sheets``: year → item number → status, for the items alive in it."""
    made = replace(plan, items=items or plan.items)
    return History(
        made,
        FiscalYear(LAST),
        {FiscalYear(year): _sheet(made, year, statuses) for year, statuses in sheets.items()},
    )


def _sheet(plan: Plan, year: int, statuses: Mapping[str, str]) -> StatusSheet:
    blank = dict.fromkeys(("activities", "department", "remarks"), "")
    rows = [
        {
            "fiscal_year": year, "number": item.number, "policy": item.policy.numeral, "item": item.name,
            "status": statuses[item.number], "items": 1, "sheet": "状況調査", "cell": f"D{row}", **blank,
        }
        for row, item in enumerate(plan.items_in(FiscalYear(year)), start=3)
    ]  # fmt: skip
    source = SheetSource(f"{year}.xlsx", f"{year}" * 16, "状況調査")
    return StatusSheet(FiscalYear(year), rows, source)


@st.composite
def histories(draw: st.DrawFn, plan: Plan, most: int = 30) -> History:
    """Up to ``most`` items with random lives, policies and statuses; some years unknown, this one never."""
    count = draw(st.integers(1, most))
    items = []
    for number in range(1, count + 1):
        first = draw(st.integers(FIRST, LAST))
        life = Period(FiscalYear(first), FiscalYear(draw(st.integers(first, LAST))))
        policy = draw(st.sampled_from(plan.policies))
        items.append(
            replace(plan.items[0], number=str(number), policy=policy, name=f"項目{number}", life=life)
        )
    # One item lives all the years, so that no known year is empty.
    items[0] = replace(items[0], life=Period(FiscalYear(FIRST), FiscalYear(LAST)))
    known = sorted({LAST, *draw(st.sets(st.integers(FIRST, LAST - 1)))})
    sheets = {
        year: {
            item.number: draw(st.sampled_from(plan.status_names))
            for item in items
            if FiscalYear(year) in item.life
        }
        for year in known
    }
    return history_of(plan, sheets, tuple(items))
