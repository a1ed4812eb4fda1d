"""The nbconvert exporters of the report: HTML, and the same HTML set in type as PDF.

Each is registered twice in ``nbconvert.exporters``: for the command line (``jupyter nbconvert --to gyokaku-html``) and for
JupyterLab's menu (Gyokaku_html), whose server takes no hyphen. All are loaded on first use, because the list of reports,
also made in this package, needs neither nbconvert nor Typst.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.files.late_names import late_names

if TYPE_CHECKING:
    from helpers.export.exporters import CommandLineHTMLExporter as CommandLineHTMLExporter
    from helpers.export.exporters import CommandLinePDFExporter as CommandLinePDFExporter
    from helpers.export.exporters import ReportHTMLExporter as ReportHTMLExporter
    from helpers.export.exporters import ReportPDFExporter as ReportPDFExporter

__all__, __getattr__, __dir__ = late_names(__name__, __file__)
