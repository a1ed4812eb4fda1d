"""A whole report as an executed notebook, built by hand: the figures of the fiscal 2022 document."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from browser import Browser, demand_chromium

ROOT = Path(__file__).resolve().parents[2]
STATUS_GROUPS = {"実施": "done", "一部実施": "under_way", "検討中": "not_started", "未実施": "not_started"}

COVER = """<header class="cover"><p class="municipality">山口市</p>
<h1>第二次山口市行政改革大綱推進計画【前期】<br>令和4年度実績と5年間の取組状況</h1>
<p class="subtitle">第二次山口市行政改革大綱に基づく推進計画の年次報告</p></header>"""

GLANCE = """<section class="glance" aria-label="令和4年度の概況"><dl>
<div class="card lead"><dt>「実施」の割合</dt><dd><strong>81.0%</strong> <span class="detail">42項目中34項目、前年度比 +4.8ポイント</span></dd></div>
<div class="card"><dt>着手済み（一部実施）</dt><dd><strong>8項目</strong> <span class="detail">前年度 10項目</span></dd></div>
<div class="card"><dt>未着手（検討中・未実施）</dt><dd><strong>0項目</strong> <span class="detail">前年度 0項目</span></dd></div>
<div class="card"><dt>前年度から動いた項目</dt><dd><strong>2項目</strong> <span class="detail">前進 2、後退 0</span></dd></div>
</dl><ul class="moved"><li>7 地域に飛び出す行政職員の育成：<strong>一部実施 → 実施</strong></li>
<li>42 デジタル活用支援の推進：<strong>一部実施 → 実施</strong></li></ul></section>"""

CHART_ALT = "計画全体の実施状況: 実施34項目（81.0%）、一部実施8項目（19.0%）"
CHART = f"""<figure class="chart" id="shares"><svg xmlns="http://www.w3.org/2000/svg"
 xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 420 120" role="img" aria-label="{CHART_ALT}">
<defs><clipPath id="box"><rect x="0" y="0" width="420" height="120"/></clipPath><path id="tick" d="M 0 0 L 0 4"/></defs>
<g clip-path="url(#box)"><rect x="60" y="30" width="280" height="40" style="fill: #0b5394"/>
<path d="M 340 30 L 406 30 L 406 70 L 340 70 z" fill="#d98324" stroke="#8a4d0b"/></g>
<use xlink:href="#tick" x="60" y="70" stroke="#1f2933"/>
<text x="0" y="55" style="font: 10px 'Noto Sans CJK JP'; fill: #1f2933">令和4年度</text>
<text x="200" y="55" font-size="12" text-anchor="middle" fill="#ffffff" font-family="'Noto Sans CJK JP'">実施 34項目（81.0%）</text>
<text x="373" y="55" font-size="10" text-anchor="middle" fill="#1f2933" font-family="'Noto Sans CJK JP'">一部実施 8</text>
</svg><figcaption>計画全体の実施状況（令和4年度末）</figcaption></figure>"""


def cell(text: str, kind: str = "num") -> str:
    """One body cell; a status carries its group."""
    if group := STATUS_GROUPS.get(text):
        return f'<td class="status" data-status="{group}">{text}</td>'
    return f'<td class="{kind}">{escape(text)}</td>'


def row(cells: list[str], kinds: str = "", css: str = "") -> str:
    """A row whose first cell is its header; ``kinds`` names the others: n(umber) or t(ext)."""
    names = {"n": "num", "t": "text"}
    rest = [cell(text, names[kind]) for text, kind in zip(cells[1:], kinds or "n" * len(cells), strict=False)]
    group = f' data-status="{STATUS_GROUPS[cells[0]]}"' if cells[0] in STATUS_GROUPS else ""
    return (
        f'<tr{css and f" class={css!r}"}><th scope="row"{group}>{escape(cells[0])}</th>{"".join(rest)}</tr>'
    )


def table(table_id: str, caption: str, head: str, body: str, notes: str = "") -> str:
    """A whole table as the report's tables show themselves."""
    return (
        f'<div class="table" role="region" aria-labelledby="{table_id}-caption" tabindex="0"><table id="{table_id}">'
        f'<caption id="{table_id}-caption">{caption}</caption><thead>{head}</thead>{body}</table></div>{notes}'
    )


def head(*names: str) -> str:
    """A single header row."""
    return "<tr>" + "".join(f'<th scope="col">{name}</th>' for name in names) + "</tr>"


def group(name: str, columns: int, rows: str) -> str:
    """A row group under its policy."""
    return f'<tbody><tr class="group"><th scope="rowgroup" colspan="{columns}">{name}</th></tr>{rows}</tbody>'


POLICIES = {
    "Ⅰ": "基本方針Ⅰ 協働・官民連携の推進",
    "Ⅱ": "基本方針Ⅱ 市民サービス向上に向けた組織運営",
    "Ⅲ": "基本方針Ⅲ 行政資源の有効活用",
}
OVERALL = [
    ["実施", "34", "81.0%", "32", "76.2%"],
    ["一部実施", "8", "19.0%", "10", "23.8%"],
    ["検討中", "0", "0.0%", "0", "0.0%"],
    ["未実施", "0", "0.0%", "0", "0.0%"],
    ["合計", "42", "100.0%", "42", "100.0%"],
]
BY_POLICY = {
    "Ⅰ": [
        ["実施", "8", "72.7%", "7", "63.6%", "+1(+9.1%)"],
        ["一部実施", "3", "27.3%", "4", "36.4%", "△1(△9.1%)"],
        ["検討中", "0", "0.0%", "0", "0.0%", "-"],
        ["未実施", "0", "0.0%", "0", "0.0%", "-"],
        ["合計", "11", "100.0%", "11", "100.0%", "-"],
    ],
    "Ⅱ": [
        ["実施", "16", "80.0%", "15", "75.0%", "+1(+5.0%)"],
        ["一部実施", "4", "20.0%", "5", "25.0%", "△1(△5.0%)"],
        ["検討中", "0", "0.0%", "0", "0.0%", "-"],
        ["未実施", "0", "0.0%", "0", "0.0%", "-"],
        ["合計", "20", "100.0%", "20", "100.0%", "-"],
    ],
    "Ⅲ": [
        ["実施", "10", "90.9%", "10", "90.9%", "-"],
        ["一部実施", "1", "9.1%", "1", "9.1%", "-"],
        ["検討中", "0", "0.0%", "0", "0.0%", "-"],
        ["未実施", "0", "0.0%", "0", "0.0%", "-"],
        ["合計", "11", "100.0%", "11", "100.0%", "-"],
    ],
}
SUMMARY = [
    ["I 協働・官民連携の推進", "8 (72.7%)", "3 (27.3%)", "0 (0.0%)", "0 (0.0%)"],
    ["II 市民サービス向上に向けた組織運営", "16 (80.0%)", "4 (20.0%)", "0 (0.0%)", "0 (0.0%)"],
    ["III 行政資源の有効活用", "10 (90.9%)", "1 (9.1%)", "0 (0.0%)", "0 (0.0%)"],
    ["推進計画【前期】(令和4年度末)実績 合計", "34 (81.0%)", "8 (19.0%)", "0 (0.0%)", "0 (0.0%)"],
    ["(参考) 平成30年度実績 合計", "27 (67.5%)", "12 (30.0%)", "1 (2.5%)", "0 (0.0%)"],
]
OVERVIEW = [
    [
        "第二次山口市行政改革大綱",
        "基本理念『市民本位の公共サービスの実現』\n基本方針「協働・官民連携の推進」\n「市民サービス向上に向けた組織運営」\n「行政資源の有効活用」",
        "平成30年度～令和9年度（10年間）",
    ],
    [
        "第二次山口市行政改革大綱推進計画",
        "大綱の基本方針に沿って、具体的な取組内容や数値目標などを示した推進項目を42項目設定",
        "前期：平成30年度～令和4年度（5年間）\n後期：令和5年度～令和9年度（5年間）",
    ],
]


def items_of_2022() -> list[dict[str, str]]:
    """The rows of the fiscal 2022 status sheet."""
    with (ROOT / "data/raw/yamaguchi/R4.csv").open(encoding="utf-8-sig", newline="") as file:
        next(file)
        return list(csv.DictReader(file))


def _overview() -> str:
    rows = "".join(row(cells, "tt").replace("\n", "<br>") for cells in OVERVIEW)
    return table(
        "plan_overview", "大綱と推進計画の概要", head("計画", "概要", "計画期間"), f"<tbody>{rows}</tbody>"
    )


def _highlights() -> str:
    bodies = ""
    for numeral, name in POLICIES.items():
        rows = ""
        for item in items_of_2022():
            if item["主な取組"] and item["基本方針"].startswith(f"{numeral} "):
                change = "一部実施 → 実施" if item["番号"] in ("7", "42") else ""
                rows += row([item["番号"], item["推進項目"], change, item["主な取組"]], "ttt")
        bodies += group(name, 4, rows)
    return table(
        "highlights", "令和4年度の主な取組", head("番号", "推進項目", "状況の変化", "主な取組"), bodies
    )


def _overall() -> str:
    spanned = (
        '<tr><th scope="col" rowspan="2">実施状況</th><th scope="colgroup" colspan="2">令和4年度</th>'
        '<th scope="colgroup" colspan="2">令和3年度</th></tr>'
        + head("項目数", "割合", "前年項目数", "前年割合")
    )
    rows = "".join(row(cells, css="total" if cells[0] == "合計" else "") for cells in OVERALL)
    return table(
        "overall",
        "計画全体の実施状況",
        spanned,
        f"<tbody>{rows}</tbody>",
        '<p class="note">割合は四捨五入による。</p>',
    )


def _by_policy() -> str:
    bodies = "".join(
        group(
            POLICIES[numeral],
            6,
            "".join(row(cells, css="total" if cells[0] == "合計" else "") for cells in rows),
        )
        for numeral, rows in BY_POLICY.items()
    )
    foot = f"<tfoot>{row(['総計', '42', '-', '42', '-', '-'])}</tfoot>"
    names = ("実施状況", "項目数", "割合", "前年項目数", "前年割合", "前年比")
    return table("by_policy", "基本方針別の実施状況", head(*names), bodies + foot)


def _items() -> str:
    bodies = "".join(
        group(
            name,
            3,
            "".join(
                row([i["番号"], i["推進項目"], i["実施状況"]], "tt")
                for i in items_of_2022()
                if i["基本方針"].startswith(f"{numeral} ")
            ),
        )
        for numeral, name in POLICIES.items()
    )
    note = '<p class="note">※令和3年度に2項目追加し、40項目から42項目へ</p>'
    return table("items", "項目別の実施状況", head("番号", "推進項目", "実施状況"), bodies, note)


def _summary() -> str:
    rows = "".join(row(cells, css="total" if "合計" in cells[0] else "") for cells in SUMMARY)
    return table("summary", "まとめ", head("基本方針", *STATUS_GROUPS), f"<tbody>{rows}</tbody>")


SENTENCES = """<ul class="sentences"><li>「実施」は34項目（81.0%）で、前年度から2項目、4.8ポイント増えました。</li>
<li>「一部実施」は8項目（19.0%）で、前年度から2項目、4.8ポイント減りました。</li>
<li>「検討中」、「未実施」は0%です（該当する項目はありません）。</li></ul>"""


@pytest.fixture(scope="session")
def make_notebook() -> Callable[..., Any]:
    """Build an executed notebook from pieces: a text is Markdown, a tuple holds the HTML outputs of one code cell."""

    def make(*pieces: str | tuple[str, ...]) -> Any:
        cells = []
        for number, piece in enumerate(pieces, start=1):
            if isinstance(piece, str):
                cells.append(new_markdown_cell(piece, id=f"cell-{number}"))
                continue
            outputs = [
                new_output("display_data", {"text/html": html, "text/plain": "図表"}) for html in piece
            ]
            cells.append(
                new_code_cell("show(report)", outputs=outputs, execution_count=number, id=f"cell-{number}")
            )
        return new_notebook(cells=cells)

    return make


@pytest.fixture(scope="session")
def report_notebook(make_notebook: Callable[..., Any]) -> Any:
    """The whole fiscal 2022 report, with a stream and a plain text that must not show."""
    notebook = make_notebook(
        (COVER, GLANCE),
        "## 1 大綱と推進計画",
        (_overview(),),
        ('<h2 id="section-year">2 令和4年度の実施状況</h2>',),
        "### (1) 令和4年度の主な取組",
        (_highlights(),),
        "### (2) 前年度との比較",
        (_overall(), SENTENCES, CHART),
        (_by_policy(),),
        "## 3 5年間の取組状況\n\n### (1) 項目別の実施状況",
        ('<p class="missing">令和元年度と令和2年度は資料なし。</p>', _items()),
        "### (2) まとめ",
        (_summary(), '<p>まとめの値は<a href="#overall">計画全体の実施状況</a>と一致します。</p>'),
        "## 4 公表値との照合",
        (
            '<p class="good">公表資料の表の287欄を一つずつ照合しました。相違はありません。</p>',
            "<details><summary>照合の方法</summary><p>表ごとに<code>tables/overall.csv</code>と比べます。</p></details>",
            '<p class="note">出典: <a href="https://www.city.yamaguchi.lg.jp/">山口市</a></p>',
        ),
    )
    cell = new_code_cell("print('SECRET STREAM')", execution_count=99, id="cell-99")
    cell.outputs = [
        nbformat.v4.new_output("stream", name="stdout", text="SECRET STREAM"),
        nbformat.v4.new_output("execute_result", {"text/plain": "SECRET TEXT"}, execution_count=99),
    ]
    notebook.cells.append(cell)
    return notebook


@pytest.fixture(scope="session")
def report_html(report_notebook: Any) -> str:
    """The report as a page."""
    from helpers.export import ReportHTMLExporter

    return str(ReportHTMLExporter().from_notebook_node(report_notebook)[0])


@pytest.fixture(scope="session")
def printed_cells() -> Iterator[dict[str, list[list[str]]]]:
    """The cells of each table as typed above, groups left out, line breaks as spaces."""
    items = [[i["番号"], i["推進項目"], i["実施状況"]] for i in items_of_2022()]
    yield {
        "plan_overview": [[text.replace("\n", " ") for text in cells] for cells in OVERVIEW],
        "overall": OVERALL,
        "by_policy": [*BY_POLICY["Ⅰ"], *BY_POLICY["Ⅱ"], *BY_POLICY["Ⅲ"], ["総計", "42", "-", "42", "-", "-"]],
        "items": items,
        "summary": SUMMARY,
    }


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, open for the tests of a module."""
    demand_chromium()
    with Browser() as opened:
        yield opened
