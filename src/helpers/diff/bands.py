"""Where two pages of pictures differ, also when what is equal has moved down the page or onto the next one.

A page is cut into bands: runs of pixel rows with ink, parted by blank rows. Those that are alike (``likeness``) are
paired in order; what is left over on either side, or differs within a pair, is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from helpers.diff.changes import Box
from helpers.diff.likeness import (
    LINE,
    SQUARE,
    Band,
    Mask,
    Pixels,
    is_equal,
    is_version,
    unlike_columns,
    unlike_squares,
)

# Running titles and page numbers stand in this part of the height at either end; they are not content.
_MARGIN = 0.07
# Paler than this is paper: tints behind headings, the haze of anti-aliasing.
_PAPER = 24
_COLUMN = 2
# Lower bands are rules of tables.
_RULE = 3
_PAD = 5

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
    while head < min(len(old), len(new)) and is_equal(old[head], new[head]):
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and is_equal(old[-1 - tail], new[-1 - tail]):
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
    return np.array([is_equal(band, other) for other in others], dtype=bool)


def _mark(old: Sequence[Band], new: Sequence[Band], marks: tuple[Marks, Marks]) -> None:
    """Mark what differs between two runs of unequal bands: within bands of one height, else the whole bands."""
    left = 0
    for band in new:
        twin = next(
            (place for place in range(left, len(old)) if is_version(old[place], band)),
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


def _mark_whole(band: Band, marks: Marks) -> None:
    inked = np.flatnonzero(band.ink > 0)
    if inked.size and band.height > _RULE:
        _add(marks, band, (int(inked[0]) * _COLUMN, 0, (int(inked[-1]) + 1) * _COLUMN, band.height))


def _mark_within(one: Band, other: Band, marks: tuple[Marks, Marks]) -> None:
    for band, side in ((one, marks[0]), (other, marks[1])):
        if max(one.height, other.height) > LINE and (squares := unlike_squares(one, other)):
            for x, y in squares:
                _add(side, band, (x * SQUARE, y * SQUARE, (x + 1) * SQUARE, (y + 1) * SQUARE))
            continue
        for left, right in _runs(unlike_columns(one, other)):
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
