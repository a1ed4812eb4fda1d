"""The rules that lists of items and sheets lay down for the figures of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pandas as pd

from helpers.counts import TOTAL
from helpers.gate.complaint import items_of, unequal
from helpers.gate.face import Count, Face, Place
from helpers.gate.pages import close
from helpers.history import History
from helpers.plan import DONE, Plan


def list_complaints(face: Face, history: History) -> Iterator[str]:
    """What differs from the list of all items, from the sheets, or between one list and another."""
    yield from _item_list(face, history.plan)
    yield from _sheets(face, history)
    yield from _lists(face, history.plan)


def _item_list(face: Face, plan: Plan) -> Iterator[str]:
    """The counts are those of the list of items."""
    if not face.items:
        return
    listed: Counter[Place] = Counter(face.items.values())
    for policy, status in {**face.by_policy, **listed}:
        if status != TOTAL:
            count = face.by_policy.get((policy, status), Count(None, ""))
            yield from unequal(
                f"by_policy {policy} {status} の項目数",
                count.items or 0,
                listed[policy, status],
                "項目の一覧",
            )
    for status in plan.status_names:
        number = sum(items for (_, held), items in listed.items() if held == status)
        for what, counts in (("overall", face.overall), ("summary", face.summary)):
            if ("", status) in counts:
                yield from unequal(
                    f"{what} {status} の項目数", counts["", status].items, number, "項目の一覧"
                )


def _sheets(face: Face, history: History) -> Iterator[str]:
    """The figures are the sheets'."""
    now, before = history.statuses(history.year), history.statuses(history.previous_year)
    reference = history.statuses(history.reference_year)
    for what, counts, frame in (
        ("overall", face.overall, now),
        ("overall（前年）", face.overall_before, before),
        ("summary（参考）", face.reference, reference if face.reference else None),
    ):
        if frame is None:
            if counts:
                yield f"{what}: 状況調査のない年度の項目数があります"
            continue
        summed = _summed(frame)
        for status in history.plan.status_names:
            count = counts.get(("", status), Count(None, ""))
            yield from unequal(f"{what} {status} の項目数", count.items, summed[status], "状況調査")
    if (items := history.item_statuses(history.year)) is not None:
        sheet = {close(row["number"]): (row["policy"], row["status"]) for row in items.to_dict("records")}
        for number in {**sheet, **face.items}:
            yield from unequal(
                f"items {number} の実施状況", face.items.get(number), sheet.get(number), "状況調査"
            )


def _summed(frame: pd.DataFrame) -> Counter[str]:
    summed: Counter[str] = Counter()
    for status, items in zip(frame["status"], frame["items"], strict=True):
        summed[status] += int(items)
    return summed


def _lists(face: Face, plan: Plan) -> Iterator[str]:
    """Other lists of items give the status that the list of all items gives."""
    for what, told in (
        ("moved", {number: new for (number, _), (_, new) in face.moved.items() if new}),
        ("course", face.course),
        ("highlights", face.told),
    ):
        for number, status in told.items():
            listed = face.items.get(number, ("", "（なし）"))[1]
            yield from unequal(f"{what} {number} の実施状況", status, listed, "項目の一覧")
    yield from (
        f"moved {number}: 状況が変わっていません"
        for (number, _), (old, new) in face.moved.items()
        if old == new
    )
    if face.remaining:
        done = plan.names_in(DONE)
        for status in plan.counted_names:
            open_items = 0 if status in done else items_of(face.overall, status)
            yield from unequal(f"remaining {status} の項目数", face.remaining.get(status, 0), open_items)
    for policy, status in dict.fromkeys((policy, status) for policy, _, status in face.focus):
        parts: Iterable[int] = (
            count.items or 0 for (p, _, held), count in face.focus.items() if (p, held) == (policy, status)
        )
        if (policy, status) in face.by_policy:
            yield from unequal(
                f"by_focus {policy} {status} の合計", sum(parts), face.by_policy[policy, status].items
            )
