"""``gyokaku verify --template``: the files of a year's published figures, to be filled in from the document."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from helpers.cli.terminal.screen import say
from helpers.errors import DataError, UsageError, WriteError
from helpers.files.paths import Kind, kind_of, why_not_written
from helpers.fiscal_year import FiscalYear
from helpers.history.opening import load_history
from helpers.pipeline.reports import chosen_targets
from helpers.project import chosen_root
from helpers.report.published.printed_tables import SECTION, key_columns
from helpers.report.register import all_tables
from helpers.report.table import Table


def run_template(root: Path | None, years: Sequence[FiscalYear], plan_id: str | None) -> int:
    """Write a csv for each table of the document that has none: its headings, and of each row what names it.

    Raises:
        UsageError: no year is named.
        DataError: a sheet or plan cannot be used.
        WriteError: a file cannot be written.
    """
    if not years:
        raise UsageError("--template には年度が要ります。例: gyokaku verify --template R4")
    project = chosen_root(root)
    chosen = chosen_targets(project, plan_id, years)
    if chosen.problems:
        raise DataError("\n".join(map(str, chosen.problems)))
    for target in chosen.targets:
        tables = [
            table for table in all_tables(load_history(target.plan_id, target.year, project)) if table.source
        ]
        folder = Path("data/raw") / target.plan_id / "published" / str(int(target.year))
        for table in tables:
            file = folder / f"{table.id}.csv"
            if kind_of(project / file) is not Kind.NOTHING:
                say(f"{file}: すでにあるため、そのままにしました")
                continue
            _write(project / file, template_of(table))
            say(f"{file}: 作りました（{table.caption}）")
        say(
            f"{target}: 公表資料の値を写し、載っていない表のファイルは消してください。そのあと gyokaku verify で照合します"
        )
    return 0


def template_of(table: Table) -> bytes:
    """The csv to fill in: of each row the cells that name it, and the others empty."""
    keys, out = key_columns(table), io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([SECTION, *table.printed.columns])
    for row in table.printed.to_dict("records"):
        writer.writerow(["", *(row[column] if column in keys else "" for column in row)])
    # With a mark at the beginning, by which Excel knows the encoding.
    return out.getvalue().encode("utf-8-sig")


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:
            stream.write(content)
    except OSError as error:
        raise WriteError(f"{file} を作れません: {why_not_written(error)}") from error
