"""What a comparison finds, as plain values. ``None`` on one side means: not there on that side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class StatusChange:
    """An item whose status flipped, or that came or left."""

    number: str
    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class CellChange:
    """One cell of a table; a whole row or column that came or left has ``""`` for the other of the two."""

    row: str
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class TableChange:
    """The cells of one table or file that changed; none where it is on one side only, before or (``is_after``) after."""

    caption: str
    cells: tuple[CellChange, ...] = ()
    is_after: bool = True


@dataclass(frozen=True)
class TextChange:
    """A sentence, heading or note. ``section`` is the heading above it; ``kind`` says in Japanese what it is."""

    section: str
    kind: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class PageChange:
    """A page of the PDF before and the page that it has become.

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
        title: what is compared: '山口市 令和4年度'; "" where it need not be said.
        statuses: items whose status flipped, then those that came or left.
        tables: tables as they are printed.
        files: files that machines read, compared cell by cell, and files that are on one side only.
        texts: sentences, headings, notes.
        pdf: the pages of the PDF; None where they look the same.
        background: what may explain the differences (inputs, versions); no difference by itself.
    """

    title: str
    statuses: tuple[StatusChange, ...] = ()
    tables: tuple[TableChange, ...] = ()
    files: tuple[TableChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    pdf: PdfChange | None = None
    background: tuple[str, ...] = ()

    @property
    def has_differences(self) -> bool:
        """Whether a reader would see any difference."""
        return bool(self.statuses or self.tables or self.files or self.texts or self.pdf)


@dataclass(frozen=True)
class Comparison:
    """Two things compared: their names, the parts that differ, and what could not be compared at all."""

    before: str
    after: str
    parts: tuple[Part, ...]
    problems: tuple[str, ...] = ()

    @property
    def has_differences(self) -> bool:
        """Whether any part differs."""
        return bool(self.parts)


def comparison(before: str, after: str, results: Iterable[Part | str]) -> Comparison:
    """A comparison of the parts that differ, the others dropped; a text is what could not be compared."""
    results = list(results)
    parts = (part for part in results if isinstance(part, Part) and part.has_differences)
    return Comparison(before, after, tuple(parts), tuple(text for text in results if isinstance(text, str)))


def compare_files(
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    compare: Callable[[str, bytes, bytes], TableChange | None],
) -> tuple[TableChange, ...]:
    """The files that differ and those on one side only, by name."""
    changes = (
        compare(name, before[name], after[name])
        if name in before and name in after
        else TableChange(name, is_after=name in after)
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    )
    return tuple(change for change in changes if change is not None)
