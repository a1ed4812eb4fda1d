"""Notebooks to export: small ones made of pieces, and the page of the reference report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output


@pytest.fixture(scope="session")
def make_notebook() -> Callable[..., Any]:
    """Build an executed notebook from pieces: a text is Markdown, a tuple holds the HTML outputs of one code cell."""

    def make(*pieces: str | tuple[str, ...]) -> Any:
        cells = []
        for number, piece in enumerate(pieces, start=1):
            if isinstance(piece, str):
                cells.append(new_markdown_cell(piece, id=f"cell-{number}"))
                continue
            outputs = [
                new_output("display_data", {"text/html": html, "text/plain": "図表"}) for html in piece
            ]
            cells.append(
                new_code_cell("show(report)", outputs=outputs, execution_count=number, id=f"cell-{number}")
            )
        return new_notebook(cells=cells)

    return make


@pytest.fixture(scope="session")
def report_html(files_2022: dict[str, bytes]) -> str:
    """The report of fiscal 2022 as a page."""
    return files_2022["report.html"].decode()
