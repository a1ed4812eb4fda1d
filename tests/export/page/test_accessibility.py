"""Every page type by axe-core and HTML_CodeSniffer: at 320 and 1280 px, light, dark and in colours of the reader's own."""

from pathlib import Path

import pytest

from accessibility import CRITERIA, STATEMENT, Run, pages, run_all, statement
from browser import Browser
from npm_packages import MODULES, html_codesniffer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def runs(one_browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    sniffer = html_codesniffer() if MODULES.is_dir() else ""
    runs = list(run_all(one_browser, pages(), tmp_path_factory.mktemp("pages"), sniffer))
    one_browser.reset()
    return runs


def test_axe_finds_nothing_on_any_page_in_any_width_and_scheme(runs: list[Run]) -> None:
    assert len(runs) == 3 * 2 * 3
    wrong = {(run.page, run.width, run.scheme): run.violations for run in runs if run.violations}
    assert wrong == {}


def test_the_engine_of_pa11y_finds_nothing_either(runs: list[Run]) -> None:
    html_codesniffer()
    wrong = {(run.page, run.width, run.scheme): run.sniffed for run in runs if run.sniffed}
    assert wrong == {}


def test_a_page_without_alternatives_names_and_contrast_is_found_out(
    one_browser: Browser, tmp_path: Path
) -> None:
    bad = '<!DOCTYPE html><title></title><p style="color: #ccc">薄い</p><img src="data:,"><input><a href="#x"></a>'
    (run, *_) = run_all(one_browser, {"悪いページ": bad}, tmp_path, html_codesniffer())
    one_browser.reset()
    sniffed = "".join(run.sniffed)
    assert all(code in sniffed for code in ("H25.1.EmptyTitle", "H37", "H57.2", "F68"))
    rules = {line.partition(":")[0] for line in run.violations}
    assert {"color-contrast", "document-title", "html-has-lang", "image-alt", "label", "link-name"} <= rules


def test_the_statement_is_that_of_this_run(runs: list[Run]) -> None:
    assert STATEMENT.read_text(encoding="utf-8") == statement(runs), "make pictures writes it anew"


def test_the_statement_claims_nothing_that_was_not_tried(runs: list[Run]) -> None:
    untried = statement([Run("報告書", 320, "明るい配色", frozenset(), ())])
    assert "| 1.1.1 | 非テキストコンテンツ | A | あり | 未試験 |" in untried
    broken = statement([Run("報告書", 320, "明るい配色", frozenset({"1.1.1"}), ("x",), frozenset({"1.1.1"}))])
    assert "| 1.1.1 | 非テキストコンテンツ | A | あり | 不適合 |" in broken
    assert len(CRITERIA) == 38 and "準拠とは表記しません" in statement(runs)
