"""The flow of blocks over pages: which stay together, which may move, which stand on pages wider than high."""

from __future__ import annotations

__all__ = ["Data", "explained", "in_flow", "least_scale"]

import json
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

Data = dict[str, Any]

# The smallest letters that are set, and those of the opening blocks, drawings apart, before it is set closer; points.
_SMALLEST, _OPENING = 6.0, 8.5
# A figure of so many points leaves a page half empty where it has no room on it. Typst sets a report anew for each whose
# place depends on another, and gives up after five times.
_TALL, _MOST_FITTED = 300.0, 2
_WIDEST, _HIGHEST = 481.8, 672.0  # points that a figure may take, as report.typ sets it
_PLATE = 650.0  # of so many points it leaves no room on its page
# Opening blocks of more data than this, which is some 100 names, do not fit a page however small.
_HOPELESS = 40_000


def least_scale(blocks: Iterable[Data]) -> float:
    """The smallest scale at which all letters of opening blocks are legible; 0 where no scale would fit them on a page.

    That case is decided by size, because setting long blocks several times takes long.
    """
    blocks = list(blocks)
    if len(json.dumps([{**block, "svg": "", "alt": ""} for block in blocks])) > _HOPELESS:
        return 0.0
    return _SMALLEST / min(map(_smallest_letters, blocks), default=_SMALLEST)


def in_flow(blocks: list[Data]) -> list[Data]:
    """The blocks with ``leads``, ``waits``, ``floats``, ``fitted`` and ``across`` noted where a block has them."""
    return _across(_floating(_waiting(_led(blocks))))


def explained(table: Data) -> Data:
    """A table, and below it the note of its ``years_note`` if it has one."""
    note = table.pop("years_note")
    runs = [{"text": note, "bold": False, "link": "", "role": ""}]
    notes = [{"kind": "paragraph", "role": "note", "id": "", "leads": False, "runs": runs}] if note else []
    return {"kind": "group", "blocks": [table, *notes]}


def _led(blocks: list[Data]) -> list[Data]:
    """The blocks, with those noted that stand on one page with the next: a paragraph before a table, a short table before its note."""
    for block, following in pairwise(blocks):
        if block["kind"] == "paragraph" and block["role"] != "note":
            block["leads"] = following["kind"] == "table"
        if block["kind"] == "table":
            block["leads"] = block["is_short"] and _is_note(following)
    return blocks


def _is_note(block: Data) -> bool:
    return bool(block["kind"] == "paragraph" and block["role"] == "note")


def _smallest_letters(block: Data) -> float:
    """The size in points of the smallest letters of an opening block, drawings included."""
    sizes = re.findall(r'font-size="([0-9.]+)"', block["svg"]) if block["kind"] == "figure" else []
    return min(map(float, sizes), default=_OPENING)


def _floating(blocks: list[Data]) -> list[Data]:
    """The blocks, with the figures noted that may stand after what follows them, and tall ones that may not and can be smaller.

    Figures in a row fill their pages by themselves; to move one, Typst sets its page, and a table that begins on it, again.
    One that the next block waits for gains nothing, and one after a table that goes on over pages would move to the top of
    the page that the table ends on, into the middle of it.
    """
    follows_long, fitted = False, 0
    none: Data = {"kind": ""}
    for before, block, after in zip([none, *blocks], blocks, [*blocks[1:], none], strict=False):
        if block["kind"] == "figure":
            is_in_row = "figure" in (before["kind"], after["kind"])
            block["floats"] = not (is_in_row or follows_long or after.get("waits"))
            is_tall = block["height"] >= _TALL and before["kind"] != "figure"
            if is_tall and not block["floats"] and fitted < _MOST_FITTED:
                fitted += 1
                drawn = min(1.0, _WIDEST / block["width"], _HIGHEST / block["height"])
                block["fitted"], block["least"] = fitted, _SMALLEST / (drawn * _smallest_letters(block))
        follows_long = follows_long if _is_note(block) else block["kind"] == "table" and not block["is_short"]
    return blocks


def _waiting(blocks: list[Data]) -> list[Data]:
    """The blocks, with those noted that wait until the figures before them have their place: where a long table begins.

    It begins with the headings and the sentences that lead to it. For a figure that fills a page no table waits: nothing
    of the table would stand below it.
    """
    waits = False
    for before, block in reversed(list(pairwise(blocks))):
        waits = waits or (block["kind"] == "table" and not block["is_short"])
        if waits and not _leads(before):
            block["waits"], waits = before["kind"] != "figure" or before["height"] < _PLATE, False
    return blocks


def _leads(block: Data) -> bool:
    """Whether a block is a heading or sentence that stays with the table after it."""
    return bool(block["kind"] == "heading" or (block["kind"] == "paragraph" and block.get("leads")))


def _across(blocks: list[Data]) -> list[Data]:
    """The blocks, each with whether it stands on a page that is wider than high: such tables, what leads to them, their notes."""
    for block in blocks:
        block["across"] = block.get("across", False)
    for before, block in pairwise(blocks):
        block["across"] = block["across"] or (before["across"] and _is_note(block))
    for block, following in reversed(list(pairwise(blocks))):
        block["across"] = block["across"] or (following["across"] and _leads(block))
    return blocks
