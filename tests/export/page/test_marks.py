"""The mark before a status: the fill of the charts, in page, PDF and print."""

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from exports import notebook_of, page_of, pdf_of

from browser import Browser
from helpers import tables
from helpers.history.history import History
from helpers.report.palette import LOOKS, status_style
from small_city import Small, status

STATUSES = status("達成", "done") + status("概ね達成", "done") + status("未着手")
Found = set[tuple[int, ...]]


@pytest.fixture
def history(small: Small) -> History:
    return small({2020: "達成 概ね達成 概ね達成 未着手"}, statuses=STATUSES)


@pytest.fixture
def notebook(history: History) -> Any:
    items = tables.items(history)
    return notebook_of("# 年次報告", (items._repr_html_(),))


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
        for page in pypdfium2.PdfDocument(pdf)
        for _, colour in page.render(scale=4).to_pil().convert("RGB").getcolors(1 << 24)
    }


def test_the_pdf_has_the_fills_of_the_charts(notebook: Any, history: History) -> None:
    assert len(fills(history)) == 3
    assert fills(history) <= colours(pdf_of(notebook))


def mark_of(browser: Browser, index: int) -> tuple[str, str, bool]:
    """Fill and edge of the mark of the status in a row, as the browser has them, and whether it is hatched."""
    style = f"getComputedStyle(document.querySelectorAll('#items [data-status]')[{index}], '::before')"
    names = ("backgroundColor", "borderTopColor", "backgroundImage")
    fill, edge, hatch = (browser.ask(f"{style}.{name}") for name in names)
    return fill, edge, hatch != "none"


def as_css(colour: str) -> str:
    return f"rgb({', '.join(map(str, _rgb(colour)))})"


@pytest.mark.slow
def test_the_page_and_its_print_have_the_fills_of_the_charts(
    show: Callable[..., Browser], history: History, notebook: Any
) -> None:
    browser = show(page_of(notebook))
    looks = [LOOKS[name] for name in ("done", "done-2", "done-2", "not_started")]
    expected = [(as_css(look.fill), as_css(look.edge), bool(look.hatch)) for look in looks]
    assert [mark_of(browser, index) for index in range(4)] == expected
    assert fills(history) <= colours(browser.print_pdf())
