"""Charts in the window of a phone: large enough to be read, scrolled in a region of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from browser import Browser
from helpers.export.page.html_exporter import ReportHTMLExporter
from helpers.history.history import History
from helpers.report import digest

pytestmark = pytest.mark.slow

SMALLEST = """Math.min(...[...document.querySelectorAll('.chart text')].map(text =>
    parseFloat(text.getAttribute('font-size')) * text.getScreenCTM().a))"""


@pytest.fixture
def page(tmp_path: Path, make_notebook: Callable[..., Any], history_2022: History) -> str:
    """The address of a page with the digest alone."""
    file = tmp_path / "report.html"
    notebook = make_notebook("# 年次報告", (digest.page(history_2022)._repr_html_(),))
    file.write_text(ReportHTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize(("width", "is_scrolled"), [(380, True), (1280, False)])
def test_the_text_of_the_first_chart_can_be_read(
    browser: Browser, page: str, width: int, is_scrolled: bool
) -> None:
    browser.resize(width, 800)
    browser.open(page)
    assert browser.ask(SMALLEST) >= 9
    figure = "document.querySelector('.chart')"
    assert browser.ask(f"{figure}.scrollWidth > {figure}.clientWidth") is is_scrolled
    assert browser.ask(f"{figure}.tabIndex") == 0
    assert browser.ask("document.documentElement.scrollWidth") == width


def test_what_remains_needs_no_scrolling(browser: Browser, page: str) -> None:
    browser.resize(380, 800)
    browser.open(page)
    region = "document.querySelector('#remaining').parentElement"
    assert browser.ask(f"{region}.scrollWidth") == browser.ask(f"{region}.clientWidth")
