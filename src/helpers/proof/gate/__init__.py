"""The gate before publication: figures that do not add up, or differ between the files of a report, stop it.

The cells of report.html, the text of report.pdf and the csv files are read back without the functions that wrote
them, and compared with each other and with the sheets::

    report.pdf  ── cell by cell ── report.html ─┐
                                                ├─> every figure is what the sheets give,
                                   tables/*.csv ┘   counted again (recount.py); no table is unknown

The register (``helpers.report.register.REGISTER``) says of each table how it is read: as counts (counting.py), by a
reader of its own (lists.py, moved_items.py, declared/), or why there is nothing to count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from helpers.errors import FigureError, first_few
from helpers.history.history import History
from helpers.proof.gate.page_and_pdf import PageTable, page_tables, pdf_tables, same_cells
from helpers.proof.gate.table_check import complaints_about
from helpers.proof.gate.terms import PAGE, PDF, Complaint, Rank, Terms, sentences
from helpers.proof.pdf_text import Tagged, read_structure
from helpers.report import register

__all__ = ["Gate", "check_same_cells", "refuse"]

_PACKAGE = "tables/datapackage.json"


class Gate:
    """Checks a report as its files are made: the PDF last, because it takes longest to make."""

    def __init__(self, history: History, files: Mapping[str, bytes]) -> None:
        """``files``: report.html, tables/*.csv and their data package by their names in the report's folder."""
        terms, self._page = Terms(history), page_tables(files[PAGE])
        csv_names = (re.fullmatch("tables/(.*)[.]csv", name) for name in sorted(files))
        csv_files = {name[1]: files[name[0]] for name in csv_names if name}
        resources = json.loads(files.get(_PACKAGE, b"{}")).get("resources", ())
        described = {resource["name"]: resource for resource in resources}
        known = [*(table.id for table in self._page), *csv_files, *(entry.id for entry in register.REGISTER)]
        self._complaints = [
            complaint
            for table in dict.fromkeys(known)
            for complaint in complaints_about(
                table,
                terms,
                [shown for shown in self._page if shown.id == table],
                csv_files.get(table),
                described.get(table),
            )
        ]

    @property
    def captions(self) -> list[str]:
        """The captions of the page's tables, in order."""
        return [table.caption for table in self._page]

    def check(self, pdf: Tagged) -> int:
        """Compare the PDF, as read back, with the page, and return the number of cells compared.

        Raises:
            FigureError: a figure is wrong in any file; the error lists the first dozen faults.
        """
        differences = _differences(self._page, pdf)
        apart_in_pdf = {complaint.table for complaint in differences}
        # Where a table differs between page and PDF, either may be wrong: no other fault of the page is reported for it.
        refuse(
            [*differences]
            + [
                complaint._replace(files=_with_pdf(complaint.files))
                for complaint in self._complaints
                if PAGE not in complaint.files or complaint.table not in apart_in_pdf
            ]
        )
        return _cells(self._page)


def check_same_cells(files: Mapping[str, bytes]) -> int:
    """Compare the cells of report.pdf with those of report.html, which needs no data; return the number of cells.

    Raises:
        FigureError: a cell differs.
    """
    page = page_tables(files[PAGE])
    refuse(_differences(page, read_structure(files[PDF])))
    return _cells(page)


def _differences(page: Sequence[PageTable], pdf: Tagged) -> list[Complaint]:
    """List the cells that differ between page and PDF."""
    return [Complaint(Rank.APART_IN_PDF, table, text) for table, text in same_cells(page, pdf_tables(pdf))]


def _with_pdf(files: tuple[str, ...]) -> tuple[str, ...]:
    """Name the PDF beside the page: both have the same cells."""
    return tuple(name for file in files for name in ((file, PDF) if file == PAGE else (file,)))


def _cells(page: Iterable[PageTable]) -> int:
    return sum(len(row) for table in page for row in table.texts)


def refuse(complaints: Iterable[Complaint]) -> None:
    """Raise FigureError with the first dozen faults, if there are any."""
    if lines := sentences(complaints):
        head = "数字が合わないため、公開しません。管理者に知らせてください"
        raise FigureError("\n".join([head, *first_few(lines, "ほか{}件")]))
