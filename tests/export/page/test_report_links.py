"""From a count on the page to the cell of the sheet that it comes from, in HTML and PDF."""

import csv
import hashlib
import io
import re
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf
import pytest
from exports import page_of

from helpers.export.page.serialized import text_of
from helpers.history.opening import load_history
from made_reports import executed_notebook

SHEETS = {"令和4年度": "R4.csv", "令和3年度": "R3.csv", "平成30年度": "H30.csv"}


def counts(page: Any, table_id: str) -> list[Any]:
    """The cells of a table that hold a count: '34', '8 (72.7%)'; in those by year, the columns 項目数 and 前年項目数."""
    table = page.get_element_by_id(table_id)
    cells = table.xpath(".//td[contains(@class, 'num')]")
    if table_id in ("overall", "by_policy"):
        rows = table.xpath(".//tbody/tr[not(@class='group')] | .//tfoot/tr")
        cells = [row[column] for row in rows for column in (1, 3)]
    return [cell for cell in cells if re.match(r"\d", text_of(cell))]


@pytest.mark.parametrize(
    ("table_id", "number"), [("overall", 10), ("by_policy", 32), ("summary", 20), ("bridge", 40)]
)
def test_every_count_leads_to_as_many_items_and_zero_to_the_sheet_without_any(
    report_page: Any, table_id: str, number: int
) -> None:
    cells = counts(report_page, table_id)
    assert len(cells) == number
    for cell in cells:
        count = int(re.match(r"\d+", text_of(cell))[0])  # type: ignore[index]
        (link,) = cell.xpath(".//a")
        assert link.text == str(count)
        entry = report_page.get_element_by_id(link.get("href").removeprefix("#"))
        if count == 0:
            assert entry.get("id") in ("file-2021", "file-2022", "source-2018-4")
            continue
        assert text_of(entry.xpath("./td")[2]) == str(count)
        items = entry.xpath("./td[last()]//a")
        if "合計のみ" in text_of(entry.xpath("./td[last()]")[0]):
            rows = [report_page.get_element_by_id(item.get("href")[1:]) for item in items]
            assert sum(int(text_of(row.xpath("./td")[1])) for row in rows) == count
        else:
            assert len("、".join(item.text for item in items).split("、")) == count


def test_every_item_leads_to_the_cell_that_says_its_status(report_page: Any, root: Path) -> None:
    folder = root / "data" / "raw" / "yamaguchi"
    sheets = {
        name: list(csv.reader(io.StringIO((folder / name).read_text("utf-8-sig"))))
        for name in SHEETS.values()
    }
    rows = report_page.xpath("//table[@id='source_cells' or @id='source_totals']//tr[@id]")
    place_of = {f"#{row.get('id')}": place for place, row in enumerate(rows)}
    followed = 0
    for body in report_page.xpath("//table[@id='origins']/tbody"):
        year = text_of(body.xpath("./tr[@class='group']/th")[0]).split("（")[0]
        for entry in body.xpath("./tr[@id]"):
            status = text_of(entry.xpath("./td")[1])
            links = entry.xpath("./td[last()]//a")
            # One link for the items whose rows follow one another, to the first of these.
            items = [
                pair
                for link in links
                for pair in enumerate(link.text.split("、"), start=place_of[link.get("href")])
            ]
            for place, item in items:
                row = rows[place]
                if item.startswith("B"):
                    address, file_link = f"A{item[1:]}", row.xpath("./td[last()]//a")[0]
                else:
                    heads = [text_of(th) for th in row.getparent().getparent().xpath("./thead//th")]
                    cell = row[heads.index(year)]
                    address, file_link = text_of(cell), cell.xpath(".//a")[0]
                    assert text_of(row[0]) == item
                status_in_sheet = sheets[SHEETS[year]][int(address[1:]) - 1]["ABCD".index(address[0])]
                assert status in (status_in_sheet, "合計")
                file_row = report_page.get_element_by_id(file_link.get("href")[1:])
                digest = hashlib.sha256((folder / SHEETS[year]).read_bytes()).hexdigest()
                assert digest in "".join(file_row.itertext()) and text_of(file_row[1]) == SHEETS[year]
                followed += 1
    # A year: status and total, of the plan and of the policy; then the totals of 2018.
    assert followed == 2 * 42 * 4 + 3


def test_the_codes_stand_under_the_tables(report_page: Any) -> None:
    notes = [text_of(note) for note in report_page.xpath("//p[@class='note'][starts-with(., '出どころ')]")]
    assert notes[0] == "出どころ（付録の符号）: 実施 A1・B1、一部実施 A2・B2、合計 A3・B3"
    assert len(notes) == 4
    codes = {code for note in notes for code in re.findall(r"[ABC]\d+", note)}
    assert codes == {text_of(row[0]) for row in report_page.xpath("//table[@id='origins']/tbody/tr[@id]")}


def test_the_pdf_has_the_same_links(files_2022: dict[str, bytes], report_page: Any) -> None:
    pdf = pikepdf.open(io.BytesIO(files_2022["report.pdf"]))
    links = [
        note for sheet in pdf.pages for note in sheet.get("/Annots", []) if note.get("/Subtype") == "/Link"
    ]
    assert not [link for link in links if "/A" in link and link.A.get("/S") == "/URI"]
    hrefs = report_page.xpath(
        "//main//*[not(ancestor::nav)]/self::a[starts-with(@href, '#') and not(@href='#top' or @class)]"
    )
    entries = report_page.xpath("//nav//a")
    # A link over several lines has a rectangle for each, so that the PDF has at least as many as the page.
    assert len(hrefs) > 300 and len(links) >= len(hrefs) + len(entries)


def test_a_year_of_totals_leads_to_the_cells_of_the_totals(root: Path) -> None:
    history = load_history("yamaguchi", 2018, root)
    shown = executed_notebook({"history": history})
    page = lxml.html.fromstring(page_of(shown))
    (link,) = page.xpath("//table[@id='overall']/tbody/tr[1]/td[1]/a")
    entry = page.get_element_by_id(link.get("href")[1:])
    (cell,) = entry.xpath("./td[last()]//a")
    assert (link.text, cell.text) == ("27", "B4")
    assert text_of(page.get_element_by_id(cell.get("href")[1:])) == "平成30年度実施27B4"
