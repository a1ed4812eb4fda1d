"""Cover, glance and digest are the first page, and nothing else is: in the PDF and on paper from a browser."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from browser import Browser
from helpers.export import ReportHTMLExporter, ReportPDFExporter
from helpers.history.history import History
from helpers.plan import Item, Plan
from helpers.report.published.result import Reconciliation
from made_histories import history_of
from made_reports import executed_notebook


def busy_history(plan: Plan, number_of_items: int, open_items: int, moved: int) -> History:
    """Many items, many of them open, many of them just moved."""
    items: tuple[Item, ...] = tuple(
        replace(
            plan.items[place % len(plan.items)],
            number=str(place + 1),
            name=f"{plan.items[place % len(plan.items)].name}その{place + 1}",
            life=plan.items[0].life,
        )
        for place in range(number_of_items)
    )
    words = ("一部実施", "検討中", "未実施")
    now = {
        item.number: words[place % 3] if place < open_items else "実施" for place, item in enumerate(items)
    }
    before = {
        number: ("検討中" if status != "検討中" else "未実施") if place >= number_of_items - moved else status
        for place, (number, status) in enumerate(now.items())
    }
    return history_of(plan, {2021: before, 2022: now}, items)


@pytest.fixture(scope="module", params=["2022", "busy", "very busy"])
def history(request: pytest.FixtureRequest, plan: Plan, history_2022: History) -> History:
    busy = {"busy": (60, 40, 25), "very busy": (100, 70, 60)}
    return busy_history(plan, *busy[request.param]) if request.param in busy else history_2022


def pages(pdf: bytes) -> list[str]:
    return [
        "".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(io.BytesIO(pdf))
    ]


def told_on(first: str, history: History) -> bool:
    """Whether every open item of the year is named on the page, and the last line of the digest stands on it."""
    statuses = history.sheets[history.year].statuses
    open_items = statuses[statuses["status"] != "実施"]
    names = [
        f"{number}{''.join(item.split())}"
        for number, item in zip(open_items["number"], open_items["item"], strict=True)
    ]
    return all(name in first for name in names) and first.count("概要版（印刷すると") == 1


@pytest.fixture(scope="module")
def notebook(history: History) -> Any:
    return executed_notebook({"history": history, "result": Reconciliation((), ())})


def test_the_first_page_of_the_pdf(history: History, notebook: Any) -> None:
    first, second, *_ = pages(ReportPDFExporter().from_notebook_node(notebook)[0])
    assert told_on(first, history)
    assert second.startswith("第二次山口市行政改革大綱推進計画【前期】令和4年度実績と5年間の取組状況目次")


@pytest.mark.slow
def test_the_first_page_from_a_browser(
    history: History, notebook: Any, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(ReportHTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    browser.open(file.as_uri())
    first, second, *_ = pages(browser.print_pdf())
    assert told_on(first, history)
    assert second.startswith("1大綱と推進計画")
