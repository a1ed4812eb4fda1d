"""The mark before a status: the fill of the charts, in page, PDF and print."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from browser import Browser
from helpers import tables
from helpers.export.page.html_exporter import ReportHTMLExporter
from helpers.export.pdf.pdf_exporter import ReportPDFExporter
from helpers.history.history import History
from helpers.report.palette import LOOKS, StatusStyle, status_style

STATUSES = """
[[statuses]]
name = "達成"
group = "done"

[[statuses]]
name = "概ね達成"
group = "done"

[[statuses]]
name = "未着手"
"""
Found = set[tuple[int, ...]]


@pytest.fixture
def history(small: Callable[..., History]) -> History:
    return small({2020: "達成 概ね達成 概ね達成 未着手"}, statuses=STATUSES)


@pytest.fixture
def notebook(make_notebook: Callable[..., Any], history: History) -> Any:
    items = tables.items(history)
    assert items is not None
    return make_notebook("# 年次報告", (items._repr_html_(),))


def fills(history: History) -> Found:
    """The fills of the statuses in charts."""
    plan = history.plan
    return {_rgb(status_style(plan, name).fill) for name in plan.status_names}


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def colours(pdf: bytes) -> Found:
    """The colours of a PDF's pages."""
    return {
        colour
        for page in pypdfium2.PdfDocument(io.BytesIO(pdf))
        for _, colour in page.render(scale=4).to_pil().convert("RGB").getcolors(1 << 24)
    }


def test_the_pdf_has_the_fills_of_the_charts(notebook: Any, history: History) -> None:
    pdf, _ = ReportPDFExporter().from_notebook_node(notebook)
    assert len(fills(history)) == 3
    assert fills(history) <= colours(pdf)


def mark_of(browser: Browser, place: int) -> tuple[str, str, str]:
    """Fill, edge and hatch of the mark of the status in a row, as the browser has them."""
    style = f"getComputedStyle(document.querySelectorAll('#items [data-status]')[{place}], '::before')"
    return tuple(
        browser.ask(f"{style}.{name}") for name in ("backgroundColor", "borderTopColor", "backgroundImage")
    )


def as_css(look: StatusStyle) -> tuple[str, str]:
    return tuple(f"rgb({', '.join(map(str, _rgb(colour)))})" for colour in (look.fill, look.edge))


@pytest.mark.slow
def test_the_page_and_its_print_have_the_fills_of_the_charts(
    browser: Browser, history: History, notebook: Any, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    page.write_text(ReportHTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    browser.open(page.as_uri())
    found = [mark_of(browser, place) for place in range(4)]
    looks = [LOOKS[name] for name in ("done", "done-2", "done-2", "not_started")]
    assert [(fill, edge) for fill, edge, _ in found] == [as_css(look) for look in looks]
    assert [hatch == "none" for _, _, hatch in found] == [not look.hatch for look in looks]
    assert fills(history) <= colours(browser.print_pdf())
