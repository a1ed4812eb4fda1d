"""The nbconvert exporters of the report: HTML, and the same HTML set in type as PDF.

Both are registered as ``nbconvert.exporters`` (``jupyter nbconvert --to gyokaku-html``, ``--to gyokaku-pdf``).
Both are loaded on first use: the list of reports is made from this package too, without nbconvert and Typst.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.files.late_names import late_names

if TYPE_CHECKING:
    from helpers.export.page.html_exporter import ReportHTMLExporter as ReportHTMLExporter
    from helpers.export.pdf.pdf_exporter import ReportPDFExporter as ReportPDFExporter

__all__, __getattr__, __dir__ = late_names(__name__, __file__)
