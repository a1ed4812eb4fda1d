"""Differences as plain values, and those between the statuses of two sides. ``None`` before or after: not there on that side."""

from __future__ import annotations

__all__ = [
    "Box", "CellChange", "Comparison", "ItemStatus", "PageChange", "Part", "PdfChange", "StatusChange",
    "TableChange", "TextChange", "YearOfStatuses", "compare_files", "compare_statuses", "comparison",
    "pairs_by_name", "part_of_new",
]  # fmt: skip

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from helpers.text.forms import folded

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class StatusChange:
    """An item whose status changed, or that was added or removed."""

    number: str
    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class CellChange:
    """A changed cell; a whole row that was added or removed has ``column`` "", a whole column ``row`` ""."""

    row: str
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class TableChange:
    """The changed cells of a table or file; none where it exists on one side only: after if ``is_after``, else before."""

    caption: str
    cells: tuple[CellChange, ...] = ()
    is_after: bool = True


@dataclass(frozen=True)
class TextChange:
    """A sentence, heading or note. ``section`` is the heading above it; ``kind`` its kind in Japanese."""

    section: str
    kind: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class PageChange:
    """A page of the PDF before and the same page after.

    Page numbers begin at 1. ``box`` is around all that differs: (left, top, right, bottom) in the pixels of the
    pictures, None where the page differs as a whole. ``before_picture`` and ``after_picture`` hold the pictures (WebP)
    with the box drawn, empty where none were asked for.
    """

    before: int | None
    after: int | None
    box: Box | None = None
    before_picture: bytes = b""
    after_picture: bytes = b""


@dataclass(frozen=True)
class PdfChange:
    """The pages of report.pdf that look different, and how many there are on each side."""

    before_pages: int
    after_pages: int
    pages: tuple[PageChange, ...]


@dataclass(frozen=True)
class Part:
    """All the differences of one report, one year or one pair of sheets.

    Attributes:
        title: name of the report or year, such as '山口市 令和4年度'; may be "".
        news: of a report or year that only the side after has: sentences that say what it counts. ``statuses`` are then
            what moved since the year before, or all its items where there is none.
        listing: of such a report or year, the statuses of all items with those of the year before; no differences.
        statuses: items whose status changed, then items added, then items removed.
        tables: tables as they are printed.
        files: data files, compared cell by cell, and files that exist on one side only.
        texts: sentences, headings, notes.
        pdf: the pages of the PDF; None where they look the same.
        background: inputs and versions that may explain the differences; no difference by themselves.
    """

    title: str
    statuses: tuple[StatusChange, ...] = ()
    news: tuple[str, ...] = ()
    listing: tuple[StatusChange, ...] = ()
    tables: tuple[TableChange, ...] = ()
    files: tuple[TableChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    pdf: PdfChange | None = None
    background: tuple[str, ...] = ()

    @property
    def has_differences(self) -> bool:
        """Whether a reader would see any difference."""
        return bool(self.news or self.statuses or self.tables or self.files or self.texts or self.pdf)


@dataclass(frozen=True)
class Comparison:
    """The names of the two sides, the parts that differ, and the reports or years that could not be compared."""

    before: str
    after: str
    parts: tuple[Part, ...]
    problems: tuple[str, ...] = ()

    @property
    def has_differences(self) -> bool:
        """Whether any part differs."""
        return bool(self.parts)


def comparison(before: str, after: str, results: Iterable[Part | str]) -> Comparison:
    """Make a comparison of the parts that differ; a text among the results is a problem, such as an unreadable year."""
    results = list(results)
    parts = (part for part in results if isinstance(part, Part) and part.has_differences)
    return Comparison(before, after, tuple(parts), tuple(text for text in results if isinstance(text, str)))


def compare_files(
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    compare: Callable[[str, bytes, bytes], TableChange | None],
) -> tuple[TableChange, ...]:
    """List the files that differ or exist on one side only, in the order of their names."""
    changes = (
        compare(name, before[name], after[name])
        if name in before and name in after
        else TableChange(name, is_after=name in after)
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    )
    return tuple(change for change in changes if change is not None)


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
