"""An analyst in JupyterLab: run a notebook, change its year, save it, export it by the menu, edit a helper."""

import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import BrowserContext, Locator, Page
from served_lab import Lab

from commands import git
from helpers.pipeline.identity.notebook_source import notebook_source

pytestmark = pytest.mark.slow

# JupyterLab shows a traceback as what goes to standard error.
ERRORS = ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']"


def open_notebook(lab: Lab, chrome: BrowserContext, name: str) -> Page:
    page = chrome.new_page()
    page.goto(lab.opened(name))
    page.locator(".jp-Notebook").wait_for()
    page.get_by_text(re.compile(r"\| Idle$")).wait_for()
    return page


def choose(page: Page, *labels: str) -> None:
    """Choose an entry of the menu bar."""
    page.locator(".lm-MenuBar-item", has_text=labels[0]).first.click()
    for label in labels[1:]:
        page.locator(".lm-Menu-itemLabel", has_text=re.compile(rf"^{label}$")).last.click()


def rewrite(page: Page, cell: Locator, source: str) -> None:
    cell.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)


def run_all(page: Page) -> None:
    choose(page, "Run", "Run All Cells")
    page.locator(".jp-CodeCell .jp-InputPrompt").last.filter(has_text=re.compile(r"\[\d+\]")).wait_for()
    assert page.locator(ERRORS).all_inner_texts() == []


def save(page: Page) -> None:
    choose(page, "File", "Save Notebook")
    page.locator(".jp-mod-dirty").wait_for(state="detached")


def outputs(path: Path) -> list[dict[str, Any]]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [output for cell in cells for output in cell.get("outputs", [])]


def export(chrome: BrowserContext, page: Page, name: str) -> tuple[str, bytes]:
    """Export by the menu: the name under which the browser keeps the file, and the file."""
    with chrome.expect_event("response", lambda response: "/nbconvert/" in response.url) as answer:
        choose(page, "File", "Save and Export Notebook As", name)
    # The window that the menu opens closes with the download; its address gives the same file again.
    again = chrome.request.get(answer.value.url, headers={"Referer": page.url})
    assert (answer.value.status, again.status) == (200, 200)
    return again.headers["content-disposition"].rpartition("=")[2].strip('"'), again.body()


def test_the_report_runs_is_saved_and_is_exported_by_the_menu_in_both_forms(
    lab: Lab, chrome: BrowserContext
) -> None:
    file = lab.project / "notebooks" / "annual_report.ipynb"
    before = file.read_bytes()
    page = open_notebook(lab, chrome, "notebooks/annual_report.ipynb")
    page.locator(".jp-BreadCrumbs-home").click()
    for folder in ("data", "reports", "src"):
        page.locator(".jp-DirListing-itemText", has_text=folder).wait_for()
    run_all(page)
    save(page)
    # Saving keeps the outputs in the file; build and commit leave them out.
    assert outputs(file) and notebook_source(file.read_bytes()) == before
    assert git(lab.project, "status", "--short", str(file)) == ""

    name, web = export(chrome, page, "年次報告書（HTML）")
    html = web.decode()
    assert name.endswith("annual_report.html")
    assert "<svg" in html and "81.0%" in html and "第二次山口市行政改革大綱推進計画" in html
    name, pdf = export(chrome, page, "年次報告書（PDF）")
    assert name.endswith("annual_report.pdf")
    document = pypdfium2.PdfDocument(pdf)
    assert "山口市" in document[0].get_textpage().get_text_range()
    document.close()


def test_the_notebook_for_questions_runs(lab: Lab, chrome: BrowserContext) -> None:
    page = open_notebook(lab, chrome, "notebooks/explore.ipynb")
    run_all(page)
    save(page)
    shown = json.dumps(outputs(lab.project / "notebooks" / "explore.ipynb"), ensure_ascii=False)
    assert "後退した項目はありません" in shown


def test_the_year_is_changed_in_the_first_cell_in_any_form(lab: Lab, chrome: BrowserContext) -> None:
    page = open_notebook(lab, chrome, "notebooks/ingest.ipynb")
    for year, sheet in (("2021", "R3.csv"), ('"R4"', "R4.csv"), ('"令和３年度"', "R3.csv")):
        rewrite(page, page.locator(".jp-CodeCell .cm-content").first, f'plan = "yamaguchi"\nyear = {year}')
        run_all(page)
        page.locator(".jp-OutputArea-output", has_text=sheet).first.wait_for()

    rewrite(page, page.locator(".jp-CodeCell .cm-content").first, 'plan = "yamaguchi"\nyear = "R40"')
    choose(page, "Run", "Run All Cells")
    page.locator(ERRORS, has_text="令和40年度の状況調査がありません").wait_for()


def test_exporting_what_never_ran_says_which_cell_and_what_to_do(lab: Lab, chrome: BrowserContext) -> None:
    (lab.project / "notebooks" / "new.ipynb").write_bytes(
        notebook_source((lab.project / "notebooks" / "annual_report.ipynb").read_bytes())
    )
    page = open_notebook(lab, chrome, "notebooks/new.ipynb")
    with chrome.expect_page() as opened:
        choose(page, "File", "Save and Export Notebook As", "Gyokaku_html")
    refusal = opened.value.locator("body")
    refusal.get_by_text("1番目のコードセル: 実行されていません").wait_for()
    assert "Traceback" not in refusal.inner_text()


def test_an_edited_helper_is_seen_by_the_next_run_without_a_restart(lab: Lab, chrome: BrowserContext) -> None:
    page = open_notebook(lab, chrome, "notebooks/ingest.ipynb")
    run_all(page)
    helper = lab.project / "src" / "helpers" / "report" / "sheet_views.py"
    text = helper.read_text(encoding="utf-8")
    assert text.count("def origin") == 1
    changed = re.sub(r'(def origin\([^)]*\)[^:]*:\n)    """', r'\1    """見直した版。', text)
    assert changed != text
    helper.write_text(changed, encoding="utf-8")
    rewrite(page, page.locator(".jp-CodeCell .cm-content").last, "print(sheet_views.origin.__doc__[:6])")
    page.keyboard.press("Control+Enter")
    page.locator(".jp-OutputArea-output", has_text="見直した版。").last.wait_for()
