"""How differences are told in Japanese; what the three forms of a comparison share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from helpers.proof.diff.differences import CellChange, PageChange, Part, StatusChange, TableChange
from helpers.text.forms import INVISIBLE, code_point

NOTHING = "違いはありません"
EMPTY = "（空欄）"
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """A text on one line in which nothing acts on the reader's screen: control and invisible characters are named."""
    shown = []
    for char in text.replace("\r\n", "\n"):
        if char == "\n":
            shown.append("⏎")
        elif unicodedata.category(char) in ("Cc", "Cs") or char in _BIDI or char in INVISIBLE:
            shown.append(f"[{code_point(char)}]")
        else:
            shown.append(char)
    return "".join(shown)


def counts(part: Part) -> Iterator[tuple[str, int, str]]:
    """What a part holds: (what, how many, counted in), only what there is."""
    found = (
        ("実施状況が変わった項目", len(part.flipped), "件"),
        ("加わった項目", len(part.added), "件"),
        ("なくなった項目", len(part.removed), "件"),
        ("表の変更", sum(places(table) for table in part.tables), "か所"),
        ("文章の変更", len(part.texts), "か所"),
        ("データファイルの変更", sum(places(file) for file in part.files), "か所"),
        ("PDFの変更", len(part.pdf.pages) if part.pdf else 0, "ページ"),
    )
    return ((what, number, unit) for what, number, unit in found if number)


def summary(part: Part) -> str:
    """'実施状況が変わった項目 1件、表の変更 3か所'."""
    return "、".join(f"{what} {number}{unit}" for what, number, unit in counts(part))


def places(table: TableChange) -> int:
    """In how many places a table differs; one that is on one side only differs as a whole."""
    return len(table.cells) or 1


def item(change: StatusChange) -> str:
    """'5 庁内における支援体制の確立'."""
    return " ".join(part for part in (change.number, change.name) if part)


def status(change: StatusChange) -> str:
    """'実施 → 一部実施', or the only status."""
    return " → ".join(name or EMPTY for name in (change.before, change.after) if name is not None)


def cell_place(cell: CellChange) -> str:
    """'実施 ／ 令和4年度 項目数'; a row or a column that is on one side only is called that."""
    if not cell.column:
        return cell.row if None not in (cell.before, cell.after) else f"行「{cell.row}」"
    return f"{cell.row} ／ {cell.column}" if cell.row else f"列「{cell.column}」"


def value(text: str | None) -> str:
    """A value as it is shown; what is not there is said."""
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
    return (
        f"{page.before}ページ" if page.before == page.after else f"{page.before}ページ → {page.after}ページ"
    )


def page_counts(before: int, after: int) -> str:
    """'10ページ → 11ページ', '11ページ'."""
    return f"{after}ページ" if before == after else f"{before}ページ → {after}ページ"
