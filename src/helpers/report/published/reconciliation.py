"""Our figures against the published ones, cell by cell.

``data/raw/<plan>/published/<year>/`` holds one csv per table of the city's document, typed by hand as printed,
with the section it stands in (節), and ``errata.toml``: the document's own slips, each with a reason.
A slip is asserted to be still there: an erratum that meets no difference is itself a difference.
"""

from __future__ import annotations

__all__ = ["compare"]

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from helpers.errors import PlanFileError, collecting, refuse_all
from helpers.history.history import History
from helpers.plan.reading.published_folder import ERRATA, published_files, published_years
from helpers.report.published.difference import Difference, Reconciliation, TableResult, differences, one_line
from helpers.report.published.errata_file import read_records
from helpers.report.published.printed_tables import (
    Correction,
    Erratum,
    PrintedTable,
    Records,
    key_columns,
    read_printed,
    row_names,
)
from helpers.report.table import Table


def compare(history: History, tables: Iterable[Table]) -> Reconciliation:
    """Compare every published cell of the year with that of one of our ``tables``.

    Raises:
        PlanFileError: something in ``published`` cannot be used; all of it is named.
    """
    published_years(history.plan)
    files = published_files(history.plan, history.year)
    ours = {table.id: table for table in tables}
    printed, records = _read(files, ours)
    results: list[TableResult] = []
    all_differences: list[Difference] = []
    for table in (ours[name] for name in ours if name in printed):
        unprinted = [each for each in records.unprinted if each.table == table.id]
        printed[table.id] = records.without_printed_only(table.id, printed[table.id], key_columns(table))
        errata = [erratum for erratum in records.errata if erratum.table == table.id]
        of_table = differences(table, printed[table.id], unprinted, errata)
        met = {difference.erratum for difference in of_table}
        of_table += [_not_met(erratum) for erratum in errata if erratum not in met]
        results.append(_result(table, printed[table.id], of_table))
        all_differences += of_table
    if files and files[-1].name == ERRATA:
        refuse_all([*_without_row(files[-1], records, all_differences, printed, ours)])
    result = Reconciliation(
        tuple(results), tuple(all_differences), records.unprinted, records.printed_only, records.correction
    )
    if records.correction is not None:
        refuse_all([*_wrong_places(files[-1], records.correction, all_differences)])
    return result


def _read(files: Sequence[Path], ours: Mapping[str, Table]) -> tuple[dict[str, PrintedTable], Records]:
    """The printed tables by their names, and what is recorded of them.

    Raises:
        PlanFileError: a file cannot be used; all that is wrong in any is named.
    """
    errors: list[PlanFileError] = []
    printed: dict[str, PrintedTable] = {}
    records = Records()
    for file in files:
        with collecting(errors):
            if file.name == ERRATA:  # the last
                records = read_records(file, ours, printed, [file.stem for file in files])
            else:
                table = _table_of(file, ours)
                printed[table.id] = read_printed(file, key_columns(table), row_names(table))
    refuse_all(errors)
    return printed, records


def _table_of(file: Path, ours: Mapping[str, Table]) -> Table:
    if file.stem in ours:
        return ours[file.stem]
    raise PlanFileError(
        file,
        "",
        f"「{file.stem}」という表はこの年度の報告書にありません",
        f"使える名前: {'、'.join(ours)}",
    )


def _result(table: Table, printed: PrintedTable, of_table: Sequence[Difference]) -> TableResult:
    total = len(printed.rows) * (len(printed.columns) - 1)
    slips = sum(difference.erratum is not None for difference in of_table)
    matches = total - sum(difference.is_cell for difference in of_table)
    return TableResult(table.id, table.caption, matches, slips, len(of_table) - slips, total)


def _without_row(
    file: Path,
    records: Records,
    all_differences: Sequence[Difference],
    printed: Mapping[str, PrintedTable],
    ours: Mapping[str, Table],
) -> Iterator[PlanFileError]:
    """The errata that excuse several rows of a table and name none.

    A heading over rows that the document nowhere prints right is one slip, in however many rows it is typed.
    """
    for number, erratum in enumerate(records.errata, start=1):
        rows = [difference.row for difference in all_differences if difference.erratum == erratum]
        is_heading = erratum.column == ours[erratum.table].group and all(
            row.get(erratum.column) != erratum.ours for row in printed[erratum.table].rows
        )
        if not erratum.row and len(rows) > 1 and not is_heading:
            yield PlanFileError(
                file,
                f"erratum[{number}].row",
                f"この記録は{len(rows)}行（{'、'.join(rows)}）に当てはまり、どの行の誤りか分かりません",
                f'row = "{rows[0]}" のように行を書き、ほかの行も誤りなら、一行ごとに [[erratum]] を書いてください',
            )


def _wrong_places(
    file: Path, correction: Correction, all_differences: Iterable[Difference]
) -> Iterator[PlanFileError]:
    """The errors in a correction's places: none is given, or a place has no difference to correct."""
    left = [each for each in all_differences if each.erratum is None and not each.is_stale]
    if not left:
        problem = "公表値と違う欄がないため、訂正するものがありません"
        remedy = "公表値を訂正後の値に直したときは、この記録を消してください"
        yield PlanFileError(file, "correction", problem, remedy)
    elif not correction.places:
        rows = dict.fromkeys(one_line(each.table, each.row) for each in left)
        listed = ", ".join(json.dumps(row, ensure_ascii=False) for row in rows)
        problem = f"訂正する欄が書かれていません。公表値と違う欄は、次の{len(rows)}行にあります: [{listed}]"
        remedy = "このうち訂正したものだけを places = [...] に書いてください（表、行、欄のどれでも書けます）"
        yield PlanFileError(file, "correction.places", problem, remedy)
    for number, corrected in enumerate(correction.places if left else (), start=1):
        if not any(replace(correction, places=(corrected,)).covers(each.location) for each in left):
            problem = f"「{corrected}」に、公表値と違う欄がありません"
            remedy = "表の名前、行、列の見出しを直すか、消してください"
            yield PlanFileError(file, f"correction.places[{number}]", problem, remedy)


def _not_met(erratum: Erratum) -> Difference:
    return Difference(
        erratum.table,
        "",
        " ".join(filter(None, (ERRATA, erratum.row))),
        erratum.column,
        f"{erratum.printed}（正誤の記録）",
        "該当する相違がありません。記録を消してください",
        is_cell=False,
        is_stale=True,
    )
