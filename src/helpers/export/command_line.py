"""The exporters under names with a hyphen, as they are typed: ``jupyter nbconvert --to gyokaku-html``."""

from __future__ import annotations

__all__ = ["CommandLineHTMLExporter", "CommandLinePDFExporter"]

import sys

from traitlets import default

from helpers.export.page.html_exporter import ReportHTMLExporter
from helpers.export.pdf.pdf_exporter import ReportPDFExporter


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
