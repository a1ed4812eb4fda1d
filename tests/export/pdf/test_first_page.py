"""Cover, glance and digest are the first page, and nothing else is: in the PDF and on paper from a browser."""

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from typing import Any

import pytest
from exports import page_of, page_texts, pdf_of

from browser import Browser
from helpers.history.history import History
from helpers.plan import Plan
from helpers.proof.looks import flaws_of, read_positions
from helpers.proof.pdf_text import read_structure
from helpers.report.published.difference import Reconciliation
from made_histories import history_of
from made_reports import executed_notebook


def busy_history(plan: Plan, number_of_items: int, open_items: int, moved: int) -> History:
    """Many items, many of them open, many of them just moved."""
    given = plan.items
    items = tuple(
        replace(item, number=str(n), name=f"{item.name}その{n}", life=given[0].life)
        for n, item in enumerate(islice(cycle(given), number_of_items), start=1)
    )
    words = ("一部実施", "検討中", "未実施")
    now = {item.number: words[n % 3] if n < open_items else "実施" for n, item in enumerate(items)}
    before = dict(now)
    for item in items[number_of_items - moved :]:
        before[item.number] = "検討中" if now[item.number] != "検討中" else "未実施"
    return history_of(plan, {2021: before, 2022: now}, items)


@pytest.fixture(scope="module", params=[(), (60, 40, 25), (100, 70, 60)], ids=["2022", "busy", "very busy"])
def history(request: pytest.FixtureRequest, plan: Plan, history_2022: History) -> History:
    return busy_history(plan, *request.param) if request.param else history_2022


def told_on(first: str, history: History) -> bool:
    """Whether every open item of the year is named on the page, and the last line of the digest stands on it."""
    statuses = history.sheets[history.year].statuses
    open_items = statuses[statuses["status"] != "実施"]
    names = [
        f"{number}{''.join(item.split())}"
        for number, item in zip(open_items["number"], open_items["item"], strict=True)
    ]
    return all(name in first for name in names) and first.count("概要版") == 1


@pytest.fixture(scope="module")
def notebook(history: History, history_2022: History, notebook_2022: Any) -> Any:
    if history is history_2022:
        return notebook_2022
    return executed_notebook({"history": history, "result": Reconciliation((), ())})


def test_the_first_page_of_the_pdf(history: History, notebook: Any, files_2022: dict[str, bytes]) -> None:
    is_reference = len(history.plan.items) < 60
    pdf = files_2022["report.pdf"] if is_reference else pdf_of(notebook)
    first, second, *_ = page_texts(pdf)
    if len(history.plan.items) < 100:
        assert told_on(first, history)
        assert second.startswith("第二次山口市行政改革大綱推進計画【前期】令和4年度実績と5年間の取組状況目次")
    else:  # letters of less than six points would not help
        assert "目次" not in first + second
    assert [flaw for flaw in flaws_of(read_positions(pdf), read_structure(pdf)) if flaw.page == 0] == []


@pytest.mark.slow
def test_the_first_page_from_a_browser(history: History, notebook: Any, show: Callable[..., Browser]) -> None:
    first, second, *_ = page_texts(show(page_of(notebook)).print_pdf())
    assert told_on(first, history)
    assert second.startswith("目次1大綱と推進計画")
