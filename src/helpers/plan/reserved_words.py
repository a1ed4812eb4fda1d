"""Words that the tables use in their own sense: no status and no policy may have them for a name."""

from __future__ import annotations

__all__ = [
    "ADDED", "ENDED", "IN_PART", "NONE", "NOT_ALIVE", "NO_DATA", "PLAN_LABEL", "TAKEN", "TOTALS_ONLY", "TOTAL_LABELS",
]  # fmt: skip

# Where an item has no status.
NO_DATA, TOTALS_ONLY, NOT_ALIVE = "資料なし", "合計のみ", "―"
ADDED, ENDED = "（追加）", "（終了）"
# Where a cell lists items and there are none.
NONE = NOT_ALIVE
# Behind a sum beside which an amount is not known.
IN_PART = "※"
# The headings of columns, other than statuses, in our tables and in those typed from the published document.
_HEADINGS = ("基本方針", "重点項目", "項目数", "節")
# The total rows of tables and sheets.
TOTAL_LABELS = ("合計", "総計", "小計", "計")
# Beside the policies.
PLAN_LABEL = "計画全体"
TAKEN = (NO_DATA, TOTALS_ONLY, NOT_ALIVE, ADDED, ENDED, *_HEADINGS)
