"""Find declared columns that a sheet does not have, and amounts in another unit of money than the plan's."""

from __future__ import annotations

__all__ = ["check_columns"]

import re

from helpers.plan.declared.kinds import FIELD, MEASURE, MONEY
from helpers.sheets.rows.header import NUMBER
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.text.forms import folded, quoted

_OPTIONAL_ROLES = ("unit", "better", "baseline")
# A unit of money as headings and titles say it: '（千円）', '単位：円'.
_UNIT = re.compile(rf"(?:[(\[【〔]|単位[:は]?)({'|'.join(sorted(MONEY, key=len, reverse=True))})")


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
    _check_units(table)


def _check_units(table: SheetTable) -> None:
    """Refuse amounts under a heading with another unit than the plan's; warn where a title above the table has one."""
    header, grid = table.header, table.grid
    silent = set()
    for effect in table.vocabulary.plan.declared.effects:
        for index in (header.columns[each] for each in effect.columns.values() if each in header.columns):
            heading = grid.heading(header.last_row, index)
            if (said := _UNIT.search(folded(heading))) is None:
                silent.add(effect.unit)
            elif said[1] != effect.unit:
                message = f"列見出し{quoted(heading)}の単位は{said[1]}ですが、plan.toml では{effect.unit}です。{effect.unit}の額を入力して、見出しも直してください"
                table.error("other_unit", message, (header.last_row, index))
    for row, column, title in table.body.titles:
        if silent and (said := _UNIT.search(folded(title))) and said[1] not in silent:
            message = f"{quoted(title)}とありますが、{'、'.join(sorted(silent))}の額として読みました。単位を確かめてください"
            table.warn("other_unit", message, (row, column))
