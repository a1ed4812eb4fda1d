"""Reports made in this process, without a kernel: the annual report's own cells, exported and written as files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_output

from helpers import provenance
from helpers.export import ReportHTMLExporter, ReportPDFExporter
from helpers.history import History
from helpers.published import reconcile
from helpers.table import Table
from helpers.tabular.csv_file import table_csv
from helpers.tabular.publication import Publication
from shown_report import executed_notebook

REPOSITORY = Path(__file__).resolve().parents[2]


def made_notebook(history: History, **values: Any) -> Any:
    """The annual report's notebook with its outputs."""
    given: dict[str, Any] = {"history": history}
    given["result"] = values["result"] if "result" in values else reconcile(history)
    given["trace"] = values["trace"] if "trace" in values else provenance.trace(history)
    return executed_notebook(given | values)


def made_files(history: History, more: Table | None = None, **values: Any) -> dict[str, bytes]:
    """report.html, report.pdf and tables/*.csv of a report; ``values`` as for ``made_notebook``.

    ``more``: what one more cell of the notebook shows.
    """
    notebook = made_notebook(history, **values)
    if more is not None:
        shown = new_output("execute_result", {"text/html": more._repr_html_()}, execution_count=99)
        notebook.cells.append(new_code_cell("more", outputs=[shown], execution_count=99))
    return {
        "report.html": ReportHTMLExporter().from_notebook_node(notebook)[0].encode(),
        "report.pdf": ReportPDFExporter().from_notebook_node(notebook)[0],
        **{f"tables/{table.id}.csv": table_csv(table.records) for table in Publication.of(history).tables},
    }


def lay_out_reference(root: Path, edit: Callable[[Path], None] | None = None) -> Path:
    """The reference project without its reports, laid out in ``root``; ``edit`` may change the copy."""
    shutil.copytree(REPOSITORY / "data" / "raw", root / "data" / "raw")
    shutil.copytree(
        REPOSITORY / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
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
