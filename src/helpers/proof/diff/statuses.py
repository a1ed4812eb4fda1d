"""Compare the statuses of two sides item by item."""

from __future__ import annotations

__all__ = ["ItemStatus", "YearOfStatuses", "compare_statuses", "pairs_by_name", "part_of_new"]

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from helpers.proof.diff.differences import Part, StatusChange
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


@dataclass(frozen=True)
class YearOfStatuses:
    """A year in a comparison: its name, its items (none for a year of totals only), its share as printed.

    ``share``: '「実施」の割合 81.0%', or "" where nothing is counted.
    """

    name: str
    items: Sequence[ItemStatus]
    share: str


def part_of_new(title: str, name: str, now: YearOfStatuses, before: YearOfStatuses | None) -> Part:
    """Tell of a report or sheet that came: its counts and share, what moved since the year before, its items.

    ``name``: what came, as '報告書 yamaguchi/2023'. ``before``: None where the year before is not known.
    """
    words = Counter(item.status for item in now.items)
    counts = f"{len(now.items)}項目（{'、'.join(f'{word} {count}' for word, count in words.items())}）"
    sentences = [f"「{name}」が加わりました", *([counts] if now.items else []), *filter(None, [now.share])]
    if before is None or not before.items or not now.items:
        return Part(title, statuses=compare_statuses((), now.items), news=tuple(sentences))
    moved = compare_statuses(before.items, now.items, pairs_by_name(before.items, now.items))
    were = {(folded(item.number), folded(item.name)): item.status for item in before.items}
    listing = tuple(
        StatusChange(item.number, item.name, were.get((folded(item.number), folded(item.name))), item.status)
        for item in now.items
    )
    if before.share:
        same_words = f"{now.share.rpartition(' ')[0]} "
        sentences[-1] += f"（{before.name}は{before.share.removeprefix(same_words)}）"
    sentences.append(f"{before.name}から実施状況が動いた項目は{len(moved)}件です")
    return Part(title, statuses=moved, news=tuple(sentences), listing=listing)


def pairs_by_name(before: Iterable[ItemStatus], after: Iterable[ItemStatus]) -> dict[str, str]:
    """Pair the items of two years without their plan: equal number and equal name mean the same item."""
    old = {(folded(item.number), folded(item.name)): item.number for item in before}
    named = ((item.number, old.get((folded(item.number), folded(item.name)))) for item in after)
    return {number: same for number, same in named if same is not None}
