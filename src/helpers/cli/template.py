"""``gyokaku verify --template``: the files of a year's published figures, to be filled in from the document."""

from __future__ import annotations

__all__ = ["run_template", "template_of"]

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from helpers.cli.terminal.screen import say
from helpers.errors import DataError, UsageError, WriteError
from helpers.files.paths import Kind, kind_of, why_not_read, why_not_written
from helpers.fiscal_year import FiscalYear
from helpers.history.opening import load_history
from helpers.pipeline.reports import chosen_targets
from helpers.plan.reading.published_folder import ERRATA
from helpers.project import chosen_root
from helpers.report.published.printed_tables import SECTION, key_columns
from helpers.report.register import all_tables
from helpers.report.table import Table

# Figures of the city's own that its document may print and that no other table follows from.
_DECLARED = ("targets", "grades", "measures", "effects", "effect_items", "judgements", "votes", "item_votes")


def run_template(
    root: Path | None, years: Sequence[FiscalYear], plan_id: str | None, earlier: Path | None = None
) -> int:
    """Write a csv for each table of the document that has none: its headings, and of each row what names it.

    ``earlier``: the page of an earlier edition of the report, whose cells are written too.

    Raises:
        UsageError: no year is named, or several beside an earlier edition; that is no page of such a report.
        DataError: a sheet or plan cannot be used.
        WriteError: a file cannot be written.
    """
    if not years:
        raise UsageError("--template には年度が要ります。例: gyokaku verify --template R4")
    project = chosen_root(root)
    chosen = chosen_targets(project, plan_id, years)
    if chosen.problems:
        raise DataError("\n".join(map(str, chosen.problems)))
    if earlier is not None and len(chosen.targets) != 1:
        raise UsageError("--from には年度と計画が一つずつ要ります。例: --plan ID --template R4 --from HTML")
    printed = {} if earlier is None else _tables_of(earlier)
    for target in chosen.targets:
        known = all_tables(load_history(target.plan_id, target.year, project))
        tables = [table for table in known if table.source or table.id in _DECLARED]
        if earlier is not None:
            tables = [table for table in tables if table.id in printed]
        written = False
        folder = Path("data/raw") / target.plan_id / "published" / str(int(target.year))
        for table in tables:
            file = folder / f"{table.id}.csv"
            if kind_of(project / file) is not Kind.NOTHING:
                say(f"{file}: すでにあるため、そのままにしました")
                continue
            _write(
                project / file, template_of(table) if earlier is None else _as_csv(*printed[table.id], table)
            )
            written = True
            say(f"{file}: 作りました（{table.caption}）")
        if not written:
            say(
                f"{target}: ファイルはどれもすでにあります。gyokaku verify {target.year.short} で照合できます"
            )
        elif earlier is None:
            say(
                f"{target}: 公表資料の値を写し、載っていない表のファイルは消してください（それまで、この年度の報告書は作れません）。"
                f"そのあと gyokaku verify {target.year.short} で照合します"
            )
        else:
            say(
                f"{target}: 公表した報告書の値を写しました。訂正の日と理由を {folder / ERRATA} の [correction] に書いてください（書き方は data/README.md）"
            )
    return 0


def template_of(table: Table) -> bytes:
    """The csv to fill in: of each row the cells that name it, and the others empty."""
    keys = key_columns(table)
    rows = [[row[column] if column in keys else "" for column in row] for row in table.rows]
    return _csv_text(table.printed.columns, rows)


def _tables_of(page: Path) -> dict[str, tuple[list[str], list[list[str]]]]:
    """The headings and cells of each table of a report's page by its id, the heading of the row group first."""
    from helpers.proof.html_page import read_tables

    try:
        tables = {table.id: table for table in read_tables(page.read_bytes()) if table.id}
    except OSError as error:
        raise UsageError(f"{page} を読めません: {'。'.join(why_not_read(error))}") from error
    except ValueError as error:
        raise UsageError(f"{page} は HTML のページではありません") from error
    if "overall" not in tables:
        raise UsageError(f"{page} は年次報告書（report.html）ではありません")
    return {
        name: (
            [heads[-1] for heads in table.headings],
            [[group, *("\n".join(cell.lines) for cell in cells)] for group, cells in table.body],
        )
        for name, table in tables.items()
    }


def _as_csv(columns: Sequence[str], rows: Sequence[Sequence[str]], table: Table) -> bytes:
    """The csv of a table of an earlier page; ``table``: ours, which says what heads the row groups."""
    first = 0 if table.group else 1
    return _csv_text([*([table.group] if table.group else []), *columns], [row[first:] for row in rows])


def _csv_text(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([SECTION, *columns])
    writer.writerows(["", *row] for row in rows)
    # With a mark at the beginning, by which Excel knows the encoding.
    return out.getvalue().encode("utf-8-sig")


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:
            stream.write(content)
    except OSError as error:
        raise WriteError(f"{file} を作れません: {why_not_written(error)}") from error
