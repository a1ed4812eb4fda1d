"""The owners of the marks in a PDF's pages: cells of a table, a figure, a heading, a sentence."""

from __future__ import annotations

__all__ = ["Cells", "Places"]

from collections.abc import Sequence

from helpers.proof.pdf_text import Mark, Tagged

_HEADINGS = {"H1", "H2", "H3", "H4", "H5", "H6"}
Cells = list[list[Tagged]]  # header and data cells, row by row


class Places:
    """The places of a report by the marks of their text.

    Attributes:
        tables: the name and the cells of each.
        headings: the marks of all headings.
        texts: for a mark, the text of its cell, or of the sentence or piece of it; figures have none.
    """

    def __init__(self, structure: Tagged, captions: Sequence[str] = ()) -> None:
        """``captions``: of the tables in order; without them a table is named by its own first words."""
        self.tables: list[tuple[str, Cells]] = []
        self.headings: set[Mark] = set()
        self.texts: dict[Mark, str] = {}
        self._names: dict[Mark, str] = {}
        self._captions = iter(captions)
        self._walk(structure, "")

    def name(self, mark: Mark) -> str:
        """表「…」 or 図「…」; empty for running text."""
        return self._names.get(mark, "")

    def _walk(self, element: Tagged, caption: str) -> None:
        captions = (child.text for child in element.children if child.tag == "Caption")
        caption = next(captions, caption)
        if element.tag == "Table":
            self._add_table(element)
            return
        if element.tag == "Figure":
            self._names.update(dict.fromkeys(element.marks, f"図「{caption}」"))
            return
        if element.tag in _HEADINGS:
            self.headings.update(element.marks)
        self.texts.update(dict.fromkeys(element.own_marks, element.text))
        for child in element.children:
            self._walk(child, caption)

    def _add_table(self, table: Tagged) -> None:
        rows = [row.all("TH", "TD") for row in table.all("TR")]
        words = (cell.text for row in rows for cell in row if cell.text)
        name = f"表「{next(self._captions, '') or next(words, '')}」"
        self.tables.append((name, rows))
        self._names.update(dict.fromkeys(table.marks, name))
        for cell in (cell for row in rows for cell in row):
            self.texts.update(dict.fromkeys(cell.marks, cell.text))
