"""Hold the pages against JIS X 8341-3:2016 by axe-core and HTML_CodeSniffer, and write the statement (``make pictures``).

axe-core comes with the package axe-playwright-python, HTML_CodeSniffer, the engine of pa11y, from npm; both are put into
the page by the browser's protocol.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import axe_playwright_python

from browser import Browser
from helpers import load_history
from helpers.export.index.entries import PlanListing, ReportEntry, ReportFile
from helpers.export.index.index_page import index_html
from helpers.fiscal_year import FiscalYear, Period
from helpers.proof.diff.folders import compare_folders
from helpers.proof.diff.forms.html_form import as_html
from made_reports import REPOSITORY, made_files

STATEMENT = REPOSITORY / "docs" / "accessibility.md"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = (320, 1280)
SCHEMES = {"明るい配色": ("light", False), "暗い配色": ("dark", False), "利用者が決めた配色": ("light", True)}
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = f"""axe.run(document, {{runOnly: {_TAGS}, resultTypes: ["violations"]}}).then(found => Object.fromEntries(
    ["violations", "passes"].map(kind => [kind, found[kind].map(rule =>
        [rule.id, rule.tags, kind === "violations" ? rule.nodes.map(node => node.html.slice(0, 120)) : []])])))"""

# Errors alone, as pa11y reports them.
_SNIFF = """new Promise(done => HTMLCS.process("WCAG2AA", document, () => done(HTMLCS.getMessages().filter(
    found => found.type === HTMLCS.ERROR).map(found => [found.code, found.element.nodeName, found.element.outerHTML]))))"""
# Rules with false alarms, and the reason: the end of the rule's code, and the element ("" for any).
SEES_WRONG: Mapping[tuple[str, str], str] = {
    (
        "H43.HeadersRequired",
        "table",
    ): "Wants ids and headers in tables with several levels of heads; scope does the same (H63).",
    (
        "G18.Fail",
        "text",
    ): "Takes color for the colour of letters in a drawing, which is fill; tests/report/test_palette.py has it.",
}

# The criteria of levels A and AA. What no rule of axe-core looks at is held by a test of ours, or there is nothing of the
# kind on our pages ("-"), or nobody has tried it ("").
_KEYBOARD = "キーボードだけで操作する試験（tests/export/page/test_keyboard.py）"
_WIDTHS = "幅320pxから1280pxまでの画面の試験（tests/export/page/test_page_looks.py）"
_STRUCTURE = "見出しと部分の構造の試験（tests/export/page/test_browsing.py）"
_LOOKS = "色と模様の試験（tests/report/test_palette.py）"
CRITERIA: Mapping[str, tuple[str, str, str]] = {
    "1.1.1": ("非テキストコンテンツ", "A", ""),
    "1.2.1": ("音声だけ及び映像だけ（収録済み）", "A", "-"),
    "1.2.2": ("キャプション（収録済み）", "A", "-"),
    "1.2.3": ("音声解説又はメディアに対する代替コンテンツ（収録済み）", "A", "-"),
    "1.2.4": ("キャプション（ライブ）", "AA", "-"),
    "1.2.5": ("音声解説（収録済み）", "AA", "-"),
    "1.3.1": ("情報及び関係性", "A", ""),
    "1.3.2": ("意味のある順序", "A", _STRUCTURE),
    "1.3.3": ("感覚的な特徴", "A", ""),
    "1.4.1": ("色の使用", "A", _LOOKS),
    "1.4.2": ("音声の制御", "A", "-"),
    "1.4.3": ("コントラスト（最低限レベル）", "AA", ""),
    "1.4.4": ("テキストのサイズ変更", "AA", _WIDTHS),
    "1.4.5": ("文字画像", "AA", "図の文字はテキストとして書く試験（tests/report/charts/test_charts.py）"),
    "2.1.1": ("キーボード", "A", _KEYBOARD),
    "2.1.2": ("キーボードトラップなし", "A", _KEYBOARD),
    "2.2.1": ("タイミング調整可能", "A", "-"),
    "2.2.2": ("一時停止，停止及び非表示", "A", "-"),
    "2.3.1": ("3回のせん（閃）光，又はしきい（閾）値以下", "A", "-"),
    "2.4.1": ("ブロックスキップ", "A", _KEYBOARD),
    "2.4.2": ("ページタイトル", "A", ""),
    "2.4.3": ("フォーカス順序", "A", _KEYBOARD),
    "2.4.4": ("リンクの目的（コンテキスト内）", "A", ""),
    "2.4.5": ("複数の手段", "AA", _STRUCTURE),
    "2.4.6": ("見出し及びラベル", "AA", ""),
    "2.4.7": ("フォーカスの可視化", "AA", _KEYBOARD),
    "3.1.1": ("ページの言語", "A", ""),
    "3.1.2": ("一部分の言語", "AA", ""),
    "3.2.1": ("フォーカス時", "A", _KEYBOARD),
    "3.2.2": ("入力時", "A", ""),
    "3.2.3": ("一貫したナビゲーション", "AA", ""),
    "3.2.4": ("一貫した識別性", "AA", ""),
    "3.3.1": ("エラーの特定", "A", "-"),
    "3.3.2": ("ラベル又は説明", "A", ""),
    "3.3.3": ("エラー修正の提案", "AA", "-"),
    "3.3.4": ("エラー回避（法的，金融及びデータ）", "AA", "-"),
    "4.1.1": ("構文解析", "A", ""),
    "4.1.2": ("名前（name），役割（role）及び値（value）", "A", ""),
}


@dataclass(frozen=True)
class Run:
    """What axe-core found on a page under one condition: the criteria that it had something to look at for, each violation
    in words, and the criteria that are broken; ``sniffed``: what HTML_CodeSniffer found besides."""

    page: str
    width: int
    scheme: str
    looked_at: frozenset[str]
    violations: tuple[str, ...]
    broken: frozenset[str] = frozenset()
    sniffed: tuple[str, ...] = ()


def pages() -> dict[str, str]:
    """A page of every type: a report, the list of reports, a comparison of two versions."""
    files = made_files(load_history("yamaguchi", 2022, REPOSITORY), plan="yamaguchi", year=2022)
    with TemporaryDirectory() as folder:
        versions = (Path(folder) / "前の版", Path(folder) / "新しい版")
        for version, old in zip(versions, ("81.0%", "80.0%"), strict=True):
            version.mkdir()
            changed = files["report.html"].replace(b"81.0%", old.encode())
            (version / "report.html").write_bytes(changed)
        comparison = as_html(compare_folders(*versions))
    return {
        "報告書": files["report.html"].decode(),
        "報告書の一覧": index_html([_listing()]),
        "二つの版の比較": comparison,
    }


def _listing() -> PlanListing:
    years = [FiscalYear(2018), FiscalYear(2021), FiscalYear(2022)]
    names = ("report.html", "report.pdf", "tables.xlsx", "tables/overall.csv")
    files = tuple(ReportFile(name, 50_000) for name in names)
    entries = tuple(
        ReportEntry(
            "yamaguchi",
            "山口市",
            "推進計画【前期】",
            year,
            "81.0%",
            42,
            "一致",
            f"yamaguchi/{int(year)}",
            files,
        )
        for year in years
    )
    period = Period(years[0], years[-1])
    return PlanListing(
        "yamaguchi", "山口市", "第二次山口市行政改革大綱", entries, (period,), frozenset(years)
    )


def run_all(browser: Browser, shown: Mapping[str, str], folder: Path, sniffer: str = "") -> Iterator[Run]:
    """Run axe-core, and the script of HTML_CodeSniffer if it is given, on pages in every width and scheme."""
    for number, (name, html) in enumerate(shown.items()):
        file = folder / f"page-{number}.html"
        file.write_text(html, encoding="utf-8")
        for width in WIDTHS:
            for scheme, (theme, forced) in SCHEMES.items():
                browser.resize(width, 900)
                browser.prefer(theme, forced=forced)
                browser.open(file.as_uri())
                browser.ask(f"{AXE};0")
                run = _run(name, width, scheme, browser.ask(_RUN))
                if sniffer:
                    browser.ask(f"{sniffer};0")
                    run = replace(run, sniffed=tuple(_seen(browser.ask(_SNIFF))))
                yield run


def _run(page: str, width: int, scheme: str, results: Mapping[str, Any]) -> Run:
    passed, broken = (_criteria(results[kind]) for kind in ("passes", "violations"))
    violations = [f"{rule}: {node}" for rule, _, nodes in results["violations"] for node in nodes]
    return Run(page, width, scheme, passed | broken, tuple(violations), broken)


def _seen(errors: list[list[str]]) -> Iterator[str]:
    for code, element, html in errors:
        if not any(code.endswith(end) and element.lower() == of for end, of in SEES_WRONG):
            yield f"{code}: {html[:120]}"


def _criteria(rules: list[Any]) -> frozenset[str]:
    tags = {tag for _, tags, _ in rules for tag in tags}
    return frozenset(".".join(match[1]) for tag in tags if (match := re.fullmatch(r"wcag(\d{3})", tag)))


def statement(runs: list[Run]) -> str:
    """The page that public bodies publish about a test by JIS X 8341-3:2016, from the runs."""
    looked_at = frozenset[str]().union(*(run.looked_at for run in runs))
    broken = frozenset[str]().union(*(run.broken for run in runs))
    rows = [_row(number, looked_at, broken) for number in CRITERIA]
    untried = [number for number, row in zip(CRITERIA, rows, strict=True) if "未試験" in row]
    tried = [
        f"| {page} | {'、'.join(f'{width}px' for width in WIDTHS)} | {'、'.join(SCHEMES)} | "
        f"{sum(len(run.violations) for run in runs if run.page == page)}件 |"
        for page in dict.fromkeys(run.page for run in runs)
    ]
    version = re.search(r"axe v([\d.]+)", AXE)
    return "\n".join(
        [
            "# ウェブアクセシビリティ試験結果（JIS X 8341-3:2016）",
            "",
            "<!-- tests/accessibility.py が試験の結果から書きます。手で直さず、make pictures で作り直してください。 -->",
            "",
            "| 項目 | 内容 |",
            "|---|---|",
            "| 規格の規格番号及び改正年 | JIS X 8341-3:2016 |",
            "| 目標とする適合レベル | AA |",
            f"| 対応度 | 適合レベルAAに配慮（試験していない達成基準が{len(untried)}あるため、準拠とは表記しません） |",
            "| 対象 | このツールが作るHTMLのページ（報告書、報告書の一覧、二つの版の比較） |",
            "| 依存しているウェブコンテンツ技術 | HTML5、CSS、SVG。JavaScriptは推進項目の検索に使い、なくてもすべて読めます |",
            f"| 試験の方法 | axe-core {version[1] if version else ''}と HTML_CodeSniffer（pa11y の検査エンジン）による、Chromium での自動試験と、このツールの試験 |",
            "| 試験の時期 | 変更のたび（CIで自動に行い、問題があれば公開前に止まります） |",
            "",
            "PDFは別に PDF/UA-1 として作ります。報告書を公開する市町村は、自らの方針と試験結果にこの結果を参考として使えます。",
            "",
            "## 試験したページ",
            "",
            "| ページ | 画面の幅 | 配色 | axe-core が見つけた問題 |",
            "|---|---|---|---|",
            *tried,
            "",
            "## 達成基準チェックリスト",
            "",
            "「適合」は、書いてある方法で見た範囲で問題がないことです。自動試験が見るのは達成基準の一部です。",
            "",
            "| 番号 | 達成基準 | レベル | 適用 | 結果 | 方法 |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _row(number: str, looked_at: frozenset[str], broken: frozenset[str]) -> str:
    name, level, own = CRITERIA[number]
    if own == "-":
        applies, result, how = "なし", "適合", "該当するものがありません"
    else:
        how = "、".join(filter(None, ["axe-core" if number in looked_at else "", own]))
        applies, result = "あり", "不適合" if number in broken else "適合" if how else "未試験"
    return f"| {number} | {name} | {level} | {applies} | {result} | {how or '人による確認が必要です'} |"


if __name__ == "__main__":
    with TemporaryDirectory() as made, Browser() as opened:
        STATEMENT.write_text(statement(list(run_all(opened, pages(), Path(made)))), encoding="utf-8")
