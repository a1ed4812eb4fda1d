"""Characters that the report's font cannot show, and names written otherwise than the plan writes them this year.

In other characters: copied out of a PDF, converted from another system, or by hand. Or policies by a name of another year.
"""

from __future__ import annotations

__all__ = ["GAIJI", "check", "describe", "unprintable"]

import functools
import re
import unicodedata
from collections.abc import Iterator

from helpers.sheets.finding import Position
from helpers.sheets.rows.header import ITEM, NUMBER, POLICY, STATUS
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.text.forms import HIDDEN_VARIANTS, VARIATION_SELECTORS, code_point, quoted, variant_in

# Of all that CP932 can write, the font lacks these (a test holds this), and gaiji have no agreed shape.
_DOUBTFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff≒]")
GAIJI = "外字"


def unprintable(text: str) -> Iterator[tuple[str, str]]:
    """Yield each character of a text that the report cannot show, once, with its kind: 外字, 絵文字, …"""
    if _is_plain(text):
        return
    for char in dict.fromkeys(VARIATION_SELECTORS.sub("", text)):
        if (kind := _kind(char)) is not None:
            yield char, kind


def describe(char: str, kind: str) -> str:
    """Name a character for a finding: '外字（U+E000）', '絵文字「😀」（U+1F600）'."""
    shown = f"「{char}」" if char.isprintable() else ""
    return f"{kind}{shown}（{code_point(char)}）"


def _is_plain(text: str) -> bool:
    """Whether CP932, which the font covers, can encode the text: a quick test that needs no font."""
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return _DOUBTFUL.search(text) is None


def _kind(char: str) -> str | None:
    category = unicodedata.category(char)
    if char in "\n\t" or _is_plain(char):
        return None
    if category == "Co":
        return GAIJI
    if category in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return "制御文字"
    if ord(char) in _font_characters():
        return None
    return "絵文字" if category == "So" else "表示できない文字"


@functools.cache
def _font_characters() -> frozenset[int]:
    """The code points that the report's font can show in both weights."""
    import noto_cjk
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    covered = []
    for weight in ("regular", "bold"):
        with TTFont(noto_cjk.font_path("sans", "jp", weight), lazy=True) as font:
            covered.append(frozenset(font.getBestCmap() or ()))
    return covered[0] & covered[1]


def check(table: SheetTable) -> None:
    """Warn once for a table whose names are written in variants of the plan's characters."""
    variants = {at: pair for at, text, wanted in _names(table) if (pair := variant_in(text, wanted))}
    if variants:
        first, (char, plain) = next(iter(variants.items()))
        written = f"{quoted(char)}（{code_point(char[-1])}）"  # of two characters, the last chooses the shape
        message = (
            f"計画と違う文字で書かれた名前が{len(variants)}セルにあり（{table.grid.address(first)}の{written}など）、"
            f"計画の文字（{quoted(plain)}など）に読み替えました。直さなくてもかまいません"
        )
        table.warn("variant_characters", message, first)
    _warn_of_other_years(table)


def _warn_of_other_years(table: SheetTable) -> None:
    """Warn once of policies under a name that they do not have in the year of the sheet."""
    names = table.vocabulary.policies
    cells = [
        (table.at(entry, POLICY), table.written(entry, POLICY))
        for entry in table.body.entries
        if POLICY in table.header.columns
    ]
    cells += [((row, 0), " ".join(table.grid.texts(row))) for row in table.body.headings]
    others = {
        at: (text, policy)
        for at, text in cells
        if text and names.of_the_year(text) is None and (policy := names.of_any_year(text)) is not None
    }
    if others:
        first, (text, policy) = next(iter(others.items()))
        message = (
            f"基本方針{quoted(text)}は{table.vocabulary.year}の名前ではありません（{len(others)}セル）。"
            f"「{policy.label}」と読みました。この年度の名前に直してください"
        )
        table.warn("policy_of_another_year", message, first)


def _names(table: SheetTable) -> Iterator[tuple[Position, str, str]]:
    """Yield the cells that name a policy, item or status of the plan: cell, text, the plan's words for it."""
    vocabulary = table.vocabulary
    aliases = {status.name: "".join((status.name, *status.aliases)) for status in vocabulary.plan.statuses}
    for entry in table.body.entries:
        for column in (POLICY, ITEM, STATUS):
            text, wanted = table.written(entry, column), ""
            # Circles and dashes of another kind are usual for statuses.
            if column == STATUS and HIDDEN_VARIANTS.search(text):
                wanted = aliases.get(vocabulary.status(text) or "", "")
            elif column == POLICY and (policy := vocabulary.policy(text)) is not None:
                wanted = policy.label + policy.heading
            elif column == ITEM and (item := vocabulary.item(table.written(entry, NUMBER))) is not None:
                wanted = item.name
            if text and wanted:
                yield table.at(entry, column), text, wanted
