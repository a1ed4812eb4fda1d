"""The gate before publication: figures that do not add up, or differ between the files of a report, stop it.

What is checked is what readers get: the cells of report.html, the text of report.pdf and the csv files are read
back, without the functions that wrote them, and held against each other and against the sheets::

    report.pdf  ── cell by cell ── report.html ─┐
                                                ├─> Face ── every figure is the one that the sheets give,
                                   tables/*.csv ┘           counted again (recount.py); no table is unknown

The register (``helpers.report.register.REGISTER``) says of each table how it is read: as counts (counting.py), by a reader of
its own (lists.py, movements.py, documents.py), or why there is nothing to count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from helpers.errors import FigureError
from helpers.history.history import History
from helpers.proof.gate.complaint import Complaint, Rank, sentences
from helpers.proof.gate.face import apart, csv_face, page_face
from helpers.proof.gate.page_and_pdf import PageTable, page_tables, pdf_tables, same_cells
from helpers.proof.gate.terms import Terms

__all__ = ["Gate", "check_report", "check_same_cells"]

PAGE, PDF, CSV = "report.html", "report.pdf", "tables/*.csv"
_TOLD = 12


class Gate:
    """Reads a report back as its files come: the PDF, which takes longest to set, at the end."""

    def __init__(self, history: History, files: Mapping[str, bytes]) -> None:
        """``files``: report.html and tables/*.csv by their names in the report's folder."""
        terms, self._page = Terms(history), page_tables(files[PAGE])
        page, csv_files = page_face(PAGE, self._page, terms), csv_face(CSV, files, terms)
        self._complaints = [*page.complaints, *csv_files.complaints, *apart(page, csv_files)]

    def check(self, pdf: bytes) -> int:
        """Let the report pass; returns the number of cells that were compared between page and PDF.

        Raises:
            FigureError: anything does not add up, with the first dozen places.
        """
        differences = _differences(self._page, pdf)
        apart_in_pdf = {complaint.table for complaint in differences}
        # Of a table with other cells in the PDF nothing more is said of the page: that may be the wrong one of the two.
        _refuse(
            [*differences]
            + [
                complaint._replace(faces=(*complaint.faces, PDF)) if PAGE in complaint.faces else complaint
                for complaint in self._complaints
                if PAGE not in complaint.faces or complaint.table not in apart_in_pdf
            ]
        )
        return _cells(self._page)


def check_report(history: History, files: Mapping[str, bytes]) -> int:
    """Check all files of a finished report at once: report.html, report.pdf and tables/*.csv, as ``Gate`` does.

    Raises:
        FigureError: anything does not add up, with the first dozen places.
    """
    return Gate(history, files).check(files[PDF])


def check_same_cells(files: Mapping[str, bytes]) -> int:
    """Check that report.pdf holds the tables of report.html cell by cell, which needs no data; returns their number.

    Raises:
        FigureError: a cell differs.
    """
    page = page_tables(files[PAGE])
    _refuse(_differences(page, files[PDF]))
    return _cells(page)


def _differences(page: Sequence[PageTable], pdf: bytes) -> list[Complaint]:
    """Where the PDF has other cells than the page."""
    texts = pdf_tables(pdf)
    if len(page) != len(texts):
        return [Complaint(Rank.APART_IN_PDF, "", text) for text in same_cells(page, texts)]
    return [
        Complaint(Rank.APART_IN_PDF, table.id, text)
        for table, cells in zip(page, texts, strict=True)
        for text in same_cells([table], [cells])
    ]


def _cells(page: Iterable[PageTable]) -> int:
    return sum(len(row) for table in page for row in table.texts)


def _refuse(complaints: Iterable[Complaint]) -> None:
    if told := sentences(complaints):
        more = [f"ほか{len(told) - _TOLD}件"] if len(told) > _TOLD else []
        raise FigureError(
            "\n".join(["数字が合わないため、公開しません。管理者に知らせてください", *told[:_TOLD], *more])
        )
