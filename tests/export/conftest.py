"""The reference report's page, and a browser that shows pages."""

from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest

from browser import Browser


@pytest.fixture(scope="session")
def report_html(files_2022: dict[str, bytes]) -> str:
    """The report of fiscal 2022 as a page."""
    return files_2022["report.html"].decode()


@pytest.fixture(scope="session")
def report_page(report_html: str) -> lxml.html.HtmlElement:
    """The same, parsed; tests leave it as it is."""
    return lxml.html.fromstring(report_html)


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Callable[..., Browser]:
    """Open a page in the browser, in a window of a width if one is given."""

    def open_page(page: str, width: int = 0) -> Browser:
        file = tmp_path / "page.html"
        file.write_text(page, encoding="utf-8")
        if width:
            browser.resize(width, 800)
        browser.open(file.as_uri())
        return browser

    return open_page
