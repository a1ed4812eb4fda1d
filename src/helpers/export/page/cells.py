"""Read the pieces of HTML that a report shows from an executed notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import mistune

from helpers.errors import ExportError, NotebookError
from helpers.export.page.allowed import demand_known, sanitize
from helpers.text.html import with_drawings

# Control characters, and those that reverse the direction of text: a reader would not see the text that is there.
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = mistune.create_markdown(escape=True)


def demand_complete(notebook: Any) -> None:
    """Refuse a notebook that did not run to its end: after a kernel died, the notebook looks finished.

    Raises:
        NotebookError: a code cell with a source was never run, or has an error among its outputs.
    """
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        for output in cell.outputs:
            if output.output_type == "error":
                raise NotebookError(
                    f"{number}番目のセルでエラーが起きています（{output.ename}: {output.evalue}）。\n{cell.source}"
                )
        if cell.execution_count is None:
            raise NotebookError(
                f"{number}番目のセルが実行されていません。ノートブックを最後まで実行してください。\n{cell.source}"
            )


def report_pieces(notebook: Any) -> Iterator[str]:
    """The sanitized HTML of every Markdown cell and of every output that the report shows.

    Sources, streams and plain text are the analyst's, not the reader's, and never shown.

    Raises:
        ExportError: an output that the report cannot hold, such as a picture without its SVG form.
    """
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown":
            yield _safe(str(_MARKDOWN(cell.source)), number)
        elif cell.cell_type == "code":
            for output in cell.outputs:
                if output.output_type in ("display_data", "execute_result"):
                    yield _safe(_shown(output.data, number), number)


def _shown(data: Any, number: int) -> str:
    if "text/html" in data:
        return with_drawings(str(data["text/html"]))
    if "image/svg+xml" in data:
        return f'<figure class="chart" tabindex="0">{data["image/svg+xml"]}</figure>'
    if pictures := sorted(kind for kind in data if kind.startswith("image/")):
        raise ExportError(
            f"{number}番目のセルの図（{'、'.join(pictures)}）は報告書に載せられません。代替テキストのある SVG で表示してください"
        )
    return ""


def _safe(html: str, number: int) -> str:
    try:
        demand_known(html)
    except ExportError as error:
        raise ExportError(f"{number}番目のセル: {error}") from None
    safe = sanitize(html)
    if hidden := _HIDDEN.search(safe):
        raise ExportError(
            f"{number}番目のセルに、見えない制御文字（U+{ord(hidden[0]):04X}）があります。状況調査などの元の文字を打ち直してください"
        )
    return safe
