from collections import Counter
from decimal import Decimal

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from helpers.history.counts import (
    PLAN_SCOPE,
    TOTAL,
    all_counts,
    count_by_policy,
    count_by_status,
    transitions,
)
from helpers.history.history import History
from helpers.plan import Plan
from helpers.sheets.status_sheet import tidy_frame

NAMES = ("実施", "一部実施", "検討中", "未実施")
# At most as many items as the reference plan has.
rows = st.lists(st.tuples(st.sampled_from("ⅠⅡⅢ"), st.sampled_from(NAMES)), min_size=1, max_size=42)


def frame_of(pairs: list[tuple[str, str]]) -> pd.DataFrame:
    """A tidy frame with one item for each pair of policy and status."""
    blank = dict.fromkeys(("activities", "department", "remarks", "file", "sheet", "cell"), "")
    return tidy_frame(
        {"fiscal_year": 2022, "number": str(n), "policy": policy, "item": f"項目{n}", "status": status, "items": 1, **blank}
        for n, (policy, status) in enumerate(pairs, start=1)
    )  # fmt: skip


@given(rows)
def test_statuses_add_up_to_the_total_and_policies_to_the_plan(
    plan: Plan, pairs: list[tuple[str, str]]
) -> None:
    frame = frame_of(pairs)
    whole, by_policy = count_by_status(frame, plan), count_by_policy(frame, plan)
    expected = Counter(status for _, status in pairs)
    assert whole["items"].to_dict() == {**{name: expected[name] for name in NAMES}, TOTAL: len(pairs)}
    for status in (*NAMES, TOTAL):
        assert sum(counts.at[status, "items"] for counts in by_policy.values()) == whole.at[status, "items"]
    assert list(by_policy) == ["Ⅰ", "Ⅱ", "Ⅲ"]


@given(rows)
def test_shares_lie_between_0_and_100_and_miss_the_total_by_rounding_only(
    plan: Plan, pairs: list[tuple[str, str]]
) -> None:
    counts = count_by_status(frame_of(pairs), plan)
    shares = list(counts["share_pct"][:-1])
    assert all(0 <= share <= 100 for share in shares)
    assert abs(sum(shares) - 100) <= Decimal("0.05") * len(shares)
    assert counts.at[TOTAL, "share_pct"] == 100


@given(rows, st.data())
def test_transitions_keep_every_item_once_with_both_statuses(
    plan: Plan, pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    frame = frame_of(pairs)
    numbers = st.sets(st.sampled_from(list(frame["number"])), min_size=1)
    kept_before, kept_now = data.draw(numbers), data.draw(numbers)
    before = frame[frame["number"].isin(kept_before)].assign(status="検討中", fiscal_year=2021)
    now = frame[frame["number"].isin(kept_now)]
    moved = transitions(before, now, plan)
    assert sorted(moved["number"]) == sorted(kept_before | kept_now)
    by_number = moved.set_index("number")
    assert by_number["status"].loc[list(now["number"])].to_list() == now["status"].to_list()
    assert set(by_number.index[by_number["status"] != ""]) == kept_now
    assert set(by_number.index[by_number["previous_status"] != ""]) == kept_before


def test_a_policy_without_items_counts_nothing_and_has_no_share(plan: Plan) -> None:
    counts = count_by_policy(frame_of([("Ⅰ", "実施")]), plan)["Ⅱ"]
    assert list(counts["items"]) == [0, 0, 0, 0, 0]
    assert [share for share in counts["share_pct"] if share is not None] == []


def test_all_counts_hold_every_known_year_and_no_other(history_2022: History) -> None:
    counts = all_counts(history_2022)
    by_year = counts[counts["scope"] == PLAN_SCOPE].groupby("fiscal_year")["items"].sum()
    assert by_year.to_dict() == {2018: 40, 2021: 42, 2022: 42}
    # Of fiscal 2018 only totals are known: no policy may have counts there.
    assert set(counts[counts["fiscal_year"] == 2018]["scope"]) == {PLAN_SCOPE}
    policies = counts[(counts["fiscal_year"] == 2022) & (counts["scope"] != PLAN_SCOPE)]
    assert policies.groupby("scope")["items"].sum().to_dict() == {"Ⅰ": 11, "Ⅱ": 20, "Ⅲ": 11}
