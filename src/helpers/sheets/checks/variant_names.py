"""Names written otherwise than the plan writes them this year.

In other characters: copied out of a PDF, converted from another system, or by hand. Or policies by a name of another year.
"""

from __future__ import annotations

__all__ = ["check"]

from collections.abc import Iterator

from helpers.sheets.finding import Position
from helpers.sheets.rows.header import ITEM, NUMBER, POLICY, STATUS
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.text.forms import HIDDEN_VARIANTS, code_point, quoted, variant_in


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
