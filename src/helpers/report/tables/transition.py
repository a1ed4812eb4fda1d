"""How many items went from which status to which, from year to year."""

from __future__ import annotations

__all__ = ["Flow", "transitions"]

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import TOTAL
from helpers.history.counts import transitions as item_transitions
from helpers.history.history import History, remembered
from helpers.plan.reserved_words import ADDED, ENDED, NO_DATA, TOTALS_ONLY
from helpers.report.palette import status_looks
from helpers.report.table import Table

_LISTED = 12  # more moved items than these are counted, not listed


@dataclass(frozen=True)
class Flow:
    """The items that went from one status to another; ``items`` is None where either year is not known by item."""

    before: FiscalYear
    after: FiscalYear
    old: str
    new: str
    items: int | None
    numbers: tuple[str, ...] = ()


@remembered
def transitions(history: History) -> Table | None:
    """Transition counts from each year of the plan so far to the next.

    Shape: one row per pair of statuses that an item went between, in the vocabulary's order, grouped by the two
    years, with their total; one row of 資料なし for the years from one to another between which nothing is known item by
    item (the records have each two of them). None in a plan's first year.
    """
    flows = list(_flows(history))
    if not flows:
        return None
    words, shown = history.plan.wording, _joined(flows)
    unknown = [f"{flow.before}から{flow.after}まで" for flow in shown if flow.items is None]
    return Table(
        id="transitions",
        caption=f"実施状況の移り変わり（{history.years[0]}から{history.year}まで）",
        printed=pd.DataFrame(
            {
                "年度": f"{flow.before} → {flow.after}",
                "前の年度": flow.old,
                "次の年度": flow.new,
                words.count: NO_DATA if flow.items is None else str(flow.items),
                f"変わった{words.item}": _numbers(flow),
            }
            for flow in shown
        ),
        records=pd.DataFrame([_record(flow) for flow in flows if flow.old != TOTAL]).convert_dtypes(),
        row_headers=("前の年度",),
        text=("次の年度", f"変わった{words.item}"),
        group="年度",
        totals=frozenset({TOTAL}),
        statuses=status_looks(history.plan),
        status_columns=("前の年度", "次の年度"),
        notes=(f"{'、'.join(unknown)}の動きは、{words.item}別の資料がない年度があるため分かりません。",)
        if unknown
        else (),
    )


def _flows(history: History) -> Iterator[Flow]:
    order = {name: position for position, name in enumerate((*history.plan.status_names, ADDED, ENDED))}
    for before, after in pairwise(history.years):
        earlier, later = history.item_statuses(before), history.item_statuses(after)
        if earlier is None or later is None:
            yield Flow(before, after, _known(history, before), _known(history, after), None)
            continue
        numbers: dict[tuple[str, str], list[str]] = {}
        moves = item_transitions(earlier, later, history.plan)
        for number, old, new in zip(moves["number"], moves["previous_status"], moves["status"], strict=True):
            numbers.setdefault((old or ADDED, new or ENDED), []).append(number)
        for old, new in sorted(numbers, key=lambda pair: (order[pair[0]], order[pair[1]])):
            yield Flow(before, after, old, new, len(numbers[old, new]), tuple(numbers[old, new]))
        yield Flow(before, after, TOTAL, "", len(moves))


def _joined(flows: Iterable[Flow]) -> list[Flow]:
    """The flows, those in a row of which nothing is known as one from the first year to the last."""
    joined: list[Flow] = []
    for flow in flows:
        if joined and joined[-1].items is flow.items is None:
            joined[-1] = replace(joined[-1], after=flow.after, new=flow.new)
        else:
            joined.append(flow)
    return joined


def _known(history: History, year: FiscalYear) -> str:
    if history.item_statuses(year) is not None:
        return f"{history.plan.wording.item}別"
    return NO_DATA if history.statuses(year) is None else TOTALS_ONLY


def _numbers(flow: Flow) -> str:
    if flow.items is None or flow.old == flow.new or not flow.numbers:
        return ""
    return "、".join(flow.numbers) if len(flow.numbers) <= _LISTED else ""


def _record(flow: Flow) -> dict[str, str | int | None]:
    is_known = flow.items is not None
    return {
        "previous_fiscal_year": int(flow.before),
        "fiscal_year": int(flow.after),
        "previous_status": flow.old if is_known and flow.old != ADDED else "",
        "status": flow.new if is_known and flow.new != ENDED else "",
        "items": flow.items,
    }
