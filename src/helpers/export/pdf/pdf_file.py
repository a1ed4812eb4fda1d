"""The report as a PDF file: the body of the page, set in type by Typst."""

from __future__ import annotations

__all__ = ["demand_letters", "load_typesetter", "set_in_type"]

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from typing import Any

from helpers.errors import ExportError, FigureError
from helpers.export.page.body import assemble_body
from helpers.export.pdf.tags import completed
from helpers.export.pdf.typeset import Data, typeset_data
from helpers.export.pdf.typesetter import TYPESETTER
from helpers.text.fonts import demand_glyphs


def set_in_type(data: Data, attached: Future[Mapping[str, bytes]] | None = None) -> bytes:
    """Typeset plain data, and attach files; the same data and files give the same bytes.

    A character without a glyph is not noticed: see ``demand_letters``.

    Raises:
        ExportError: Typst refused or warned.
    """
    pdf = TYPESETTER.set(json.dumps(data, ensure_ascii=False, sort_keys=True))
    return completed(pdf, data, attached.result() if attached else {})


def demand_letters(data: Data) -> None:
    """Check that the font can show every text of plain data.

    Raises:
        ExportError: a character has no glyph.
    """
    for text in _texts(data):
        try:
            demand_glyphs(text)
        except FigureError as error:
            raise ExportError(str(error)) from None


def load_typesetter() -> None:
    """Open the fonts and read the template before the first report needs them.

    Raises:
        ExportError: Typst refused.
    """
    set_in_type(typeset_data(assemble_body(["<h1>年</h1>"], "")))


def _texts(data: Any) -> Iterator[str]:
    """Every text that will be shown, line by line."""
    if isinstance(data, dict):
        for key, value in data.items():
            # Alternative text and links are not drawn; the words of a drawing are in its "texts".
            if key not in ("svg", "alt", "link", "id", "description"):
                yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
    elif isinstance(data, str):
        yield from data.split("\n")
