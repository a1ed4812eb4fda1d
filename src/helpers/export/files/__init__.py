"""The tables as files: csv with a data package for programs, xlsx and ods for people. No text in them is a formula.

``table_files`` writes them all, in every format of ``FORMATS``. The same tables give the same bytes. Nothing is loaded
before a file is written: the list of reports, which names the files, does without pandas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.export.files.book import Book
    from helpers.history.history import History
    from helpers.report.table import Table


@dataclass(frozen=True)
class Format:
    """A format of the tables' files.

    Attributes:
        write: makes the files of a book, by their paths in the report's folder.
        labels: what the list of reports calls a file, by its path; the csv of a table has its own name there.
    """

    write: Callable[[Book], Mapping[str, bytes]]
    labels: Mapping[str, str]


def load() -> None:
    """Import what writes the files: called early, it is done while the notebooks run."""
    for module in ("book", "csv_file", "open_document", "package", "workbook"):
        import_module(f"{__name__}.{module}")


def table_files(history: History, tables: Iterable[Table]) -> dict[str, bytes]:
    """The tables of a report in every format, in their order, by the path in the report's folder.

    Raises:
        ExportError: a column is not described, or a text is longer than a cell of a workbook can be.
    """
    from helpers.export.files.book import make_book
    from helpers.export.files.contents import Publication

    book = make_book(Publication.of(history, tables))
    return {path: content for form in FORMATS.values() for path, content in form.write(book).items()}


def _csv(book: Book) -> dict[str, bytes]:
    from helpers.export.files.csv_file import table_csv
    from helpers.export.files.package import PACKAGE, data_package

    tables = {table.id: table_csv(table.records) for table in book.publication.tables}
    files = {f"tables/{name}.csv": content for name, content in tables.items()}
    return files | {f"tables/{PACKAGE}": data_package(book.publication, tables)}


def _xlsx(book: Book) -> dict[str, bytes]:
    from helpers.export.files.workbook import xlsx_file

    return {"tables.xlsx": xlsx_file(book)}


def _ods(book: Book) -> dict[str, bytes]:
    from helpers.export.files.open_document import ods_file

    return {"tables.ods": ods_file(book)}


FORMATS: Mapping[str, Format] = {
    "csv": Format(_csv, {}),
    "xlsx": Format(_xlsx, {"tables.xlsx": "表（Excel）"}),
    "ods": Format(_ods, {"tables.ods": "表（OpenDocument）"}),
}
