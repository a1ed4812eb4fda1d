"""What changed between two reports, two status sheets or two revisions of the data, and nothing else.

Times, versions and everything else that no reader of a report sees are left out of account.
"""

from helpers.diff.changes import (
    CellChange,
    Comparison,
    PageChange,
    Part,
    PdfChange,
    StatusChange,
    TableChange,
    TextChange,
)
from helpers.diff.folders import compare_folders, compare_reports
from helpers.diff.html_form import as_html
from helpers.diff.markdown_form import as_markdown
from helpers.diff.revisions import compare_revisions
from helpers.diff.sheets import compare_sheets
from helpers.diff.text_form import as_text

__all__ = [
    "CellChange",
    "Comparison",
    "PageChange",
    "Part",
    "PdfChange",
    "StatusChange",
    "TableChange",
    "TextChange",
    "as_html",
    "as_markdown",
    "as_text",
    "compare_folders",
    "compare_reports",
    "compare_revisions",
    "compare_sheets",
]
