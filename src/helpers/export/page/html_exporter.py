"""The report as one HTML page that works offline."""

from __future__ import annotations

__all__ = ["ReportHTMLExporter"]

from typing import Any

from nbconvert.exporters.exporter import Exporter
from traitlets import List, default

from helpers.export.page.body import ReportBody, assemble_body
from helpers.export.page.cells import demand_complete, report_pieces
from helpers.export.page.jinja import report_page
from helpers.export.page.neighbours import Neighbours


class ReportHTMLExporter(Exporter):
    """Export an executed notebook as an accessible, self-contained HTML report.

    Built on nbconvert's ``Exporter``, not on ``TemplateExporter``: that one looks for templates in the working
    directory and in every Jupyter path, where anybody may have put one, and escapes nothing.
    """

    export_from_notebook = "年次報告書（HTML）"
    output_mimetype = "text/html"

    # Only --execute makes sense for a report; the others would change what it shows.
    default_preprocessors = List(["nbconvert.preprocessors.ExecutePreprocessor"]).tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Set an executed notebook as a page: (the page, nbconvert's resources).

        Raises:
            NotebookError: a cell failed or never ran.
            ExportError: a report cannot hold an output.
        """
        body, resources = self.report_body(nb, resources, **kw)
        return report_page(body, Neighbours.of_notebook(nb.metadata)), resources

    def report_body(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[ReportBody, Any]:
        """The body that both forms of the report are made from, and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        demand_complete(notebook)
        name = str(resources["metadata"].get("name") or "報告書")
        return assemble_body(report_pieces(notebook), name), resources
