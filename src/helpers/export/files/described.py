"""Describe a table's columns: by fields and register or, for an analyst's table, by the table itself."""

from __future__ import annotations

__all__ = ["fields_of", "key_of", "notes_of", "totals_in"]

from collections.abc import Iterable

from helpers.errors import ExportError
from helpers.export.files.field_words import in_words_of
from helpers.export.files.fields import AMOUNT, FIELDS, TEXT, WHOLE, Field, Kind, field_of
from helpers.plan.words.report_words import Wording
from helpers.report.faces.records import Value, values_of
from helpers.report.register import entry_of
from helpers.report.table import Table


def fields_of(table: Table, wording: Wording) -> list[Field]:
    """The columns of a table's records, in order, described in the words of a plan.

    Raises:
        ExportError: a column is not described, or holds numbers and text.
    """
    columns = zip(*values_of(table.records), strict=True) if len(table.records) else ()
    values = dict(zip(table.records.columns, columns, strict=False))
    return [_field(table, str(name), values.get(name, ()), wording) for name in table.records.columns]


def key_of(table: Table) -> tuple[str, ...]:
    """The columns that tell one record of a table from another.

    Raises:
        ExportError: the register does not know the table, and it has no key of its own.
    """
    if (entry := entry_of(table.id)) is not None:
        return entry.key
    if not table.key:
        raise ExportError(
            f"表 {table.id} が登録されていません。Table に key と fields を付けて独自集計の表とするか、"
            "helpers.report.register の REGISTER に加えてください"
        )
    return table.key


def totals_in(table: Table) -> dict[str, list[str]]:
    """Field → its values with which a record of this table is the sum of others."""
    there = {
        name: [value for value in values if value in [*table.records[name]]]
        for name, values in table.sums.items()
    }
    return {name: values for name, values in there.items() if values}


def notes_of(table: Table, wording: Wording) -> tuple[str, ...]:
    """The notes under a table, and which of its records are sums of others."""
    titles = {field.name: field.title for field in fields_of(table, wording)}
    cases = [
        f"「{titles[name]}」が{'・'.join(f'「{value}」' if value else '空' for value in values)}の行"
        for name, values in totals_in(table).items()
    ]
    if not cases:
        return table.notes
    return (
        *table.notes,
        f"※{'と、'.join(cases)}は、ほかの行を合計したものです。足し合わせるときは除いてください。",
    )


def _field(table: Table, name: str, values: Iterable[Value], wording: Wording) -> Field:
    if title := table.fields.get(name):
        return Field(name, title, _kind(table, name, values), f"{title}（独自集計の列）")
    if table.key and name not in FIELDS:
        raise ExportError(
            f'表 {table.id} の列 {name} の見出しがありません。Table の fields に {{"{name}": "日本語の見出し"}} の形で加えてください'
        )
    return in_words_of(field_of(name, table.id), wording)


def _kind(table: Table, name: str, values: Iterable[Value]) -> Kind:
    kinds = {
        TEXT if isinstance(v, str) else WHOLE if isinstance(v, int) else AMOUNT
        for v in values
        if v is not None
    }
    if TEXT in kinds and len(kinds) > 1:
        raise ExportError(
            f"表 {table.id} の列 {name} に、数と文字が混ざっています。どちらかにそろえてください"
        )
    return kinds.pop() if len(kinds) == 1 else AMOUNT if kinds else TEXT
