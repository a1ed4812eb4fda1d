"""Hostile text in what a plan declares: names, indicators, units, words, texts; on cards, in tables and in files."""

import csv
import io
from pathlib import Path

import lxml.html
import openpyxl
import pytest
from hostile import attacks, csv_of, in_toml

from gate_checks import check_report
from helpers.export.files import table_files
from helpers.files.formulas import is_formula_like, unguarded
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.plan.reading.plan_file import load_plan
from helpers.proof.gate.page_and_pdf import close
from helpers.proof.pdf_text import read_structure, table_cells
from helpers.sheets import blank_sheet
from made_reports import every_table, made_files
from small_city import ITEMS_HEADER, lay_out

TEXTS = attacks("shown")[::3]
FIELD, EFFECT, JUDGEMENT, WORDS, VOTE = "<i>=理由", '=HYPERLINK("x")', "@外部<b>", ("<良>", "=可"), "+票"
DECLARED = f"""
[[fields]]
name = {in_toml(FIELD)}

[[measures]]
better = "増"
columns = {{ indicator = "指標", unit = "単位", target = "目標値", actual = "実績値" }}
grades = [{{ name = "=a", from = 90 }}, {{ name = "<b>" }}]

[[effects]]
name = {in_toml(EFFECT)}
unit = "千円"
columns = {{ planned = "-見込", actual = "@決算" }}

[[judgements]]
name = {in_toml(JUDGEMENT)}
column = "=委員会"
statuses = [{", ".join(map(in_toml, WORDS))}]
votes = [{in_toml(VOTE)}]

[cards]
show = true
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The small city with an item for each hostile text, which is its indicator, its unit and its reason."""
    root = tmp_path_factory.mktemp("declared")
    items = ITEMS_HEADER + "".join(f"{n},{1 + n % 2},項目{n},2020,\n" for n in range(1, len(TEXTS) + 1))
    lay_out(root, {}, items=items, more=DECLARED)
    head = ["番号", "実施状況", FIELD, "指標", "単位", "目標値", "実績値", "-見込", "@決算", "=委員会", VOTE]
    rows = [
        [str(n), "完了", text, text, text[:20], "10", "9", "△5", "1,000", WORDS[n % 2], "3"]
        for n, text in enumerate(TEXTS, start=1)
    ]
    (root / "data" / "raw" / "machi" / "2020.csv").write_bytes(csv_of([head, *rows]))
    return load_history("machi", 2020, root)


@pytest.fixture(scope="module")
def files(hostile: History) -> dict[str, bytes]:
    return made_files(hostile)


def test_the_report_passes_the_gate(hostile: History, files: dict[str, bytes]) -> None:
    assert check_report(hostile, files) > 10 * len(TEXTS)


def test_every_text_stands_on_its_card_letter_by_letter_in_page_and_pdf(files: dict[str, bytes]) -> None:
    page = lxml.html.document_fromstring(files["report.html"].decode())
    in_pdf = {
        cell
        for table in table_cells(read_structure(files["report.pdf"]))
        for row in table
        for cell in map(close, row)
    }
    for number, text in enumerate(TEXTS, start=1):
        (row,) = page.xpath(f"//*[@id='card-{number}']//tr[th='{FIELD}']")
        assert close(row[1].text_content()) == close(text)
        assert close(text) in in_pdf


def test_the_page_has_one_script_and_leads_nowhere_else(files: dict[str, bytes]) -> None:
    page = lxml.html.document_fromstring(files["report.html"].decode())
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert all(href.startswith("#") for href in page.xpath("//@href"))


def test_no_text_is_a_formula_in_any_file(hostile: History) -> None:
    written = table_files(hostile, every_table(hostile))
    tables = [name for name in written if name.endswith(".csv")]
    assert {"tables/cards.csv", "tables/measures.csv", "tables/effects.csv", "tables/votes.csv"} <= {*tables}
    for name in tables:
        for record in csv.reader(io.StringIO(written[name].decode(), newline="")):
            assert not [
                cell
                for cell in record
                if is_formula_like(cell) and not cell.lstrip("-").replace(".", "").isdigit()
            ]
    cards = list(csv.DictReader(io.StringIO(written["tables/cards.csv"].decode(), newline="")))
    assert {unguarded(card["text"]) for card in cards if unguarded(card["content"]) == FIELD} == {*TEXTS}
    book = openpyxl.load_workbook(io.BytesIO(written["tables.xlsx"]))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_blank_sheet_has_no_formula_but_its_lists(hostile: History) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_sheet(load_plan(hostile.plan.folder), hostile.year)))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


LONG = "長い文" * 600


def test_a_long_text_stays_whole_on_a_card(tmp_path: Path) -> None:
    lay_out(tmp_path, {}, more=DECLARED)
    rows = [["番号", "実施状況", FIELD], *([str(n), "完了", LONG if n == 1 else ""] for n in range(1, 5))]
    (tmp_path / "data" / "raw" / "machi" / "2020.csv").write_bytes(csv_of(rows))
    history = load_history("machi", 2020, tmp_path)
    made = made_files(history)
    assert check_report(history, made) > 30
    assert any(
        close(cell) == LONG
        for table in table_cells(read_structure(made["report.pdf"]))
        for row in table
        for cell in row
    )
