"""The gate for looks: whether a reader can read what is drawn on the pages of the PDF that is to be published.

positions   where each run of text stands, as PDFium draws it
places      which table, figure or sentence it belongs to, by the structure of the PDF
page_flaws  what is wrong with a page: text off the paper, over other text, too small, nothing but a heading
table_flaws what is wrong with a table: text beyond its column, words broken into single letters

What loses or covers text is an error, everything else a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.files.late_names import late_names

if TYPE_CHECKING:
    from helpers.proof.looks.checking import check_looks as check_looks
    from helpers.proof.looks.checking import flaws_of as flaws_of
    from helpers.proof.looks.positions import read_positions as read_positions

__all__, __getattr__, __dir__ = late_names(__name__, __file__)
