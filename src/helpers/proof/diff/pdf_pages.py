"""Compare the pages of two PDFs by their looks, and draw the pages that differ with the changed part outlined."""

from __future__ import annotations

__all__ = ["compare_pdfs"]

import io
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
from PIL import ImageChops, ImageDraw

from helpers.errors import DataError
from helpers.proof.diff.differences import Box, PageChange, PdfChange

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_DOTS_PER_INCH = 110
_LARGEST_SIDE = 2400  # pixels; a page of any size is drawn within this
# Running titles and page numbers stand in this part of the height at either end; they are not compared.
_MARGIN = 0.07
_PAD = 5
_BEFORE, _AFTER = "#b3261e", "#0b5394"


class _Page(NamedTuple):
    number: int
    picture: Picture


def compare_pdfs(before: bytes, after: bytes, with_pictures: bool) -> PdfChange | None:
    """List the pages that look different; None where no page does.

    Raises:
        DataError: one of them is no PDF that can be read.
    """
    old, new = _pages(before), _pages(after)
    changes = tuple(_change(*pair, with_pictures) for pair in _unlike(old, new))
    return PdfChange(len(old), len(new), changes) if changes else None


def _unlike(old: Sequence[_Page], new: Sequence[_Page]) -> Iterator[tuple[_Page | None, _Page | None]]:
    """Pair the pages that differ in order, between the pages that are equal; None where a page was added or removed."""
    looks = [[sha256(_content(page.picture).tobytes()).digest() for page in pages] for pages in (old, new)]
    for tag, i, j, k, m in SequenceMatcher(None, looks[0], looks[1], autojunk=False).get_opcodes():
        if tag != "equal":
            yield from zip_longest(old[i:j], new[k:m])


def _change(old: _Page | None, new: _Page | None, with_pictures: bool) -> PageChange:
    box = _changed_box(old.picture, new.picture) if old and new else None
    pictures = [
        _outlined(page.picture, box, colour) if with_pictures and page else b""
        for page, colour in ((old, _BEFORE), (new, _AFTER))
    ]
    return PageChange(old and old.number, new and new.number, box, *pictures)


def _changed_box(old: Picture, new: Picture) -> Box | None:
    """Find the box around all that differs; None for pages of two sizes, which differ as a whole."""
    if old.size != new.size:
        return None
    box = ImageChops.difference(_content(old), _content(new)).getbbox()
    if box is None:
        return None
    down = _margin(old)
    return box[0] - _PAD, box[1] + down - _PAD, box[2] + _PAD, box[3] + down + _PAD


def _content(page: Picture) -> Picture:
    """Cut the head and foot off a page."""
    return page.crop((0, _margin(page), page.width, page.height - _margin(page)))


def _margin(page: Picture) -> int:
    return round(page.height * _MARGIN)


def _pages(pdf: bytes) -> list[_Page]:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise DataError(
            f"report.pdf を読めません（{error}）。作り直してから、もう一度実行してください"
        ) from error
    try:
        return [_Page(number, _picture(page)) for number, page in enumerate(document, start=1)]
    finally:
        document.close()


def _picture(page: pypdfium2.PdfPage) -> Picture:
    scale = min(_DOTS_PER_INCH / 72, _LARGEST_SIDE / max(page.get_size()))
    picture: Picture = page.render(scale=scale).to_pil().convert("RGB")
    return picture


def _outlined(page: Picture, box: Box | None, colour: str) -> bytes:
    """Draw the box on the picture of a page, and write it as WebP."""
    if box is not None:
        draw = ImageDraw.Draw(page, "RGBA")
        # The white rim keeps the outline visible on a bar of its own colour.
        draw.rectangle([box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2], outline="#ffffff", width=2)
        draw.rectangle(box, fill=f"{colour}1c", outline=colour, width=2)
    stream = io.BytesIO()
    page.save(stream, "WEBP", quality=80)
    return stream.getvalue()
