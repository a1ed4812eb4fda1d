"""A second judgement beside the status: counted, crossed with the first, item by item where they differ."""

from __future__ import annotations

__all__ = [
    "GROUP", "HIGHER", "LOWER", "NOT_JUDGED", "WORDS", "Judged", "judged_apart", "judged_items",
    "judgement_cross", "judgements",
]  # fmt: skip

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from helpers.history.counts import TOTAL
from helpers.history.courses import progress
from helpers.history.declared_values import words_in
from helpers.history.history import History, remembered
from helpers.plan import Item
from helpers.plan.declared.kinds import Judgement
from helpers.plan.reserved_words import NOT_ALIVE
from helpers.report.palette import status_looks
from helpers.report.table import Table
from helpers.report.tables.common import item_fields

NOT_JUDGED, GROUP = "判定なし", "評価の種類"
LOWER, HIGHER = "lower", "higher"
WORDS = {LOWER: "低い", HIGHER: "高い"}
# Item, status, the judgement's word ("" for none), and whether it is lower or higher than the status ("" for neither).
Judged = tuple[Item, str, str, str]


@remembered
def judgements(history: History) -> Table | None:
    """How many items have each status, and how many each word of the judgement.

    Shape: one row per status, other word of the judgement, none and the total, grouped by judgement. None where the year
    has no judgement.
    """
    rows, records = [], []
    for judgement, judged in _judged(history):
        first = Counter(status for _, status, *_ in judged)
        second = Counter(word or NOT_JUDGED for _, _, word, _ in judged)
        words = dict.fromkeys((*history.plan.status_names, *judgement.words))
        for word in (*words, *([NOT_JUDGED] if second[NOT_JUDGED] else [])):
            inside = str(first[word]) if word in history.plan.status_names else NOT_ALIVE
            outside = str(second[word]) if word in (*judgement.words, NOT_JUDGED) else NOT_ALIVE
            rows.append({GROUP: judgement.name, "区分": word, "実施状況": inside, "評価": outside})
            records.append(
                {
                    "fiscal_year": int(history.year),
                    "judgement": judgement.name,
                    "word": word,
                    "status_items": None if inside == NOT_ALIVE else int(inside),
                    "judged_items": None if outside == NOT_ALIVE else int(outside),
                }
            )
        total = str(len(judged))
        rows.append({GROUP: judgement.name, "区分": TOTAL, "実施状況": total, "評価": total})
    if not rows:
        return None
    return Table(
        id="judgements",
        caption=f"実施状況とほかの評価の{history.plan.wording.count}",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(records).convert_dtypes(),
        row_headers=("区分",),
        group=GROUP,
        totals=frozenset({TOTAL}),
    )


@remembered
def judgement_cross(history: History) -> Table | None:
    """The statuses crossed with the words of the judgement.

    Shape: one row per status and the total, one column per word, none and the total; grouped by judgement. A word that is
    another judgement's has ―. None where the year has no judgement.
    """
    known = list(_judged(history))
    if not known:
        return None
    columns = dict.fromkeys(word for judgement, _ in known for word in judgement.words)
    if any(not word for _, judged in known for *_, word, _ in judged):
        columns[NOT_JUDGED] = None
    rows, records = [], []
    for judgement, judged in known:
        pairs = Counter((status, word or NOT_JUDGED) for _, status, word, _ in judged)
        own = (*judgement.words, NOT_JUDGED)
        for status in (*history.plan.status_names, TOTAL):
            statuses = history.plan.status_names if status == TOTAL else (status,)
            counts = {word: sum(pairs[each, word] for each in statuses) for word in own}
            cells = {word: str(counts[word]) if word in own else NOT_ALIVE for word in columns}
            total = str(sum(counts.values()))
            rows.append({GROUP: judgement.name, "実施状況": status, **cells, TOTAL: total})
        records += [
            {
                "fiscal_year": int(history.year),
                "judgement": judgement.name,
                "status": status,
                "word": word,
                "items": pairs[status, word],
            }
            for status in history.plan.status_names
            for word in own
            if word != NOT_JUDGED or NOT_JUDGED in columns
        ]
    return Table(
        id="judgement_cross",
        caption="実施状況（行）とほかの評価（列）",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(records),
        row_headers=("実施状況",),
        group=GROUP,
        totals=frozenset({TOTAL}),
        statuses=status_looks(history.plan),
        status_columns=("実施状況",),
    )


@remembered
def judged_apart(history: History) -> Table | None:
    """The items that the judgement puts lower or higher than the status.

    Shape: one row per such item, grouped by judgement. None where there is none.
    """
    apart = [(judgement.name, *each) for judgement, judged in _judged(history) for each in judged if each[-1]]
    if not apart:
        return None
    return Table(
        id="judged_apart",
        caption=f"実施状況と評価が異なる{history.plan.wording.item}",
        printed=pd.DataFrame(
            {
                GROUP: name,
                "番号": item.number,
                history.plan.wording.item_title: item.name,
                "実施状況": status,
                "評価": word,
                "実施状況より": WORDS[way],
            }
            for name, item, status, word, way in apart
        ),
        records=pd.DataFrame(
            {
                "fiscal_year": int(history.year),
                "judgement": name,
                **item_fields(item),
                "status": status,
                "word": word,
                "differs": way,
            }
            for name, item, status, word, way in apart
        ),
        row_headers=("番号", history.plan.wording.item_title),
        text=("評価", "実施状況より"),
        group=GROUP,
        statuses=status_looks(history.plan),
        status_columns=("実施状況",),
    )


def judged_items(history: History, judgement: Judgement) -> list[Judged]:
    """Every item of the year with its status, the judgement's word and which way that differs; empty where none is judged."""
    frame = history.item_statuses(history.year)
    words = words_in(history, history.year, judgement)
    if frame is None or not words:
        return []
    statuses = dict(zip(frame["number"], frame["status"], strict=True))
    rank = progress(history.plan)

    def way(status: str, word: str) -> str:
        same = judgement.same_as.get(word, "")
        if status not in rank or same not in rank or rank[status] == rank[same]:
            return ""
        return LOWER if rank[same] < rank[status] else HIGHER

    return [
        (item, status, word, way(status, word))
        for item in history.plan.items_in(history.year)
        if (status := statuses.get(item.number)) is not None
        for word in (words.get(item.number, ""),)
    ]


def _judged(history: History) -> Iterator[tuple[Judgement, list[Judged]]]:
    for judgement in history.plan.declared.judgements:
        if judged := judged_items(history, judgement):
            yield judgement, judged
