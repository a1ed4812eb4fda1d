"""The one maker of reports for tests: the annual report's own cells run in this process, exported and written as files.

What a project on disk holds is made by ``small_city``, histories of any shape by ``made_histories``.
"""

import ast
import shutil
from collections.abc import Callable, Mapping
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from helpers.history.history import History
from helpers.processes.hidden_modules import without_modules
from helpers.report.register import REGISTER, reconcile, trace
from helpers.report.table import Table

with without_modules("rfc3987_syntax"):  # whose import compiles a grammar for more than a second
    import nbformat
    from nbformat.v4 import new_code_cell, new_output

    from helpers.export import ReportHTMLExporter, ReportPDFExporter
    from helpers.export.files.contents import tables_shown
    from helpers.export.files.csv_file import table_csv

REPOSITORY = Path(__file__).resolve().parents[1]
NOTEBOOK = REPOSITORY / "notebooks" / "annual_report.ipynb"


def executed_notebook(values: Mapping[str, Any], notebook: Path = NOTEBOOK) -> Any:
    """The notebook with its outputs; ``values`` replace the names that its first two cells would set."""
    executed = nbformat.read(notebook, as_version=4)
    names: dict[str, Any] = {}
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    with TemporaryDirectory() as folder, chdir(folder):  # for what a cell writes
        for number, cell in enumerate(code, start=1):
            _execute(cell, number, values, names)
    return executed


def _execute(cell: Any, number: int, values: Mapping[str, Any], names: dict[str, Any]) -> None:
    cell.execution_count = number
    *statements, last = ast.parse(cell.source).body or [ast.Pass()]
    if isinstance(last, ast.Expr):
        _run(statements, names)
        shown = eval(compile(ast.Expression(last.value), cell.id, "eval"), names)
        if shown is not None:
            cell.outputs = [new_output("execute_result", _bundle(shown), execution_count=number)]
    else:
        # Parameters and history are the test's; all other cells are the notebook's.
        kept = [s for s in (*statements, last) if not (_sets(s) & values.keys())]
        names |= values
        _run(kept, names)


def _bundle(shown: Any) -> dict[str, Any]:
    """What IPython makes of the value of a cell."""
    html = {"text/html": shown._repr_html_(), "text/plain": repr(shown)}
    return shown._repr_mimebundle_() if hasattr(shown, "_repr_mimebundle_") else html


def _run(statements: list[ast.stmt], names: dict[str, Any]) -> None:
    exec(compile(ast.Module(statements, []), "notebook", "exec"), names)


def _sets(statement: ast.stmt) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def made_files(history: History, more: Table | None = None, **values: Any) -> dict[str, bytes]:
    """report.html, report.pdf and tables/*.csv of a report; ``values`` as for ``executed_notebook``.

    ``more``: what one more cell of the notebook shows.
    """
    notebook = executed_notebook({"history": history, **values})
    if more is not None:
        shown = new_output("execute_result", _bundle(more), execution_count=99)
        notebook.cells.append(new_code_cell("more", outputs=[shown], execution_count=99))
    return files_of(notebook, history)


def files_of(notebook: Any, history: History) -> dict[str, bytes]:
    """The same of an annual report's notebook with its outputs."""
    return {
        "report.html": ReportHTMLExporter().from_notebook_node(notebook)[0].encode(),
        "report.pdf": ReportPDFExporter().from_notebook_node(notebook)[0],
        **{f"tables/{table.id}.csv": table_csv(table.records) for table in tables_shown(notebook)},
    }


def silent_cells(notebook: Any) -> list[str]:
    """The ids of the cells of code that show nothing."""
    return [cell.id for cell in notebook.cells if cell.cell_type == "code" and not cell.outputs]


def cells_of(table: Table | None) -> list[list[str]]:
    """The cells of a table as printed, row by row."""
    return [list(map(str, row)) for row in table.printed.itertuples(index=False)]


def every_table(history: History) -> list[Table]:
    """Every table that the register has of a report, in its order."""
    sources = {"history": history, "reconciliation": reconcile(history), "trace": trace(history)}
    made = (entry.make(sources[entry.made_of]) for entry in REGISTER)
    return [table for table in made if table is not None]


def lay_out_synthetic(root: Path, *plans: str) -> Path:
    """A project with synthetic plans of ``tests/plans`` and the notebooks, laid out in ``root``."""
    for plan in plans:
        shutil.copytree(REPOSITORY / "tests" / "plans" / plan, root / "data" / "raw" / plan)
    shutil.copytree(
        REPOSITORY / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    return root


def lay_out_reference(root: Path, edit: Callable[[Path], None] | None = None) -> Path:
    """The reference project without its reports, laid out in ``root``; ``edit`` may change the copy."""
    shutil.copytree(REPOSITORY / "data" / "raw", root / "data" / "raw")
    lay_out_synthetic(root)
    if edit is not None:
        edit(root)
    return root


def replaced(file: Path, texts: Mapping[str, str]) -> None:
    """Replace texts in a file; each must stand there."""
    content = file.read_text(encoding="utf-8")
    for old, new in texts.items():
        assert old in content, old
        content = content.replace(old, new, 1)
    file.write_text(content, encoding="utf-8")
