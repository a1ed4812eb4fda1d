"""The report as a PDF: the page's body set in type."""
