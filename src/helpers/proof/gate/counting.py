"""Read and recount all tables of counts, by the declarations in their rows of the register alone."""

from __future__ import annotations

__all__ = ["csv_pairs", "expected_figures", "page_pairs"]

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from helpers.export.files import fields
from helpers.fiscal_year import FiscalYear
from helpers.history.counts import TOTAL
from helpers.proof.gate.page_and_pdf import PageRow, PageTable, close
from helpers.proof.gate.recount import CHANGE, ITEMS, SHARE, Recount
from helpers.proof.gate.terms import WHOLE, Figures, Key, Pair, Record, Terms, UnreadableError, number
from helpers.report.register import Counts

_STATUS, _YEAR, _PREVIOUS = "実施状況", "年度", "前年"
# The columns of a table with a row a status, and how many years before the report's they are of.
_LONG = {ITEMS: 0, SHARE: 0, _PREVIOUS + ITEMS: 1, _PREVIOUS + SHARE: 1, CHANGE: 0}
_CELL = re.compile(r"(\d+)(?:\(([^()]*%)\))?")
_KNOWN_FIELDS = {"items", "share", "previous_items", "previous_share", "change_items", "change_share"}
_FIGURES = {fields.COUNT, fields.SHARE, fields.CHANGE, fields.SHARE_CHANGE}


def page_pairs(table: PageTable, counts: Counts, terms: Terms) -> Iterator[Pair]:
    """Read the figures of a table on the page: (year, *group, status, kind of figure) → figure as printed.

    Raises:
        UnreadableError: a column is neither declared nor a count.
    """
    headings = [_heading(field, table.columns) for field in counts.by]
    is_long = _STATUS in table.columns
    known = {
        *headings,
        _YEAR,
        *counts.words,
        *((_STATUS, *_LONG) if is_long else (*terms.statuses, ITEMS, TOTAL)),
    }
    _demand_known(table.columns, known)
    for row in table.rows:
        scope = _scope(row, dict(zip(counts.by, headings, strict=True)), terms)
        yield from _long(row, scope, terms) if is_long else _wide(row, scope, terms)


def csv_pairs(
    columns: Sequence[str], records: Iterable[Record], counts: Counts, terms: Terms
) -> Iterator[Pair]:
    """Read the same figures from a table's csv.

    Raises:
        UnreadableError: a column of figures is neither declared nor a count.
    """
    figures = [column for column in columns if fields.field_of(column, "").kind in _FIGURES]
    unknown = [column for column in figures if column not in _KNOWN_FIELDS]
    _demand_known([fields.FIELDS[column].title for column in unknown], counts.words)
    for record in records:
        group = ["" if close(record[field]) in WHOLE else close(record[field]) for field in counts.by]
        yield from _record(record, (record["fiscal_year"], *group, record["status"]), terms)


def expected_figures(figures: Figures, counts: Counts, terms: Terms) -> Figures:
    """Count from the sheets every figure that a table has, and every figure that it must have.

    A table that shows a year must show all groups of the year, and of each group all statuses that have items.
    """
    recount = Recount(terms.history, terms.rows, counts)
    scopes = dict.fromkeys(key[:-2] for key in figures if key[-2] in terms.statuses.values())
    here = str(int(terms.history.year))
    for group in recount.by_group(FiscalYear(int(here))) if counts.by else ():
        scopes[here, *group] = None
    demanded = {
        (*scope, status, ITEMS)
        for scope in scopes
        for status, items in (recount.counted(FiscalYear(int(scope[0])), scope[1:]) or {}).items()
        if items
    }
    recounted = {
        key: recount.figure(FiscalYear(int(key[0])), key[1:-2], key[-2], key[-1])
        for key in {**figures, **dict.fromkeys(demanded)}
    }
    return {key: value for key, value in recounted.items() if value is not None}


def _demand_known(columns: Iterable[str], known: Iterable[str | None]) -> None:
    if unknown := [column for column in columns if column not in known]:
        raise UnreadableError(f"列「{'」「'.join(unknown)}」の数え方が登録されていません")


def _heading(field: str, columns: Iterable[str]) -> str | None:
    """Find the column that names the group; None where the headings of the row groups name it."""
    names = (fields.FIELDS[field].title, *(("範囲",) if field == "policy" else ()))
    return next((name for name in names if name in columns), None)


def _scope(row: PageRow, headings: dict[str, str | None], terms: Terms) -> Key:
    """Read the year and the groups of a row."""
    dated, group = [row.cells.get(_YEAR, ""), "" if None in headings.values() else row.group], []
    for field, heading in headings.items():
        label = row.group if heading is None else row.cells[heading]
        if field == "policy" and label not in terms.policies and terms.names_year(label):
            # A row of the whole plan in another year: '(参考) 平成30年度実績 合計'.
            dated.append(label)
            label = ""
        group.append(terms.policy(label) if field == "policy" else "" if label in WHOLE else label)
    return (terms.year_in(dated), *group)


def _long(row: PageRow, scope: Key, terms: Terms) -> Iterator[Pair]:
    status, (year, *group) = terms.status(row.cells[_STATUS]), scope
    no_share = close(terms.history.plan.printing.no_share)
    for column, years_before in _LONG.items():
        if (text := row.cells.get(column)) is not None:
            kind = column.removeprefix(_PREVIOUS) if years_before else column
            value = number(text) if kind == ITEMS else "" if kind == SHARE and text == no_share else text
            yield (str(int(year) - years_before), *group, status, kind), value


def _wide(row: PageRow, scope: Key, terms: Terms) -> Iterator[Pair]:
    for column, status in {**terms.statuses, ITEMS: TOTAL, TOTAL: TOTAL}.items():
        if (text := row.cells.get(column)) is not None:
            cell = _CELL.fullmatch(text)
            yield (*scope, status, ITEMS), int(cell[1]) if cell else text
            if cell and cell[2]:
                yield (*scope, status, SHARE), cell[2]


def _record(record: Record, scope: Key, terms: Terms) -> Iterator[Pair]:
    year, *rest = scope
    # A record without a count stands for one item.
    yield (*scope, ITEMS), int(record.get("items", "1"))
    if "share" in record:
        yield (*scope, SHARE), _share(record["share"], terms)
    before = (str(int(year) - 1), *rest)
    if record.get("previous_items"):
        yield (*before, ITEMS), int(record["previous_items"])
    if record.get("previous_items") or record.get("previous_share"):
        yield (*before, SHARE), _share(record["previous_share"], terms)
    if record.get("change_share") and not record["change_items"]:
        # Of last year only shares are known.
        printing, points = terms.history.plan.printing, Decimal(record["change_share"]).scaleb(2)
        if rest[-1] != TOTAL and printing.change != "items":
            yield (*scope, CHANGE), close(printing.change_of_share(points))
    if record.get("change_items"):
        printing, change = terms.history.plan.printing, int(record["change_items"])
        if record["change_share"] == "":
            printed = printing.change_without_shares(change)
        elif rest[-1] == TOTAL:
            printed = printing.change_of_total(change)
        else:
            printed = printing.change_cell(change, Decimal(record["change_share"]).scaleb(2))
        yield (*scope, CHANGE), close(printed)


def _share(fraction: str, terms: Terms) -> str:
    """Print a share, "" for none; a share with more digits than are printed is returned unchanged."""
    if fraction == "":
        return ""
    pct, printing = Decimal(fraction).scaleb(2), terms.history.plan.printing
    return close(printing.share(pct)) if pct == round(pct, printing.decimals) else fraction
