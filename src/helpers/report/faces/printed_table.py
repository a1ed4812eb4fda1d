"""The printed face of a table: its cells, and the HTML that pages show them with."""

from __future__ import annotations

__all__ = [
    "LEFT", "OWN", "OWN_NOTE", "RIGHT", "PrintedTable", "demand_frame", "listed", "make_tuple", "own_marks",
    "quoted",
]  # fmt: skip

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pandas as pd
from markupsafe import Markup

from helpers.errors import UsageError
from helpers.text.html import lines, tag

# For notebooks, which set every cell right or every cell left; pages have a style sheet and drop this.
LEFT, RIGHT = "text-align:left", "text-align:right"

# An analyst's table says what it is: nothing counts it again from the sheets.
OWN = "（独自集計）"
OWN_NOTE = "※この表は独自集計です。状況調査から数え直して確かめたものではありません。"


@dataclass(frozen=True, eq=False, kw_only=True)
class PrintedTable:
    """A table as printed.

    Attributes:
        id: the table's id in ``report.html`` and the stem of its csv.
        caption: what the table shows, in Japanese.
        printed: the cells as printed; str, one row per printed row, columns named as printed.
        row_headers: the columns of ``printed`` that name a row.
        text: the columns of ``printed`` that hold prose (set left, wrapped).
        group: the column of ``printed`` whose runs become row groups; its cells head them. Rows in which it
            is empty close the table as a footer. A column that is empty in all rows is no group and left out.
        spanners: for a column, the heading above it; neighbours with the same heading share it.
        totals: labels of row headers that mark a total row.
        statuses: status name → look (``helpers.report.palette.LOOKS``), for the cells that hold a status: the page tells its
            group (done, under_way, not_started) and, unless it is the group's first, the look.
        status_columns: the columns of ``printed`` in which such a text is a status and not, say, the mark for no
            change; all of them where it is None.
        notes: lines under the table.
        page_notes: lines under these that explain what only the page has; the files do without.
        links: for a cell (row position, column), the texts in it that lead somewhere, in order, each with the id
            that it leads to; the cell's text stays as printed.
        row_attributes: attributes of each printed row for the page: ``id`` and ``data_…``; empty where none has any.
    """

    id: str
    caption: str
    printed: pd.DataFrame
    row_headers: tuple[str, ...]
    text: tuple[str, ...] = ()
    group: str | None = None
    spanners: Mapping[str, str] = field(default_factory=dict)
    totals: frozenset[str] = frozenset()
    statuses: Mapping[str, str] = field(default_factory=dict)
    status_columns: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()
    page_notes: tuple[str, ...] = ()
    links: Mapping[tuple[int, str], Sequence[tuple[str, str]]] = field(default_factory=dict)
    row_attributes: Sequence[Mapping[str, str]] = ()

    def __post_init__(self) -> None:
        """Raise UsageError if a cell is no text, or a named column does not exist."""
        for name in ("id", "caption"):
            if not isinstance(words := getattr(self, name), str) or not words.strip():
                raise UsageError(f"表 {self.id} の {name} を文字で書いてください。渡されたもの: {words!r}")
        for name in ("row_headers", "text", "notes", "page_notes"):
            make_tuple(self, name)
        demand_frame(self.id, "printed", self.printed)
        group = self.printed.get(self.group, [])
        if len(group) and not any(group):
            object.__setattr__(self, "printed", self.printed.drop(columns=self.group))
            object.__setattr__(self, "group", None)
        columns = list(self.printed.columns)
        for name in (*self.row_headers, *filter(None, [self.group])):
            if name not in columns:
                raise UsageError(
                    f"表 {self.id} の row_headers か group の列「{name}」が printed にありません（{listed(columns)}）"
                )
        for name, cells in self.printed.items():
            for cell in cells:
                if not isinstance(cell, str):
                    raise UsageError(
                        f"表 {self.id} の printed の列「{name}」に、文字でない値 {cell!r} があります。"
                        "printed は印字する文字の表です。astype(str) などで文字にしてください"
                    )

    @property
    def rows(self) -> list[dict[str, str]]:
        """The cells as printed, row by row."""
        columns = [column.tolist() for _, column in self.printed.items()]
        return [dict(zip(self.printed.columns, row, strict=True)) for row in zip(*columns, strict=True)]

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
        rows, grouping = list(enumerate(self.rows)), self.group
        if grouping is None:
            yield tag("tbody", *(self._row(position, row) for position, row in rows))
            return
        for name, run in groupby(rows, key=lambda numbered: numbered[1][grouping]):
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


def demand_frame(table_id: str, name: str, frame: object) -> None:
    """Raise UsageError if ``frame`` is no DataFrame."""
    if not isinstance(frame, pd.DataFrame):
        raise UsageError(
            f"表 {table_id} の {name} は pandas の DataFrame にしてください。渡されたもの: {type(frame).__name__}"
        )


def make_tuple(table: PrintedTable, name: str) -> None:
    """Replace a single text by a tuple of it: otherwise ``in`` would find any part of the text."""
    if isinstance(value := getattr(table, name), str):
        object.__setattr__(table, name, (value,))


def own_marks(caption: str, notes: Sequence[str]) -> dict[str, Any]:
    """Caption and notes of an analyst's table, marked as 独自集計 once."""
    return {
        "caption": caption if caption.endswith(OWN) else f"{caption}{OWN}",
        "notes": tuple(dict.fromkeys((*notes, OWN_NOTE))),
    }


def listed(columns: Iterable[object]) -> str:
    """'「番号」「実施状況」があります'."""
    return f"{names}があります" if (names := quoted(columns)) else "列が一つもありません"


def quoted(names: Iterable[object]) -> str:
    """'「番号」「実施状況」'."""
    return "".join(f"「{name}」" for name in names)


def _linked(text: str, links: Sequence[tuple[str, str]]) -> str | Markup:
    """A cell's text with its links: each on the first occurrence of its text after the previous link."""
    if not links:
        return text
    parts, rest = [], text
    for words, anchor in links:
        before, separator, rest = rest.partition(words)
        if not separator:
            raise ValueError(f"no {words!r} to be a link in {text!r}")
        parts += [before, tag("a", words, href=f"#{anchor}")]
    return Markup("").join([*parts, rest])
