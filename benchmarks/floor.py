"""One warm process: seconds for the cells' own work of both notebooks and one HTML and one PDF rendering.

Arguments: project folder, year, the report's executed notebook, repetitions. Prints the seconds of each
repetition but the first, which warms everything.
"""

from __future__ import annotations

import ast
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import nbformat

from helpers.export import ReportHTMLExporter, ReportPDFExporter


def run_cells(notebook: Path, year: int) -> None:
    """Run a notebook's cells as plain Python, and ask each shown value for its HTML and its text."""
    names: dict[str, Any] = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        if "parameters" in cell["metadata"].get("tags", []):
            source += f"\nyear = {year}\n"
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, str(notebook), "exec"), names)
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), str(notebook), "eval"), names)
            if hasattr(shown, "_repr_html_"):
                shown._repr_html_()
            repr(shown)


def main() -> None:
    """Measure and print."""
    project, year, report, repetitions = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    os.environ["GYOKAKU_ROOT"] = str(project)
    to_html, to_pdf = ReportHTMLExporter(), ReportPDFExporter()
    for repetition in range(repetitions + 1):
        executed = nbformat.read(report, as_version=4)  # type: ignore[no-untyped-call]
        # Typst remembers what it set: another text each time, as another report would have.
        _vary(executed, repetition)
        begin = time.perf_counter()
        for name in ("ingest", "annual_report"):
            run_cells(project / "notebooks" / f"{name}.ipynb", year)
        cells = time.perf_counter()
        to_html.from_notebook_node(executed)
        html = time.perf_counter()
        to_pdf.from_notebook_node(executed)
        if repetition:
            print(
                json.dumps({"cells": cells - begin, "html": html - cells, "pdf": time.perf_counter() - html})
            )


def _vary(executed: Any, repetition: int) -> None:
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            html = output.get("data", {}).get("text/html")
            if html:
                output["data"]["text/html"] = html.replace("年度", f"年{'　' * repetition}度")


if __name__ == "__main__":
    main()
