"""Compare two reports, two status sheets or two revisions of the data.

Times, versions and everything else that no reader of a report sees are no differences.
"""

from helpers.proof.diff.differences import Comparison
from helpers.proof.diff.folders import compare_folders
from helpers.proof.diff.forms.html_form import as_html
from helpers.proof.diff.forms.markdown_form import as_markdown
from helpers.proof.diff.forms.text_form import as_text
from helpers.proof.diff.revisions import compare_revisions
from helpers.proof.diff.sheets import compare_sheets

__all__ = [
    "Comparison", "as_html", "as_markdown", "as_text", "compare_folders", "compare_revisions",
    "compare_sheets",
]  # fmt: skip
