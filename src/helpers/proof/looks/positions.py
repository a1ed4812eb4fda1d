"""The positions of a PDF's text on its pages as PDFium draws it, independent of the tags."""

from __future__ import annotations

__all__ = ["Drawn", "Sheet", "read_positions"]

import ctypes
import threading
from collections.abc import Iterator
from contextlib import closing
from math import sqrt
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from helpers.errors import ExportError

# PDFium is not thread-safe, not even with a document per thread; reports are made in several threads.
_READING = threading.Lock()


class Drawn(NamedTuple):
    """A run of text as drawn: the box of its ink and its base line, in points from the page's lower left corner.

    Attributes:
        page: from 0.
        size: the height of its letters' body in points, after all scaling.
        content: the id of the marked content that it belongs to; -1 for running titles and other artifacts.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float
    base: float
    size: float
    content: int


class Sheet(NamedTuple):
    """A page: its width and height in points, and the runs of text on it."""

    width: float
    height: float
    runs: list[Drawn]


def read_positions(pdf: bytes) -> list[Sheet]:
    """Read the pages of a PDF with the runs of text on each; blanks are left out.

    Raises:
        ExportError: it is no PDF that can be read.
    """
    with _READING:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise ExportError(f"report.pdf を読み返せません（{error}）。もう一度作ってください") from error
        with closing(document):
            return [_sheet(page, number) for number, page in enumerate(document)]


def _sheet(page: pypdfium2.PdfPage, number: int) -> Sheet:
    with closing(page):
        return Sheet(page.get_width(), page.get_height(), list(_runs(page.raw, number)))


def _runs(page: pdfium.FPDF_PAGE, number: int) -> Iterator[Drawn]:
    left, bottom, right, top, size = (ctypes.c_float() for _ in range(5))
    matrix = pdfium.FS_MATRIX()
    for position in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, position)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
        if right.value <= left.value:  # a blank
            continue
        pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
        pdfium.FPDFTextObj_GetFontSize(drawn, size)
        yield Drawn(
            number,
            left.value,
            bottom.value,
            right.value,
            top.value,
            matrix.f,
            size.value * sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)),
            pdfium.FPDFPageObj_GetMarkedContentID(drawn),
        )
