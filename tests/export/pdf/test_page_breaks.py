"""Where pages end: in the PDF and on paper from a browser."""

import re
from collections.abc import Callable

import pytest
from exports import notebook_of, page_of, page_texts, pdf_of

from browser import Browser
from helpers.proof.looks.positions import read_positions
from helpers.proof.pdf_text import read_structure, table_cells

ROWS = 28  # of one line: more than half a page, less than a whole one
TABLE_HEAD = '<tr><th scope="col">項目</th><th scope="col">値</th></tr>'
GROUP = '<tr class="group"><th scope="rowgroup" colspan="2">方針</th></tr>'
FOOT = '<tfoot><tr><th scope="row">第総計行</th><td class="num">9</td></tr></tfoot>'


def table(rows: int = ROWS, *, is_grouped: bool = False) -> str:
    cells = "".join(
        f'<tr><th scope="row">第{n}行</th><td class="num">{n}</td></tr>' for n in range(1, rows + 1)
    )
    body = f"<tbody>{GROUP if is_grouped else ''}{cells}</tbody>{FOOT if is_grouped else ''}"
    caption = '<caption id="t-caption">表の題</caption>'
    return (
        '<div class="table" role="region" aria-labelledby="t-caption" tabindex="0">'
        f'<table id="t">{caption}<thead>{TABLE_HEAD}</thead>{body}</table></div>'
    )


def chart(width: int, height: int) -> str:
    text = f'<text x="5" y="{height - 5}" font-size="10" font-family="Noto Sans CJK JP">図の文字</text>'
    return f'<figure class="chart"><svg viewBox="0 0 {width} {height}" aria-label="図">{text}</svg></figure>'


def rows_on(pages: list[str]) -> list[int]:
    return [number for page in pages if (number := len(re.findall("第[^第]+?行", page)))]


@pytest.mark.parametrize("is_grouped", [False, True])
@pytest.mark.parametrize("before", range(6, 36, 2))
def test_no_page_has_less_than_three_rows_of_a_table(before: int, is_grouped: bool) -> None:
    notebook = notebook_of("# 題", (*["<p>前の文。</p>"] * before, table(is_grouped=is_grouped)))
    pdf = pdf_of(notebook)
    rows = rows_on(page_texts(pdf))
    assert sum(rows) == ROWS + is_grouped and min(rows) >= 3, rows
    # The empty cells that keep rows together are no cells for screen readers.
    assert {len(row) for row in table_cells(read_structure(pdf))[0]} == ({1, 2} if is_grouped else {2})


@pytest.mark.parametrize("rows", [3, ROWS])
@pytest.mark.parametrize("before", range(26, 36, 2))
def test_a_heading_and_the_sentence_below_it_stay_with_their_table(before: int, rows: int) -> None:
    lead = '<h2 id="h">見出し</h2><p>表への文。</p>'
    pages = page_texts(pdf_of(notebook_of("# 題", (*["<p>前の文。</p>"] * before, lead + table(rows)))))
    (page,) = [page for page in pages if "表への文。" in page]
    assert "見出し表への文。表の題" in page and "第1行" in page


@pytest.mark.parametrize("before", range(4, 24, 4))
def test_no_chart_stands_in_the_middle_of_a_table(before: int) -> None:
    lead = '<h2 id="h">見出し</h2><p>表への文。</p>'
    blocks = (*["<p>前の文。</p>"] * before, chart(420, 500), lead + table(40))
    whole = "".join(page_texts(pdf_of(notebook_of("# 題", blocks))))
    assert whole.index("図の文字") < whole.index("表への文。") < whole.index("第1行")


def test_a_table_does_not_wait_for_a_chart_that_fills_a_page_of_its_own() -> None:
    blocks = (*["<p>前の文。</p>"] * 8, chart(420, 672), table(40))
    first, plate, rest = page_texts(pdf_of(notebook_of("# 題", blocks)))
    assert "表の題" in first and "第1行" in first
    assert "図の文字" in plate and "行" not in plate
    assert "第40行" in rest


@pytest.mark.parametrize("before", range(2, 26, 4))
def test_a_tall_chart_before_a_long_table_leaves_no_page_half_empty(before: int) -> None:
    lead = '<h2 id="h">見出し</h2><ul><li>表への文。</li></ul>'
    pdf = pdf_of(notebook_of("# 題", (*["<p>前の文。</p>"] * before, lead, chart(420, 400), table(40))))
    _, *pages, _ = read_positions(pdf)  # the first has the contents
    assert all(min(run.bottom for run in page.runs if run.content >= 0) < 841.9 / 2 for page in pages)
    # Where both are on one page, the chart is below its heading.
    whole = "".join(page_texts(pdf)[1:])
    assert whole.index("見出し") < whole.index("図の文字")


def test_a_low_chart_stands_in_its_place() -> None:
    blocks = ("<p>前の文。</p>", chart(420, 100), *["<p>後の文。</p>"] * 9)
    (page,) = page_texts(pdf_of(notebook_of("# 題", blocks)))
    assert page.index("前の文。") < page.index("図の文字") < page.index("後の文。")


def test_a_chart_stays_in_its_section() -> None:
    section = '<h2 id="h">見出し</h2>' + "<p>後の文。</p>" * 9
    blocks = (*["<p>前の文。</p>"] * 20, chart(420, 290), section)
    whole = "".join(page_texts(pdf_of(notebook_of("# 題", blocks)))[1:])
    assert whole.index("図の文字") < whole.index("見出し")


def test_a_low_chart_goes_with_a_table_that_stands_across() -> None:
    heads, cells = (
        f"<{tag}>{'言葉' * 6}</{end}>" * 10 for tag, end in (('th scope="col"', "th"), ("td", "td"))
    )
    wide = f'<table id="w"><thead><tr>{heads}</tr></thead><tbody>{f"<tr>{cells}</tr>" * 14}</tbody></table>'
    first, second, *_ = page_texts(pdf_of(notebook_of("# 題", ("<p>前の文。</p>", chart(420, 120), wide))))
    assert "図の文字" not in first and second.index("図の文字") < second.index("言葉")


@pytest.mark.parametrize("before", range(22, 34, 2))
def test_a_short_table_and_its_note_stand_on_one_page(before: int) -> None:
    blocks = (
        *["<p>前の文。</p>"] * before,
        table(4) + '<p class="note">表の注記。</p>',
        "<p>後の文。</p>" * 9,
    )
    (page,) = [page for page in page_texts(pdf_of(notebook_of("# 題", blocks))) if "表の注記。" in page]
    assert "表の題" in page and "第4行" in page


@pytest.mark.parametrize("rows", [48, 54])
def test_a_chart_between_two_long_tables_stands_below_the_end_of_the_first(rows: int) -> None:
    first = table(rows).replace('"t', '"first').replace("第", "先")
    blocks = (first, chart(420, 300), '<h2 id="h">見出し</h2>' + table(40))
    whole = "".join(page_texts(pdf_of(notebook_of("# 題", blocks))))
    assert whole.index(f"先{rows}行") < whole.index("図の文字") < whole.index("第1行")


@pytest.mark.parametrize("rows", [40, 54])
def test_a_chart_after_a_long_table_and_its_note_stands_below_both(rows: int) -> None:
    note = "<p class='note'>表の注。</p>"
    blocks = (table(rows) + note, chart(420, 300), *["<p>後の文。</p>"] * 12)
    whole = "".join(page_texts(pdf_of(notebook_of("# 題", blocks))))
    assert whole.index(f"第{rows}行") < whole.index("表の注。") < whole.index("図の文字")


def letters_of_charts(blocks: tuple[str, ...]) -> list[tuple[int, float]]:
    """Page and points of the letters of each chart of ``chart`` in a report of such blocks."""
    pages = read_positions(pdf_of(notebook_of("# 題", blocks)))
    return [
        (number, round(run.size, 1))
        for number, page in enumerate(pages)
        for run in page.runs
        if 3 < run.left - 56.7 < 5.95
    ]


@pytest.mark.parametrize(
    ("rows", "least", "most"), [(42, 10.0, 10.0), (48, 9.0, 9.9), (54, 7.0, 9.0), (58, 6.0, 7.0)]
)
def test_a_tall_chart_is_smaller_where_it_then_fits_below_a_table(
    rows: int, least: float, most: float
) -> None:
    first, *_ = letters_of_charts((table(rows), chart(420, 560), "<p>後の文。</p>"))
    assert first[0] == 1 and least <= first[1] <= most


@pytest.mark.parametrize("rows", [62, 64])
def test_a_chart_whose_letters_would_be_too_small_stands_on_the_next_page_as_drawn(rows: int) -> None:
    first, *_ = letters_of_charts((table(rows), chart(420, 560), "<p>後の文。</p>"))
    assert first == (2, 10.0)


def test_only_the_first_two_tall_charts_are_made_smaller() -> None:
    def part(number: int) -> str:
        return table(54).replace("t-caption", f"c{number}").replace('id="t"', f'id="t{number}"')

    blocks = tuple(block for number in range(6) for block in (part(number), chart(420, 600)))
    sizes = [size for _, size in letters_of_charts(blocks)]
    assert max(sizes[:2]) < 9 and sizes[2:] == [10.0] * 4


@pytest.mark.parametrize(
    ("points", "contents_page"),
    [(3, 1), (35, 2), (40, 2), (100, 3), (710, 19)],
    ids=["short", "one page", "one page of smaller letters", "two pages", "many pages"],
)
def test_contents_begin_on_their_own_page_or_below_the_end_of_a_short_or_long_digest(
    points: int, contents_page: int
) -> None:
    digest = f"<section class='digest'><ul>{'<li>要約の一つの文。</li>' * points}</ul></section>"
    pages = page_texts(pdf_of(notebook_of("# 題", (digest, '<h2 id="h">見出し</h2><p>本文です。</p>'))))
    (number,) = [number for number, page in enumerate(pages, start=1) if "目次" in page]
    assert number == contents_page and ("要約" in pages[number - 1]) == (points > 40 or points == 3)
    # What follows begins on the next page.
    assert points > 3 or ["本文です。" in page for page in pages] == [False, True]


def test_no_page_of_the_reference_report_ends_early_but_the_last_of_a_section(
    files_2022: dict[str, bytes],
) -> None:
    pages = read_positions(files_2022["report.pdf"])
    body = [[run for run in page.runs if run.content >= 0] for page in pages]
    begins_section = [max(runs, key=lambda run: run.top).size > 14 for runs in body[1:]]
    empty = {
        number: (min(run.bottom for run in runs) - 62.4) / (841.9 - 70.9 - 62.4)
        for number, (runs, is_last) in enumerate(zip(body, [*begins_section, True], strict=True), start=1)
        if not is_last
    }
    assert len(pages) <= 16
    assert {number for number, share in empty.items() if share > 0.3} == set()
    assert sum(share > 0.2 for share in empty.values()) <= 2


@pytest.mark.parametrize(("height", "scale"), [(150, 481.8 / 420), (300, 1.0)])
def test_a_low_chart_is_as_wide_as_the_text_and_another_as_drawn(height: int, scale: float) -> None:
    (page,) = read_positions(pdf_of(notebook_of("# 題", (chart(420, height),))))
    (size,) = [run.size for run in page.runs if 4 * scale < run.left - 56.7 < 7 * scale]
    assert size == pytest.approx(10 * scale, abs=0.1)


@pytest.mark.parametrize("points", [3, 8])
@pytest.mark.parametrize("before", range(26, 36, 2))
def test_no_page_has_less_than_three_points_of_a_list_that_goes_on(before: int, points: int) -> None:
    points_of_list = f"<ul class='sentences'>{'<li>短い文。</li>' * points}</ul>"
    pdf = pdf_of(notebook_of("# 題", (*["<p>前の文。</p>"] * before, points_of_list)))
    counted = [page.count("短い文。") for page in page_texts(pdf) if "短い文。" in page]
    assert sum(counted) == points and counted[-1] >= 3
    assert [len(part.all("LI")) for part in read_structure(pdf).all("L")] == [points]


@pytest.mark.slow
@pytest.mark.parametrize("before", range(18, 24))
def test_paper_from_a_browser_breaks_in_no_worse_places(show: Callable[..., Browser], before: int) -> None:
    def printed(number: int, block: str) -> list[str]:
        page = page_of(notebook_of("# 題", (*["<p>前の文。</p>"] * number, block)))
        return page_texts(show(page).print_pdf())

    lead = '<h2 id="h">見出し</h2><p>表への文。</p>'
    (page,) = [page for page in printed(before, lead + table(9)) if "表への文" in page]
    assert "表の題" in page
    points = f"<ul class='sentences'>{'<li>短い文。</li>' * 3}</ul>"
    assert max(page.count("短い文。") for page in printed(before + 9, points)) == 3


def card(rows: int, name: str) -> str:
    parts = {"t-caption": f"{name}-caption", 'id="t"': f'id="{name}-t"'}
    written = table(rows)
    for old, new in parts.items():
        written = written.replace(old, new)
    return f'<section class="item-card" id="{name}">{written}</section>'


def test_a_card_that_fits_a_page_is_never_split() -> None:
    cards = tuple(card(20, f"card-{number}") for number in (1, 2, 3))
    pages = page_texts(pdf_of(notebook_of(("<h1>題</h1>", *cards))))
    assert sum(page.count("第10行") for page in pages) == 3
    for page in pages:
        assert page.count("第1行") == page.count("第20行") <= 2


def test_a_card_that_is_taller_than_a_page_goes_on_on_the_next_with_every_row() -> None:
    pages = page_texts(pdf_of(notebook_of(("<h1>題</h1>", card(90, "card-1")))))
    assert [n for n in range(1, 91) if f"第{n}行" not in "".join(pages)] == []
    assert len([page for page in pages if "行" in page]) >= 2
