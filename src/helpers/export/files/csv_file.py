"""tables/*.csv: UTF-8 without a byte order mark, LF, one record a line; and the data package that describes them."""

from __future__ import annotations

__all__ = ["table_csv", "write"]

from collections.abc import Mapping

import pandas as pd

from helpers.export.files.book import Book
from helpers.export.files.package import data_package
from helpers.files.formulas import guarded
from helpers.report.faces.records import values_of


def write(book: Book) -> Mapping[str, bytes]:
    """Write the records of every table as csv, and their data package."""
    tables = {table.id: table_csv(table.records) for table in book.publication.tables}
    files = {f"tables/{name}.csv": content for name, content in tables.items()}
    return files | {"tables/datapackage.json": data_package(book.publication, tables)}


def table_csv(records: pd.DataFrame) -> bytes:
    """Write records as csv: integers and decimals as they are, nothing for missing, text guarded against formulas."""
    lines = [[guarded(str(column)) for column in records.columns]]
    lines += [
        [
            guarded(value) if isinstance(value, str) else "" if value is None else str(value)
            for value in record
        ]
        for record in values_of(records)
    ]
    return "".join((",".join(map(_quoted, line)) or '""') + "\n" for line in lines).encode("utf-8")


def _quoted(cell: str) -> str:
    # Python's own writer leaves a lone CR bare where lines end in LF, and readers would begin a new record there.
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\r\n') else cell
