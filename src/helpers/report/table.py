"""A table of the report: the cells as printed, the same figures for machines, and what they mean.

Both faces are made together by one function of ``helpers.report.tables``, so that page and csv cannot drift apart.
"""

from __future__ import annotations

__all__ = ["TABLES", "Count", "Table"]

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.errors import UsageError, WriteError
from helpers.files.formulas import guarded
from helpers.files.paths import why_not_written
from helpers.fiscal_year import FiscalYear
from helpers.report.faces.printed_table import (
    PrintedTable,
    demand_frame,
    listed,
    make_tuple,
    own_marks,
    quoted,
)
from helpers.report.faces.records import from_json, to_json
from helpers.text.display import ASSUMED, ASSUMPTION

_FILE_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
# The tables that an output of the notebook shows, as data: from the kernel that makes them to the files.
TABLES = "application/vnd.gyokaku.tables+json"


class Count(NamedTuple):
    """So many items of a year, of one policy or (policy "") the whole plan, in one status or all (``counts.TOTAL``)."""

    year: FiscalYear
    policy: str
    status: str
    items: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Table(PrintedTable):
    """One table: the printed face (``PrintedTable``), and the records and metadata for files and comparisons.

    Attributes:
        records: the same figures for machines; tidy, one record a row, see ``data/README.md`` for the columns.
        sums: for a field of ``records``, the values with which a record is the sum of others: ``is_total``, ``details``.
        key, fields: for an analyst's table, which is marked as 独自集計: the fields that identify a record, and the Japanese
            titles of fields that no table of the report has.
        source: the section of the city's document that the table reproduces, empty for our own additions.
        counts: for a cell (row position, column) that begins with a number of items, the items that it counts.
        assumption: the assumption behind the figures; empty for figures of the sheets alone.
    """

    records: pd.DataFrame
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    counts: Mapping[tuple[int, str], Count] = field(default_factory=dict)
    assumption: str = ""

    def __post_init__(self) -> None:
        """Check the fields and mark an analyst's or assumed table; raise UsageError for fields that cannot be."""
        super().__post_init__()
        demand_frame(self.id, "records", self.records)
        make_tuple(self, "key")
        sums = {name: (of,) if isinstance(of, str) else tuple(of) for name, of in self.sums.items()}
        self._set({"sums": sums})
        if self.fields and not self.key:
            raise UsageError(
                f"表 {self.id} に fields がありますが、key がありません。行を見分ける列の名前を key に書いてください"
            )
        columns = list(map(str, self.records.columns))
        for name in (*self.key, *self.fields, *self.sums):
            if name not in columns:
                raise UsageError(
                    f"表 {self.id} の key・fields・sums の列「{name}」が records にありません（{listed(columns)}）"
                )
        if self.key:
            self._demand_own()
            self._set(own_marks(self.caption, self.notes))
        assumption = self.records.attrs.get(ASSUMED) or self.printed.attrs.get(ASSUMED)
        if assumption and not self.assumption:
            self._set(self._assumed(assumption))

    @property
    def data(self) -> dict[str, list[Any]]:
        """The table as JSON by MIME type, for files and the comparison with published figures; without the page's looks."""
        described = {
            "id": self.id,
            "caption": self.caption,
            "printed": to_json(self.printed),
            "records": to_json(self.records),
            "row_headers": list(self.row_headers),
            "group": self.group,
            "key": list(self.key),
            "fields": dict(self.fields),
            "sums": {name: list(values) for name, values in self.sums.items()},
            "notes": list(self.notes),
        }
        return {TABLES: [described]} | ({ASSUMPTION: [self.assumption]} if self.assumption else {})

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Table:
        """The table that one entry of ``data`` describes."""
        return cls(
            id=data["id"],
            caption=data["caption"],
            printed=from_json(data["printed"]),
            records=from_json(data["records"]),
            row_headers=tuple(data["row_headers"]),
            group=data["group"],
            key=tuple(data["key"]),
            fields=data["fields"],
            sums={name: tuple(values) for name, values in data["sums"].items()},
            notes=tuple(data["notes"]),
        )

    def copy(self) -> Table:
        """The same table with frames of its own."""
        return replace(self, printed=self.printed.copy(), records=self.records.copy())

    def to_frame(self) -> pd.DataFrame:
        """The cells as printed, in a frame of their own; ``records`` has the same figures for machines."""
        return self.printed.copy()

    @property
    def is_total(self) -> pd.Series[bool]:
        """For each record, whether it is the sum of others."""
        marked = pd.Series(False, index=self.records.index)
        for name, values in self.sums.items():
            marked |= self.records[name].isin(values).astype(bool)
        return marked

    def details(self) -> pd.DataFrame:
        """The records that are no sums of others: they can be added up, and nothing is counted twice."""
        return self.records[~self.is_total].reset_index(drop=True)

    def head(self, rows: int = 5) -> pd.DataFrame:
        """The first rows as printed."""
        return self.printed.head(rows)

    def to_csv(self, path: str | Path) -> None:
        """Write the cells as printed into a csv file that Excel opens in Japanese; text stays text."""
        cells = self.printed.map(guarded)
        cells.columns = [guarded(str(column)) for column in cells.columns]
        try:
            cells.to_csv(Path(path), index=False, encoding="utf-8-sig", lineterminator="\r\n")
        except OSError as error:
            raise WriteError(f"{path} に書き込めません: {why_not_written(error)}") from error

    def assumed(self, assumption: str) -> Table:
        """The same table that says what it assumes: in id, caption, notes and records."""
        return replace(self, **self._assumed(assumption))

    def _assumed(self, assumption: str) -> dict[str, Any]:
        return {
            "id": f"{self.id}_assumed",
            "caption": f"{self.caption}（{ASSUMED}）",
            "notes": (f"{ASSUMED}: {assumption}", *self.notes),
            "records": self.records.assign(assumption=assumption),
            "assumption": assumption,
        }

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self), **self.data}

    def _set(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def _demand_own(self) -> None:
        """Check that an analyst's table can be published.

        Raises:
            UsageError: its id is no file name, a field has no title, two records have one key, a value of ``sums`` is in no record.
        """
        if not _FILE_NAME.fullmatch(self.id):
            raise UsageError(
                f"表の id「{self.id}」は使えません。ファイルの名前になるので、英小文字で始め、英小文字・数字・_ で付けてください（例: open_by_department）"
            )
        if nameless := [name for name, title in self.fields.items() if not str(title).strip()]:
            raise UsageError(
                f"表 {self.id} の fields の列{quoted(nameless)}に、日本語の見出しを書いてください"
            )
        repeated = self.records[self.records.duplicated(list(self.key))]
        for row in repeated[list(self.key)].astype(str).to_numpy().tolist():
            raise UsageError(
                f"表 {self.id} には、key が{quoted(row)}の行が二つ以上あります。行を見分けられる列を key に加えてください"
            )
        for name, values in self.sums.items():
            for value in values:
                if value not in [*self.records[name]]:
                    raise UsageError(
                        f"表 {self.id} の sums にある「{value}」が、records の列「{name}」にありません"
                    )

    def __repr__(self) -> str:
        return f"<Table {self.id}: {self.caption}, {len(self.printed)} rows>"
