"""The tables as files: csv with a data package for programs, xlsx and ods for people. No text in them is a formula.

``table_files`` writes them all. Each is a function of the tables: the same tables give the same bytes.
"""

from __future__ import annotations

from helpers.history import History
from helpers.tabular.book import make_book
from helpers.tabular.csv_file import table_csv
from helpers.tabular.open_document import ods_file
from helpers.tabular.package import PACKAGE, data_package
from helpers.tabular.publication import Publication
from helpers.tabular.workbook import xlsx_file

__all__ = ["Publication", "data_package", "make_book", "ods_file", "table_csv", "table_files", "xlsx_file"]


def table_files(history: History) -> dict[str, bytes]:
    """Every table of the report in every format, by the path in the report's folder.

    Raises:
        ExportError: a column is not described, or a text is longer than a cell of a workbook can be.
    """
    publication = Publication.of(history)
    files = {table.id: table_csv(table.records) for table in publication.tables}
    book = make_book(publication)
    return {
        **{f"tables/{name}.csv": content for name, content in files.items()},
        f"tables/{PACKAGE}": data_package(publication, files),
        "tables.xlsx": xlsx_file(book),
        "tables.ods": ods_file(book),
    }
