"""Plans of every shape: how many years, statuses, items, policies and moved items, and how long their words are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import cycle, islice

from hypothesis import strategies as st

from helpers.fiscal_year import FiscalYear, Period
from helpers.history.history import History
from helpers.plan import DONE, NOT_STARTED, UNDER_WAY, Item, Plan, Policy, Status
from helpers.plan.plan_parts import NO_POLICY
from helpers.sheets import SheetSource, StatusSheet

FIRST = 2018
WORDS = "計画を大幅に上回って進んだ評価"
LONG_NAME = "市民に分かりやすい組織体制の構築とデジタル技術の活用による窓口サービスの向上"
ACTIVITIES = (
    "窓口を増やした。",
    "――――…………====////①②③",
    "https://www.city.example.lg.jp/" + "a" * 60,
    "1,2,3," * 40,
)


@dataclass(frozen=True)
class Shape:
    """How large a plan is; ``letters``: of each status's name, ``totals``: all years but the last as totals only."""

    years: int = 2
    statuses: int = 4
    letters: int = 4
    items: int = 20
    policies: int = 3
    moved: int = 3
    long_words: bool = False
    totals: bool = False
    gap: bool = False


@st.composite
def shapes(draw: st.DrawFn, most: int = 60) -> Shape:
    """Shapes of up to ``most`` items."""
    items = draw(st.integers(1, most))
    return Shape(
        draw(st.integers(1, 10)),
        draw(st.integers(2, 9)),
        draw(st.integers(1, 14)),
        items,
        draw(st.integers(0, min(58, items))),
        draw(st.integers(0, items)),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.booleans()),
    )


def history_of_shape(plan: Plan, shape: Shape) -> History:
    """A history of a plan of that shape, up to its last year."""
    names = [
        f"{WORDS[number:]}{WORDS}"[: shape.letters - 1] + "甲乙丙丁戊己庚辛壬"[number]
        for number in range(shape.statuses)
    ]
    groups = [DONE, *([UNDER_WAY] * (shape.statuses - 2)), NOT_STARTED]
    statuses = tuple(Status(name, group) for name, group in zip(names, groups, strict=True))
    policies = tuple(_policy(plan.policies[0], number, shape) for number in range(1, shape.policies + 1))
    life = Period(FiscalYear(FIRST), FiscalYear(FIRST + 9))
    items = tuple(
        replace(plan.items[0], number=str(n), policy=policy, name=_name(n, shape), life=life)
        for n, policy in enumerate(
            sorted(islice(cycle(policies or (NO_POLICY,)), shape.items), key=lambda p: int(p.numeral or 0)),
            start=1,
        )
    )
    whole = replace(plan.implementation_plans[0], phase="", period=life)
    made = replace(plan, items=items, policies=policies, statuses=statuses, implementation_plans=(whole,))
    years = [FiscalYear(FIRST + number) for number in range(shape.years)]
    sheets = {
        year: _sheet(made, year, names, shape, is_last=year == years[-1])
        for year in years
        if not (shape.gap and year in years[1:-2])
    }
    return History(made, years[-1], sheets)


def _policy(model: Policy, number: int, shape: Shape) -> Policy:
    name = f"{LONG_NAME[:30]}その{number}" if shape.long_words else f"方針{number}"
    return replace(
        model, numeral=str(number), name=name, label=f"{number} {name}", heading=f"基本方針{number} {name}"
    )


def _name(number: int, shape: Shape) -> str:
    return f"{LONG_NAME * 2}その{number}" if shape.long_words else f"項目その{number}の名前"


def _sheet(plan: Plan, year: FiscalYear, names: list[str], shape: Shape, *, is_last: bool) -> StatusSheet:
    source = SheetSource(f"{year.short}.csv", f"{int(year)}" * 16, "")
    status_of: Mapping[str, str] = {
        item.number: names[_position(item, shape, is_last) % len(names)] for item in plan.items
    }
    blank = dict.fromkeys(
        ("file", "sheet", "department", "remarks", "activities", "number", "policy", "item"), ""
    )
    if shape.totals and not is_last:
        rows = [
            {
                **blank,
                "fiscal_year": int(year),
                "status": name,
                "items": list(status_of.values()).count(name),
                "cell": f"B{row}",
            }
            for row, name in enumerate(names, start=2)
        ]
    else:
        rows = [
            {
                **blank, "fiscal_year": int(year), "number": item.number, "policy": item.policy.numeral,
                "item": item.name, "status": status_of[item.number], "items": 1, "cell": f"D{row}",
                "activities": ACTIVITIES[row % 4] if shape.long_words and row % 5 == 0 else "",
            }
            for row, item in enumerate(plan.items, start=2)
        ]  # fmt: skip
    return StatusSheet(year, rows, source)


def _position(item: Item, shape: Shape, is_last: bool) -> int:
    number = int(item.number)
    return number + (1 + number % 3 if is_last and number <= shape.moved else 0)
