"""The report as one HTML page."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import lxml.html
import nbformat
import pytest
from exports import notebook_of, page_of
from nbconvert.exporters import get_exporter

from helpers import tables
from helpers.errors import ExportError, NotebookError
from helpers.export import ReportHTMLExporter, ReportPDFExporter
from helpers.export.page.jinja import TEMPLATES
from helpers.export.page.serialized import text_of
from helpers.history.history import History
from printed_document import TABLES, printed, shown


@pytest.mark.parametrize("table_id", TABLES)
def test_every_cell_stands_in_the_page_as_printed(
    report_page: Any, history_2022: History, table_id: str
) -> None:
    element = report_page.get_element_by_id(table_id)
    columns, groups = printed(table_id)
    assert shown(element, getattr(tables, table_id)(history_2022).columns, columns) == groups


def test_page_says_what_it_is_and_its_contents_lead_to_every_heading(report_page: Any) -> None:
    page = report_page
    assert page.get("lang") == "ja"
    assert (
        page.findtext(".//title") == "第二次山口市行政改革大綱推進計画【前期】 令和4年度実績と5年間の取組状況"
    )
    assert "81.0%" in page.xpath("string(//meta[@name='description']/@content)")
    assert [len(page.findall(f".//{tag}")) for tag in ("h1", "main", "nav")] == [1, 1, 1]
    skip = page.xpath("//body/a[1]")[0]
    assert page.get_element_by_id(skip.get("href").removeprefix("#")).tag == "main"
    entries = [(link.get("href").removeprefix("#"), text_of(link)) for link in page.xpath("//nav//a")]
    assert entries == [(h.get("id"), text_of(h)) for h in page.xpath("//main//h2 | //main//h3")]
    assert ("section-comparison", "(2) 前年度との比較") in entries


def test_nothing_is_loaded_and_only_our_own_script_runs(report_html: str, report_page: Any) -> None:
    policy = report_page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    (script,) = report_page.xpath("//script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert policy.startswith("default-src 'none';") and policy.endswith(f"; script-src 'sha256-{digest}'")
    own = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.js", "items.js"))
    assert script.text == own and not script.attrib
    assert not report_page.xpath("//link | //img | //iframe | //object | //embed | //@src | //@srcset")
    style = report_page.findtext(".//style")
    assert "url(" not in style and "@import" not in style
    assert not re.findall(r"https?://", report_html)


def test_ids_are_unique_and_references_lead_somewhere(report_html: str, report_page: Any) -> None:
    ids = report_page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [href[1:] for href in report_page.xpath("//@href") if href.startswith("#")]
    labels = " ".join(report_page.xpath("//@aria-labelledby")).split()
    paints = re.findall(r"url\(#([^)]+)\)", report_html)
    assert paints and {*links, *labels, *paints} <= set(ids)


@pytest.mark.parametrize("exporter", [ReportHTMLExporter, ReportPDFExporter])
def test_the_source_of_a_cell_is_not_shown(exporter: type[ReportHTMLExporter]) -> None:
    notebook = notebook_of("# 題", ("<p>文</p>",))
    plain = exporter().from_notebook_node(notebook)[0]
    notebook.cells[1].source = "SECRET = 1"
    assert exporter().from_notebook_node(notebook)[0] == plain


def test_markdown_that_a_cell_shows_stands_in_the_report() -> None:
    shown = nbformat.v4.new_output(
        "display_data", {"text/markdown": "**市の**方針", "text/plain": "<Markdown>"}
    )
    notebook = notebook_of("# 題", ("<p>文</p>",))
    notebook.cells[1].outputs.append(shown)
    assert "<p><strong>市の</strong>方針</p>" in page_of(notebook)


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (nbformat.v4.new_output("stream", name="stdout", text="81.0%\n"), "print の出力「81.0%」"),
        (nbformat.v4.new_output("stream", name="stderr", text="Warning: a"), "警告など「Warning: a」"),
        (nbformat.v4.new_output("display_data", {"text/plain": "'前進しました'"}), "「'前進しました'」は報告書に"),
        (nbformat.v4.new_output("display_data", {"text/plain": "(<Table a>, <Table b>)"}), "show で示すか"),
        (nbformat.v4.new_output("display_data", {"image/png": "AA==", "text/plain": "<Axes>"}), "helpers の chart"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("exporter", [ReportHTMLExporter, ReportPDFExporter])
def test_what_a_cell_shows_and_a_report_cannot_is_refused_and_never_vanishes(
    exporter: type[ReportHTMLExporter], output: Any, message: str
) -> None:
    notebook = notebook_of("# 題", ("<p>1</p>",), "文", ("<p>2</p>",))
    notebook.cells[3].outputs.append(output)
    with pytest.raises(ExportError, match=r"^2番目のコードセル: ") as refusal:
        exporter().from_notebook_node(notebook)
    assert message in str(refusal.value)


def test_header_cells_align_with_their_columns(report_page: Any) -> None:
    heads = report_page.xpath("//table[@id='overall']/thead//th[@scope='col']")
    figures = ("項目数", "割合", "前年項目数", "前年割合")
    assert [(text_of(th), th.get("class").split()[0]) for th in heads] == [
        ("実施状況", "text"),
        *((name, "num") for name in figures),
    ]


def test_chart_keeps_its_words_and_shares_no_id() -> None:
    chart = (
        '<svg viewBox="0 0 9 9" aria-label="図"><defs><clipPath id="c"><rect width="9" height="9"/></clipPath></defs>'
        '<g id="axes_1" clip-path="url(#c)"><use xlink:href="#c"/><text style="font: 10px \'Noto Sans CJK JP\'; behavior: url(x)">令和</text></g></svg>'
    )
    page = lxml.html.fromstring(page_of(notebook_of((chart, chart))))
    assert page.xpath("//svg//@id") == ["chart1-c", "chart2-c"]
    assert page.xpath("//g/@clip-path") == ["url(#chart1-c)", "url(#chart2-c)"]
    assert page.xpath("//use/@href") == ["#chart1-c", "#chart2-c"]
    assert page.xpath("//text/text()") == ["令和", "令和"]
    assert page.xpath("//text/@style") == ["font: 10px 'Noto Sans CJK JP'"] * 2


def test_svg_output_becomes_a_figure_and_a_picture_without_it_is_refused() -> None:
    notebook = notebook_of(("<p>前</p>",))
    drawing = '<svg viewBox="0 0 9 9" aria-label="三本の棒"><rect width="9" height="9"/></svg>'
    output = nbformat.v4.new_output("display_data", {"image/svg+xml": drawing, "image/png": "x"})
    notebook.cells[0].outputs = [output]
    page = lxml.html.fromstring(page_of(notebook))
    assert page.xpath("//figure/svg/@aria-label") == ["三本の棒"]
    del output.data["image/svg+xml"]
    with pytest.raises(ExportError, match="image/png"):
        page_of(notebook)


def test_any_executed_notebook_has_a_title() -> None:
    titled = page_of(
        notebook_of("# 分析の記録\n\n本文です。", ("<div><table><tr><td>1</td></tr></table></div>",))
    )
    assert "<title>分析の記録</title>" in titled and titled.count("<h1") == 1
    named = page_of(notebook_of("本文です。"), metadata={"name": "explore"})
    assert "<h1>explore</h1>" in named


def test_same_notebook_gives_the_same_bytes_and_so_does_its_file(
    notebook_2022: Any, report_html: str, tmp_path: Path
) -> None:
    nbformat.write(notebook_2022, tmp_path / "report.ipynb")
    exporter = ReportHTMLExporter()
    assert exporter.from_notebook_node(notebook_2022)[0] == report_html
    assert exporter.from_filename(str(tmp_path / "report.ipynb"))[0] == report_html


def test_markdown_and_cells_bring_neither_templates_nor_html_of_their_own() -> None:
    attack = "{{ 7 * 7 }}{% raw %}"
    markup = "<b onclick='x'>文</b>"
    source = f"## {attack}<script>alert(1)</script>\n\n{attack}{markup} [行](javascript:alert(1))"
    page = page_of(notebook_of(source, (f"<p>{attack}</p>",)))
    body = lxml.html.fromstring(page).find(".//main")
    assert not body.xpath(".//script | .//@onclick | .//a[starts-with(@href, 'javascript')]")
    assert markup in text_of(body) and page.count(attack) == 4 and "49" not in page.split("</style>")[1]


@pytest.mark.parametrize("exporter", [ReportHTMLExporter, ReportPDFExporter])
def test_cell_that_never_ran_or_has_an_error_is_refused(exporter: type[ReportHTMLExporter]) -> None:
    error = nbformat.v4.new_output("error", ename="ValueError", evalue="だめ", traceback=["secret"])
    notebook = notebook_of(("<p>前</p>",))
    notebook.cells[0].outputs.append(error)
    with pytest.raises(NotebookError, match=r"1番目のコードセル: エラーが起きています（ValueError: だめ）"):
        exporter().from_notebook_node(notebook)
    notebook.cells[0].outputs.pop()
    notebook.cells[0].execution_count = None
    with pytest.raises(NotebookError, match="1番目のコードセル: 実行されていません"):
        exporter().from_notebook_node(notebook)


def test_empty_code_cells_need_not_have_run() -> None:
    notebook = notebook_of("# 題\n\n本文", ())
    notebook.cells[1].source, notebook.cells[1].execution_count = " \n", None
    assert "本文" in page_of(notebook)


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<p>文</p><img src='data:image/png;base64,AA'>", "<img>"),
        ("文だけ", "段落に入っていない文字「文だけ」"),
        ("<p id='a'>1</p><p id='a'>2</p>", "id「a」が二度使われています。同じ表や図は一度だけ表示し"),
        ("<p id='main'>1</p>", "id「main」が二度"),
        ("<figure class='chart'><svg viewBox='0 0 1 1'></svg></figure>", "代替テキスト"),
        ("<figure class='chart'><svg aria-label='図'></svg></figure>", "viewBox"),
        (
            f"<figure class='chart'><svg aria-label='{'図' * 10_001}'></svg></figure>",
            "10,001字。10,000字まで",
        ),
        ("<header class='cover'><p>題なし</p></header>", "<h1> を一つ"),
        ("<header><h1>1</h1></header><header><h1>2</h1></header>", "二つ以上"),
        ("<span>" * 300 + "深い", "深く入れ子"),
        ("<p>a\u202eb</p>", "U\\+202E"),
        ("<p>a&#7;b</p>", "U\\+0007"),
    ],
)
def test_what_has_no_place_in_a_report_is_refused(html: str, message: str) -> None:
    with pytest.raises(ExportError, match=message):
        page_of(notebook_of((html,)))


@pytest.mark.parametrize(
    ("name", "extension", "label"),
    [
        ("gyokaku_html", ".html", "年次報告書（HTML）"),
        ("gyokaku_pdf", ".pdf", "年次報告書（PDF）"),
        ("gyokaku-html", ".html", "年次報告書（HTML）"),
        ("gyokaku-pdf", ".pdf", "年次報告書（PDF）"),
    ],
)
def test_nbconvert_offers_the_exporters(name: str, extension: str, label: str) -> None:
    exporter = get_exporter(name)()
    assert (exporter.file_extension, exporter.export_from_notebook) == (extension, label)
