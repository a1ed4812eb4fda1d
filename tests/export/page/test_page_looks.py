"""Pages of plans of any shape, as a browser shows them: nothing out of the window, nothing over anything, words whole."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from exports import page_of

from browser import Browser
from made_reports import executed_notebook
from small_city import ITEMS_HEADER, SMALL_PLAN, Small, status

pytestmark = pytest.mark.slow

MEASURES = (Path(__file__).parents[2] / "page_looks.js").read_text(encoding="utf-8")
SCROLLED = """[...document.querySelectorAll('.table')].filter(box => box.scrollWidth > box.clientWidth + 1)
    .map(box => `${box.querySelector('table').id} is scrolled`)"""
WINDOWS = (
    (320, "screen"), (380, "screen"), (768, "screen"), (1280, "screen"), (1920, "screen"), (665, "print"),
)  # fmt: skip
NINE = "".join(
    status(name, group)
    for name, group in (
        ("計画どおり進めている", "done"), ("計画を上回って進めた", "done"), ("広げて進める", "under_way"),
        ("進め方を改める", "under_way"), ("規模を小さくする", "under_way"), ("民間の力を借りる", "under_way"),
        ("国・県・近隣と進める", "under_way"), ("外へ委ねる", "not_started"), ("まとめる・休む・やめる", "not_started"),
    )
)  # fmt: skip
NAMES_OF_NINE = [line.split('"')[1] for line in NINE.splitlines() if line.startswith("name")]
THREE = ("完了", "進行中", "未着手")


def items(count: int, policies: int = 2) -> str:
    """Items of names like those of real plans, evenly of the policies."""
    name = "市民に分かりやすいデジタル窓口とマイナンバーカードの利用の推進"
    return ITEMS_HEADER + "".join(
        f"{number},{1 + (number - 1) * policies // count},{name[number % 9 :]}{number},2020,\n"
        for number in range(1, count + 1)
    )


def policies(count: int) -> str:
    """The small city's plan with so many policies, 第5次 in its title."""
    head = SMALL_PLAN.partition("[[policies]]")[0].replace(
        "架空町実施計画", "架空町第5次行政改革大綱推進計画"
    )
    return head + "".join(
        f'[[policies]]\nnumeral = "{number}"\nname = "持続可能な行財政運営の確立その{number}"\n\n'
        for number in range(1, count + 1)
    )


def statuses(count: int, names: tuple[str, ...] | list[str], first: int = 0) -> str:
    return " ".join(names[(first + number) % len(names)] for number in range(count))


SHAPES: dict[str, dict[str, Any]] = {
    "a first year": {"sheets": {2020: statuses(6, THREE)}, "items": items(6)},
    "totals only": {"sheets": {2020: {"完了": 3, "進行中": 2, "未着手": 1}}, "items": items(6)},
    "no moved item": {"sheets": dict.fromkeys((2020, 2021), statuses(6, THREE)), "items": items(6)},
    "one policy": {"sheets": {2020: statuses(5, THREE)}, "items": items(5, 1), "plan": policies(1)},
    "58 policies": {"sheets": {2020: statuses(58, THREE)}, "items": items(58, 58), "plan": policies(58)},
    "300 moved items": {
        "sheets": {2020: statuses(300, THREE), 2021: statuses(300, THREE, 1)},
        "items": items(300),
    },
    "a tenth year": {
        "sheets": {year: statuses(6, THREE, year) for year in range(2020, 2030)},
        "items": items(6),
        "plan": policies(2).replace("last_year = 2024", "last_year = 2029"),
    },
    "nine statuses": {
        "sheets": {year: statuses(18, NAMES_OF_NINE, year) for year in (2020, 2021)},
        "items": items(18),
        "statuses": NINE,
    },
}


def wrong_in(browser: Browser) -> dict[tuple[int, str], list[str]]:
    """The flaws of the open page in each window."""
    wrong = {}
    for width, media in WINDOWS:
        browser.resize(width, 900)
        browser.prefer(media=media)
        flaws = browser.ask(MEASURES)
        if media == "screen":
            flaws += browser.ask(SCROLLED)
        if flaws:
            wrong[width, media] = flaws[:5]
    return wrong


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_lost_squeezed_or_covered(show: Callable[..., Browser], small: Small, shape: str) -> None:
    parts = {"plan": policies(2), **SHAPES[shape]}
    history = small(parts.pop("sheets"), **parts)
    assert wrong_in(show(page_of(executed_notebook({"history": history})))) == {}


def test_nothing_is_lost_squeezed_or_covered_in_the_reference_report(
    show: Callable[..., Browser], report_html: str
) -> None:
    assert wrong_in(show(report_html)) == {}


BAD = """<!DOCTYPE html><body style="margin: 0"><div style="width: 700px">広すぎる</div>
<table><tr><td class="text" style="max-width: 2em">資料なし</td></tr></table>
<table><tr><td style="width: 1em; overflow-wrap: anywhere">一字ずつ折れる欄</td></tr></table>
<h2 style="height: 20px">見出し</h2><p style="margin-top: -24px">重なる</p>"""


def test_what_is_wrong_is_found(show: Callable[..., Browser]) -> None:
    flaws = " ".join(show(BAD, 320).ask(MEASURES))
    assert "wide in a window of 320" in flaws and "letters on" in flaws and "lies over" in flaws
    assert "「資料なし」 breaks 4 letters" in flaws


def test_the_title_on_a_phone_breaks_between_words(show: Callable[..., Browser], small: Small) -> None:
    history = small({2020: statuses(6, THREE)}, items=items(6), plan=policies(2))
    browser = show(page_of(executed_notebook({"history": history})), 320)
    lines = (
        "[...document.querySelectorAll('h1 .whole')].filter(word => word.getClientRects().length > 1).length"
    )
    assert browser.ask("document.querySelector('h1').textContent").startswith(
        "架空町第5次行政改革大綱推進計画"
    )
    assert browser.ask("document.querySelectorAll('h1 .whole').length") >= 4
    assert browser.ask(lines) == 0
