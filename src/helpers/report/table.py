"""A table of the report: the cells as printed, the same figures for machines, and what they mean.

Both faces are made together by one function of ``helpers.report.tables``, so that page and csv cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from helpers.files.formulas import guarded
from helpers.fiscal_year import FiscalYear
from helpers.report.records import from_json, to_json
from helpers.text.display import ASSUMED, ASSUMPTION
from helpers.text.html import lines, tag

# For notebooks, which set every cell right or every cell left; pages have a style sheet and drop this.
LEFT, RIGHT = "text-align:left", "text-align:right"

# The tables that an output of the notebook shows, as data: from the kernel that makes them to the files.
TABLES = "application/vnd.gyokaku.tables+json"


class Count(NamedTuple):
    """So many items of a year, of one policy or (policy "") the whole plan, in one status or all (``counts.TOTAL``)."""

    year: FiscalYear
    policy: str
    status: str
    items: int


@dataclass(frozen=True, eq=False)
class Table:
    """One table, ready to be shown, compared and written.

    Attributes:
        id: the table's id in ``report.html`` and the stem of its csv.
        caption: what the table shows, in Japanese.
        printed: the cells as printed; str, one row per printed row, columns named as printed.
        records: the same figures for machines; tidy, one record a row, see ``data/README.md`` for the columns.
        row_headers: the columns of ``printed`` that name a row.
        text: the columns of ``printed`` that hold prose (set left, wrapped).
        group: the column of ``printed`` whose runs become row groups; its cells head them. Rows in which it
            is empty close the table as a footer.
        spanners: for a column, the heading above it; neighbours with the same heading share it.
        totals: labels of row headers that mark a total row.
        statuses: status name → look (``helpers.report.palette.LOOKS``), for the cells that hold a status: the page tells its
            group (done, under_way, not_started) and, unless it is the group's first, the look.
        status_columns: the columns of ``printed`` in which such a text is a status and not, say, the mark for no
            change; all of them where it is None.
        notes: lines under the table.
        page_notes: lines under these that explain what only the page has; the files do without.
        source: the section of the city's document that the table reproduces, empty for our own additions.
        counts: what a cell (row position, column) that begins with a number of items counts.
        links: for a cell (row position, column), the texts in it that lead somewhere, in order, each with the id
            that it leads to; the cell's text stays as printed.
        assumption: what the figures assume, where they are not those of the year.
        row_attributes: attributes of each printed row for the page: ``id`` and ``data_…``; empty where none has any.
    """

    id: str
    caption: str
    printed: pd.DataFrame
    records: pd.DataFrame
    row_headers: tuple[str, ...]
    text: tuple[str, ...] = ()
    group: str | None = None
    spanners: Mapping[str, str] = field(default_factory=dict)
    totals: frozenset[str] = frozenset()
    statuses: Mapping[str, str] = field(default_factory=dict)
    status_columns: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()
    page_notes: tuple[str, ...] = ()
    source: str = ""
    counts: Mapping[tuple[int, str], Count] = field(default_factory=dict)
    links: Mapping[tuple[int, str], Sequence[tuple[str, str]]] = field(default_factory=dict)
    row_attributes: Sequence[Mapping[str, str]] = ()
    assumption: str = ""

    @property
    def data(self) -> dict[str, list[Any]]:
        """What files are written from and published figures compared with, as JSON by MIME type; not the page's looks."""
        described = {
            "id": self.id,
            "caption": self.caption,
            "printed": to_json(self.printed),
            "records": to_json(self.records),
            "row_headers": list(self.row_headers),
            "group": self.group,
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
            notes=tuple(data["notes"]),
        )

    def copy(self) -> Table:
        """The same table with frames of its own."""
        return replace(self, printed=self.printed.copy(), records=self.records.copy())

    def to_frame(self) -> pd.DataFrame:
        """The cells as printed, in a frame of their own; ``records`` has the same figures for machines."""
        return self.printed.copy()

    def head(self, rows: int = 5) -> pd.DataFrame:
        """The first rows as printed."""
        return self.printed.head(rows)

    def to_csv(self, path: str | Path) -> None:
        """Write the cells as printed into a csv file that Excel opens in Japanese; text stays text."""
        cells = self.printed.map(guarded)
        cells.columns = [guarded(str(column)) for column in cells.columns]
        cells.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")

    def assumed(self, assumption: str) -> Table:
        """The same table that says what it assumes: in id, caption, notes and records."""
        return replace(
            self,
            id=f"{self.id}_assumed",
            caption=f"{self.caption}（{ASSUMED}）",
            notes=(f"{ASSUMED}: {assumption}", *self.notes),
            records=self.records.assign(assumption=assumption),
            assumption=assumption,
        )

    @property
    def columns(self) -> list[str]:
        """The columns that are shown as columns (the group is shown as row groups)."""
        return [column for column in self.printed.columns if column != self.group]

    def _repr_html_(self) -> str:
        caption_id = f"{self.id}-caption"
        table = tag(
            "table",
            tag("caption", self.caption, id=caption_id, style=LEFT),
            tag("thead", *self._header_rows()),
            *self._bodies(),
            id=self.id,
        )
        region = tag("div", table, class_="table")
        return str(
            region
            + Markup("").join(tag("p", note, class_="note") for note in (*self.notes, *self.page_notes))
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self), **self.data}

    def __repr__(self) -> str:
        return f"<Table {self.id}: {self.caption}, {len(self.printed)} rows>"

    def _header_rows(self) -> Iterator[Markup]:
        if not self.spanners:
            yield tag("tr", *(self._header(column) for column in self.columns))
            return
        upper: list[Markup] = []
        for spanner, run in groupby(self.columns, key=lambda column: self.spanners.get(column, "")):
            columns = list(run)
            if spanner:
                upper.append(tag("th", spanner, scope="colgroup", colspan=str(len(columns))))
            else:
                upper += [self._header(column, rowspan="2") for column in columns]
        yield tag("tr", *upper)
        yield tag("tr", *(self._header(column) for column in self.columns if column in self.spanners))

    def _header(self, column: str, rowspan: str | None = None) -> Markup:
        return tag("th", column, scope="col", rowspan=rowspan, style=self._side(column))

    def _side(self, column: str) -> str:
        words = (*self.row_headers, *self.text, *(self.status_columns or ()))
        return LEFT if column in words else RIGHT

    def _bodies(self) -> Iterator[Markup]:
        rows = list(enumerate(self.printed.to_dict("records")))
        if self.group is None:
            yield tag("tbody", *(self._row(position, row) for position, row in rows))
            return
        for name, run in groupby(rows, key=lambda numbered: numbered[1][self.group]):
            if not name:
                yield tag("tfoot", *(self._row(position, row) for position, row in run))
                continue
            heading = tag("th", str(name), scope="rowgroup", colspan=str(len(self.columns)), style=LEFT)
            body = (self._row(position, row) for position, row in run)
            yield tag("tbody", tag("tr", heading, class_="group"), *body)

    def _row(self, position: int, row: Mapping[str, str]) -> Markup:
        is_total = any(row[column] in self.totals for column in self.row_headers)
        attributes = self.row_attributes[position] if self.row_attributes else {}
        return tag(
            "tr",
            *(self._cell(position, column, row[column]) for column in self.columns),
            class_="total" if is_total else None,
            **attributes,
        )

    def _cell(self, position: int, column: str, value: str) -> Markup:
        shown = _linked(value, self.links.get((position, column), ()))
        holds_status = self.status_columns is None or column in self.status_columns
        look = self.statuses.get(value) if holds_status else None
        group = look and look.partition("-")[0]
        other_look = None if look == group else look
        if column in self.row_headers:
            return tag("th", lines(shown), scope="row", style=LEFT, data_status=group, data_look=other_look)
        if look:
            return tag("td", shown, class_="status", style=LEFT, data_status=group, data_look=other_look)
        side = self._side(column)
        return tag("td", lines(shown), class_="text" if side == LEFT else "num", style=side)


def _linked(text: str, links: Sequence[tuple[str, str]]) -> str | Markup:
    """A cell's text with its links, each put on the first place after the one before."""
    if not links:
        return text
    parts, rest = [], text
    for words, anchor in links:
        before, separator, rest = rest.partition(words)
        if not separator:
            raise ValueError(f"no {words!r} to be a link in {text!r}")
        parts += [before, tag("a", words, href=f"#{anchor}")]
    return Markup("").join([*parts, rest])
