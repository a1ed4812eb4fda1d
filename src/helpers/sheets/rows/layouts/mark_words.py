"""The texts that mean a mark, or none, in a column for a status."""

from __future__ import annotations

__all__ = ["MARKS", "NO_MARKS", "marks_of", "without_instruction"]

import re
from collections.abc import Iterable

from helpers.text.forms import variant_folded

# As they are after folding (NFKC, variants unified); the variation selector of emoji is no part of a form.
MARKS = frozenset(map(variant_folded, (*"○◯〇⭕●⬤◎◉⦿レ✓✔☑☒✅√■◼⬛★☆◆1Vｖ", "1.0", "TRUE", "該当")))
NO_MARKS = frozenset(
    map(
        variant_folded,
        [
            "×",
            "✕",
            "✖",
            "✗",
            "✘",
            "-",
            "―",
            "□",
            "☐",
            "◻",
            "/",
            "0",
            "0.0",
            "なし",
            "無",
            "いいえ",
            "n",
            "no",
            "非該当",
            "FALSE",
        ],
    )
)
# Texts that are marks only if a table has no others: x means no beside ○, and yes by itself.
_SOLE_MARKS = frozenset(
    map(
        variant_folded,
        ["済", "x", "o", "*", "※", "はい", "有", "あり", "y", "yes", "丸", "丸印", "○印", "〆"],
    )
)
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
