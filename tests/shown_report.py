"""The annual report's notebook run in this process: what its cells show, without starting a kernel."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_output

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "annual_report.ipynb"


def executed_notebook(values: Mapping[str, Any], notebook: Path = NOTEBOOK) -> Any:
    """The notebook with its outputs; ``values`` replace the names that its first two cells would set."""
    executed = nbformat.read(notebook, as_version=4)
    names: dict[str, Any] = {}
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        cell.execution_count = number
        *statements, last = ast.parse(cell.source).body or [ast.Pass()]
        if isinstance(last, ast.Expr):
            _run(statements, names)
            shown = eval(compile(ast.Expression(last.value), cell.id, "eval"), names)
            if shown is not None:
                data = {"text/html": shown._repr_html_(), "text/plain": repr(shown)}
                cell.outputs = [new_output("execute_result", data, execution_count=number)]
        else:
            # The parameters and the history are the test's; imports and what is made of them are the notebook's.
            kept = [s for s in (*statements, last) if not (_sets(s) & values.keys())]
            names |= values
            _run(kept, names)
    return executed


def _run(statements: list[ast.stmt], names: dict[str, Any]) -> None:
    exec(compile(ast.Module(statements, []), "notebook", "exec"), names)


def _sets(statement: ast.stmt) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}
