"""The report as PDF: the HTML report's own body, set in type by Typst."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import cache
from typing import Any

import typst
from traitlets import default

from helpers.errors import ExportError, FigureError
from helpers.export.html_exporter import ReportHTMLExporter
from helpers.export.pages import TEMPLATES, report_page
from helpers.export.tags import complete_table_tags
from helpers.export.typeset import Data, typeset_data
from helpers.fonts import demand_glyphs, font_paths
from helpers.neighbours import Neighbours

_STANDARDS: list[Any] = ["ua-1"]
_REMEMBERED_COMPILATIONS = 10
# A compiler serves one thread at a time. Always the same one: what threads let go of stays theirs with many C
# libraries, and a long run would grow with every new one.
_TYPESETTER = ThreadPoolExecutor(1, "typesetter")


class ReportPDFExporter(ReportHTMLExporter):
    """Export an executed notebook as a tagged A4 PDF (PDF/UA-1) with the content of the HTML report."""

    export_from_notebook = "行革報告書（PDF）"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Set an executed notebook in type: (the PDF's bytes, nbconvert's resources).

        Raises:
            NotebookError: a cell failed or never ran.
            ExportError: an output has no place in a report, or a character has no glyph.
        """
        body, resources = self.report_body(nb, resources, **kw)
        return set_in_type(typeset_data(body)), resources

    def page_and_pdf(self, nb: Any, beside: Executor) -> tuple[str, bytes]:
        """Both forms of the report, from one reading of the notebook; ``beside`` sets the PDF while the page is made.

        Raises:
            NotebookError: a cell failed or never ran.
            ExportError: as ``from_notebook_node`` of either exporter.
        """
        body, _ = self.report_body(nb, {"metadata": {"name": "report"}})
        pdf = beside.submit(set_in_type, typeset_data(body))
        return report_page(body, Neighbours.of_notebook(nb.metadata)), pdf.result()


def set_in_type(data: Data) -> bytes:
    """Typeset plain data; the same data gives the same bytes.

    Raises:
        ExportError: a character has no glyph, or Typst refused or warned.
    """
    for text in _texts(data):
        try:
            demand_glyphs(text)
        except FigureError as error:
            raise ExportError(str(error)) from None
    _demand_own_process()
    pdf = _TYPESETTER.submit(_compile, json.dumps(data, ensure_ascii=False, sort_keys=True)).result()
    _TYPESETTER.submit(_forget)
    return complete_table_tags(pdf, data)


def load_typesetter() -> None:
    """Open the fonts and read the template: called early, it is done while something else is waited for.

    Raises:
        ExportError: Typst refused, or this process is a fork of one that has typeset.
    """
    _demand_own_process()
    run = {"text": "年", "bold": False, "link": "", "role": ""}
    blocks = [{"kind": "heading", "level": 1, "id": "", "runs": [run]}]
    opening: Data = {"title": "年", "description": "", "cover": [], "glance": [], "digest": False}
    _TYPESETTER.submit(_compile, json.dumps({**opening, "contents": False, "blocks": blocks})).result()


def _compile(data: str) -> bytes:
    try:
        pdf, warnings = _compiler().compile_with_warnings(
            # Given each time: the compiler forgets a source given as bytes after its first use.
            input=_source(),
            sys_inputs={"data": data},
            format="pdf",
            pdf_standards=_STANDARDS,
        )
    except typst.TypstError as error:
        raise ExportError(f"PDF に組めません: {error.message}") from error
    if warnings:
        raise ExportError(
            f"PDF の組版で警告がありました: {'、'.join(warning.message for warning in warnings)}"
        )
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _source() -> bytes:
    return (TEMPLATES / "report.typ").read_bytes()


@cache
def _compiler() -> typst.Compiler:
    """One compiler for all reports: fonts read once, nothing of the machine within reach but the templates' folder."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[path.parent for path in font_paths()],
    )
    nowhere = TEMPLATES / "packages"  # there is no such folder: the template uses no packages
    return typst.Compiler(
        root=TEMPLATES,
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )


def _forget() -> None:
    """Let Typst drop what it remembers of a report, so that a long run stays as small as its first report.

    It forgets what ten compilations did not use, about 25 MB a report; ten empty ones take milliseconds.
    """
    for _ in range(_REMEMBERED_COMPILATIONS):
        _compiler().compile(input=b"", format="pdf")


def _demand_own_process() -> None:
    """Refuse to typeset in a fork of a process that has: Typst's threads are not there, and it would wait for ever."""
    if _first_process() != os.getpid():
        raise ExportError(
            "PDF の組版を始めたプロセスから fork した子では、PDF を組めません。spawn か forkserver で子を作ってください"
        )


@cache
def _first_process() -> int:
    return os.getpid()


def _texts(data: Any) -> Iterator[str]:
    """Every text that will be shown, line by line."""
    if isinstance(data, dict):
        for key, value in data.items():
            # Alternative text and links are spoken or followed, not drawn; a drawing's words are in its texts.
            if key not in ("svg", "alt", "link", "id", "description"):
                yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
    elif isinstance(data, str):
        yield from data.split("\n")
