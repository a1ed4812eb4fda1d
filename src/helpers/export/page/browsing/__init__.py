"""Additions for browsers that the PDF does not share: sections, links past tables and back, line ends, column widths."""

from __future__ import annotations

__all__ = ["for_browsers"]

from collections.abc import Iterable
from copy import deepcopy

from lxml.html import HtmlElement

from helpers.export.page.browsing.column_room import give_room
from helpers.export.page.browsing.line_ends import break_titles, keep_whole
from helpers.export.page.browsing.stacked_rows import stack_rows
from helpers.export.page.browsing.ways import lead_back, with_way_past


def for_browsers(blocks: Iterable[HtmlElement]) -> list[HtmlElement]:
    """Copies of blocks for a page: links with names, ways past tables of many links and back, words kept whole."""
    copied = [deepcopy(block) for block in blocks]
    lead_back(copied)
    for block in copied:
        keep_whole(block)
        break_titles(block)
        for table in block.iter("table"):
            if not give_room(table):
                stack_rows(table)
    return [element for block in copied for element in with_way_past(block)]
