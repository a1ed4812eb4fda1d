"""The same report set in type."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pytest
from exports import close, notebook_of, page_texts, pdf_of

from helpers.errors import ExportError
from helpers.export import ReportPDFExporter
from helpers.export.page.serialized import text_of
from helpers.proof.looks import read_positions
from helpers.proof.pdf_text import Tagged, read_structure, table_cells
from printed_document import text


@pytest.fixture(scope="module")
def pdf(files_2022: dict[str, bytes]) -> bytes:
    return files_2022["report.pdf"]


@pytest.fixture(scope="module")
def names(report_page: Any) -> list[str]:
    """The ids of the tables in the order in which page and PDF have them."""
    return [table.get("id") for table in report_page.iter("table")]


@pytest.fixture(scope="module")
def structure(pdf: bytes) -> Tagged:
    return read_structure(pdf)


@pytest.fixture(scope="module")
def document(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        yield opened


class CellTags(NamedTuple):
    """What assistive technology learns of a cell beside its text."""

    tag: str
    scope: str
    id: str
    headers: tuple[str, ...]


def elements(element: Any, *tags: str) -> list[Any]:
    """The structure elements of these tags below one, in reading order."""
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    below = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [e for kid in below for e in ([kid] if kid.S in tags else []) + elements(kid, *tags)]


def tags_of(cell: Any) -> CellTags:
    """The attributes of a cell, from wherever its ``/A`` has them."""
    given = [entry for entry in cell.get("/A", []) if isinstance(entry, pikepdf.Dictionary)]
    scope = next((str(entry.Scope) for entry in given if "/Scope" in entry), "")
    headers = (str(name) for entry in given for name in entry.get("/Headers", []))
    return CellTags(str(cell.S), scope, str(cell.get("/ID", "")), tuple(headers))


@pytest.fixture(scope="module")
def tagged(document: pikepdf.Pdf, names: list[str]) -> dict[str, list[list[CellTags]]]:
    """The cells' tags by table and row."""
    rows = [
        [[tags_of(cell) for cell in elements(row, "/TH", "/TD")] for row in elements(table, "/TR")]
        for table in elements(document.Root.StructTreeRoot, "/Table")
    ]
    return dict(zip(names, rows, strict=True))


@pytest.fixture(scope="module")
def cells(structure: Tagged, names: list[str]) -> dict[str, list[list[str]]]:
    """The cells' texts by table and row."""
    rows = [
        [[cell.text for cell in row.all("TH", "TD")] for row in table.all("TR")]
        for table in structure.all("Table")
    ]
    return dict(zip(names, rows, strict=True))


def test_every_cell_and_note_of_the_page_stands_in_the_pdf(
    report_page: Any, structure: Tagged, cells: dict[str, list[list[str]]]
) -> None:
    for table in report_page.iter("table"):
        rows = [[close(text(cell)) for cell in row] for row in table.iter("tr")]
        assert [[close(cell) for cell in row] for row in cells[table.get("id")]] == rows
    notes = {close(text(note)) for note in report_page.xpath("//p[@class='note']")}
    assert len(notes) > 5 and notes <= {close(paragraph.text) for paragraph in structure.all("P")}
    assert "2 令和4年度の実施状況" in [heading.text for heading in structure.all("H2")]


def test_document_names_itself_its_language_and_its_parts(document: pikepdf.Pdf, report_page: Any) -> None:
    assert str(document.Root.Lang) == "ja"
    assert document.Root.MarkInfo.Marked and document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == report_page.findtext(".//title")
        assert str(metadata["pdfuaid:part"]) == "1"
    with document.open_outline() as outline:
        bookmarks = [(entry.title, [child.title for child in entry.children]) for entry in outline.root]
    assert not {"/OpenAction", "/AA", "/AcroForm", "/AF"} & set(document.Root.keys())
    assert set(document.Root.Names.keys()) == {"/Dests"}
    second = ["(1) 令和4年度の主な取組", "(2) 前年度との比較", "(3) 令和3年度からの動き"]
    assert bookmarks[:2] == [("1 大綱と推進計画", []), ("2 令和4年度の実施状況", second)]
    assert [title for title, _ in bookmarks] == [text_of(h) for h in report_page.xpath("//main//h2")]
    texts = [str(figure.Alt) for figure in elements(document.Root.StructTreeRoot, "/Figure")]
    assert len(texts) == 5 and texts == report_page.xpath("//svg/@aria-label")


def test_headers_have_scope_and_cells_name_them(
    cells: dict[str, list[list[str]]], tagged: dict[str, list[list[CellTags]]]
) -> None:
    upper, lower, group, first = tagged["by_policy"][:4]
    assert {(cell.tag, cell.scope) for cell in upper + lower} == {("/TH", "/Column")}
    assert [cell.tag for cell in group] == ["/TH"]
    assert (first[0].tag, first[0].scope) == ("/TH", "/Row")
    assert [cell.tag for cell in first[1:]] == ["/TD"] * 5
    for table, row, cell, headings in (
        ("by_policy", 3, 5, [cells["by_policy"][0][3], "I 協働・官民連携の推進", "実施"]),
        ("overall", 2, 4, ["令和3年度", "前年割合", "実施"]),
        ("by_policy", -1, 1, ["令和4年度", "項目数", "総計"]),  # a footer belongs to no group
    ):
        pairs = zip(tagged[table], cells[table], strict=True)
        texts = {tags.id: text for pair in pairs for tags, text in zip(*pair, strict=True)}
        assert [texts[name] for name in tagged[table][row][cell].headers] == headings


def test_ids_can_be_looked_up(document: pikepdf.Pdf, tagged: dict[str, list[list[CellTags]]]) -> None:
    entries = document.Root.StructTreeRoot.IDTree.Names
    keys = [bytes(entries[index]).decode() for index in range(0, len(entries), 2)]
    used = {cell.id for rows in tagged.values() for row in rows for cell in row} - {""}
    assert keys == sorted(set(keys)) and len(used) > 400 and used <= set(keys)


def test_only_listed_links_lead_out() -> None:
    def addresses(file: bytes) -> list[str]:
        with pikepdf.open(io.BytesIO(file)) as document:
            links = [note for page in document.pages for note in page.obj.get("/Annots", [])]
            return [str(note.A.URI) for note in links if "/A" in note and "/URI" in note.A]

    source = '<p><a href="https://www.city.yamaguchi.lg.jp/">山口市</a></p>'
    assert addresses(pdf_of(notebook_of("# 題", (source,)))) == ["https://www.city.yamaguchi.lg.jp/"]
    hostile = "# 題\n\n[a](javascript:alert(1)) [b](file:///etc/passwd) [c](//evil.example) [d](mailto:a@evil.example)"
    assert addresses(pdf_of(notebook_of(hostile))) == []


def test_a_link_within_the_report_leads_to_its_place() -> None:
    link, between, there = '<p><a href="#there">先へ</a></p>', "<p>間の文</p>" * 60, '<p id="there">ここ</p>'
    file = pdf_of(notebook_of("# 題", (link + between + there,)))
    with pikepdf.open(io.BytesIO(file)) as document:
        (note,) = [note for page in document.pages for note in page.obj.get("/Annots", [])]
        page, form, left, top, zoom = note.Dest
        assert page.objgen == document.pages[1].obj.objgen and str(form) == "/XYZ" and zoom == 0
        assert str(note.Contents) == "ページ 2" and "/A" not in note
    place = read_positions(file)[1].runs[-2]  # the last is the number of the page
    assert abs(float(left) - place.left) < 2 and 10 < float(top) - place.top < 20


@pytest.mark.parametrize(
    "text",
    [
        *("#panic(1)", "*太字* $x^2$ `raw` @ref <label>", "\\LaTeX{}", '"#eval(\\"1\\")"', "//x /*y*/"),
        "髙﨑𠮷①㈱㍻㋿ｶﾞ",
    ],
)
def test_typst_syntax_and_rare_characters_of_names_show_literally(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    read = read_structure(pdf_of(notebook_of((f"<h2>{escaped}</h2><p>{escaped}</p>",))))
    assert [close(part.text) for part in read.all("H2", "P")][-2:] == [close(text)] * 2


@pytest.mark.parametrize(
    ("character", "named"),
    [("😀", "U\\+1F600"), ("\ue000", "U\\+E000"), ("ก", "「ก」（U\\+0E01）"), ("\u200b", "U\\+200B")],
)
@pytest.mark.parametrize(
    "template",
    ["<p>前{}後</p>", '<svg viewBox="0 0 9 9" aria-label="図"><text>前{}後</text></svg>', "<h2>前{}後</h2>"],
)
def test_character_without_a_glyph_is_refused_by_name(template: str, character: str, named: str) -> None:
    html = template.format(character)
    figure = f'<figure class="chart">{html}</figure>' if html.startswith("<svg") else html
    with pytest.raises(ExportError, match=named):
        pdf_of(notebook_of((figure,)))


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<dl><dt>語</dt><dd>意味</dd></dl>", "カード"),
        ("<table><tr><td><p>段落</p></td></tr></table>", "<td> の中の <p>"),
        (
            "<table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></tbody></table>",
            "そろっていません",
        ),
        ("<figure class='chart'><figcaption>図なし</figcaption></figure>", "SVG がありません"),
        ("<section>文だけ</section>", "文だけ"),
        ("<h4>四</h4>", "PDF に組めません"),
    ],
)
def test_what_cannot_be_set_is_refused(html: str, message: str) -> None:
    with pytest.raises(ExportError, match=message):
        pdf_of(notebook_of((html,)))


def test_exporter_works_on_after_a_refusal_and_in_threads_side_by_side() -> None:
    good, exporter = notebook_of("# 題\n\n文"), ReportPDFExporter()
    with pytest.raises(ExportError):
        exporter.from_notebook_node(notebook_of(("<h4>四</h4>",)))
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(pdf_of, [good] * 4)) == [exporter.from_notebook_node(good)[0]] * 4


def test_long_table_repeats_its_header_and_keeps_rows_whole() -> None:
    cell = f'<td class="text">{"長い説明" * 30}</td>'
    rows = "".join(f'<tr><th scope="row">{n}</th>{cell}</tr>' for n in range(1, 61))
    heads = '<tr><th scope="col">番号</th><th scope="col">説明</th></tr>'
    table = f'<table id="t"><caption>長い表</caption><thead>{heads}</thead><tbody>{rows}</tbody></table>'
    file = pdf_of(notebook_of("# 題", (table,)))
    assert [row[0] for row in table_cells(read_structure(file))[0]] == ["番号", *map(str, range(1, 61))]
    texts = page_texts(file)
    assert len(texts) > 3 and all("番号説明" in text for text in texts[1:])


def test_nothing_runs_off_the_paper() -> None:
    long = "".join(f"{n}番目の文。" for n in range(3000))
    cell = f'<table><tbody><tr><th scope="row">長い欄</th><td class="text">{long}</td></tr></tbody></table>'
    chart = '<figure class="chart"><svg viewBox="0 0 100 5000" aria-label="図"><text y="4990">底</text></svg></figure>'
    file = pdf_of(notebook_of("# 題", (cell, f'<p class="good">{long}</p>', chart)))
    assert close(read_structure(file).all("TD")[0].text) == long
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(file)]
    feet = [page.get_rect(n)[1] for page in pages for n in range(page.count_rects())]
    assert len(pages) > 15 and min(feet) > 0


def test_no_line_ends_within_a_year_or_a_short_remark(pdf: bytes) -> None:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    lines = {line for page in pages for line in page.split("\r\n")}
    assert {"未着手", "（検討中・未実施）", "令和4年度（5年間）", "令和9年度（5年間）", "（10年間）"} <= lines
