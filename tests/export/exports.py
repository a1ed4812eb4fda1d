"""Notebooks made of pieces, exported to page and PDF; and what stands on the pages of a PDF."""

import re
from typing import Any

import pypdfium2
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.export import ReportHTMLExporter, ReportPDFExporter


def notebook_of(*pieces: str | tuple[str, ...]) -> Any:
    """An executed notebook: a text is Markdown, a tuple holds the HTML outputs of one code cell."""
    cells = []
    for number, piece in enumerate(pieces, start=1):
        if isinstance(piece, str):
            cells.append(new_markdown_cell(piece, id=f"cell-{number}"))
            continue
        outputs = [new_output("display_data", {"text/html": html, "text/plain": "図表"}) for html in piece]
        cells.append(
            new_code_cell("show(report)", outputs=outputs, execution_count=number, id=f"cell-{number}")
        )
    return new_notebook(cells=cells)


def page_of(notebook: Any, **resources: Any) -> str:
    """The notebook as a page."""
    return str(ReportHTMLExporter().from_notebook_node(notebook, resources)[0])


def pdf_of(notebook: Any) -> bytes:
    """The notebook as a PDF."""
    return bytes(ReportPDFExporter().from_notebook_node(notebook)[0])


def page_texts(pdf: bytes) -> list[str]:
    """The words on each page, without white space."""
    return [close(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(pdf)]


def close(text: str) -> str:
    """Text without white space: a line may end anywhere in Japanese, and the break is not part of it."""
    return re.sub(r"\s", "", text)
