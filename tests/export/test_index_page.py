"""The page that lists every report."""

from __future__ import annotations

import subprocess
import sys

import lxml.html
import pytest

from helpers.export.index_page import ReportEntry, index_html
from helpers.export.markup import text_of
from helpers.fiscal_year import FiscalYear


def entry(year: int, share: str = "81.0%", **changes: object) -> ReportEntry:
    values: dict[str, object] = {
        "plan_id": "yamaguchi",
        "municipality": "山口市",
        "plan_title": "第二次山口市行政改革大綱推進計画【前期】",
        "year": FiscalYear(year),
        "done_share": share,
        "items": 42,
        "reconciliation": "公表値と一致",
        "path": f"yamaguchi/{year}",
    }
    return ReportEntry(**{**values, **changes})  # type: ignore[arg-type]


def test_newest_report_comes_first() -> None:
    page = lxml.html.fromstring(index_html([entry(2018), entry(2022), entry(2021)]))
    assert [text_of(heading) for heading in page.iter("h2")] == ["令和4年度", "令和3年度", "平成30年度"]
    assert page.get("lang") == "ja" and page.findtext(".//title")


def test_files_are_linked_relatively() -> None:
    page = lxml.html.fromstring(index_html([entry(2022)]))
    links = page.xpath("//ul[@class='files']//a/@href")
    assert links == [f"yamaguchi/2022/{name}" for name in ("report.html", "report.pdf", "tables.xlsx")]


@pytest.mark.parametrize(
    ("share", "width"), [("81.0%", ["100", "81.0"]), ("100%", ["100", "100.0"]), ("-", [])]
)
def test_bar_is_as_long_as_the_share(share: str, width: list[str]) -> None:
    page = lxml.html.fromstring(index_html([entry(2022, share)]))
    assert page.xpath("//svg/rect/@width") == width
    assert share in text_of(page)


def test_texts_are_escaped_and_addresses_quoted() -> None:
    hostile = index_html([entry(2022, municipality="<script>x</script>", path='a"b/..?#')])
    page = lxml.html.fromstring(hostile)
    assert not page.xpath("//script") and "<script>x</script>" in text_of(page)
    assert page.xpath("//h2/a/@href") == ["a%22b/..%3F%23/report.html"]


def test_empty_list_says_so() -> None:
    assert "報告書はまだありません" in index_html([])


def test_index_needs_neither_nbconvert_nor_pandas() -> None:
    code = "import sys, helpers.export.index_page; print({'nbconvert', 'pandas', 'typst'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
