"""The pages of two PDFs: which belong together, which look different, and pictures with the places marked."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw

from helpers.diff.bands import changed_places
from helpers.diff.changes import Box, PageChange, PdfChange
from helpers.diff.likeness import Pixels
from helpers.errors import DataError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_DOTS_PER_INCH = 110
_LARGEST_SIDE = 2400  # pixels; a page of any size is drawn within this
_GRAM = 3
# Pages that share less of their text than this are not versions of one page.
_LIKE = 0.3
_BEFORE, _AFTER = "#b3261e", "#0b5394"


@dataclass(frozen=True, eq=False)
class _Page:
    picture: Picture
    grams: Counter[str]


def compare_pdfs(before: bytes, after: bytes, with_pictures: bool) -> PdfChange | None:
    """The pages that look different; None where none does, whatever else is in the files.

    Raises:
        DataError: one of them is no PDF that can be read.
    """
    if before == after:
        return None
    old, new = _pages(before), _pages(after)
    old_marks, new_marks = changed_places([_grey(page) for page in old], [_grey(page) for page in new])
    changes = []
    for i, k in align_pages([page.grams for page in old], [page.grams for page in new]):
        old_boxes = tuple(old_marks.get(i, ())) if i is not None else ()
        new_boxes = tuple(new_marks.get(k, ())) if k is not None else ()
        if i is not None and k is not None and not old_boxes and not new_boxes:
            continue
        changes.append(
            PageChange(
                None if i is None else i + 1,
                None if k is None else k + 1,
                old_boxes,
                new_boxes,
                _marked(old[i].picture, old_boxes, _BEFORE) if with_pictures and i is not None else b"",
                _marked(new[k].picture, new_boxes, _AFTER) if with_pictures and k is not None else b"",
            )
        )
    return PdfChange(len(old), len(new), tuple(changes)) if changes else None


def align_pages(
    before: Sequence[Counter[str]], after: Sequence[Counter[str]]
) -> list[tuple[int | None, int | None]]:
    """Which page became which, by their texts and in order; None where a page came or went."""
    best = np.zeros((len(before) + 1, len(after) + 1))
    likeness = np.array([[_likeness(old, new) for new in after] for old in before]).reshape(
        len(before), len(after)
    )
    for i in range(len(before) - 1, -1, -1):
        for k in range(len(after) - 1, -1, -1):
            together = best[i + 1, k + 1] + likeness[i, k] if likeness[i, k] >= _LIKE else -1.0
            best[i, k] = max(together, best[i + 1, k], best[i, k + 1])
    pairs: list[tuple[int | None, int | None]] = []
    i = k = 0
    while i < len(before) and k < len(after):
        if likeness[i, k] >= _LIKE and best[i, k] == best[i + 1, k + 1] + likeness[i, k]:
            pairs.append((i, k))
            i, k = i + 1, k + 1
        elif best[i, k] == best[i + 1, k]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, k))
            k += 1
    pairs += [(rest, None) for rest in range(i, len(before))]
    return pairs + [(None, rest) for rest in range(k, len(after))]


def text_grams(text: str) -> Counter[str]:
    """How often each run of three characters occurs in a text, white space apart."""
    words = "".join(text.split())
    return Counter(words[place : place + _GRAM] for place in range(max(len(words) - _GRAM + 1, 1)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def _pages(data: bytes) -> list[_Page]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise DataError(
            f"report.pdf を読めません（{error}）。作り直してから、もう一度実行してください"
        ) from error
    try:
        return [_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> _Page:
    scale = min(_DOTS_PER_INCH / 72, _LARGEST_SIDE / max(page.get_size()))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    return _Page(picture, text_grams(page.get_textpage().get_text_range()))


def _grey(page: _Page) -> Pixels:
    return np.asarray(page.picture.convert("L"))


def _marked(picture: Picture, boxes: Sequence[Box], colour: str) -> bytes:
    """The picture of a page with its boxes drawn on it, as WebP."""
    veil = Image.new("RGBA", picture.size)
    draw = ImageDraw.Draw(veil)
    for box in boxes:
        # The white rim keeps a mark visible on a bar of its own colour.
        draw.rectangle([box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2], outline="#ffffff", width=2)
        draw.rectangle(box, fill=f"{colour}1c", outline=colour, width=2)
    stream = io.BytesIO()
    Image.alpha_composite(picture.convert("RGBA"), veil).convert("RGB").save(stream, "WEBP", quality=80)
    return stream.getvalue()
