"""Where two pages of pictures differ, also when what is equal has moved down the page or onto the next one.

A page is cut into bands: runs of pixel rows with ink, parted by blank rows. A line of text is known by how much ink
stands in each of its columns, which hardly changes when it is drawn a fraction of a pixel lower. Charts are compared
pixel by pixel besides: a label in a bar is little ink in much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from helpers.diff.changes import Box

# Running titles and page numbers stand in this part of the height at either end; they are not content.
_MARGIN = 0.07
# Paler than this is paper: tints behind headings, the haze of anti-aliasing.
_PAPER = 24
_COLUMN = 2
_HEIGHT_TOLERANCE = 3
_INK_TOLERANCE, _INK_SHARE = 0.8, 0.02
# A pixel is like another if that one, or one next to it, is as dark within this.
_PIXEL_TOLERANCE = 48
# Taller bands than a line of text are drawings, marked in squares of so many pixels.
_LINE, _SQUARE = 34, 12
# Lower bands are rules of tables.
_RULE = 3
_PAD = 5

Pixels = np.ndarray[Any, np.dtype[np.uint8]]
Inks = np.ndarray[Any, np.dtype[np.float32]]
Numbers = np.ndarray[Any, np.dtype[np.int16]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, eq=False)
class Band:
    """A run of rows with ink on a page (0 is the first): the rows and the ink in each column of two pixels."""

    page: int
    top: int
    bottom: int
    ink: Inks
    pixels: Pixels

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top


Marks = dict[int, list[Box]]


def changed_places(before: Sequence[Pixels], after: Sequence[Pixels]) -> tuple[Marks, Marks]:
    """The boxes of what differs, by page, on either side. Pages are grey pictures, one byte a pixel."""
    old, new = _bands(before), _bands(after)
    pairs = [(-1, -1), *_aligned(old, new), (len(old), len(new))]
    marks: tuple[Marks, Marks] = ({}, {})
    for (i, k), (j, m) in pairwise(pairs):
        _mark(old[i + 1 : j], new[k + 1 : m], marks)
    gone, new_places = ({page: _merged(boxes) for page, boxes in side.items()} for side in marks)
    return gone, new_places


def _bands(pages: Sequence[Pixels]) -> list[Band]:
    bands = []
    for number, page in enumerate(pages):
        darkness = np.where(page < 255 - _PAPER, 255 - page, 0)
        inked = np.concatenate([[False], darkness.any(axis=1), [False]])
        edges = np.flatnonzero(inked[1:] != inked[:-1])
        first, last = page.shape[0] * _MARGIN, page.shape[0] * (1 - _MARGIN)
        for top, bottom in edges.reshape(-1, 2).tolist():
            if bottom > first and top < last:
                columns = darkness[top:bottom].sum(axis=0, dtype=np.float32) / 255
                even = columns[: len(columns) // _COLUMN * _COLUMN]
                ink = even.reshape(-1, _COLUMN).sum(axis=1).astype(np.float32)
                bands.append(Band(number, top, bottom, ink, page[top:bottom]))
    return bands


def _aligned(old: Sequence[Band], new: Sequence[Band]) -> list[tuple[int, int]]:
    """The places of equal bands, in order on both sides, as much ink as possible."""
    head = 0
    while head < min(len(old), len(new)) and _is_equal(old[head], new[head]):
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and _is_equal(old[-1 - tail], new[-1 - tail]):
        tail += 1
    middle = _heaviest_chain(old[head : len(old) - tail], new[head : len(new) - tail])
    return [
        *((place, place) for place in range(head)),
        *((i + head, k + head) for i, k in middle),
        *((len(old) - place, len(new) - place) for place in range(tail, 0, -1)),
    ]


def _heaviest_chain(old: Sequence[Band], new: Sequence[Band]) -> list[tuple[int, int]]:
    if not old or not new:
        return []
    weights = np.array([min(float(band.ink.sum()), 400.0) if band.height > 2 else 1.0 for band in new])
    best = np.zeros((len(old) + 1, len(new) + 1))
    taken = np.zeros((len(old), len(new)), dtype=bool)
    for i in range(len(old) - 1, -1, -1):
        equal = _equal_to(old[i], new)
        with_it = np.where(equal, best[i + 1, 1:] + weights, -1.0)
        below = best[i + 1, :-1]
        gain = np.maximum(below, with_it)
        # The best from here on is the best of any later start.
        best[i, :-1] = np.maximum.accumulate(gain[::-1])[::-1]
        taken[i] = equal & (with_it >= best[i, :-1]) & (with_it > below)
    chain, k = [], 0
    for i in range(len(old)):
        while k < len(new) and best[i, k] > best[i + 1, k]:
            if taken[i, k]:
                chain.append((i, k))
                k += 1
                break
            k += 1
    return chain


def _equal_to(band: Band, others: Sequence[Band]) -> Mask:
    return np.array([_is_equal(band, other) for other in others], dtype=bool)


def _is_equal(one: Band, other: Band) -> bool:
    if not _is_as_high(one, other) or _unlike_columns(one, other).any():
        return False
    return one.height <= _LINE or not _unlike_squares(one, other)


def _is_as_high(one: Band, other: Band) -> bool:
    return abs(one.height - other.height) <= _HEIGHT_TOLERANCE and one.ink.shape == other.ink.shape


def _unlike_columns(one: Band, other: Band) -> Mask:
    allowed = _INK_TOLERANCE + _INK_SHARE * np.maximum(one.ink, other.ink)
    unlike: Mask = np.abs(one.ink - other.ink) > allowed
    return unlike


def _unlike_squares(one: Band, other: Band) -> list[tuple[int, int]]:
    """The squares (x, y) of two drawings in which pixels differ by more than the haze of edges."""
    first, second = one.pixels.astype(np.int16), other.pixels.astype(np.int16)
    # A band may begin a row later only because its first row is too pale to count.
    tries = [(_unlike(first[1:], second), 1), (_unlike(first, second), 0), (_unlike(first, second[1:]), 0)]
    unlike, skipped = min(tries, key=lambda made: int(made[0].sum()))
    rows, columns = np.nonzero(unlike)
    squares = zip((columns // _SQUARE).tolist(), ((rows + skipped) // _SQUARE).tolist(), strict=True)
    return sorted(square for square, pixels in Counter(squares).items() if pixels > 1)


def _unlike(one: Numbers, other: Numbers) -> Mask:
    height = min(len(one), len(other))
    unlike = _outside(one[:height], other[:height]) | _outside(other[:height], one[:height])
    # Only what is three pixels high: an edge that fell onto the next row of pixels is no change.
    deep = unlike[:-2] & unlike[1:-1] & unlike[2:]
    return np.pad(deep, ((1, 1), (0, 0)))


def _outside(picture: Numbers, other: Numbers) -> Mask:
    """The pixels that are lighter or darker than all around their place in the other picture."""
    around = np.pad(other, 1, mode="edge")
    high, wide = picture.shape
    shifted = [around[y : y + high, x : x + wide] for y in range(3) for x in range(3)]
    lightest, darkest = np.maximum.reduce(shifted), np.minimum.reduce(shifted)
    outside: Mask = (picture > lightest + _PIXEL_TOLERANCE) | (picture < darkest - _PIXEL_TOLERANCE)
    return outside


def _mark(old: Sequence[Band], new: Sequence[Band], marks: tuple[Marks, Marks]) -> None:
    """Mark what differs between two runs of unequal bands: within bands of one height, else the whole bands."""
    left = 0
    for band in new:
        twin = next(
            (place for place in range(left, len(old)) if _is_version(old[place], band)),
            None,
        )
        if twin is None:
            _mark_whole(band, marks[1])
            continue
        for gone in old[left:twin]:
            _mark_whole(gone, marks[0])
        _mark_within(old[twin], band, marks)
        left = twin + 1
    for gone in old[left:]:
        _mark_whole(gone, marks[0])


def _is_version(one: Band, other: Band) -> bool:
    if not _is_as_high(one, other):
        return False
    return float(np.abs(one.ink - other.ink).sum()) < 0.6 * float(np.maximum(one.ink, other.ink).sum())


def _mark_whole(band: Band, marks: Marks) -> None:
    inked = np.flatnonzero(band.ink > 0)
    if inked.size and band.height > _RULE:
        _add(marks, band, (int(inked[0]) * _COLUMN, 0, (int(inked[-1]) + 1) * _COLUMN, band.height))


def _mark_within(one: Band, other: Band, marks: tuple[Marks, Marks]) -> None:
    for band, side in ((one, marks[0]), (other, marks[1])):
        if max(one.height, other.height) > _LINE and (squares := _unlike_squares(one, other)):
            for x, y in squares:
                _add(side, band, (x * _SQUARE, y * _SQUARE, (x + 1) * _SQUARE, (y + 1) * _SQUARE))
            continue
        for left, right in _runs(_unlike_columns(one, other)):
            _add(side, band, (left * _COLUMN, 0, right * _COLUMN, band.height))


def _runs(unlike: Mask) -> list[tuple[int, int]]:
    """Runs of differing columns; those closer than a character are one."""
    runs: list[tuple[int, int]] = []
    for column in np.flatnonzero(unlike).tolist():
        if runs and column - runs[-1][1] <= 8:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def _add(marks: Marks, band: Band, box: Box) -> None:
    """Mark a box of a band, with a little room around it."""
    left, top, right, bottom = box
    placed = (left - _PAD, band.top + top - _PAD, right + _PAD, band.top + bottom + _PAD)
    marks.setdefault(band.page, []).append(placed)


def _merged(boxes: Sequence[Box]) -> list[Box]:
    """Boxes that touch are one."""
    merged: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        waiting = box
        while twin := next((other for other in merged if _touch(waiting, other)), None):
            merged.remove(twin)
            waiting = (
                min(waiting[0], twin[0]), min(waiting[1], twin[1]), max(waiting[2], twin[2]), max(waiting[3], twin[3]),
            )  # fmt: skip
        merged.append(waiting)
    return sorted(merged, key=lambda box: (box[1], box[0]))


def _touch(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
