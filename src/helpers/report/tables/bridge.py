"""Why each count moved: last year's items, those that came in, those that left, this year's."""

from __future__ import annotations

__all__ = ["Change", "Move", "bridge", "changes_of"]

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.errors import FigureError
from helpers.history.counts import PLAN_SCOPE, TOTAL
from helpers.history.history import History, remembered
from helpers.plan import Plan
from helpers.plan.reserved_words import NONE, PLAN_LABEL
from helpers.report.palette import status_looks
from helpers.report.table import Count, Table
from helpers.report.tables.common import policy_notes, sums_by
from helpers.report.tables.items import item_transitions


@dataclass(frozen=True)
class Move:
    """An item with policy and status of last year and of now; the status is empty for a year without the item.

    ``remark``: how the item was split, merged or renumbered.
    """

    number: str
    item: str
    old: str
    new: str
    old_policy: str
    new_policy: str
    remark: str


@dataclass(frozen=True)
class Change:
    """One status of one scope from last year to this: ``previous`` + ``came`` - ``left`` = ``items``."""

    policy: str
    status: str
    previous: int
    came: tuple[Move, ...]
    left: tuple[Move, ...]
    items: int

    @property
    def closes(self) -> bool:
        """Whether the arithmetic holds."""
        return self.previous + len(self.came) - len(self.left) == self.items


@remembered
def bridge(history: History) -> Table | None:
    """Last year's count of each status → items that came in, items that left → this year's, by name.

    Shape: ((1 + n_policies) * (n_statuses + 1), 5 and the group). Every row closes. None where either year is not
    known item by item.

    Raises:
        FigureError: a row does not close.
    """
    changes = changes_of(history)
    if changes is None:
        return None
    plan, year, previous = history.plan, history.year, history.previous_year
    # Without policies, the whole plan needs no heading.
    headings = {PLAN_SCOPE: PLAN_LABEL if plan.policies else ""} | {
        policy.numeral: policy.heading for policy in plan.policies
    }
    words = plan.wording
    came, left = f"増（入った{words.item}）", f"減（出た{words.item}）"
    first, last = words.label(year.previous), words.label(year)
    return Table(
        id="bridge",
        caption=f"{words.count}が動いた理由（{first}から{last}へ）",
        printed=pd.DataFrame(
            {
                "範囲": headings[change.policy],
                "実施状況": change.status,
                first: str(change.previous),
                came: _words(plan, change, into=True),
                left: _words(plan, change, into=False),
                last: str(change.items),
            }
            for change in changes
        ),
        records=pd.DataFrame([_record(change, int(year)) for change in changes]),
        row_headers=("実施状況",),
        text=(came, left),
        group="範囲",
        counts={
            (row, words.label(of)): Count(of, change.policy, change.status, items)
            for row, change in enumerate(changes)
            for of, items in ((year.previous, change.previous), (year, change.items))
        },
        totals=frozenset({TOTAL}),
        sums=sums_by(plan, "status", "policy"),
        statuses=status_looks(plan),
        status_columns=("実施状況",),
        notes=(
            f"どの行も、{first}の{words.count}＋増−減＝{last}の{words.count}です。",
            *policy_notes(history, [previous]),
        ),
    )


@remembered
def changes_of(history: History) -> tuple[Change, ...] | None:
    """The changes of the whole plan (policy ""), then of each policy, by status and in total.

    Raises:
        FigureError: a row does not close.
    """
    now, before = history.item_statuses(history.year), history.item_statuses(history.previous_year)
    transitions = item_transitions(history)
    if now is None or before is None or transitions is None:
        return None
    changes = tuple(_changes(history.plan, before, now, _moves(transitions)))
    for change in changes:
        if not change.closes:
            raise FigureError(
                f"{history.year}の「{change.status}」（{change.policy or PLAN_LABEL}）の増減が合いません: "
                f"{change.previous}+{len(change.came)}-{len(change.left)}と{change.items}。両年度の状況調査を確かめてください"
            )
    return changes


def _moves(transitions: pd.DataFrame) -> list[Move]:
    columns = ["number", "item", "previous_status", "status", "previous_policy", "policy", "remark"]
    return [Move(*row) for row in transitions[columns].itertuples(index=False, name=None)]


def _changes(plan: Plan, before: pd.DataFrame, now: pd.DataFrame, moves: Sequence[Move]) -> Iterator[Change]:
    for numeral in (PLAN_SCOPE, *(policy.numeral for policy in plan.policies)):
        for status in (*plan.status_names, TOTAL):

            def is_here(policy: str, held: str, numeral: str = numeral, status: str = status) -> bool:
                return held != "" and numeral in ("", policy) and status in (held, TOTAL)

            yield Change(
                numeral,
                status,
                _count(before, numeral, status),
                tuple(m for m in moves if is_here(m.new_policy, m.new) and not is_here(m.old_policy, m.old)),
                tuple(m for m in moves if is_here(m.old_policy, m.old) and not is_here(m.new_policy, m.new)),
                _count(now, numeral, status),
            )


def _count(statuses: pd.DataFrame, numeral: str, status: str) -> int:
    """Count from the sheet itself, not from the moves, so that each checks the other."""
    held = zip(statuses["policy"], statuses["status"], strict=True)
    return sum(numeral in ("", policy) and status in (its_own, TOTAL) for policy, its_own in held)


def _words(plan: Plan, change: Change, *, into: bool) -> str:
    """'+1' and a line for each item: from or to which status, its number and name."""
    moves = change.came if into else change.left
    if not moves:
        return NONE
    lines = [plan.printing.change_of_items(len(moves) if into else -len(moves))]
    return "\n".join(
        [*lines, *(f"{_how(plan, move, change, into=into)} {move.number} {move.item}" for move in moves)]
    )


def _how(plan: Plan, move: Move, change: Change, *, into: bool) -> str:
    """'一部実施から', '実施へ', '追加', '3から分割'; with the policy where the item changed that."""
    other, policy = (move.old, move.old_policy) if into else (move.new, move.new_policy)
    if not other:
        return move.remark or ("追加" if into else "終了")
    headings = {each.numeral: each.heading for each in plan.policies}
    elsewhere = f"「{headings[policy]}」の" if change.policy and policy != change.policy else ""
    renumbered = f"（{move.remark}）" if move.remark else ""
    return f"{elsewhere}{other}{'から' if into else 'へ'}{renumbered}"


def _record(change: Change, year: int) -> dict[str, str | int]:
    return {
        "fiscal_year": year,
        "policy": change.policy,
        "status": change.status,
        "previous_items": change.previous,
        "added": sum(not move.old for move in change.came),
        "came_in": sum(bool(move.old) for move in change.came),
        "went_out": sum(bool(move.new) for move in change.left),
        "ended": sum(not move.new for move in change.left),
        "items": change.items,
    }
