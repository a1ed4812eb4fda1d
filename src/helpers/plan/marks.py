"""What tables print where an item has no status; a status of such a name could not be told from it."""

from __future__ import annotations

NO_DATA, TOTALS_ONLY, NOT_ALIVE = "資料なし", "合計のみ", "―"
ADDED, ENDED = "（追加）", "（終了）"
MARKS = (NO_DATA, TOTALS_ONLY, NOT_ALIVE, ADDED, ENDED)
