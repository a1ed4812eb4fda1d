"""Differences as plain values. ``None`` before or after means that the value does not exist on that side."""

from __future__ import annotations

__all__ = [
    "Box", "CellChange", "Comparison", "PageChange", "Part", "PdfChange", "StatusChange", "TableChange",
    "TextChange", "compare_files", "comparison",
]  # fmt: skip

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

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
