"""The gate before publication: figures that do not add up, or differ between the files of a report, stop it.

What is checked is what readers get: the cells of report.html, the text of report.pdf and the csv files are read
back, without the functions that wrote them, and held against each other and against the sheets::

    report.html ─┐                 ┌─ statuses sum to totals, policies to the plan
    report.pdf  ─┼─> Face ─────────┼─ shares and changes are those of the counts beside them
    tables/*.csv ┘   (face.py)     ├─ counts are those of the item list, the item list is the sheet's
                                   └─ every face tells the same; the PDF has the page's cells, one by one
"""

from __future__ import annotations

from collections.abc import Mapping

from helpers.errors import FigureError
from helpers.gate.face import Face, page_face
from helpers.gate.footing import complaints_of
from helpers.gate.pages import PageTable, page_tables, pdf_tables, same_cells
from helpers.gate.records import csv_face
from helpers.history import History

__all__ = ["Gate", "check_report", "check_same_cells"]

PAGE, PDF, CSV = "report.html", "report.pdf", "tables/*.csv"
_TOLD = 12


class Gate:
    """Reads a report back as its files come: the PDF, which takes longest to set, at the end."""

    def __init__(self, history: History, files: Mapping[str, bytes]) -> None:
        """``files``: report.html and tables/*.csv by their names in the report's folder."""
        self._history, self._page = history, page_tables(files[PAGE])
        self._faces = page_face(PAGE, self._page, history), csv_face(CSV, files, history)
        self._complaints = [complaint for face in self._faces for complaint in complaints_of(face, history)]
        self._complaints += _apart(*self._faces)

    def check(self, pdf: bytes) -> int:
        """Let the report pass; returns the number of cells that were compared between page and PDF.

        Raises:
            FigureError: anything does not add up, with the first dozen places.
        """
        tables, complaints = _told_by_pdf(self._page, pdf)
        # A PDF with other cells has no rows to read figures from, so no table here; that it differs is said already.
        complaints += self._complaints
        complaints += complaints_of(page_face(PDF, tables, self._history), self._history)
        _refuse(complaints)
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
    _, complaints = _told_by_pdf(page, files[PDF])
    _refuse(complaints)
    return _cells(page)


def _told_by_pdf(page: list[PageTable], pdf: bytes) -> tuple[list[PageTable], list[str]]:
    """The page's tables as the PDF has them, none where it has other cells; and where it has."""
    texts = pdf_tables(pdf)
    if complaints := list(same_cells(page, texts)):
        return [], complaints
    return [table.with_texts(rows) for table, rows in zip(page, texts, strict=True)], []


def _cells(page: list[PageTable]) -> int:
    return sum(len(row) for table in page for row in table.texts)


def _refuse(complaints: list[str]) -> None:
    if complaints:
        more = [f"ほか{len(complaints) - _TOLD}件"] if len(complaints) > _TOLD else []
        raise FigureError(
            "\n".join(
                ["数字が合わないため、公開しません。管理者に知らせてください", *complaints[:_TOLD], *more]
            )
        )


def _apart(one: Face, other: Face) -> list[str]:
    """Where two faces tell different figures of the same thing."""
    return [
        f"{one.name} と {other.name}: {place}が「{mine}」と「{theirs}」で違います"
        for place, mine, theirs in one.differences(other)
    ]
