"""Compare the statuses of two sides item by item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helpers.proof.diff.differences import StatusChange
from helpers.text.forms import folded


@dataclass(frozen=True)
class ItemStatus:
    """An item and its status."""

    number: str
    name: str
    status: str


def compare_statuses(
    before: Iterable[ItemStatus], after: Iterable[ItemStatus], pairs: Mapping[str, str] | None = None
) -> tuple[StatusChange, ...]:
    """List the items whose status changed, then the added items, then the removed items.

    ``pairs``: the number of each item after → the number of the same item before; None if equal numbers mean equal items.
    """
    old, new = ({folded(item.number): item for item in items} for items in (before, after))
    known = {key: key for key in new} if pairs is None else {folded(n): folded(o) for n, o in pairs.items()}
    was = {key: old.get(known.get(key, "")) for key in new}
    flipped = [
        StatusChange(item.number, item.name, old_item.status, item.status)
        for key, item in new.items()
        if (old_item := was[key]) is not None and old_item.status != item.status
    ]
    came = [StatusChange(i.number, i.name, None, i.status) for key, i in new.items() if was[key] is None]
    kept = {known.get(key) for key in new}
    left = [StatusChange(i.number, i.name, i.status, None) for key, i in old.items() if key not in kept]
    return (*flipped, *came, *left)


def pairs_by_name(before: Iterable[ItemStatus], after: Iterable[ItemStatus]) -> dict[str, str]:
    """Pair the items of two years without their plan: equal number and equal name mean the same item."""
    old = {(folded(item.number), folded(item.name)): item.number for item in before}
    named = ((item.number, old.get((folded(item.number), folded(item.name)))) for item in after)
    return {number: same for number, same in named if same is not None}
