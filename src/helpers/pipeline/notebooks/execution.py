"""Check that every cell of an executed notebook ran, and remove the traces of the run."""

from __future__ import annotations

__all__ = ["check_execution", "without_traces"]

import re
from typing import Any

from helpers.export.page.numbered_cells import INJECTED, code_cells

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def check_execution(notebook: Any, name: str) -> None:
    """Check that every code cell has run, in order, without an error.

    A kernel that died, or a cell that called ``exit``, leaves a notebook that looks finished to nbconvert.

    Raises:
        NotebookError: a cell failed or did not run; names the first, with number, source and message.
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
