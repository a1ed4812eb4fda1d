"""The votes of a committee: by policy, and of each item."""

from __future__ import annotations

__all__ = ["item_votes", "votes"]

import pandas as pd

from helpers.history.counts import PLAN_SCOPE, TOTAL
from helpers.history.declared_values import items_by_number, votes_in
from helpers.history.history import History, remembered
from helpers.plan.declared.kinds import Judgement
from helpers.plan.reserved_words import NOT_ALIVE
from helpers.report.table import Table
from helpers.report.tables.common import item_fields, policy_of, sums_by
from helpers.report.tables.judgements import GROUP

# The votes of each judgement that has any, by item number.
_Votes = list[tuple[Judgement, dict[str, dict[str, int]]]]


@remembered
def votes(history: History) -> Table | None:
    """The votes of each judgement by policy.

    Shape: one row per judgement, policy and the total; a column per vote, ― where it is another judgement's. None where
    the year has no votes.
    """
    known = _known(history)
    columns = _columns(known)
    policies = {item.number: item.policy.numeral for item in history.plan.items_in(history.year)}
    rows, records = [], []
    for judgement, by_item in known:
        for scope in (*(policy.numeral for policy in history.plan.policies), PLAN_SCOPE):
            inside = [of for number, of in by_item.items() if scope in (PLAN_SCOPE, policies[number])]
            sums = {vote: sum(of.get(vote, 0) for of in inside) for vote in judgement.votes}
            label = policy_of(history.plan, scope).label if scope else TOTAL
            cells = {vote: str(sums[vote]) if vote in sums else NOT_ALIVE for vote in columns}
            rows.append({GROUP: judgement.name, history.plan.scope_title: label, **cells})
            records += [
                {
                    "fiscal_year": int(history.year),
                    "judgement": judgement.name,
                    "policy": scope,
                    "vote": vote,
                    "votes": number,
                }
                for vote, number in sums.items()
            ]
    if not rows:
        return None
    return Table(
        id="votes",
        caption="評価の票数",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(records),
        row_headers=(history.plan.scope_title,),
        group=GROUP,
        totals=frozenset({TOTAL}),
        sums=sums_by(history.plan, "policy"),
    )


@remembered
def item_votes(history: History) -> Table | None:
    """The votes of each judgement on each item that has any.

    Shape: one row per judgement and item, grouped by judgement; a column per vote, ― where it is another judgement's or
    not written. None where the year has no votes.
    """
    known, title = _known(history), history.plan.wording.item_title
    if not known:
        return None
    items, columns = items_by_number(history, history.year), _columns(known)
    listed = [
        (judgement, item, by_item[number])
        for judgement, by_item in known
        for number, item in items.items()
        if number in by_item
    ]
    return Table(
        id="item_votes",
        caption=f"{history.plan.wording.kind}別の票数",
        printed=pd.DataFrame(
            {
                GROUP: judgement.name,
                "番号": item.number,
                title: item.name,
                **{vote: str(of.get(vote, NOT_ALIVE)) for vote in columns},
            }
            for judgement, item, of in listed
        ),
        records=pd.DataFrame(
            {
                "fiscal_year": int(history.year),
                "judgement": judgement.name,
                **item_fields(item),
                "vote": vote,
                "votes": of[vote],
            }
            for judgement, item, of in listed
            for vote in judgement.votes
            if vote in of
        ),
        row_headers=("番号", title),
        group=GROUP,
    )


def _known(history: History) -> _Votes:
    judgements = history.plan.declared.judgements
    return [(each, votes) for each in judgements if (votes := votes_in(history, history.year, each))]


def _columns(known: _Votes) -> list[str]:
    return list(dict.fromkeys(vote for judgement, _ in known for vote in judgement.votes))
