"""The rules that the figures of a report have to obey, whichever face they were read from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from helpers.counts import TOTAL
from helpers.gate.complaint import Counts, items_of, unequal
from helpers.gate.face import Count, Face, Place
from helpers.gate.lists import list_complaints
from helpers.gate.pages import close
from helpers.history import History
from helpers.plan import Plan
from helpers.plan.marks import NO_DATA, PLAN_LABEL


def complaints_of(face: Face, history: History) -> list[str]:
    """Everything that does not add up in a face, each with its place; empty where all is well."""
    rules = (
        _missing(face, history),
        _totals(face, history.plan),
        _policies(face, history.plan),
        _shares(face, history.plan),
        _changes(face, history.plan),
        list_complaints(face, history),
        _bridge(face),
        _flows(face, history),
    )
    return [f"{face.name}: {complaint}" for rule in rules for complaint in rule]


def _missing(face: Face, history: History) -> Iterator[str]:
    """The tables that no report does without."""
    demanded = ["overall", "summary"]
    if history.item_statuses(history.year) is not None:
        demanded += ["by_policy", "items"]
    yield from (f"表 {table} がありません" for table in demanded if not getattr(face, table))


def _totals(face: Face, plan: Plan) -> Iterator[str]:
    """Statuses to the total of their scope."""
    for what in ("overall", "overall_before", "by_policy", "by_policy_before"):
        counts: Counts = getattr(face, what)
        for scope in dict.fromkeys(scope for scope, _ in counts):
            parts = [counts.get((scope, status)) for status in plan.status_names]
            whole = counts.get((scope, TOTAL))
            if None in parts or whole is None:
                yield f"{what} {scope or PLAN_LABEL}: {'・'.join(plan.status_names)}と{TOTAL}の行がそろっていません"
            else:
                summed = sum(part.items or 0 for part in parts if part is not None)
                yield from unequal(f"{what} {scope or PLAN_LABEL} の{TOTAL}", whole.items, summed)


def _policies(face: Face, plan: Plan) -> Iterator[str]:
    """Policies to the whole plan, in both tables that have them, and the grand totals."""
    for what, whole, parts in (
        ("by_policy", face.overall, face.by_policy),
        ("by_policy_before", face.overall_before, face.by_policy_before),
        ("summary", _of(face.summary, whole=True), _of(face.summary, whole=False)),
        ("summary", face.overall, _of(face.summary, whole=True)),
    ):
        for status in plan.status_names:
            found = [count.items for (_, held), count in parts.items() if held == status]
            if found and ("", status) in whole:
                summed = sum(items or 0 for items in found)
                yield from unequal(
                    f"{what} の{status}の基本方針の合計", summed, whole["", status].items, PLAN_LABEL
                )
    for head, counts in (("項目数", face.overall), ("前年項目数", face.overall_before)):
        told = face.grand.get(head, NO_DATA)
        if told != NO_DATA and ("", TOTAL) in counts:
            yield from unequal(f"by_policy の総計（{head}）", told, str(counts["", TOTAL].items))
    grand = [face.grand.get(head, "") for head in ("項目数", "前年項目数")]
    if all(told.isdecimal() for told in grand):
        change = plan.printing.change_of_items(int(grand[0]) - int(grand[1]))
        yield from unequal("by_policy の総計（前年比）", face.grand["前年比"], close(change))


def _of(counts: Counts, *, whole: bool) -> dict[Place, Count]:
    return {place: count for place, count in counts.items() if (place[0] == "") == whole}


def _shares(face: Face, plan: Plan) -> Iterator[str]:
    """Every share is that of its count among the counted ones of its scope, rounded by the plan's rule."""
    printing = plan.printing
    for what in (
        "overall",
        "overall_before",
        "by_policy",
        "by_policy_before",
        "summary",
        "reference",
        "focus",
    ):
        counts: dict[tuple[str, ...], Count] = getattr(face, what)
        none = printing.no_share if what.startswith(("overall", "by_policy")) else ""
        for scope in dict.fromkeys(place[:-1] for place in counts):
            counted = sum(
                counts[*scope, name].items or 0 for name in plan.counted_names if (*scope, name) in counts
            )
            for name in (*plan.status_names, TOTAL):
                if (count := counts.get((*scope, name))) is None:
                    continue
                items = counted if name == TOTAL else count.items or 0
                has_share = counted and (name == TOTAL or name in plan.counted_names)
                share = printing.share(printing.share_pct(items, counted)) if has_share else none
                place = " ".join(filter(None, (what, *scope, name)))
                yield from unequal(f"{place} の割合", count.share, close(share))


def _changes(face: Face, plan: Plan) -> Iterator[str]:
    """This year less last year is the printed change; of shares, as printed."""
    printing = plan.printing
    for place, told in face.changes.items():
        now, before = face.by_policy.get(place), face.by_policy_before.get(place)
        if now is None or before is None or now.items is None or before.items is None:
            yield f"by_policy {' '.join(place)}: 前年比があるのに、両年度の項目数がありません"
            continue
        items = now.items - before.items
        shares = [_percent(count.share) for count in (now, before)]
        if place[1] == TOTAL or None in shares:
            change = printing.change_of_items(items)
        else:
            points = Decimal(shares[0] or "0") - Decimal(shares[1] or "0")
            change = printing.change_cell(items, points)
        yield from unequal(f"by_policy {' '.join(place)} の前年比", told, close(change))
    for place in face.by_policy_before:
        if place not in face.changes:
            yield f"by_policy {' '.join(place)}: 前年比がありません"


def _percent(share: str) -> str | None:
    return share.removesuffix("%") if share.endswith("%") else None


def _bridge(face: Face) -> Iterator[str]:
    """Last year's count, what came in and what left give this year's; policies sum to the plan."""
    now, before = face.overall | face.by_policy, face.overall_before | face.by_policy_before
    for place, (previous, came, left, items) in face.bridge.items():
        where = f"bridge {place[0] or PLAN_LABEL} {place[1]}"
        yield from unequal(f"{where} の増減", previous + came - left, items, "今年度の項目数")
        for counts, told in ((now, items), (before, previous)):
            if place in counts:
                yield from unequal(f"{where} の項目数", told, counts[place].items, "比較の表")
    for at, column in ((0, "前年度"), (3, "今年度")):
        for status in dict.fromkeys(status for _, status in face.bridge):
            parts = [row[at] for (scope, held), row in face.bridge.items() if scope and held == status]
            if parts:
                whole = face.bridge.get(("", status), (None,) * 4)[at]
                yield from unequal(f"bridge {status} の{column}の合計", sum(parts), whole, PLAN_LABEL)


def _flows(face: Face, history: History) -> Iterator[str]:
    """The flows between two years sum to their total, and the last ones to this year's counts."""
    for years in dict.fromkeys(flow[:2] for flow in face.flows):
        flows = {flow[2:]: items for flow, items in face.flows.items() if flow[:2] == years}
        total = flows.pop((TOTAL, ""), None)
        where = f"transitions {years[0]}→{years[1]}"
        yield from unequal(f"{where} の{TOTAL}", sum(flows.values()), total)
        if years[1] == close(str(history.year)) and face.overall:
            for status in history.plan.status_names:
                arrived = sum(items for (_, new), items in flows.items() if new == status)
                yield from unequal(
                    f"{where} {status} になった項目", arrived, items_of(face.overall, status), "項目数"
                )
