"""Report folders written by hand, and the command as a user runs it."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from commands import gyokaku

ITEMS = {"1": ("窓口の改善", "実施"), "2": ("広聴活動", "一部実施"), "3": ("民間委託", "実施")}


@pytest.fixture
def make_report(tmp_path: Path) -> Callable[..., Path]:
    """A small report folder with the elements of a real one."""

    def make(
        name: str,
        items: Mapping[str, tuple[str, str]] = ITEMS,
        done: str = "2 (66.7%)",
        sentence: str = "「実施」は2項目です。",
        versions: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Path:
        folder = tmp_path / name
        (folder / "tables").mkdir(parents=True)
        rows = "".join(
            f'<tr><th scope="row">{escape(n)}</th><th scope="row">{escape(title)}</th>'
            f'<td class="status" data-status="done">{escape(status)}</td></tr>'
            for n, (title, status) in items.items()
        )
        page = f"""<!DOCTYPE html><html lang="ja"><head><title>x</title><style>p {{}}</style></head><body>
        <main id="main"><header class="cover"><h1>行革報告</h1></header>
        <nav class="contents"><a href="#s">目次</a></nav>
        <h2 id="s">まとめ</h2><ul class="sentences"><li>{escape(sentence)}</li><li>着手は3項目です。</li></ul>
        <div class="table"><table id="summary"><caption>5年間のまとめ</caption>
        <thead><tr><th rowspan="2" scope="col">基本方針</th><th colspan="2" scope="colgroup">項目数</th></tr>
        <tr><th scope="col">実施</th><th scope="col">検討中</th></tr></thead>
        <tbody><tr><th scope="row">I 協働</th><td class="num">{escape(done)}</td><td class="num">0 (0.0%)</td></tr></tbody>
        </table></div>
        <table id="items"><caption>推進項目</caption><thead><tr><th>番号</th><th>推進項目</th><th>実施状況</th></tr></thead>
        <tbody><tr class="group"><th colspan="3">方針Ⅰ</th></tr>{rows}</tbody></table></main></body></html>"""
        (folder / "report.html").write_text(page, encoding="utf-8")
        lines = ["fiscal_year,number,item,status", *(f'2022,{n},"{t}",{s}' for n, (t, s) in items.items())]
        (folder / "tables" / "items.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        manifest = {"plan": "p", "year": 2022, "versions": versions or {"typst": "0.15"}} | more
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return folder

    return make


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run ``gyokaku diff`` with arguments."""
    return partial(gyokaku, "diff")
