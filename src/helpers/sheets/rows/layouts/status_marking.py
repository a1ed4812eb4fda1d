"""The texts that mean a mark or none, and statuses side by side in cells, with a mark at one or for a person to circle one."""

from __future__ import annotations

__all__ = ["MARKS", "NO_MARKS", "listed_beside", "marked_below", "marks_of", "without_instruction"]

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.cell_meanings import Vocabulary
from helpers.text.forms import variant_folded

# As they are after folding (NFKC, variants unified); the variation selector of emoji is no part of a form.
MARKS = frozenset(map(variant_folded, (*"○◯〇⭕●⬤◎◉⦿レ✓✔☑☒✅√■◼⬛★☆◆1Vｖ", "1.0", "TRUE", "該当")))
_NOTHING = "× ✕ ✖ ✗ ✘ - ― □ ☐ ◻ / 0 0.0 なし 無 いいえ n no 非該当 FALSE"
NO_MARKS = frozenset(map(variant_folded, _NOTHING.split()))
# Texts that are marks only if a table has no others: x means no beside ○, and yes by itself.
_ALONE = "済 x o * ※ はい 有 あり y yes 丸 丸印 ○印 〆"
_SOLE_MARKS = frozenset(map(variant_folded, _ALONE.split()))
# What a heading says of the marks under it: '実施（○）', '実施（該当に○）', '実施（R4）'.
_ABOUT_MARKS = r"[(（](?:[^()（）]*(?:[○◯〇●✓✔レ印]|該当|チェック)[^()（）]*|項目数?|件数?|(?:令和|平成|[RHＲＨ])?[0-9０-９元]+(?:年度?|項目|件)?)[)）]\s*$"
_FEWEST_COLUMNS = 3  # in which a word alone is no answer to one question


def marks_of(texts: Iterable[str], own: Iterable[str], columns: int) -> tuple[frozenset[str], frozenset[str]]:
    """The forms that are marks in a table, and those that are none.

    ``texts``: of the cells in its columns for statuses; ``own``: the marks that the plan names; ``columns``: how many.
    """
    of_plan = frozenset(map(variant_folded, own))
    marks, no_marks = MARKS | of_plan, NO_MARKS - of_plan
    words = {variant_folded(text) for text in texts} - no_marks - {""}
    is_certain = len(words) == 1 and columns >= _FEWEST_COLUMNS
    return marks | (words & _SOLE_MARKS if is_certain else set()), no_marks


def without_instruction(heading: str) -> str:
    """A heading without its remark about the marks, such as （○）."""
    return re.sub(_ABOUT_MARKS, "", heading) if heading.rstrip()[-1:] in (")", "）") else heading


_MOST_CELLS = 40


def listed_beside(
    grid: Grid, row: int, column: int, words: Vocabulary, is_of_another: Callable[[int], bool]
) -> str:
    """The text of a cell and of the cells after it that together list statuses; "" where a cell says all by itself.

    ``is_of_another``: whether a column is no longer one of those under the heading of the status.
    """
    end = min(grid.reach(row), column + _MOST_CELLS)  # a card's value may be missing under the last row
    after = takewhile(lambda at: not is_of_another(at), range(column + 1, end))
    cells = [grid.cell(row, at) for at in (column, *after) if grid.begins(row, at)]
    for count in range(len(cells), 1, -1):  # what follows the statuses may be a remark
        joined = "、".join(_grouped(cells[:count], words))
        listing = words.written.listing(joined) if cells[count - 1] else None
        if listing is not None and len(listing.listed) > 1:
            return joined
    return ""


def marked_below(grid: Grid, row: int, column: int, words: Vocabulary, line: int) -> str:
    """The status with a mark under it in a line, of several that stand side by side from a cell on; "" where that is not one."""
    names, at = dict[str, int](), column
    while words.written.names_one(text := grid.cell(row, at)):
        names[text] = at
        at += 1
    marks = {name: variant_folded(grid.cell(line, at)) for name, at in names.items()}
    marked = [name for name, mark in marks.items() if mark in MARKS]
    is_clear = len(marked) == 1 and all(mark in MARKS | NO_MARKS | {""} for mark in marks.values())
    return marked[0] if is_clear and len(names) > 1 else ""


def _grouped(cells: Sequence[str], words: Vocabulary) -> list[str]:
    """The texts of cells, a mark in a cell of its own with its status: the one before it if the first cell is a status."""
    are_names = [words.written.names_one(text) for text in cells]
    groups: list[str] = [""]
    for text, is_name in zip(cells, are_names, strict=True):
        if groups[-1] and (not any(are_names) or (are_names[0] and is_name)):
            groups.append("")
        groups[-1] += text
        if is_name and not are_names[0]:
            groups.append("")
    return list(filter(None, groups))
