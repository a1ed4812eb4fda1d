"""The nbconvert exporters of the report: HTML, and the same HTML set in type as PDF.

Both are registered as ``nbconvert.exporters`` (``jupyter nbconvert --to gyokaku-html``, ``--to gyokaku-pdf``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.export.page.html_exporter import ReportHTMLExporter
    from helpers.export.pdf.pdf_exporter import ReportPDFExporter

__all__ = ["ReportHTMLExporter", "ReportPDFExporter"]


def __getattr__(name: str) -> Any:
    # Looked up late: the index page is made from this package too, and must not wait for nbconvert and Typst.
    if name == "ReportHTMLExporter":
        from helpers.export.page.html_exporter import ReportHTMLExporter

        return ReportHTMLExporter
    if name == "ReportPDFExporter":
        from helpers.export.pdf.pdf_exporter import ReportPDFExporter

        return ReportPDFExporter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
