"""Pages of PDFs: pairs by their looks, and a box around what changed and nothing else."""

import io

import pytest
import typst
from PIL import Image

from helpers.errors import DataError
from helpers.proof.diff.pdf_pages import compare_pdfs
from helpers.text.fonts import font_paths

FONTS = typst.Fonts(
    include_system_fonts=False,
    include_embedded_fonts=False,
    font_paths=[str(path.parent) for path in font_paths()],
)
LINES = [f"第{n}項の取組は令和{n}年度に{n * 7}件を数えた" for n in range(1, 20)]
SCALE = 110 / 72


def pdf(*pages: list[str], title: str = "a", paper: str = "a5") -> bytes:
    body = "\n#pagebreak()\n".join("\n\n".join(lines) for lines in pages)
    source = (
        f'#set document(title: "{title}", date: none)\n#set page(paper: "{paper}", numbering: "1 / 1")\n'
        f'#set text(font: "Noto Sans CJK JP", size: 10pt)\n{body}'
    )
    return typst.compile(source.encode(), font_paths=FONTS)


def test_other_bytes_with_the_same_look_are_no_difference() -> None:
    before, other = pdf(LINES, title="a"), pdf(LINES, title="b")
    assert before != other
    assert compare_pdfs(before, other, with_pictures=True) is None


def test_a_changed_figure_is_boxed_where_it_stands() -> None:
    changed = [*LINES[:5], LINES[5].replace("42件", "48件"), *LINES[6:]]
    change = compare_pdfs(pdf(LINES), pdf(changed), with_pictures=True)
    assert (change.before_pages, change.after_pages) == (1, 1)
    (page,) = change.pages
    assert (page.before, page.after) == (1, 1) and page.box is not None
    left, top, right, bottom = page.box
    assert right - left < 40 and bottom - top < 45
    for data, strongest in ((page.before_picture, 0), (page.after_picture, 2)):
        picture = Image.open(io.BytesIO(data)).convert("RGB")
        assert abs(picture.width - 419.53 * SCALE) < 2
        colour = picture.getpixel((left, (top + bottom) // 2))
        assert isinstance(colour, tuple) and colour.index(max(colour)) == strongest


def test_one_box_holds_all_that_differs_on_a_page() -> None:
    changed = [LINES[0].replace("7件", "8件"), *LINES[1:-1], LINES[-1].replace("133件", "138件")]
    change = compare_pdfs(pdf(LINES), pdf(changed), with_pictures=False)
    (page,) = change.pages
    assert page.box is not None and page.box[3] - page.box[1] > 500
    assert page.before_picture == page.after_picture == b""


def test_an_inserted_page_leaves_the_others_in_their_pairs_though_their_numbers_change() -> None:
    pages = [[f"{part}章の{line}" for line in LINES] for part in ("序", "破", "急")]
    new = [f"資料 {n * 31} ABC" for n in range(15)]
    longer = pdf(pages[0], new, *pages[1:])
    change = compare_pdfs(pdf(*pages), longer, with_pictures=True)
    assert (change.before_pages, change.after_pages) == (3, 4)
    (page,) = change.pages
    assert (page.before, page.after, page.box) == (None, 2, None)
    assert page.after_picture and not page.before_picture
    change = compare_pdfs(longer, pdf(*pages), with_pictures=False)
    assert [(page.before, page.after) for page in change.pages] == [(2, None)]


def test_changed_pages_are_paired_in_order_and_those_left_over_came() -> None:
    first, second, third = ([f"{part}章の{line}" for line in LINES] for part in ("序", "破", "急"))
    change = compare_pdfs(
        pdf(first, second), pdf(first, [*second[:-1], "終わり"], third), with_pictures=False
    )
    assert [(page.before, page.after) for page in change.pages] == [(2, 2), (None, 3)]


def test_a_page_of_another_size_differs_as_a_whole() -> None:
    change = compare_pdfs(pdf(LINES), pdf(LINES, paper="a4"), with_pictures=False)
    assert [page.box for page in change.pages] == [None]


def test_what_is_no_pdf_is_an_error_in_the_data() -> None:
    with pytest.raises(DataError, match=r"report\.pdf"):
        compare_pdfs(b"no pdf", pdf(LINES), with_pictures=False)
