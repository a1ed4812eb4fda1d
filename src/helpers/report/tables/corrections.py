"""The notice of corrections: what a report that replaces a published one has changed in it."""

from __future__ import annotations

__all__ = ["corrections"]

import pandas as pd

from helpers.report.published.difference import Reconciliation
from helpers.report.table import Table


def corrections(result: Reconciliation) -> Table | None:
    """Every corrected cell, before and after. None where the report replaces none.

    Shape: one row a cell, row or column that differs from the published tables and is no recorded erratum.
    """
    if result.correction is None:
        return None
    corrected = result.corrected
    return Table(
        id="corrections",
        caption=f"訂正した欄（{result.correction.day}）",
        printed=pd.DataFrame(
            [
                (each.caption, " ".join(filter(None, (each.row, each.column))), each.printed, each.ours)
                for each in corrected
            ],
            columns=["表", "欄", "訂正前", "訂正後"],
        ),
        records=pd.DataFrame(
            {
                "table": each.table,
                "row": each.row,
                "column": each.column,
                "published": each.printed,
                "ours": each.ours,
                "reason": result.correction.reason,
                "corrected_on": result.correction.day,
            }
            for each in corrected
        ),
        row_headers=("表",),
        text=("欄", "訂正前", "訂正後"),
    )
