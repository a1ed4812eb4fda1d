"""The statuses of two sides, item against item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from helpers.diff.changes import StatusChange
from helpers.text import folded


@dataclass(frozen=True)
class ItemStatus:
    """An item and its status."""

    number: str
    name: str
    status: str


def compare_statuses(before: Iterable[ItemStatus], after: Iterable[ItemStatus]) -> tuple[StatusChange, ...]:
    """The items whose status flipped, then those that came, then those that left, each in its own order."""
    old, new = ({folded(item.number): item for item in items} for items in (before, after))
    flipped = [
        StatusChange(item.number, item.name, old[key].status, item.status)
        for key, item in new.items()
        if key in old and old[key].status != item.status
    ]
    came = [StatusChange(i.number, i.name, None, i.status) for key, i in new.items() if key not in old]
    left = [StatusChange(i.number, i.name, i.status, None) for key, i in old.items() if key not in new]
    return (*flipped, *came, *left)
