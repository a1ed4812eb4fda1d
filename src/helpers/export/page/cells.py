"""Read what a report shows from an executed notebook."""

from __future__ import annotations

__all__ = ["report_body"]

import re
from collections.abc import Iterator
from typing import Any

import mistune

from helpers.errors import ExportError
from helpers.export.page.allowed import demand_known, sanitize
from helpers.export.page.body import ReportBody, assemble_body
from helpers.export.page.numbered_cells import code_cells, numbered_cells
from helpers.text.html import with_drawings

# Control characters, noncharacters, and those that reverse the direction of text: a reader would not see the text that is there.
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_MARKDOWN = mistune.create_markdown(escape=True)


def report_body(notebook: Any, fallback_title: str) -> ReportBody:
    """The body of the report, from which both its forms are made.

    Raises:
        NotebookError: a code cell with a source was never run, or has an error among its outputs.
        ExportError: an output that a report cannot hold, such as printed text or a picture without its SVG form.
    """
    _demand_complete(notebook)
    return assemble_body(_pieces(notebook), fallback_title)


def _demand_complete(notebook: Any) -> None:
    """Refuse a notebook that did not run to its end: after a kernel died, the notebook looks finished."""
    for cell, shown in code_cells(notebook):
        for output in cell.outputs:
            if output.output_type == "error":
                raise shown.failure("", f"エラーが起きています（{output.ename}: {output.evalue}）")
        if cell.execution_count is None:
            raise shown.failure(
                "", "実行されていません。ノートブックを最後まで実行し、保存してから書き出してください"
            )


def _pieces(notebook: Any) -> Iterator[str]:
    """The sanitized HTML of every Markdown cell and of every output: what a cell shows stands in the report."""
    for cell, shown in numbered_cells(notebook):
        try:
            if shown.is_code:
                for output in cell.outputs:
                    yield _safe(_html_of(output))
            else:
                yield _safe(str(_MARKDOWN(cell.source)))
        except ExportError as error:
            raise ExportError(f"{shown}: {error}") from None


def _html_of(output: Any) -> str:
    if output.output_type == "stream":
        kind = "警告など" if output.name == "stderr" else "print の出力"
        raise ExportError(
            f"{kind}「{_start(output.text)}」は報告書に載りません。載せる文は helpers の paragraph で示し、確認用の出力は消してください"
        )
    data = output.data
    if "text/html" in data:
        return with_drawings(str(data["text/html"]))
    if "image/svg+xml" in data:
        return f'<figure class="chart">{data["image/svg+xml"]}</figure>'
    if "text/markdown" in data:
        return str(_MARKDOWN(data["text/markdown"]))
    if pictures := sorted(kind for kind in data if kind.startswith("image/")):
        raise ExportError(
            f"図（{'、'.join(pictures)}）は報告書に載せられません。helpers の chart で代替テキストのある図にしてください"
        )
    raise ExportError(
        f"「{_start(data.get('text/plain', ''))}」は報告書に載せられません。"
        "文は paragraph、表は Table、いくつかまとめるときは show で示すか、行末に ; を付けて示さないでください"
    )


def _start(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:40]}…"


def _safe(html: str) -> str:
    demand_known(html)
    safe = sanitize(html)
    if hidden := _HIDDEN.search(safe):
        raise ExportError(
            f"見えない制御文字（U+{ord(hidden[0]):04X}）があります。状況調査などの元の文字を打ち直してください"
        )
    return safe
