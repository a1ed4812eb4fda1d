"""Flaws of single pages, from the boxes of the text on them."""

from __future__ import annotations

__all__ = ["flaws_of_pages"]

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from helpers.proof.looks.flaw import Flaw, Kind
from helpers.proof.looks.places import Places
from helpers.proof.looks.positions import Drawn, Sheet

_MM = 72 / 25.4
# The margins of the report's pages, and the edge that no printer reaches.
_SIDE, _TOP, _FOOT, _UNPRINTED = 20 * _MM, 25 * _MM, 22 * _MM, 4 * _MM
_SMALLEST = 6.0
# Ink reaches a little beyond its em; sizes and positions are rounded.
_TOLERANCE, _ROUNDING = 4.0, 0.05
# Parts of a letter's height that two runs have to share, in both directions, to hide one another.
_SHARED = 0.2


def flaws_of_pages(sheets: Sequence[Sheet], places: Places) -> Iterator[Flaw]:
    """List text off the paper, beyond the margins, over other text, smaller than 6 pt; pages with nothing to read.

    Of several flaws of a kind in one table, figure or sentence of a page, the first.
    """
    named: set[tuple[Kind, int, str]] = set()
    for number, sheet in enumerate(sheets):
        yield from _without_text(number, sheet, places)
        for kind, run in _flawed(sheet):
            mark = (number, run.content)
            mark_name = places.name(mark)
            if (kind, number, mark_name) not in named:
                named.add((kind, number, mark_name))
                yield Flaw(kind, number, mark_name, places.texts.get(mark, ""))


def _flawed(sheet: Sheet) -> Iterator[tuple[Kind, Drawn]]:
    for run in sheet.runs:
        if (kind := _outside(run, sheet)) is not None:
            yield kind, run
        if run.size < _SMALLEST - _ROUNDING:
            yield Kind.SMALL, run
    yield from ((Kind.COVERED, run) for run in _covered(sheet.runs))


def _without_text(number: int, sheet: Sheet, places: Places) -> Iterator[Flaw]:
    marks = {(number, run.content) for run in sheet.runs if run.content >= 0}
    if not marks:
        yield Flaw(Kind.EMPTY, number, "")
    elif marks <= places.headings:
        yield Flaw(Kind.HEADING_ONLY, number, "", places.texts[min(marks)])


def _outside(run: Drawn, sheet: Sheet) -> Kind | None:
    edge = _Edge(run.left, run.bottom, sheet.width - run.right, sheet.height - run.top)
    if min(edge) < _UNPRINTED:
        return Kind.CUT
    is_running = run.content < 0  # titles and numbers of pages stand above and below the rest
    beside = min(edge.left, edge.right) < _SIDE - _TOLERANCE
    beyond = not is_running and (edge.bottom < _FOOT - _TOLERANCE or edge.top < _TOP - _TOLERANCE)
    return Kind.BEYOND_MARGIN if beside or beyond else None


class _Edge(NamedTuple):
    """How far a run is from the edges of its page."""

    left: float
    bottom: float
    right: float
    top: float


def _covered(runs: Sequence[Drawn]) -> Iterator[Drawn]:
    """The runs covered by another run, from the bottom of the page upwards, each once."""
    rising = sorted(runs, key=lambda run: run.bottom)
    for position, run in enumerate(rising, start=1):
        for other in islice(rising, position, None):
            if other.bottom >= run.top:
                break
            if other.left >= run.right or other.right <= run.left:
                continue
            shared = _SHARED * min(run.size, other.size)
            across = min(run.right, other.right) - max(run.left, other.left)
            if across > shared and min(run.top, other.top) - other.bottom > shared:
                yield run
                break
