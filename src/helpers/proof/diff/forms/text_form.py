"""Write a comparison as plain text for a terminal."""

from __future__ import annotations

__all__ = ["as_text"]

from collections.abc import Iterable, Iterator

from helpers.proof.diff.differences import Comparison, Part, TableChange
from helpers.proof.diff.forms import wording


def as_text(comparison: Comparison) -> str:
    """Write the differences as lines; "" where there are none. No character in them acts on a terminal."""
    if not comparison.has_differences:
        return ""
    lines = [f"--- {comparison.before}", f"+++ {comparison.after}"]
    for part in comparison.parts:
        lines += ["", *_part_lines(part)]
    return "\n".join(wording.visible(line) for line in lines) + "\n"


def _part_lines(part: Part) -> Iterator[str]:
    yield "■ " + ": ".join(filter(None, (part.title, wording.summary(part))))
    yield from part.news
    for heading, changes in wording.movements(part):
        yield heading
        for change in changes:
            statuses = (
                status or wording.EMPTY for status in (change.before, change.after) if status is not None
            )
            yield f"  {wording.label(change)}: {' → '.join(statuses)}"
    if part.listing:
        yield wording.LISTING
        for item in part.listing:
            yield f"  {wording.label(item)}: {wording.value(item.before)} → {wording.value(item.after)}"
    yield from _table_lines("表", part.tables)
    yield from _text_lines(part)
    yield from _table_lines("データファイル", part.files)
    if part.pdf is not None:
        yield f"PDF（{wording.pages(part.pdf.before_pages, part.pdf.after_pages)}）"
        yield from (f"  {wording.page_pair(page)}" for page in part.pdf.pages)
    if part.background:
        yield "背景（違いには数えません）"
        yield from (f"  {line}" for line in part.background)


def _table_lines(heading: str, tables: Iterable[TableChange]) -> Iterator[str]:
    for table in tables:
        whole = wording.whole_table(table)
        yield f"{heading}「{table.caption}」" + (f"が{whole}" if whole else "")
        for cell in table.cells:
            yield f"  {wording.label(cell)}: {wording.value(cell.before)} → {wording.value(cell.after)}"


def _text_lines(part: Part) -> Iterator[str]:
    section: str | None = None
    for change in part.texts:
        if change.section != section:
            section = change.section
            yield f"文章「{section}」" if section else "文章"
        kind = f"［{change.kind}］" if change.kind != "文" else ""
        sides = (("-", change.before), ("+", change.after))
        yield from (f"  {sign} {kind}{text}" for sign, text in sides if text is not None)
