"""Check a report's PDF by what was read of it, and refuse one of which text is lost or covered."""

from __future__ import annotations

__all__ = ["check_looks", "flaws_of"]

from collections.abc import Sequence
from itertools import chain

from helpers.errors import ExportError
from helpers.proof.looks.flaw import Flaw, sentences
from helpers.proof.looks.page_flaws import flaws_of_pages
from helpers.proof.looks.places import Places
from helpers.proof.looks.positions import Sheet
from helpers.proof.looks.table_flaws import flaws_of_tables
from helpers.proof.pdf_text import Tagged

_MOST_SHOWN = 12


def check_looks(sheets: Sequence[Sheet], structure: Tagged, captions: Sequence[str]) -> tuple[str, ...]:
    """Check how a report's PDF looks, and return what is not well on it, a sentence each.

    ``sheets``: its pages as read by ``read_positions``; ``structure``: the same PDF read back; ``captions``: of its
    tables, in order.

    Raises:
        ExportError: text is lost or covered; the error lists the first dozen places.
    """
    flaws = flaws_of(sheets, structure, captions)
    if lost := sentences(flaw for flaw in flaws if flaw.kind.is_loss):
        more = [f"ほか{len(lost) - _MOST_SHOWN}件"] if len(lost) > _MOST_SHOWN else []
        head = "PDF に読めない文字があるため、公開しません"
        raise ExportError("\n".join([head, *lost[:_MOST_SHOWN], *more]))
    return tuple(sentences(flaws))


def flaws_of(sheets: Sequence[Sheet], structure: Tagged, captions: Sequence[str] = ()) -> list[Flaw]:
    """List what is wrong with the looks of a PDF, in the order of its pages; takes what ``check_looks`` takes."""
    places = Places(structure, captions)
    flaws = chain(flaws_of_pages(sheets, places), flaws_of_tables(sheets, places))
    return sorted(flaws, key=lambda flaw: flaw.page)
