"""The report as one HTML page."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lxml.html
import nbformat
import pytest
from nbconvert.exporters import get_exporter

from helpers import tables
from helpers.errors import ExportError, NotebookError
from helpers.export import ReportHTMLExporter, ReportPDFExporter
from helpers.export.page.jinja import TEMPLATES
from helpers.export.page.serialized import text_of
from helpers.history.history import History
from printed_document import TABLES, printed, shown


def page_of(notebook: Any, **resources: Any) -> str:
    return str(ReportHTMLExporter().from_notebook_node(notebook, resources)[0])


@pytest.mark.parametrize("table_id", TABLES)
def test_every_cell_stands_in_the_page_as_printed(
    report_html: str, history_2022: History, table_id: str
) -> None:
    element = lxml.html.fromstring(report_html).get_element_by_id(table_id)
    columns, groups = printed(table_id)
    assert shown(element, getattr(tables, table_id)(history_2022).columns, columns) == groups


def test_page_says_what_it_is(report_html: str) -> None:
    page = lxml.html.fromstring(report_html)
    assert page.get("lang") == "ja"
    assert (
        page.findtext(".//title") == "第二次山口市行政改革大綱推進計画【前期】 令和4年度実績と5年間の取組状況"
    )
    assert "81.0%" in page.xpath("string(//meta[@name='description']/@content)")
    assert [len(page.findall(f".//{tag}")) for tag in ("h1", "main", "nav")] == [1, 1, 1]
    skip = page.xpath("//body/a[1]")[0]
    assert page.get_element_by_id(skip.get("href").removeprefix("#")).tag == "main"


def test_nothing_is_loaded_and_only_our_own_script_runs(report_html: str) -> None:
    page = lxml.html.fromstring(report_html)
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    (script,) = page.xpath("//script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert policy.startswith("default-src 'none';") and policy.endswith(f"; script-src 'sha256-{digest}'")
    assert script.text == (TEMPLATES / "items.js").read_text(encoding="utf-8") and not script.attrib
    assert not page.xpath("//link | //img | //iframe | //object | //embed | //@src | //@srcset")
    assert "url(" not in page.findtext(".//style") and "@import" not in page.findtext(".//style")
    assert not re.findall(r"https?://", report_html)


def test_contents_lead_to_every_heading(report_html: str) -> None:
    page = lxml.html.fromstring(report_html)
    entries = [(link.get("href").removeprefix("#"), text_of(link)) for link in page.xpath("//nav//a")]
    assert entries == [(h.get("id"), text_of(h)) for h in page.xpath("//main//h2 | //main//h3")]
    assert ("section-comparison", "(2) 前年度との比較") in entries


def test_ids_are_unique_and_references_lead_somewhere(report_html: str) -> None:
    page = lxml.html.fromstring(report_html)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [href[1:] for href in page.xpath("//@href") if href.startswith("#")]
    labels = " ".join(page.xpath("//@aria-labelledby")).split()
    paints = re.findall(r"url\(#([^)]+)\)", report_html)
    assert paints and {*links, *labels, *paints} <= set(ids)


@pytest.mark.parametrize("exporter", [ReportHTMLExporter, ReportPDFExporter])
def test_sources_streams_and_plain_text_never_show(
    make_notebook: Callable[..., Any], exporter: type[ReportHTMLExporter]
) -> None:
    notebook = make_notebook("# 題", ("<p>文</p>",))
    plain = exporter().from_notebook_node(notebook)[0]
    stream = nbformat.v4.new_output("stream", name="stdout", text="SECRET STREAM")
    result = nbformat.v4.new_output("execute_result", {"text/plain": "SECRET TEXT"}, execution_count=2)
    notebook.cells[1].source = "print('SECRET STREAM')"
    notebook.cells[1].outputs += [stream, result]
    assert exporter().from_notebook_node(notebook)[0] == plain


def test_header_cells_align_with_their_columns(report_html: str) -> None:
    page = lxml.html.fromstring(report_html)
    heads = page.xpath("//table[@id='overall']/thead//th")
    assert [(text_of(th), th.get("class")) for th in heads if th.get("scope") == "col"] == [
        ("実施状況", "text"),
        ("項目数", "num"),
        ("割合", "num"),
        ("前年項目数", "num"),
        ("前年割合", "num"),
    ]


def test_chart_keeps_its_words_and_shares_no_id(make_notebook: Callable[..., Any]) -> None:
    chart = (
        '<svg viewBox="0 0 9 9" aria-label="図"><defs><clipPath id="c"><rect width="9" height="9"/></clipPath></defs>'
        '<g id="axes_1" clip-path="url(#c)"><text style="font: 10px \'Noto Sans CJK JP\'; behavior: url(x)">令和</text></g></svg>'
    )
    page = lxml.html.fromstring(page_of(make_notebook((chart, chart))))
    assert page.xpath("//svg//@id") == ["chart1-c", "chart2-c"]
    assert page.xpath("//g/@clip-path") == ["url(#chart1-c)", "url(#chart2-c)"]
    assert page.xpath("//text/text()") == ["令和", "令和"]
    assert page.xpath("//text/@style") == ["font: 10px 'Noto Sans CJK JP'"] * 2


def test_svg_output_becomes_a_figure(make_notebook: Callable[..., Any]) -> None:
    notebook = make_notebook(("<p>前</p>",))
    drawing = '<svg viewBox="0 0 9 9" aria-label="三本の棒"><rect width="9" height="9"/></svg>'
    notebook.cells[0].outputs = [
        nbformat.v4.new_output("display_data", {"image/svg+xml": drawing, "image/png": "x"})
    ]
    page = lxml.html.fromstring(page_of(notebook))
    assert page.xpath("//figure/svg/@aria-label") == ["三本の棒"]


def test_any_executed_notebook_has_a_title(make_notebook: Callable[..., Any]) -> None:
    titled = page_of(
        make_notebook("# 分析の記録\n\n本文です。", ("<div><table><tr><td>1</td></tr></table></div>",))
    )
    assert "<title>分析の記録</title>" in titled and titled.count("<h1") == 1
    named = page_of(make_notebook("本文です。"), metadata={"name": "explore"})
    assert "<h1>explore</h1>" in named


def test_same_notebook_gives_the_same_bytes(notebook_2022: Any, report_html: str) -> None:
    exporter = ReportHTMLExporter()
    assert [exporter.from_notebook_node(notebook_2022)[0] for _ in range(2)] == [report_html] * 2


def test_planted_templates_are_not_read(
    notebook_2022: Any, files_2022: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (".", "lab", "base", "templates", "nbconvert/templates/lab"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        for name in ("index.html.j2", "report.html.j2", "report.typ", "report.css"):
            (tmp_path / folder / name).write_text("PLANTED {{ ''.__class__ }}", encoding="utf-8")
        (tmp_path / folder / "conf.json").write_text('{"base_template": "PLANTED"}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert page_of(notebook_2022).encode() == files_2022["report.html"]
    assert ReportPDFExporter().from_notebook_node(notebook_2022)[0] == files_2022["report.pdf"]


def test_cell_text_is_never_a_template(make_notebook: Callable[..., Any]) -> None:
    attack = "{{ 7 * 7 }}{% raw %}"
    page = page_of(make_notebook(f"## {attack}\n\n{attack}", (f"<p>{attack}</p>",)))
    assert page.count(attack) == 4 and "49" not in page.split("</style>")[1]


def test_markdown_cannot_bring_its_own_html(make_notebook: Callable[..., Any]) -> None:
    page = page_of(
        make_notebook("## 見出し<script>alert(1)</script>\n\n<b onclick='x'>文</b> [行](javascript:alert(1))")
    )
    body = lxml.html.fromstring(page).find(".//main")
    assert not body.xpath(".//script | .//@onclick | .//a[starts-with(@href, 'javascript')]")
    assert "<b onclick='x'>文</b>" in text_of(body)


@pytest.mark.parametrize("exporter", [ReportHTMLExporter, ReportPDFExporter])
def test_cell_that_never_ran_is_refused(
    make_notebook: Callable[..., Any], exporter: type[ReportHTMLExporter]
) -> None:
    notebook = make_notebook(("<p>前</p>",))
    notebook.cells[0].execution_count = None
    with pytest.raises(NotebookError, match="1番目のセルが実行されていません"):
        exporter().from_notebook_node(notebook)


@pytest.mark.parametrize("exporter", [ReportHTMLExporter, ReportPDFExporter])
def test_cell_with_an_error_is_refused(
    make_notebook: Callable[..., Any], exporter: type[ReportHTMLExporter]
) -> None:
    notebook = make_notebook(("<p>前</p>",))
    notebook.cells[0].outputs.append(
        nbformat.v4.new_output("error", ename="ValueError", evalue="だめ", traceback=["secret"])
    )
    with pytest.raises(NotebookError, match=r"1番目のセルでエラー.*ValueError: だめ"):
        exporter().from_notebook_node(notebook)


def test_empty_code_cells_need_not_have_run(make_notebook: Callable[..., Any]) -> None:
    notebook = make_notebook("# 題\n\n本文", ())
    notebook.cells[1].source, notebook.cells[1].execution_count = " \n", None
    assert "本文" in page_of(notebook)


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<p>文</p><img src='data:image/png;base64,AA'>", "<img>"),
        ("<p>前</p><video></video>", "<video>"),
        ("<blockquote>引用</blockquote>", "<blockquote>"),
        ("文だけ", "段落に入っていない文字「文だけ」"),
        ("<p id='a'>1</p><p id='a'>2</p>", "id「a」が二度"),
        ("<p id='main'>1</p>", "id「main」が二度"),
        ("<figure class='chart'><svg viewBox='0 0 1 1'></svg></figure>", "代替テキスト"),
        ("<figure class='chart'><svg aria-label='図'></svg></figure>", "viewBox"),
        ("<header class='cover'><p>題なし</p></header>", "<h1> を一つ"),
        ("<header><h1>1</h1></header><header><h1>2</h1></header>", "二つ以上"),
        ("<span>" * 300 + "深い", "深く入れ子"),
        ("<p>a\u202eb</p>", "U\\+202E"),
        ("<p>a&#7;b</p>", "U\\+0007"),
    ],
)
def test_what_has_no_place_in_a_report_is_refused(
    make_notebook: Callable[..., Any], html: str, message: str
) -> None:
    with pytest.raises(ExportError, match=message):
        page_of(make_notebook((html,)))


def test_picture_without_its_drawing_is_refused(make_notebook: Callable[..., Any]) -> None:
    notebook = make_notebook(("<p>前</p>",))
    notebook.cells[0].outputs = [nbformat.v4.new_output("display_data", {"image/png": "AAAA"})]
    with pytest.raises(ExportError, match="image/png"):
        page_of(notebook)


@pytest.mark.parametrize(
    ("name", "extension", "label"),
    [("gyokaku-html", ".html", "行革報告書（HTML）"), ("gyokaku-pdf", ".pdf", "行革報告書（PDF）")],
)
def test_nbconvert_offers_the_exporters(name: str, extension: str, label: str) -> None:
    exporter = get_exporter(name)()
    assert (exporter.file_extension, exporter.export_from_notebook) == (extension, label)


def test_exporters_read_notebook_files(notebook_2022: Any, report_html: str, tmp_path: Path) -> None:
    path = tmp_path / "report.ipynb"
    nbformat.write(notebook_2022, path)
    assert ReportHTMLExporter().from_filename(str(path))[0] == report_html
