"""The page that lists every report."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

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

NAMES = ("report.html", "report.pdf", "tables.xlsx", "tables.ods", "report.ipynb", "tables/datapackage.json")
FILES = (*(ReportFile(name, 1_234_567) for name in NAMES), ReportFile("tables/overall.csv", 120))
PERIODS = (Period(FiscalYear(2018), FiscalYear(2022)), Period(FiscalYear(2023), FiscalYear(2027)))


def entry(year: int, share: str = "81.0%", **changes: object) -> ReportEntry:
    made = ReportEntry(
        plan_id="yamaguchi",
        municipality="山口市",
        plan_title="第二次山口市行政改革大綱推進計画【前期】",
        year=FiscalYear(year),
        done_share=share,
        items=42,
        reconciliation="公表値と一致",
        path=f"yamaguchi/{year}",
        files=FILES,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def listing(*entries: ReportEntry, sheets: tuple[int, ...] = (), **changes: object) -> PlanListing:
    years = frozenset(map(FiscalYear, sheets)) | {entry.year for entry in entries}
    made = PlanListing("yamaguchi", "山口市", "第二次山口市行政改革大綱", entries, PERIODS, years)
    return replace(made, **changes)  # type: ignore[arg-type]


def page_of(*plans: PlanListing) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(index_html(plans))


def texts(page: lxml.html.HtmlElement, xpath: str) -> list[str]:
    return [text_of(element) for element in page.xpath(xpath)]


def test_newest_year_comes_first_missing_years_say_why_and_plans_have_sections() -> None:
    page = page_of(
        listing(entry(2018), entry(2022), sheets=(2021,)),
        listing(plan_id="b", municipality="海風市", name="ビジョン"),
    )
    assert texts(page, "//ol[@class='reports']/li/h3") == [
        "令和4年度", "令和3年度", "令和2年度", "令和元年度", "平成30年度",
    ]  # fmt: skip
    assert texts(page, "//p[@class='told']") == [NO_REPORT, NO_SHEET, NO_SHEET]
    assert page.get("lang") == "ja" and page.findtext(".//title")
    assert "2件の報告書" in text_of(page)
    assert texts(page, "//h2") == ["山口市 第二次山口市行政改革大綱", "海風市 ビジョン"]
    assert "状況調査も報告書もまだありません" in texts(page, "//section")[1]
    assert "報告書はまだありません" in index_html([])


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
    assert texts(page, "//ul[@class='files']/li") == ["報告書（PDF、表のCSVを添付） 5 KB"]


@pytest.mark.parametrize(
    ("shares", "lines", "words"),
    [
        (
            {2018: "67.5%", 2021: "76.2%", 2022: "81.0%"},
            [[2021, 2022]],
            "平成30年度 67.5%、令和元年度 資料なし",
        ),
        ({2018: "67.5%", 2019: "70%"}, [[2018, 2019]], "平成30年度 67.5%、令和元年度 70%"),
        ({2022: "81.0%", 2023: "10.0%", 2024: "20.0%"}, [[2023, 2024]], "令和4年度 81.0%、令和5年度 10.0%"),
        ({2018: "-", 2019: "50.0%"}, [], "平成30年度 割合なし、令和元年度 50.0%"),
    ],
)
def test_the_chart_joins_neighbouring_years_of_one_plan_only(
    shares: dict[int, str], lines: list[list[int]], words: str
) -> None:
    page = page_of(listing(*(entry(year, share) for year, share in shares.items())))
    (svg,) = page.xpath("//svg")
    assert words in svg.get("aria-label")
    first = 2018
    dots = {(int(dot.get("cx")) - 72) // 64 + first: float(dot.get("cy")) for dot in svg.iter("circle")}
    expected = {year: 126 - float(share[:-1]) for year, share in shares.items() if share != "-"}
    assert dots == pytest.approx(expected)
    drawn = [line.get("points").split() for line in svg.iter("polyline")]
    assert [[(int(p.split(",")[0]) - 72) // 64 + first for p in line] for line in drawn] == lines
    gaps = [text for text in svg.itertext() if text in ("資料なし", "割合なし")]
    assert len(gaps) == len(list(svg.iter("rect"))) == max(shares) - first + 1 - len(expected)


@pytest.mark.parametrize(
    ("years", "breaks", "is_missing", "is_broken", "joined"),
    [
        ((2018, 2019, 2020), (), False, False, [3]),
        ((2018, 2020), (), True, False, []),
        ((2022, 2023), (), True, True, []),  # of the plans before and after; 2018 to 2021 are not known
        ((2018, 2019, 2020), (2020,), False, True, [2]),  # the statuses mean something else
        ((2018, 2020), (2020,), True, False, []),  # the year before is missing: no line that could be broken
    ],
)
def test_the_caption_says_why_a_line_ends(
    years: tuple[int, ...], breaks: tuple[int, ...], is_missing: bool, is_broken: bool, joined: list[int]
) -> None:
    page = page_of(listing(*map(entry, years), breaks=frozenset(map(FiscalYear, breaks))))
    (caption,) = texts(page, "//figcaption")
    assert ("割合のない年度" in caption) is is_missing
    assert ("推進計画または区分の定義が替わった" in caption) is is_broken
    assert [len(points.split()) for points in page.xpath("//svg//polyline/@points")] == joined


def test_the_chart_tells_a_year_without_a_report_from_one_without_data() -> None:
    (svg,) = page_of(listing(entry(2021), sheets=(2019, 2021))).xpath("//svg")
    assert "平成30年度 資料なし、令和元年度 未作成、令和2年度 資料なし、令和3年度 81.0%" in svg.get(
        "aria-label"
    )


def test_a_derived_year_says_so() -> None:
    page = page_of(listing(entry(2021, "76.2%", is_derived=True), entry(2022)))
    (svg,) = page.xpath("//svg")
    assert svg.get("aria-label").endswith("令和3年度 76.2%（導出）、令和4年度 81.0%")
    assert [dot.get("fill") for dot in svg.iter("circle")] == ["#fff", "#0b5394"]
    assert text_of(page).count("導出") == 1 and "白い丸" in text_of(page)
    assert "白い丸" not in text_of(page_of(listing(entry(2022))))


def test_what_no_longer_fits_its_data_or_differs_stands_out_and_no_share_is_no_chart() -> None:
    changed = entry(2022, "", notice=DATA_CHANGED, differences=2, reconciliation="371/373 一致")
    page = page_of(listing(entry(2021, ""), changed))
    row = "//ol[@class='reports']/li[h3='令和4年度']"
    assert (
        texts(page, f"{row}//p[@class='missing']") == texts(page, "//p[@class='missing']") == [DATA_CHANGED]
    )
    words = ["公表値との照合: 371/373 一致、承知のうえで公開した相違 2件"]
    assert texts(page, f"{row}//p[@class='bad']") == texts(page, "//p[@class='bad']") == words
    assert not page.xpath("//svg")


def test_texts_are_escaped_and_addresses_quoted() -> None:
    hostile = "<script>x</script>"
    page = page_of(listing(entry(2022, plan_title=hostile, path='a"b/..?#'), municipality=hostile))
    assert not page.xpath("//script") and text_of(page).count(hostile) >= 2
    assert page.xpath("//h3/a/@href") == ["a%22b/..%3F%23/report.html"]


@pytest.mark.slow
@pytest.mark.parametrize("width", [380, 1280])
def test_nothing_stands_out_of_the_window(show: Callable[..., Browser], width: int) -> None:
    browser = show(index_html([listing(*(entry(year) for year in range(2018, 2028)))]), width)
    assert browser.ask("document.documentElement.scrollWidth") == width
    assert [event["method"] for event in browser.events].count("Network.requestWillBeSent") == 1


def test_index_needs_neither_nbconvert_nor_pandas() -> None:
    code = (
        "import sys, helpers.export.index.index_page, helpers.pipeline.index_file;"
        "print({'nbconvert', 'pandas', 'typst'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
