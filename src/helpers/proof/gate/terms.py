"""Keys, figures and words that the gate's readers share, all without white space, and the faults that it reports."""

from __future__ import annotations

__all__ = [
    "CSV", "PAGE", "PDF", "WHOLE", "Complaint", "Figures", "Key", "Pair", "Rank", "Reader", "Record",
    "Terms", "UnreadableError", "collected", "counts_by_policy", "counts_in_row", "number", "sentences",
]  # fmt: skip

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from typing import Any, NamedTuple

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import TOTAL
from helpers.history.history import History
from helpers.plan.reserved_words import NOT_ALIVE, PLAN_LABEL
from helpers.plan.words.report_words import ITEM, ITEM_TITLE, ITEMS
from helpers.proof.gate.page_and_pdf import PageRow, PageTable, close
from helpers.proof.gate.recount import moves
from helpers.report.tables.comparison import GRAND_TOTAL

# Year, groups and status of a figure as far as it has them, then its kind: ("2022", "Ⅰ", "実施", "項目数").
Key = tuple[str, ...]
Figures = dict[Key, int | str]
Pair = tuple[Key, int | str]
Record = Mapping[str, str]
WHOLE = frozenset({"", PLAN_LABEL, TOTAL, GRAND_TOTAL})


class UnreadableError(Exception):
    """A table is not as its reader expects; the text says why, in Japanese."""


class Terms:
    """Translates the words of page and csv files into those of the plan."""

    def __init__(self, history: History) -> None:
        self.history = history
        policies = {item.policy for item in history.plan.items} | {*history.plan.policies}
        self.policies = {close(name): p.numeral for p in policies for name in (p.label, p.heading, p.numeral)}
        self.statuses = {close(name): name for name in history.plan.row_names}
        years = sorted({*history.years, *history.sheets, history.year.previous})
        words = history.plan.wording
        self._labels = {close(words.label(year)): close(str(year)) for year in years}
        names = self._labels | {close(str(year)): close(str(year)) for year in years}
        westerns = {close(str(year)): str(int(year)) for year in years}
        # The longest first: one label may begin like another (R1, R10).
        self.years = {name: westerns[names[name]] for name in sorted(names, key=len, reverse=True)}
        self.year, self.previous = (close(str(year)) for year in (history.year, history.year.previous))
        self._headings = {
            words.count: ITEMS,
            **{words.before(kind): f"前年{kind}" for kind in (ITEMS, "割合")},
            words.change: "前年比",
            **{f"{mark}{words.item}）": f"{mark}{ITEM}）" for mark in ("増（入った", "減（出た")},
            **{bracket.heading: bracket.name for bracket in history.plan.brackets},
            history.plan.scope_title: "基本方針",
        }
        self.brackets = {close(bracket.name): bracket for bracket in history.plan.brackets}
        self.rows, self.moves = cache(self._rows), cache(self._moves)

    @property
    def moves_of_the_year(self) -> list[dict[str, str]]:
        """Compare each item with last year's; nothing where the report is not compared with last year."""
        return [] if self.history.previous_year is None else self.moves(self.history.year)

    def _moves(self, year: FiscalYear) -> list[dict[str, str]]:
        """Compare each item of a year with the one that it continues, as ``recount.moves`` does; not to be changed."""
        return list(moves(self.history, year))

    def _rows(self, year: FiscalYear) -> list[dict[Any, Any]]:
        """List the items of a year's sheet; empty where only totals or nothing are known; not to be changed."""
        frame = self.history.item_statuses(year)
        return [] if frame is None else frame.to_dict("records")

    def translated(self, table: PageTable) -> PageTable:
        """Translate the headings of the columns from the plan's words to those that the readers know.

        Raises:
            UnreadableError: two columns have the same heading.
        """
        # Where each row is an item, the heading over its name may be the word for items.
        item = ITEM_TITLE if "番号" in table.columns else ITEM
        words = self.history.plan.wording
        known = self._labels | self._headings | dict.fromkeys((words.item_title, words.item), item)
        before = words.before("")
        headings = {
            column: known.get(column)
            or (f"前年{column.removeprefix(before)}" if column.startswith(before) else column)
            for column in table.columns
        }
        if len({*headings.values()}) != len(table.columns):
            raise UnreadableError("同じ見出しの列があります")
        rows = tuple(
            PageRow(
                row.group,
                {headings[column]: text for column, text in row.cells.items()},
                {headings[column]: text for column, text in row.first_lines.items()},
            )
            for row in table.rows
        )
        return replace(table, columns=tuple(headings.values()), rows=rows)

    def policy(self, text: str) -> str:
        """Translate to the policy's numeral, "" for the whole plan; any other text is unchanged."""
        return "" if text in WHOLE else self.policies.get(text, text)

    def status(self, text: str) -> str:
        """Translate to the status as the plan writes it; any other text, such as 合計, is unchanged."""
        return self.statuses.get(text, text)

    def names_year(self, text: str) -> bool:
        """Whether the text names a year of the plan."""
        return any(name in text for name in self.years)

    def year_in(self, texts: Iterable[str]) -> str:
        """The Western year in the first text that names a year; the report's year if no text does."""
        named = (year for text in texts for name, year in self.years.items() if name in text)
        return next(named, self.years[self.year])


def number(text: str) -> int | str:
    """Read a count; a text that is no number is returned unchanged, and equals no count."""
    return int(text) if text.isdecimal() else text


def counts_in_row(row: PageRow, key: Key, headings: Iterable[str]) -> Iterator[Pair]:
    """The counts of a row by ``key`` and column, but for the columns that name the row; cells without an item are left out."""
    for column, text in row.cells.items():
        if column not in headings and text != NOT_ALIVE:
            yield (*key, column), number(text)


def counts_by_policy(row: PageRow, terms: Terms) -> Iterator[Pair]:
    """The counts of a row that is named by its group and a policy."""
    return counts_in_row(row, (row.group, terms.policy(row.cells["基本方針"])), ("基本方針",))


def collected(pairs: Iterable[Pair]) -> Figures:
    """Collect figures by their keys; counts with the same key are added up.

    Raises:
        UnreadableError: two figures with the same key differ and are not both counts.
    """
    figures: Figures = {}
    for key, value in pairs:
        known = figures.get(key)
        if isinstance(known, int) and isinstance(value, int):
            figures[key] = known + value
        elif known is not None and known != value:
            raise UnreadableError(f"{' '.join(filter(None, key))}が「{known}」と「{value}」の二通りあります")
        else:
            figures[key] = value
    return figures


@dataclass(frozen=True)
class Reader:
    """Functions that read a table back, and that give its figures from the sheets.

    Attributes:
        page: reads a row of the page or of the PDF.
        record: reads a record of the csv.
        expected: gives the figures that the table must have, from the sheets; gets the figures that were read.
        on_page_only, in_csv_only: the kinds of figures (last in a key) that only page or csv has.
        is_of_one_year: every record is of the report's year.
    """

    page: Callable[[PageRow, Terms], Iterator[Pair]]
    record: Callable[[Record, Terms], Iterator[Pair]]
    expected: Callable[[Terms, Figures], Iterator[Pair]]
    on_page_only: frozenset[str] = frozenset()
    in_csv_only: frozenset[str] = frozenset()
    is_of_one_year: bool = False


PAGE, PDF, CSV = "report.html", "report.pdf", "tables/*.csv"


class Rank(IntEnum):
    """The kinds of faults in the order in which they are reported."""

    UNKNOWN, APART_IN_PDF, MISSING, WRONG, APART_IN_CSV = range(5)


class Complaint(NamedTuple):
    """A fault of one table as a sentence; ``files``: the files with the fault, empty where the sentence names them."""

    rank: Rank
    table: str
    text: str
    files: tuple[str, ...] = ()


def sentences(complaints: Iterable[Complaint]) -> list[str]:
    """Write one sentence for each fault, with the names of all files that have it."""
    files: dict[tuple[Rank, str], dict[str, None]] = {}
    for complaint in sorted(complaints, key=lambda complaint: complaint.rank):
        files.setdefault((complaint.rank, complaint.text), {}).update(dict.fromkeys(complaint.files))
    return [f"{'・'.join(named)}: {text}" if named else text for (_, text), named in files.items()]
