"""How a complaint of the gate is worded, and the figures that several of its rules look up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from helpers.gate.face import Count, Place

Counts = Mapping[Place, Count]


def items_of(counts: Counts, status: str) -> int | None:
    """The items of the whole plan in a status; None where the face has no such row."""
    return counts.get(("", status), Count(None, "")).items


def unequal(what: str, one: object, other: object, beside: str = "内訳の合計") -> Iterator[str]:
    """Nothing where both are the same; else one sentence that gives both."""
    if one != other:
        yield f"{what}は「{_shown(one)}」ですが、{beside}は「{_shown(other)}」です"


def _shown(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else "なし" if value is None else str(value)
