"""Refuse names that readers of a report could not tell apart."""

from __future__ import annotations

__all__ = ["LOOKS", "Name", "demand_distinct", "demand_own_word", "is_alike"]

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from helpers.plan.reading.toml_section import Section
from helpers.plan.reserved_words import TAKEN, TOTAL_LABELS
from helpers.text.forms import folded, look_folded, variant_folded

_Form = Callable[[str], str]
Name = tuple[Section, str, str]  # table, key and name


def _look(text: str) -> str:
    # ``look_folded`` ignores case: a small l looks like I and 1, a capital L does not.
    return look_folded(unicodedata.normalize("NFKC", text).replace("L", "〔L〕"))


# Two names that are equal in one of these forms cannot be told apart.
LOOKS: Sequence[_Form] = (variant_folded, _look)


def is_alike(text: str, other: str) -> bool:
    """Whether two names cannot be told apart: 'A' and 'ａ', '○' and '〇', '行' and '⾏', '一' and 'ー'."""
    return any(form(text) == form(other) for form in LOOKS)


def demand_own_word(section: Section, key: str, word: str, also_taken: Iterable[str]) -> None:
    """Refuse a word that the tables use in another sense."""
    if folded(word) in map(folded, (*TAKEN, *TOTAL_LABELS, *also_taken)):
        raise section.fail(key, f"「{word}」は、報告書の表がほかの意味で使う語です", "別の語にしてください")


def demand_distinct(names: Iterable[Name], forms: Sequence[_Form] = LOOKS) -> None:
    """Refuse a name that looks like a name of another table of the plan file.

    Several names of one table may be alike.

    Raises:
        PlanFileError: at the second of two such names.
    """
    seen: dict[tuple[_Form, str], Name] = {}
    for section, key, name in names:
        for form in forms:
            other, other_key, twin = seen.setdefault((form, form(name)), (section, key, name))
            if other is not section:
                how = "同じです" if name == twin else "見分けられません"
                raise section.fail(
                    key,
                    f"「{name}」が {other.where(other_key)} の「{twin}」と{how}",
                    "どちらかを消すか、読む人が区別できる名前にしてください",
                )
