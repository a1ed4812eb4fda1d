"""The item table in a browser: searched, filtered, sorted, by keyboard, from the address, on paper, without script."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import pypdfium2
import pytest
from exports import page_of, page_texts

from browser import Browser
from helpers.history.history import History
from made_reports import executed_notebook

pytestmark = pytest.mark.slow

SHOWN = "[...document.querySelectorAll('#items tbody tr:not(.group)')].filter(row => row.checkVisibility()).map(row => row.cells[0].innerText)"
SAID = "document.querySelector('.filter .shown').textContent"


@pytest.fixture(scope="module")
def page(history_2022: History, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the report, with departments for some items."""
    sheet = history_2022.sheets[history_2022.year]
    departments = (
        sheet.statuses["number"].map({"1": "広報課", "4": "地域課", "7": "地域課"}).fillna("").astype("str")
    )
    sheet_with_departments = sheet.with_statuses(sheet.statuses.assign(department=departments))
    history = replace(history_2022, sheets={**history_2022.sheets, history_2022.year: sheet_with_departments})
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(page_of(executed_notebook({"history": history})), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def browser(browser: Browser, page: str) -> Browser:
    """A window with the report just opened."""
    browser.open(page)
    return browser


def choose(browser: Browser, name: str, value: str) -> None:
    browser.ask(
        f"(() => {{ const s = document.getElementById('items-{name}'); s.value = '{value}'; s.dispatchEvent(new Event('change')); }})()"
    )


def test_filters_narrow_the_rows_and_say_how_many(browser: Browser, page: str) -> None:
    assert len(browser.ask(SHOWN)) == 42 and browser.ask(SAID) == "全42件を表示しています。"
    choose(browser, "status", "一部実施")
    assert browser.ask(SHOWN) == ["4", "6", "10", "18", "20", "24", "26", "36"]
    assert browser.ask(SAID) == "42件中8件を表示しています。"
    choose(browser, "policy", "基本方針Ⅲ 行政資源の有効活用")
    assert browser.ask(SHOWN) == ["36"]
    choose(browser, "status", "")
    choose(browser, "policy", "")
    choose(browser, "change", "進んだ")
    assert browser.ask(SHOWN) == ["7", "42"]
    choose(browser, "department", "地域課")
    assert browser.ask(SHOWN) == ["7"]
    assert browser.ask("location.hash") == f"#items?change={quote('進んだ')}&department={quote('地域課')}"
    live = "(e => [e.getAttribute('role'), e.getAttribute('aria-live')])(document.querySelector('.filter .shown'))"
    assert browser.ask(live) == ["status", "polite"]


def test_one_department_beside_items_without_any_can_be_chosen(
    browser: Browser, page: str, tmp_path: Path
) -> None:
    file = tmp_path / "one_department.html"
    text = Path(urlsplit(page).path).read_text(encoding="utf-8")
    file.write_text(text.replace('data-department="広報課"', 'data-department="地域課"'), encoding="utf-8")
    browser.open(file.as_uri())
    choices = "[...document.getElementById('items-department').options].map(option => option.value)"
    assert browser.ask(choices) == ["", "地域課"]
    choose(browser, "department", "地域課")
    assert browser.ask(SHOWN) == ["1", "4", "7"]


def test_everything_works_by_keyboard_alone(browser: Browser) -> None:
    browser.ask("document.getElementById('items-search').focus()")
    browser.write("ＩＣＴ　利活用")
    assert browser.ask(SHOWN) == ["28"]
    for _ in range(20):
        browser.press("Tab")
        if browser.ask("document.activeElement.textContent") == "条件を消す":
            break
    browser.press("Enter")
    assert len(browser.ask(SHOWN)) == 42 and browser.ask("location.hash") == "#items"
    assert browser.ask("document.activeElement.id") == "items-search"
    reached = []
    for _ in range(12):
        browser.press("Tab")
        reached.append(browser.ask("document.activeElement.textContent"))
        if reached[-1] == "実施状況":
            break
    assert reached[-3:] == ["番号", "推進項目", "実施状況"]
    browser.press("Enter")
    assert browser.ask("document.activeElement.parentElement.getAttribute('aria-sort')") == "ascending"
    browser.press("Enter")
    order = browser.ask(SHOWN)
    assert order[:4] == ["4", "6", "10", "1"] and len(order) == 42
    browser.press("Enter")
    assert browser.ask(SHOWN)[:4] == ["1", "2", "3", "4"]
    assert browser.ask("document.querySelector('#items [aria-sort]')") is None


def test_the_address_brings_back_what_was_seen(browser: Browser, page: str) -> None:
    browser.open(f"{page}#items?q={quote('推進')}&policy={quote('基本方針Ⅲ 行政資源の有効活用')}&sort=-1")
    assert browser.ask(SHOWN) == ["33", "32", "31", "30"]
    assert browser.ask("document.getElementById('items-search').value") == "推進"
    browser.ask("location.hash = '#items?status=" + quote("一部実施") + "'")
    assert (
        browser.ask(f"new Promise(done => setTimeout(() => done({SAID}), 100))")
        == "42件中8件を表示しています。"
    )


@pytest.mark.parametrize(
    "fragment",
    ["", "#items?q=%3Cimg%20src%3Dx%3E", "#items?policy=__proto__&sort=99", "#items?%E0%A4%A"],
)
def test_nothing_is_requested_and_a_hostile_address_does_nothing(
    browser: Browser, page: str, fragment: str
) -> None:
    browser.open(page + fragment)
    assert not browser.ask("document.querySelectorAll('img').length")
    methods = [event["method"] for event in browser.events]
    assert methods.count("Network.requestWillBeSent") == 1
    assert "Runtime.exceptionThrown" not in methods and "Log.entryAdded" not in methods


def test_paper_shows_every_row_under_headings_that_come_again_on_every_page(browser: Browser) -> None:
    choose(browser, "status", "一部実施")
    pages = page_texts(browser.print_pdf())
    text = "".join(pages)
    begin, end = "推進項目別の実施状況（令和4年度末）", "※令和3年度に2項目を追加"
    listed = text[text.index(begin) : text.index(end)]
    assert "市有財産の有効活用" in listed and "効果的な市政情報の提供" in listed
    assert "条件を消す" not in text and "↕" not in text
    first, last = (next(n for n, page in enumerate(pages) if words in page) for words in (begin, end))
    assert last > first
    assert all("番号推進項目" in page for page in pages[first : last + 1])
    # A table may break between its groups: the first of them stands under the section's heading.
    assert any("(1)令和4年度の主な取組" in page and "道の駅長門峡" in page for page in pages)


def test_on_paper_periods_and_changes_stay_on_one_line(browser: Browser) -> None:
    lines = [
        line
        for page in pypdfium2.PdfDocument(browser.print_pdf())
        for line in page.get_textpage().get_text_range().split("\r\n")
    ]
    assert any("一部実施⇒実施へ" in line for line in lines)
    assert any("平成30年度～令和9年度（10年間）" in line for line in lines)


def test_without_script_every_row_is_there(page: str, browser: Browser) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page)
    root = browser.call("DOM.getDocument")["root"]["nodeId"]
    for selector, number in (("#items tbody tr:not(.group):not([hidden])", 42), (".filter", 0)):
        nodes = browser.call("DOM.querySelectorAll", nodeId=root, selector=selector)["nodeIds"]
        assert len(nodes) == number


@pytest.mark.parametrize("width", [1280, 380])
def test_the_controls_fit_the_window(browser: Browser, page: str, width: int) -> None:
    browser.resize(width, 900)
    browser.open(page + "#items?status=" + quote("一部実施"))
    assert browser.ask("document.documentElement.scrollWidth <= innerWidth")
    assert browser.ask("document.querySelector('.filter').getBoundingClientRect().top") == pytest.approx(
        0, abs=60
    )
