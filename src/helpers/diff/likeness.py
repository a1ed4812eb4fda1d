"""Whether two bands of ink are alike, and in which columns and squares they are not.

A line of text is known by how much ink stands in each of its columns, which hardly changes when it is drawn a fraction
of a pixel lower. Drawings are compared pixel by pixel besides: a label in a bar is little ink in much.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

_HEIGHT_TOLERANCE = 3
_INK_TOLERANCE, _INK_SHARE = 0.8, 0.02
# A pixel is like another if that one, or one next to it, is as dark within this.
_PIXEL_TOLERANCE = 48
# Taller bands than a line of text are drawings, marked in squares of so many pixels.
LINE, SQUARE = 34, 12

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


def is_equal(one: Band, other: Band) -> bool:
    """Whether a reader would see no difference between them."""
    if not _is_as_high(one, other) or unlike_columns(one, other).any():
        return False
    return one.height <= LINE or not unlike_squares(one, other)


def _is_as_high(one: Band, other: Band) -> bool:
    return abs(one.height - other.height) <= _HEIGHT_TOLERANCE and one.ink.shape == other.ink.shape


def unlike_columns(one: Band, other: Band) -> Mask:
    """Which columns of two bands of one width hold another amount of ink, by more than the haze of edges."""
    allowed = _INK_TOLERANCE + _INK_SHARE * np.maximum(one.ink, other.ink)
    unlike: Mask = np.abs(one.ink - other.ink) > allowed
    return unlike


def unlike_squares(one: Band, other: Band) -> list[tuple[int, int]]:
    """The squares (x, y) of two drawings in which pixels differ by more than the haze of edges."""
    first, second = one.pixels.astype(np.int16), other.pixels.astype(np.int16)
    # A band may begin a row later only because its first row is too pale to count.
    tries = [(_unlike(first[1:], second), 1), (_unlike(first, second), 0), (_unlike(first, second[1:]), 0)]
    unlike, skipped = min(tries, key=lambda made: int(made[0].sum()))
    rows, columns = np.nonzero(unlike)
    squares = zip((columns // SQUARE).tolist(), ((rows + skipped) // SQUARE).tolist(), strict=True)
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


def is_version(one: Band, other: Band) -> bool:
    """Whether they are the same line with another figure or word in it: more than 0.4 of their ink in one place."""
    if not _is_as_high(one, other):
        return False
    return float(np.abs(one.ink - other.ink).sum()) < 0.6 * float(np.maximum(one.ink, other.ink).sum())
