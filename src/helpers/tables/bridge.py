"""Why each count moved: last year's items, those that came in, those that left, this year's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.counts import TOTAL, transitions
from helpers.errors import FigureError
from helpers.history import History
from helpers.plan import Plan
from helpers.table import Table
from helpers.tables.common import status_groups

WHOLE_PLAN = "計画全体"


@dataclass(frozen=True)
class Move:
    """An item that is not counted where it was last year; an empty status where it was not, or is no longer, there."""

    number: str
    item: str
    old: str
    new: str


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
    plan, year, previous = history.plan, history.year, history.year.previous
    headings = {"": WHOLE_PLAN} | {policy.numeral: policy.heading for policy in plan.policies}
    came, left = "増（入った項目）", "減（出た項目）"
    return Table(
        id="bridge",
        caption=f"項目数が動いた理由（{previous}から{year}へ）",
        printed=pd.DataFrame(
            [
                {
                    "範囲": headings[change.policy],
                    "実施状況": change.status,
                    str(previous): str(change.previous),
                    came: _words(plan, change.came, change.status == TOTAL, into=True),
                    left: _words(plan, change.left, change.status == TOTAL, into=False),
                    str(year): str(change.items),
                }
                for change in changes
            ]
        ),
        records=pd.DataFrame([_record(change, int(year)) for change in changes]),
        row_headers=("実施状況",),
        text=(came, left),
        group="範囲",
        totals=frozenset({TOTAL}),
        statuses=status_groups(plan),
        notes=(f"どの行も、{previous}の項目数＋増−減＝{year}の項目数です。",),
    )


def changes_of(history: History) -> tuple[Change, ...] | None:
    """The changes of the whole plan (policy ""), then of each policy, by status and in total.

    Raises:
        FigureError: a row does not close.
    """
    now, before = history.item_statuses(history.year), history.item_statuses(history.year.previous)
    if now is None or before is None:
        return None
    changes = tuple(_changes(history.plan, before, now))
    for change in changes:
        if not change.closes:
            raise FigureError(
                f"{history.year}の「{change.status}」（{change.policy or WHOLE_PLAN}）の増減が合いません: "
                f"{change.previous}+{len(change.came)}-{len(change.left)}と{change.items}。両年度の状況調査を確かめてください"
            )
    return changes


def _changes(plan: Plan, before: pd.DataFrame, now: pd.DataFrame) -> Iterator[Change]:
    moves = transitions(before, now)
    for numeral in ("", *(policy.numeral for policy in plan.policies)):
        earlier, later, moved = (
            frame if not numeral else frame[frame["policy"] == numeral] for frame in (before, now, moves)
        )
        found = [
            Move(*move)
            for move in zip(
                moved["number"], moved["item"], moved["previous_status"], moved["status"], strict=True
            )
        ]
        for status in plan.status_names:
            yield Change(
                numeral,
                status,
                int((earlier["status"] == status).sum()),
                tuple(move for move in found if move.new == status != move.old),
                tuple(move for move in found if move.old == status != move.new),
                int((later["status"] == status).sum()),
            )
        yield Change(
            numeral,
            TOTAL,
            len(earlier),
            tuple(move for move in found if not move.old),
            tuple(move for move in found if not move.new),
            len(later),
        )


def _words(plan: Plan, moves: Sequence[Move], is_total: bool, *, into: bool) -> str:
    """'+1' and a line for each item: from or to which status, its number and name."""
    if not moves:
        return plan.printing.no_change
    lines = [plan.printing.change_of_items(len(moves) if into else -len(moves))]
    for move in moves:
        other = move.old if into else move.new
        how = f"{other}{'から' if into else 'へ'}" if other else "追加" if into else "終了"
        lines.append(f"{how} {move.number} {move.item}")
    return "\n".join(lines)


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
