"""The cells that the declared values were read from: targets, effects, judgements, texts."""

from __future__ import annotations

__all__ = ["source_values"]

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.courses import item_lines
from helpers.history.declared_values import values_in
from helpers.plan import Item
from helpers.plan.reserved_words import NONE
from helpers.report.origins.trace import Trace
from helpers.report.table import Table


def source_values(trace: Trace) -> Table | None:
    """The cells of each declared value in every year known item by item.

    Shape: one row per item and kind of content (an indicator, an effect, a judgement, a text), grouped by policy; the cells
    of a year one after the other, those of another file than the year's sheet with its name. None where nothing is declared.
    """
    history = trace.history
    cells: dict[tuple[Item, str], dict[FiscalYear, dict[str, None]]] = {}
    years, words = history.item_years(), history.plan.wording
    for item, numbers in item_lines(history):
        for year in years:
            sheet = history.sheets[year].source.file
            for value in values_in(history, year):
                if value.number == numbers.get(year):
                    cell = value.cell if value.file == sheet else f"{value.file} {value.cell}"
                    row = cells.setdefault((item, value.part or value.name), {})
                    row.setdefault(year, {})[cell] = None
    if not cells:
        return None
    return Table(
        id="source_values",
        caption="目標・効果額・評価・記載を読み取ったセル",
        printed=pd.DataFrame(
            {
                "基本方針": item.policy.heading,
                "番号": item.number,
                words.item_title: item.name,
                "内容": content,
                **{words.label(year): "、".join(read.get(year, {NONE: None})) for year in years},
            }
            for (item, content), read in cells.items()
        ),
        records=pd.DataFrame(
            {
                "fiscal_year": int(year),
                "number": item.number,
                "item": item.name,
                "content": content,
                "cells": "、".join(read[year]),
            }
            for (item, content), read in cells.items()
            for year in sorted(read)
        ),
        row_headers=("番号", words.item_title),
        text=("内容", *map(words.label, years)),
        group="基本方針",
    )
