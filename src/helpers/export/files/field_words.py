"""The descriptions of columns in the words of a plan: 事業 for 項目, 前年同期 for 前年度."""

from __future__ import annotations

__all__ = ["in_words_of"]

import re
from dataclasses import replace

from helpers.export.files.fields import Field
from helpers.plan.words.report_words import YEAR, Wording

# The middle level 重点項目 keeps its name.
_WORDS = re.compile("重点項目|推進項目|項目数|項目|前年度|前年|その年度末|前の年度末")


def in_words_of(field: Field, wording: Wording) -> Field:
    """The same column, described in the words of the plan's tables.

    >>> from helpers.export.files.fields import FIELDS
    >>> field = in_words_of(FIELDS["previous_items"], Wording(item="事業", last_year="前年同期"))
    >>> field.title, field.description, field.unit
    ('前年同期事業数', '前の年度の事業数。空は資料なし', '事業')
    """
    is_of_the_march = wording.year == YEAR
    words = {
        "推進項目": wording.kind,
        "項目数": wording.count,
        "項目": wording.item,
        "前年度": wording.last_year,
        "前年": wording.last_year.removesuffix("度"),
        "その年度末": "その年度末" if is_of_the_march else "その時点",
        "前の年度末": "前の年度末" if is_of_the_march else "前の時点",
    }

    def in_words(text: str) -> str:
        return _WORDS.sub(lambda match: words.get(match[0], match[0]), text)

    return replace(
        field,
        title=wording.item_title if field.name == "item" else in_words(field.title),
        description=in_words(field.description),
        unit=in_words(field.unit),
        words={value: in_words(word) for value, word in field.words.items()},
    )
