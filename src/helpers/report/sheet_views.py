"""The tables and texts that ``ingest.ipynb`` shows of a sheet."""

from __future__ import annotations

__all__ = ["counts", "findings", "origin"]

import pandas as pd

from helpers.history.counts import PLAN_SCOPE
from helpers.plan.reserved_words import NONE, PLAN_LABEL
from helpers.report.assumptions import demand_arguments
from helpers.report.table import Table
from helpers.sheets import StatusSheet
from helpers.text.display import Shown, paragraph, sentences


def origin(sheet: StatusSheet) -> Table:
    """File, worksheet, SHA-256, what the sheet holds and its own notes."""
    source = sheet.source
    facts = {
        "年度": str(sheet.year),
        "ファイル": "\n".join(sheet.files),
        "シート": "\n".join(each.sheet for each in sheet.sources) or NONE,
        "SHA-256": source.sha256,
        "内容": f"{len(sheet.statuses)}項目" if sheet.has_items else "合計のみ",
        "注記": "\n".join(sheet.notes) or NONE,
    }
    printed = pd.DataFrame({"項目": list(facts), "値": list(facts.values())})
    return Table(
        id="origin",
        caption=f"{sheet.year}の状況調査",
        printed=printed,
        records=printed,
        row_headers=("項目",),
        text=("値",),
    )


def findings(sheet: StatusSheet) -> Shown:
    """The warnings, one a line; errors never get this far."""
    if not sheet.findings:
        return paragraph("気づいた点はありません。", "good")
    return sentences([str(finding) for finding in sheet.findings])


def counts(sheet: StatusSheet) -> Table:
    """Items by policy and status as they stand in the sheet (policies left out where only totals are known)."""
    frame = sheet.statuses
    order = list(dict.fromkeys(frame["status"]))
    wide = frame.pivot_table(
        index="policy", columns="status", values="items", aggfunc="sum", fill_value=0, sort=False
    )
    wide = wide[order].rename(index={PLAN_SCOPE: PLAN_LABEL})
    printed = wide.astype(int).astype(str).rename_axis("基本方針").reset_index()
    printed.columns.name = None
    return Table(
        id="sheet_counts",
        caption="状況ごとの項目数",
        printed=printed,
        records=wide.reset_index(),
        row_headers=("基本方針",),
    )


demand_arguments(globals(), __all__, StatusSheet, 'sheet（ingest_year("計画のID", "年度") の結果）')
