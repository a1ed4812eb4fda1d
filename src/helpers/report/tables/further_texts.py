"""The further texts of the items, in plans that show no cards: 評価の理由, 課題, 次年度の取組."""

from __future__ import annotations

__all__ = ["further_texts"]

import pandas as pd

from helpers.history.declared_values import texts_in
from helpers.history.history import History, remembered
from helpers.report.table import Table
from helpers.report.tables.common import item_fields


@remembered
def further_texts(history: History) -> Table | None:
    """The year's further texts of each item.

    Shape: one row per item and text, grouped by policy. None where there is none, and in plans with cards, which have them.
    """
    if history.plan.declared.shows_cards or history.item_statuses(history.year) is None:
        return None
    rows = [
        (item, name, text)
        for item in history.plan.items_in(history.year)
        for name, text in texts_in(history, history.year, item.number)
    ]
    if not rows:
        return None
    words, names = history.plan.wording, dict.fromkeys(name for _, name, _ in rows)
    return Table(
        id="further_texts",
        caption=f"{words.kind}別の{'・'.join(names)}（{words.label(history.year)}）",
        printed=pd.DataFrame(
            {
                "基本方針": item.policy.heading,
                "番号": item.number,
                words.item_title: item.name,
                "内容": name,
                "記載": text,
            }
            for item, name, text in rows
        ),
        records=pd.DataFrame(
            {
                "fiscal_year": int(history.year),
                **item_fields(item),
                "content": name,
                "text": text,
            }
            for item, name, text in rows
        ),
        row_headers=("番号", words.item_title),
        text=("内容", "記載"),
        group="基本方針",
    )
