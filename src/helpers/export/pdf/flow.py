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
# A figure of so many points leaves a page half empty where it has no room on it, a low one leaves little. Typst sets a
# report anew for each whose place depends on another, and gives up after five times: two are fitted, and first of all those
# that lead to a long table.
_TALL, _LOW, _MOST_FITTED = 300.0, 160.0, 2
_WIDEST, _HIGHEST = 481.8, 672.0  # points that a figure may take, as report.typ sets it
_LOW_ACROSS = 200.0  # on a page across, beside a table
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
    """The blocks with ``leads``, ``waits``, ``floats``, ``yields``, ``fitted``, ``least`` and ``across`` noted where a block has them."""
    return _across(_floating(_waiting(_led(blocks))))


def explained(table: Data) -> Data:
    """A table, and below it the note of its ``years_note`` if it has one."""
    note = table.pop("years_note")
    runs = [{"text": note, "bold": False, "link": "", "role": ""}]
    notes = [{"kind": "paragraph", "role": "note", "id": "", "leads": False, "runs": runs}] if note else []
    return {"kind": "group", "blocks": [table, *notes]}


def _led(blocks: list[Data]) -> list[Data]:
    """The blocks, with those noted that stand on one page with the next: a paragraph before a table or a card, a short table before its note."""
    for block, following in pairwise(blocks):
        if block["kind"] == "paragraph" and block["role"] != "note":
            block["leads"] = following["kind"] in ("table", "whole")
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
    the page that the table ends on, into the middle of it. A tall one that leads to a long table stands where it is if it
    fits, smaller if need be.
    """
    follows_long, fitted = False, list[Data]()
    none: Data = {"kind": ""}
    for before, block, after in zip([none, *blocks], blocks, [*blocks[1:], none], strict=False):
        if block["kind"] == "figure":
            is_in_row = "figure" in (before["kind"], after["kind"])
            is_low, leads = block["height"] < _LOW, _is_long(after) and _is_between(block)
            block["floats"] = not (is_in_row or is_low or leads or follows_long or after.get("waits"))
            is_tall = block["height"] >= _TALL and before["kind"] != "figure"
            if before["kind"] == "list" and not before["breakable"]:
                before["leads"] = is_tall and after["kind"] == "figure"
            block["yields"] = leads
            if is_tall and not block["floats"]:
                fitted.append(block)
        follows_long = follows_long if _is_note(block) else _is_long(block)
    first = sorted(fitted, key=lambda block: not block["yields"])[:_MOST_FITTED]
    for number, block in enumerate(first, start=1):
        drawn = min(1.0, _WIDEST / block["width"], _HIGHEST / block["height"])
        block["fitted"], block["least"] = number, _SMALLEST / (drawn * _smallest_letters(block))
    return blocks


def _is_long(block: Data) -> bool:
    return bool(block["kind"] == "table" and not block["is_short"])


def _is_between(block: Data) -> bool:
    """Whether a block is a tall figure that leaves room on its page."""
    return bool(block["kind"] == "figure" and _TALL <= block["height"] < _PLATE)


def _waiting(blocks: list[Data]) -> list[Data]:
    """The blocks, with those noted that wait until the figures before them have their place: where a section or a long table begins.

    A table begins with the headings and the sentences that lead to it, and with a tall figure between them. For a figure that
    fills a page no table waits: nothing of the table would stand below it.
    """
    waits = follows_figure = False
    for before, block in reversed(list(pairwise(blocks))):
        waits, follows_figure = waits or _is_long(block), follows_figure and not _is_long(block)
        if waits and _is_long(block) and _is_between(before):
            follows_figure = True
        elif _is_section(block) or (
            waits and not (_leads(before) or (follows_figure and _introduces(before)))
        ):
            block["waits"], waits = before["kind"] != "figure" or before["height"] < _PLATE, False
    return blocks


def _is_section(block: Data) -> bool:
    return bool(block["kind"] == "heading" and block["level"] == 2)


def _introduces(block: Data) -> bool:
    """Whether a block is a heading or running text."""
    return block["kind"] in ("heading", "list") or (block["kind"] == "paragraph" and not _is_note(block))


def _leads(block: Data) -> bool:
    """Whether a block is a heading or sentence that stays with the table after it."""
    return bool(block["kind"] == "heading" or (block["kind"] == "paragraph" and block.get("leads")))


def _across(blocks: list[Data]) -> list[Data]:
    """The blocks, each with whether it stands on a page that is wider than high: such tables, what leads to them, their notes.

    A low figure goes with the table after it: alone, it would leave its page empty.
    """
    for block in blocks:
        block["across"] = block.get("across", False)
    for before, block in pairwise(blocks):
        block["across"] = block["across"] or (before["across"] and _is_note(block))
    for block, following in reversed(list(pairwise(blocks))):
        leads = _leads(block) or (block["kind"] == "figure" and block["height"] <= _LOW_ACROSS)
        block["across"] = block["across"] or (following["across"] and leads)
    return blocks
