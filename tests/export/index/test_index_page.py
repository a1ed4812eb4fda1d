"""The page that lists every report."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest

from browser import Browser
from helpers.export.index.entries import (
    DATA_CHANGED,
    NO_REPORT,
    NO_SHEET,
    PlanListing,
    ReportEntry,
    ReportFile,
)
from helpers.export.index.index_page import index_html
from helpers.export.page.serialized import text_of
from helpers.fiscal_year import FiscalYear, Period

NAMES = (
    "report.html",
    "report.pdf",
    "tables.xlsx",
    "tables.ods",
    "report.ipynb",
    "tables/datapackage.json",
)
FILES = (*(ReportFile(name, 1_234_567) for name in NAMES), ReportFile("tables/overall.csv", 120))
PERIODS = (Period(FiscalYear(2018), FiscalYear(2022)), Period(FiscalYear(2023), FiscalYear(2027)))


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
        "files": FILES,
    }
    return ReportEntry(**{**values, **changes})  # type: ignore[arg-type]


def listing(*entries: ReportEntry, sheets: tuple[int, ...] = (), **changes: object) -> PlanListing:
    values: dict[str, object] = {
        "plan_id": "yamaguchi",
        "municipality": "山口市",
        "name": "第二次山口市行政改革大綱",
        "reports": entries,
        "periods": PERIODS,
        "sheets": frozenset(map(FiscalYear, sheets)) | {one.year for one in entries},
    }
    return PlanListing(**{**values, **changes})  # type: ignore[arg-type]


def page_of(*plans: PlanListing) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(index_html(plans))


def test_newest_year_comes_first_and_missing_years_say_why() -> None:
    page = page_of(listing(entry(2018), entry(2022), sheets=(2021,)))
    rows = [(text_of(row.find("h3")), row) for row in page.xpath("//ol[@class='reports']/li")]
    assert [year for year, _ in rows] == [
        "令和4年度", "令和3年度", "令和2年度", "令和元年度", "平成30年度",
    ]  # fmt: skip
    told = [[text_of(p) for p in row.xpath(".//p[@class='told']")] for _, row in rows]
    assert told == [[], [NO_REPORT], [NO_SHEET], [NO_SHEET], []]
    assert page.get("lang") == "ja" and page.findtext(".//title")
    assert "2件の報告書" in text_of(page)


def test_plans_have_sections_of_their_own() -> None:
    page = page_of(listing(entry(2022)), listing(plan_id="b", municipality="海風市", name="ビジョン"))
    assert [text_of(h) for h in page.iter("h2")] == ["山口市 第二次山口市行政改革大綱", "海風市 ビジョン"]
    assert "状況調査も報告書もまだありません" in text_of(page.xpath("//section")[1])


def test_files_are_linked_relatively_with_their_sizes() -> None:
    page = page_of(listing(entry(2022)))
    items = page.xpath("//ul[@class='files']/li")
    assert [item.find("a").get("href") for item in items] == [
        *(f"yamaguchi/2022/{name}" for name in NAMES),
        "yamaguchi/2022/tables/overall.csv",
    ]
    assert [text_of(item.find("span")) for item in items] == [*["1.2 MB"] * 6, "1 KB"]
    assert page.xpath("//h3/a/@href") == ["yamaguchi/2022/report.html"]


def test_only_what_is_there_is_linked() -> None:
    page = page_of(listing(entry(2022, files=(ReportFile("report.pdf", 5000),))))
    assert page.xpath("//main//a/@href") == ["yamaguchi/2022/report.pdf"]
    assert text_of(page.xpath("//ul[@class='files']/li")[0]) == "報告書（PDF） 5 KB"


@pytest.mark.parametrize(
    ("shares", "lines", "told"),
    [
        (
            {2018: "67.5%", 2021: "76.2%", 2022: "81.0%"},
            [[2021, 2022]],
            "平成30年度 67.5%、令和元年度 資料なし",
        ),
        ({2018: "67.5%", 2019: "70%"}, [[2018, 2019]], "平成30年度 67.5%、令和元年度 70%"),
        ({2022: "81.0%", 2023: "10.0%", 2024: "20.0%"}, [[2023, 2024]], "令和4年度 81.0%、令和5年度 10.0%"),
        ({2018: "-", 2019: "50.0%"}, [], "平成30年度 資料なし、令和元年度 50.0%"),
    ],
)
def test_the_chart_joins_neighbouring_years_of_one_plan_only(
    shares: dict[int, str], lines: list[list[int]], told: str
) -> None:
    page = page_of(listing(*(entry(year, share) for year, share in shares.items())))
    (svg,) = page.xpath("//svg")
    assert told in svg.get("aria-label")
    first = 2018
    dots = {(int(dot.get("cx")) - 72) // 64 + first: float(dot.get("cy")) for dot in svg.iter("circle")}
    expected = {year: 126 - float(share[:-1]) for year, share in shares.items() if share != "-"}
    assert dots == pytest.approx(expected)
    drawn = [line.get("points").split() for line in svg.iter("polyline")]
    assert [[(int(p.split(",")[0]) - 72) // 64 + first for p in line] for line in drawn] == lines
    gaps = [text for text in svg.itertext() if text == "資料なし"]
    assert len(gaps) == len(list(svg.iter("rect"))) == max(shares) - first + 1 - len(expected)


def test_the_chart_joins_no_years_whose_statuses_mean_something_else() -> None:
    entries = [entry(year, share) for year, share in ((2018, "50%"), (2019, "60%"), (2020, "70%"))]

    def lines(**changes: object) -> list[int]:
        page = page_of(listing(*entries, **changes))
        return [len(line.get("points").split()) for line in page.xpath("//svg//polyline")]

    assert lines() == [3]
    assert lines(breaks=frozenset({FiscalYear(2020)})) == [2]


@pytest.mark.parametrize(
    ("years", "breaks", "is_missing", "is_broken"),
    [
        ((2018, 2019, 2020), (), False, False),
        ((2018, 2020), (), True, False),
        ((2022, 2023), (), True, True),  # of the plans before and after; 2018 to 2021 are not known
        ((2018, 2019), (2019,), False, True),
        ((2018, 2020), (2020,), True, False),  # the year before is missing: no line that could be broken
    ],
)
def test_the_caption_says_why_a_line_ends(
    years: tuple[int, ...], breaks: tuple[int, ...], is_missing: bool, is_broken: bool
) -> None:
    page = page_of(listing(*map(entry, years), breaks=frozenset(map(FiscalYear, breaks))))
    caption = text_of(page.xpath("//figcaption")[0])
    assert ("資料のない年度" in caption) is is_missing
    assert ("推進計画または区分の定義が替わった" in caption) is is_broken


def test_a_derived_year_says_so() -> None:
    page = page_of(listing(entry(2021, "76.2%", is_derived=True), entry(2022)))
    (svg,) = page.xpath("//svg")
    assert svg.get("aria-label").endswith("令和3年度 76.2%（導出）、令和4年度 81.0%")
    assert [dot.get("fill") for dot in svg.iter("circle")] == ["#fff", "#0b5394"]
    assert text_of(page).count("導出") == 1 and "白い丸" in text_of(page)
    assert "白い丸" not in text_of(page_of(listing(entry(2022))))


def test_a_report_that_no_longer_fits_its_data_is_marked() -> None:
    page = page_of(listing(entry(2021), entry(2022, notice=DATA_CHANGED)))
    rows = page.xpath("//ol[@class='reports']/li")
    marked = {
        text_of(row.find("h3")): [text_of(p) for p in row.xpath(".//p[@class='missing']")] for row in rows
    }
    assert (marked["令和4年度"], marked["令和3年度"]) == ([DATA_CHANGED], [])


def test_no_share_at_all_is_no_chart() -> None:
    assert not page_of(listing(entry(2022, ""))).xpath("//svg")


def test_unexplained_differences_stand_out() -> None:
    page = page_of(listing(entry(2022, differences=2, reconciliation="371/373 一致")))
    assert [text_of(p) for p in page.xpath("//p[@class='bad']")] == [
        "公表値との照合: 371/373 一致、承知のうえで公開した相違 2件"
    ]


def test_texts_are_escaped_and_addresses_quoted() -> None:
    hostile = "<script>x</script>"
    page = page_of(listing(entry(2022, plan_title=hostile, path='a"b/..?#'), municipality=hostile))
    assert not page.xpath("//script") and text_of(page).count(hostile) >= 2
    assert page.xpath("//h3/a/@href") == ["a%22b/..%3F%23/report.html"]


def test_empty_list_says_so() -> None:
    assert "報告書はまだありません" in index_html([])


@pytest.mark.slow
@pytest.mark.parametrize("width", [380, 1280])
def test_nothing_stands_out_of_the_window(browser: Browser, tmp_path: Path, width: int) -> None:
    file = tmp_path / "index.html"
    file.write_text(index_html([listing(*(entry(year) for year in range(2018, 2028)))]), encoding="utf-8")
    browser.resize(width, 800)
    browser.open(file.as_uri())
    assert browser.ask("document.documentElement.scrollWidth") == width
    requests = [event for event in browser.events if event["method"] == "Network.requestWillBeSent"]
    assert [event["params"]["request"]["url"] for event in requests] == [file.as_uri()]


def test_index_needs_neither_nbconvert_nor_pandas() -> None:
    code = (
        "import sys, helpers.export.index.index_page, helpers.pipeline.index.listing;"
        "print({'nbconvert', 'pandas', 'typst'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
