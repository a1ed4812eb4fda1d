"""Describe differences in Japanese, for all three forms of a comparison."""

from __future__ import annotations

__all__ = [
    "EMPTY", "LISTING", "NOTHING", "counts", "label", "movements", "page_pair", "pages", "summary",
    "value", "visible", "whole_table",
]  # fmt: skip

import unicodedata
from collections.abc import Iterable, Iterator

from helpers.proof.diff.differences import CellChange, PageChange, Part, StatusChange, TableChange
from helpers.text.forms import INVISIBLE, code_point

NOTHING = "違いはありません"
EMPTY = "（空欄）"
LISTING = "すべての項目の実施状況（前年度 → この年度）"
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """Put a text on one line, with control and invisible characters named: nothing in it acts on a screen."""
    shown = []
    for char in text.replace("\r\n", "\n"):
        if char == "\n":
            shown.append("⏎")
        elif unicodedata.category(char) in ("Cc", "Cs") or char in _BIDI or char in INVISIBLE:
            shown.append(f"[{code_point(char)}]")
        else:
            shown.append(char)
    return "".join(shown)


def movements(part: Part) -> Iterator[tuple[str, list[StatusChange]]]:
    """Group the items into changed, added and removed under headings; empty groups are left out."""
    for heading, is_before, is_after in (
        ("実施状況が変わった項目", True, True),
        ("加わった項目", False, True),
        ("なくなった項目", True, False),
    ):
        sides = (is_before, is_after)
        if changes := [c for c in part.statuses if (c.before is not None, c.after is not None) == sides]:
            yield heading, changes


def counts(part: Part) -> Iterator[tuple[str, int, str]]:
    """Count the differences of each kind in a part: (kind, number, unit); kinds without any are left out."""
    yield from ((heading, len(changes), "件") for heading, changes in movements(part))
    for kind, number, unit in (
        ("表の変更", _places(part.tables), "か所"),
        ("文章の変更", len(part.texts), "か所"),
        ("データファイルの変更", _places(part.files), "か所"),
        ("PDFの変更", len(part.pdf.pages) if part.pdf else 0, "ページ"),
    ):
        if number:
            yield kind, number, unit


def _places(tables: Iterable[TableChange]) -> int:
    """Count the changed cells; a table on one side only counts as one."""
    return sum(len(table.cells) or 1 for table in tables)


def summary(part: Part) -> str:
    """'実施状況が変わった項目 1件、表の変更 3か所'."""
    return "、".join(f"{kind} {number}{unit}" for kind, number, unit in counts(part))


def label(change: StatusChange | CellChange) -> str:
    """'5 庁内における支援体制の確立', '実施 ／ 令和4年度 項目数'; a whole row is 行「…」, a column 列「…」."""
    if isinstance(change, StatusChange):
        return " ".join(filter(None, (change.number, change.name)))
    if not change.column:
        return change.row if None not in (change.before, change.after) else f"行「{change.row}」"
    return f"{change.row} ／ {change.column}" if change.row else f"列「{change.column}」"


def value(text: str | None) -> str:
    """Show a value, also one that is empty or does not exist."""
    return "（なし）" if text is None else text or EMPTY


def whole_table(table: TableChange) -> str:
    """'加わりました' or 'なくなりました', for a table or file on one side only; '' otherwise."""
    if table.cells:
        return ""
    return "加わりました" if table.is_after else "なくなりました"


def page_pair(page: PageChange) -> str:
    """'3ページ → 4ページ', '10ページ（追加）', '2ページ（削除）'."""
    if page.before is None:
        return f"{page.after}ページ（追加）"
    if page.after is None:
        return f"{page.before}ページ（削除）"
    return pages(page.before, page.after)


def pages(before: int, after: int) -> str:
    """'10ページ → 11ページ', '11ページ'."""
    return f"{after}ページ" if before == after else f"{before}ページ → {after}ページ"
