"""The tables as files: csv with a data package for programs, xlsx and ods for people. No text in them is a formula.

``table_files`` writes them all, in every format of ``FORMATS``. The same tables give the same bytes. Modules are
imported when a file is written, because the list of reports names the files without loading pandas.
"""

from __future__ import annotations

__all__ = ["FORMATS", "Format", "load", "table_files"]

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
        module: the module of this package whose ``write`` makes the files of a book, by their paths in the report's folder.
        labels: what the list of reports calls a file, by its path; the csv of a table has its own name there.
    """

    module: str
    labels: Mapping[str, str] = field(default_factory=dict)

    def write(self, book: Book) -> Mapping[str, bytes]:
        """The files of a book, by their paths in the report's folder."""
        files: Mapping[str, bytes] = import_module(f"{__name__}.{self.module}").write(book)
        return files


FORMATS = (
    Format("csv_file"),
    Format("workbook", {"tables.xlsx": "表（Excel）"}),
    Format("open_document", {"tables.ods": "表（OpenDocument）"}),
)


def load() -> None:
    """Import the writers of files early, while the notebooks run."""
    for form in FORMATS:
        import_module(f"{__name__}.{form.module}")


def table_files(history: History, tables: Iterable[Table]) -> dict[str, bytes]:
    """The tables of a report in every format, in their order, by the path in the report's folder.

    Raises:
        ExportError: a column is not described, or a text is longer than a cell of a workbook can be.
    """
    from helpers.export.files.book import make_book
    from helpers.export.files.contents import Publication

    book = make_book(Publication.of(history, tables))
    return {path: content for form in FORMATS for path, content in form.write(book).items()}
