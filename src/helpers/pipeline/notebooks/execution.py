"""Check that every cell of an executed notebook ran, and remove the traces of the run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from helpers.errors import NotebookError

INJECTED = "injected-parameters"
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_LONGEST_SOURCE = 12


@dataclass(frozen=True)
class Cell:
    """A code cell as its author knows it: counted from 1 among the code cells, without papermill's own."""

    number: int
    source: str

    def failure(self, notebook: str, problem: str) -> NotebookError:
        """The error that shows this cell: number, what happened, source."""
        shown = self.source.rstrip().splitlines()
        if len(shown) > _LONGEST_SOURCE:
            shown = [*shown[:_LONGEST_SOURCE], "…"]
        lines = "\n".join(f"    {line}" for line in shown)
        name = f"{self.number}番目のコードセル" if self.number else "パラメーターのセル"
        return NotebookError(f"{notebook} の{name}: {problem}\n{lines}")


def code_cells(notebook: Any) -> Iterator[tuple[Any, Cell]]:
    """The code cells that have a source, with their numbers; the injected cell has number 0."""
    number = 0
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        is_injected = INJECTED in cell.metadata.get("tags", [])
        number += not is_injected
        if cell.source.strip():
            yield cell, Cell(0 if is_injected else number, cell.source)


def check_execution(notebook: Any, name: str) -> None:
    """Check that every code cell has run, in order, without an error.

    A kernel that died, or a cell that called ``exit``, leaves a notebook that looks finished to nbconvert.

    Raises:
        NotebookError: the first cell that has not, with its number, source and message.
    """
    for expected, (cell, shown) in enumerate(code_cells(notebook), start=1):
        for output in cell.outputs:
            if output.output_type == "error":
                raise shown.failure(name, _ANSI.sub("", f"{output.ename}: {output.evalue}").strip(": "))
        if cell.execution_count != expected:
            raise shown.failure(name, "実行されませんでした")


def without_traces(notebook: Any) -> Any:
    """Take times, random ids and memory addresses out of an executed notebook, in place."""
    notebook.metadata.pop("papermill", None)
    for index, cell in enumerate(notebook.cells):
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if INJECTED in cell.metadata.get("tags", []):
            cell["id"] = INJECTED
        elif "id" not in cell:
            cell["id"] = f"cell-{index}"
        for output in cell.get("outputs", []):
            _forget_addresses(output)
    return notebook


def _forget_addresses(output: Any) -> None:
    if "text" in output:
        output["text"] = _ADDRESS.sub("", output["text"])
    data = output.get("data", {})
    if isinstance(data.get("text/plain"), str):
        data["text/plain"] = _ADDRESS.sub("", data["text/plain"])
