"""The cells of a notebook as its author counts them: every message that names a cell takes its name from here."""

from __future__ import annotations

__all__ = ["INJECTED", "Cell", "code_cells", "numbered_cells"]

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from helpers.errors import NotebookError

INJECTED = "injected-parameters"
_LONGEST_SOURCE = 12


@dataclass(frozen=True)
class Cell:
    """A cell counted from 1 among the cells of its type, without papermill's own, which has number 0."""

    number: int
    source: str
    is_code: bool = True

    def __str__(self) -> str:
        if not self.number:
            return "パラメーターのセル"
        return f"{self.number}番目の{'コードセル' if self.is_code else '文のセル'}"

    def failure(self, notebook: str, problem: str) -> NotebookError:
        """The error that shows this cell: number, what happened, source; ``notebook`` may be empty where it has no name."""
        shown = self.source.rstrip().splitlines()
        if len(shown) > _LONGEST_SOURCE:
            shown = [*shown[:_LONGEST_SOURCE], "…"]
        lines = "\n".join(f"    {line}" for line in shown)
        return NotebookError(f"{f'{notebook} の' if notebook else ''}{self}: {problem}\n{lines}")


def numbered_cells(notebook: Any) -> Iterator[tuple[Any, Cell]]:
    """The text and code cells with their numbers; empty cells are counted, as JupyterLab shows them."""
    numbers = {"code": 0, "markdown": 0}
    for cell in notebook.cells:
        if cell.cell_type in numbers:
            is_injected = INJECTED in cell.metadata.get("tags", [])
            numbers[cell.cell_type] += not is_injected
            number = 0 if is_injected else numbers[cell.cell_type]
            yield cell, Cell(number, cell.source, cell.cell_type == "code")


def code_cells(notebook: Any) -> Iterator[tuple[Any, Cell]]:
    """The code cells that have a source, with their numbers."""
    return (
        (cell, shown) for cell, shown in numbered_cells(notebook) if shown.is_code and shown.source.strip()
    )
