"""Our figures against the published ones, cell by cell.

``data/raw/<plan>/published/<year>/`` holds one csv per table of the city's document, typed by hand as printed,
with the section it stands in (節), and ``errata.toml``: the document's own slips, each with a reason.
A slip is asserted to be still there: an erratum that meets no difference is itself a difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.errors import PlanFileError
from helpers.history import History
from helpers.published.files import SECTION, Erratum, read_errata, read_printed
from helpers.table import Table
from helpers.tables import all_tables

NO_ROW = "（行なし）"
NO_COLUMN = "（列なし）"


@dataclass(frozen=True)
class Difference:
    """A cell in which the published figure and ours differ; ``erratum`` where the document's slip is recorded.

    ``table`` is the table's id and its file's name, ``caption`` what readers know it by.
    """

    table: str
    section: str
    row: str
    column: str
    printed: str
    ours: str
    erratum: Erratum | None = None
    caption: str = ""

    def __str__(self) -> str:
        known = (self.caption, self.table, f"{self.section}節" if self.section else "")
        name, *more = filter(None, known)
        where = " ".join(filter(None, (self.row, self.column)))
        return f"{name}（{'、'.join(more)}）{where}: 公表値「{self.printed}」、本書「{self.ours}」"


@dataclass(frozen=True)
class TableResult:
    """How one table compares: cells that match, recorded errata, all cells; and what differs without being recorded.

    ``differences`` counts what is no cell, too: a row that only we have, another order, an erratum that is not met.
    """

    table: str
    caption: str
    matches: int
    errata: int
    total: int
    differences: int


@dataclass(frozen=True)
class Reconciliation:
    """The comparison of a whole report; empty ``tables`` where nothing was published for the year."""

    tables: tuple[TableResult, ...]
    differences: tuple[Difference, ...]

    @property
    def has_published(self) -> bool:
        """Whether there is anything to compare with."""
        return bool(self.tables)

    @property
    def unrecorded(self) -> tuple[Difference, ...]:
        """The differences that are no recorded erratum."""
        return tuple(difference for difference in self.differences if difference.erratum is None)

    @property
    def errata(self) -> tuple[Erratum, ...]:
        """The recorded slips that were met, each once."""
        return tuple(dict.fromkeys(d.erratum for d in self.differences if d.erratum))

    @property
    def ok(self) -> bool:
        """Whether every difference is a recorded erratum."""
        return not self.unrecorded

    @property
    def matches(self) -> int:
        """Cells that match."""
        return sum(table.matches for table in self.tables)

    @property
    def total(self) -> int:
        """Cells compared."""
        return sum(table.total for table in self.tables)


def reconcile(history: History) -> Reconciliation:
    """Compare every published cell of the year with our table's.

    Raises:
        PlanFileError: a file of published figures cannot be used.
    """
    folder = published_folder(history)
    if not folder.is_dir():
        return Reconciliation((), ())
    ours = {table.id: table for table in all_tables(history)}
    errata = read_errata(folder / "errata.toml", ours)
    results: list[TableResult] = []
    differences: list[Difference] = []
    for file in sorted(folder.glob("*.csv"), key=lambda file: _place(file, ours)):
        table = ours[file.stem]
        keys = _key_columns(table)
        names = Counter(_name(row, keys) for row in table.printed.to_dict("records"))
        printed = read_printed(file, keys, names)
        told = (replace(difference, caption=table.caption) for difference in _differences(table, printed))
        found = [_with_erratum(difference, errata) for difference in told]
        _demand_rows(folder / "errata.toml", errata, found, printed, table.group)
        total = sum(len(row) - 1 for row in printed)
        slips = sum(difference.erratum is not None for difference in found)
        met = {difference.erratum for difference in found}
        unmet = [_not_met(erratum) for erratum in errata if erratum.table == table.id and erratum not in met]
        unrecorded = len(found) - slips + len(unmet)
        matches = total - len(_cells_of(found))
        results.append(TableResult(table.id, table.caption, matches, slips, total, unrecorded))
        differences += [*found, *unmet]
    compared = {result.table for result in results}
    differences += [_not_met(erratum) for erratum in errata if erratum.table not in compared]
    return Reconciliation(tuple(results), tuple(differences))


def published_folder(history: History) -> Path:
    """Where the year's published figures are kept."""
    return history.plan.folder / "published" / str(int(history.year))


def _place(file: Path, ours: Mapping[str, Table]) -> int:
    if file.stem not in ours:
        raise PlanFileError(
            file,
            "",
            f"「{file.stem}」という表はこの年度の報告書にありません",
            f"使える名前: {'、'.join(ours)}",
        )
    return list(ours).index(file.stem)


def _differences(table: Table, printed: Sequence[Mapping[str, str]]) -> Iterator[Difference]:
    """Every cell that differs. Rows are matched by what names them, so that a missing row shifts nothing."""
    keys = _key_columns(table)
    ours, theirs = _by_name(table.printed.to_dict("records"), keys), _by_name(printed, keys)
    for key, row in theirs.items():
        for column, value in row.items():
            if column == SECTION:
                continue
            own = NO_ROW if key not in ours else ours[key].get(column, NO_COLUMN)
            if own != value:
                yield Difference(table.id, row[SECTION], " ".join(key), column, value, own)
    section = printed[0][SECTION] if printed else ""
    for key in ours:
        if key not in theirs:
            yield Difference(table.id, section, " ".join(key), "", NO_ROW, " ".join(ours[key].values()))
    order = [key for key in theirs if key in ours]
    if order != [key for key in ours if key in theirs]:
        yield Difference(
            table.id, section, "", "行の順序", "、".join(map(" ".join, order)), "、".join(map(" ".join, ours))
        )


def _key_columns(table: Table) -> list[str]:
    # An item's number names its row alone, so that a slip in a policy's heading stays one difference.
    if "番号" in table.printed.columns:
        return ["番号"]
    return [*([table.group] if table.group else []), *table.row_headers]


def _name(row: Mapping[str, str], keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[key] for key in keys)


def _by_name(
    rows: Iterable[Mapping[str, str]], keys: Sequence[str]
) -> dict[tuple[str, ...], Mapping[str, str]]:
    """The rows by what names them; a name that stands again, as that of an item listed twice, says which time it is."""
    named: dict[tuple[str, ...], Mapping[str, str]] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        name = _name(row, keys)
        times[name] += 1
        named[name if times[name] == 1 else (*name, f"（{times[name]}回目）")] = row
    return named


def _cells_of(differences: Iterable[Difference]) -> list[Difference]:
    """The differences that stand for a published cell (not for a row that only we have, nor for the order)."""
    return [d for d in differences if d.column not in ("", "行の順序")]


def _with_erratum(difference: Difference, errata: Iterable[Erratum]) -> Difference:
    # One that names the row goes before one that does not.
    for erratum in sorted(errata, key=lambda erratum: not erratum.row):
        told = (erratum.table, erratum.column, erratum.printed, erratum.ours)
        if told == (difference.table, difference.column, difference.printed, difference.ours) and (
            erratum.row in ("", difference.row)
        ):
            return replace(difference, erratum=erratum)
    return difference


def _demand_rows(
    file: Path,
    errata: Sequence[Erratum],
    found: Sequence[Difference],
    printed: Sequence[Mapping[str, str]],
    group: str | None,
) -> None:
    """Refuse an erratum that excuses several rows of a table and names none.

    A heading over rows that the document nowhere prints right is one slip, in however many rows it is typed.
    """
    for number, erratum in enumerate(errata, start=1):
        rows = [difference.row for difference in found if difference.erratum == erratum]
        is_heading = erratum.column == group and all(
            row.get(erratum.column) != erratum.ours for row in printed
        )
        if not erratum.row and len(rows) > 1 and not is_heading:
            raise PlanFileError(
                file,
                f"erratum[{number}].row",
                f"この記録は{len(rows)}行（{'、'.join(rows)}）に当てはまり、どの行の誤りか分かりません",
                f'row = "{rows[0]}" のように行を書き、ほかの行も誤りなら、一行ごとに [[erratum]] を書いてください',
            )


def _not_met(erratum: Erratum) -> Difference:
    told = f"{erratum.printed}（正誤の記録）"
    return Difference(
        erratum.table,
        "",
        " ".join(filter(None, ("errata.toml", erratum.row))),
        erratum.column,
        told,
        "該当する相違がありません。記録を消してください",
    )
