"""Charts and tables in the window of a phone: large enough to be read, scrolled in a region of their own."""

from collections.abc import Callable

import pytest
from exports import notebook_of, page_of

from browser import Browser
from helpers.history.history import History
from helpers.report import digest

pytestmark = pytest.mark.slow

SMALLEST = """Math.min(...[...document.querySelectorAll('.chart text')].map(text =>
    parseFloat(text.getAttribute('font-size')) * text.getScreenCTM().a))"""


SCROLLED = "令和4年度末の進み具合（右の数字は「実施」の割合の前年度との差）（横に動かせます）"


@pytest.mark.parametrize(
    ("width", "is_scrolled", "smallest"), [(320, True, 7), (365, False, 7), (380, False, 7), (1280, False, 9)]
)
def test_the_text_of_the_first_chart_can_be_read_and_what_remains_needs_no_scrolling(
    show: Callable[..., Browser], history_2022: History, width: int, is_scrolled: bool, smallest: int
) -> None:
    browser = show(page_of(notebook_of("# 年次報告", (digest.page(history_2022)._repr_html_(),))), width)
    assert browser.ask(SMALLEST) >= smallest
    figure, region = (f"document.querySelector('{name}')" for name in (".chart", "div:has(> #remaining)"))
    assert browser.ask(f"{figure}.scrollWidth > {figure}.clientWidth") is is_scrolled
    assert browser.ask(f"{region}.scrollWidth") == browser.ask(f"{region}.clientWidth")
    # A stop for the Tab key only where there is something to scroll, and then with a name.
    assert browser.ask(f"{figure}.tabIndex") == (0 if is_scrolled else -1)
    assert browser.ask(f"{figure}.ariaLabel") == (SCROLLED if is_scrolled else None)
    hint = browser.ask(f"getComputedStyle({figure}, '::before').content")
    assert hint == ('"⇔ 横に動かせます" / ""' if is_scrolled else "none")
    assert browser.ask("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [320, 380])
def test_every_table_of_the_report_is_read_on_a_phone_without_scrolling(
    show: Callable[..., Browser], report_html: str, width: int
) -> None:
    browser = show(report_html, width)
    scrolled = "[...document.querySelectorAll('.table')].filter(box => box.scrollWidth > box.clientWidth + 1)"
    assert browser.ask(f"{scrolled}.map(box => box.querySelector('table').id)") == []
    # Stacked, a cell stands beside its heading, which the ear has from the head of the table.
    cell = "document.querySelector('#highlights tbody td:last-child')"
    assert browser.ask(f"getComputedStyle({cell}, '::before').content") == '"主な取組" / ""'
    assert browser.ask(f"getComputedStyle({cell}, '::before').float") == "left"
    names = browser.call("Accessibility.getFullAXTree")["nodes"]
    # The place at which the heading may end a line is no pause in it.
    heads = [node["name"]["value"] for node in names if node["role"]["value"] == "columnheader"]
    assert "主な取組" in heads
