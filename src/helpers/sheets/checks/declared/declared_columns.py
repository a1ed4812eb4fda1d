"""Find declared columns that a sheet does not have."""

from __future__ import annotations

__all__ = ["check_columns"]

from helpers.plan.declared.kinds import FIELD, MEASURE
from helpers.sheets.rows.header import NUMBER
from helpers.sheets.rows.sheet_table import SheetTable

_OPTIONAL_ROLES = ("unit", "better", "baseline")


def check_columns(table: SheetTable) -> None:
    """Refuse a sheet without a column of required texts; warn where another declared column is not there."""
    header, declared = table.header, table.vocabulary.plan.declared
    at = (header.last_row, header.columns.get(NUMBER, 0))
    required = {text.name for text in declared.texts if text.is_required}
    for column in declared.columns:
        if column.heading in header.columns:
            continue
        message = f"「{column.heading}」の列がありません"
        if column.kind == FIELD and column.heading in required:
            table.error("missing_column", f"{message}。列を加えて記入してください", at)
        elif column.kind != FIELD and not (column.kind == MEASURE and column.role in _OPTIONAL_ROLES):
            table.warn("missing_column", f"{message}。この年度の値はないものとして読みました", at)
