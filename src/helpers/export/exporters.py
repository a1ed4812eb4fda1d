"""The exporters for nbconvert: the report as one HTML page that works offline, and as a PDF with the same content."""

from __future__ import annotations

__all__ = ["CommandLineHTMLExporter", "CommandLinePDFExporter", "ReportHTMLExporter", "ReportPDFExporter"]

import sys
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from typing import Any

from nbconvert.exporters.exporter import Exporter
from traitlets import List, default

from helpers.export.page.body import ReportBody
from helpers.export.page.cells import report_body
from helpers.export.page.jinja import report_page
from helpers.export.page.neighbours import METADATA, YEAR, Neighbours
from helpers.export.pdf.pdf_file import demand_letters, set_in_type
from helpers.export.pdf.typeset import Data, typeset_data


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
        body, resources = self._body(nb, resources, **kw)
        return report_page(body, Neighbours.of_notebook(nb.metadata)), resources

    def _body(self, nb: Any, resources: Any, **kw: Any) -> tuple[ReportBody, Any]:
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return report_body(notebook, str(resources["metadata"].get("name") or "報告書")), resources


class ReportPDFExporter(ReportHTMLExporter):
    """Export an executed notebook as a tagged A4 PDF (PDF/UA-1 and PDF/A-3a) with the content of the HTML report."""

    export_from_notebook = "年次報告書（PDF）"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Set an executed notebook in type: (the PDF's bytes, nbconvert's resources).

        Raises:
            NotebookError: a cell failed or never ran.
            ExportError: a report cannot hold an output, or a character has no glyph.
        """
        body, resources = self._body(nb, resources, **kw)
        data = _data(nb, body)
        demand_letters(data)
        return set_in_type(data), resources

    def page_and_pdf(
        self, nb: Any, beside: Executor, attached: Future[Mapping[str, bytes]]
    ) -> tuple[str, Future[bytes]]:
        """Both forms of a report, from one reading of its notebook: the page, and the PDF, which ``beside`` sets in the background.

        ``attached``: the files that the PDF carries, which may be made while it is set.

        Raises:
            NotebookError, ExportError: as ``from_notebook_node`` of either exporter; for the PDF, when its result is asked for.
        """
        body, _ = self._body(nb, {"metadata": {"name": "report"}})
        data = _data(nb, body)
        pdf = beside.submit(set_in_type, data, attached)
        demand_letters(data)  # while the PDF is set
        return report_page(body, Neighbours.of_notebook(nb.metadata)), pdf


def _data(nb: Any, body: ReportBody) -> Data:
    return typeset_data(body, nb.metadata.get(METADATA, {}).get(YEAR))


class CommandLineHTMLExporter(ReportHTMLExporter):
    """The HTML exporter, not offered by a Jupyter server, which answers 404 to a name with a hyphen."""

    @default("enabled")
    def _enabled_default(self) -> bool:
        return _is_command_line()


class CommandLinePDFExporter(ReportPDFExporter):
    """The PDF exporter, not offered by a Jupyter server, which answers 404 to a name with a hyphen."""

    @default("enabled")
    def _enabled_default(self) -> bool:
        return _is_command_line()


def _is_command_line() -> bool:
    return "jupyter_server.serverapp" not in sys.modules
