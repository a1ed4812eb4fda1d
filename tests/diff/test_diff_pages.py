"""Pages of PDFs: pairs by text, marks where something changed and nowhere else."""

from __future__ import annotations

import io
from collections import Counter

import pytest
import typst
from PIL import Image

from helpers.diff.pages import align_pages, compare_pdfs, text_grams
from helpers.errors import DataError
from helpers.fonts import font_paths

FONTS = typst.Fonts(
    include_system_fonts=False,
    include_embedded_fonts=False,
    font_paths=[str(path.parent) for path in font_paths()],
)
LINES = [f"第{n}項の取組は令和{n}年度に{n * 7}件を数えた" for n in range(1, 20)]
SCALE = 110 / 72


def pdf(*pages: list[str], title: str = "a", lead: str = "0pt") -> bytes:
    body = "\n#pagebreak()\n".join("\n\n".join(lines) for lines in pages)
    source = (
        f'#set document(title: "{title}", date: none)\n#set page(paper: "a5", numbering: "1 / 1")\n'
        f'#set text(font: "Noto Sans CJK JP", size: 10pt)\n#v({lead})\n{body}'
    )
    return typst.compile(source.encode(), font_paths=FONTS)


def test_other_bytes_with_the_same_look_are_no_difference() -> None:
    one, other = pdf(LINES, title="a"), pdf(LINES, title="b")
    assert one != other
    assert compare_pdfs(one, other, with_pictures=True) is None


def test_what_only_moved_is_no_difference() -> None:
    assert compare_pdfs(pdf(LINES), pdf(LINES, lead="7.3pt"), with_pictures=False) is None


def test_a_changed_figure_is_marked_where_it_stands() -> None:
    changed = [*LINES[:5], LINES[5].replace("42件", "48件"), *LINES[6:]]
    change = compare_pdfs(pdf(LINES), pdf(changed), with_pictures=True)
    assert change is not None and (change.before_pages, change.after_pages) == (1, 1)
    (page,) = change.pages
    assert (page.before, page.after) == (1, 1)
    (box,), (other,) = page.before_boxes, page.after_boxes
    assert box[2] - box[0] < 40 and box[3] - box[1] < 45
    assert abs(box[0] - other[0]) < 10 and abs(box[1] - other[1]) < 10
    picture = Image.open(io.BytesIO(page.before_picture)).convert("RGB")
    assert abs(picture.width - 419.53 * SCALE) < 2
    red, green, blue = picture.getpixel((box[0], (box[1] + box[3]) // 2))
    assert red > green + 60 and red > blue + 60


def test_an_inserted_page_leaves_the_others_in_their_pairs() -> None:
    pages = [[f"{part}章の{line}" for line in LINES] for part in ("序", "破", "急")]
    new = [f"資料 {n * 31} ABC" for n in range(15)]
    change = compare_pdfs(pdf(*pages), pdf(pages[0], new, *pages[1:]), with_pictures=True)
    assert change is not None and (change.before_pages, change.after_pages) == (3, 4)
    assert [(page.before, page.after) for page in change.pages] == [(None, 2)]
    assert change.pages[0].after_boxes and not change.pages[0].before_picture


def test_pages_are_aligned_by_their_texts_in_order() -> None:
    grams = [
        text_grams(text) for text in ("あいうえおかきくけこ", "さしすせそたちつてと", "なにぬねのはひふへほ")
    ]
    assert align_pages(grams, grams[:1] + grams[2:]) == [(0, 0), (1, None), (2, 1)]
    assert align_pages(grams[:1], grams) == [(0, 0), (None, 1), (None, 2)]
    assert align_pages([], grams[:1]) == [(None, 0)]
    assert align_pages([Counter(a=1)], [Counter(b=1)]) in ([(0, None), (None, 0)], [(None, 0), (0, None)])


def test_what_is_no_pdf_is_an_error_in_the_data() -> None:
    with pytest.raises(DataError, match=r"report\.pdf"):
        compare_pdfs(b"no pdf", pdf(LINES), with_pictures=False)
