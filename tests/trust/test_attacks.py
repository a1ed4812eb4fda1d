"""Nothing that a sheet or a plan file says is ever more than text: in the page, the PDF, csv, xlsx and ods."""

import ast
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import lxml.html
import openpyxl
import pikepdf
import pytest
import xlsxwriter
from hostile import HEADER, attacks, csv_of, in_toml, lay_out_hostile
from nbformat.v4 import new_code_cell, new_notebook
from papermill.translators import PythonTranslator

from browser import Browser
from gate_checks import check_report
from helpers.errors import ExportError, FiscalYearError, PlanFileError, UsageError
from helpers.export.files import table_files
from helpers.files.formulas import is_formula_like, unguarded
from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.history.opening import load_history, open_plan
from helpers.pipeline.notebooks.parameters import check_parameters
from helpers.plan.reading.plan_file import load_plan
from helpers.proof.gate.page_and_pdf import close
from helpers.proof.pdf_text import read_structure, table_cells
from helpers.sheets import find_sheets
from made_reports import every_table, made_files, replaced
from spreadsheets import inspect_bytes

SHOWN, REFUSED = attacks("shown"), attacks("refused")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Two years of a plan in which every text is an attack."""
    return load_history("teki", 2021, lay_out_hostile(tmp_path_factory.mktemp("teki"), SHOWN, SHOWN))


@pytest.fixture(scope="module")
def files(hostile: History) -> dict[str, bytes]:
    return made_files(hostile)


def test_the_list_is_long_enough_and_names_no_text_twice() -> None:
    assert len(SHOWN) + len(REFUSED) >= 150
    assert not set(SHOWN) & set(REFUSED)


# ---- the page ----


def test_every_text_stands_in_the_page_letter_by_letter(files: dict[str, bytes]) -> None:
    page = lxml.html.document_fromstring(files["report.html"].decode())
    for table, column in (("items", 1), ("highlights", 3), ("course", 1)):
        rows = page.xpath(f"//table[@id='{table}']//tbody/tr[not(@class)]")
        assert sorted(row[column].text_content() for row in rows) == sorted(SHOWN), table
    departments = page.xpath("//table[@id='items']//tr/@data-department")
    assert sorted(departments) == sorted(" ".join(text.split()) for text in SHOWN)
    notes = {item.text_content() for item in page.iter("li")}
    assert {f"令和3年度の状況調査: {text}" for text in SHOWN} <= notes
    assert page.xpath("//p[@class='municipality']")[0].text_content() == SHOWN[0]
    assert any(text in page.xpath("//title")[0].text_content() for text in (SHOWN[2], SHOWN[6]))


def test_the_page_has_only_our_own_elements_and_one_script(files: dict[str, bytes]) -> None:
    page = lxml.html.document_fromstring(files["report.html"].decode())
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1
    foreign = ["iframe", "img", "object", "embed", "form", "base", "link", "foreignObject", "animate", "set"]
    assert not [element for name in foreign for element in page.iter(name.lower(), name)]
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ") and "script-src 'sha256-" in policy


LISTEN = """
window.heard = [];
for (const name of ["alert", "confirm", "prompt", "open", "fetch"]) window[name] = () => { heard.push(name); };
document.addEventListener("securitypolicyviolation", (event) => heard.push(event.violatedDirective));
document.addEventListener("DOMContentLoaded", () =>
  new MutationObserver((found) => heard.push(...found.map((one) => "mutation " + one.type)))
    .observe(document, {subtree: true, childList: true, attributes: true, characterData: true}));
"""
# Fire the events of handlers that may have got through, on every element of the page.
PROVOKE = """(async () => {
  for (const element of document.querySelectorAll("body, body *:not(.filter *)"))
    for (const name of ["mouseover", "focus", "load", "error", "toggle", "animationstart", "pointerdown"])
      element.dispatchEvent(new Event(name));
  await new Promise((done) => setTimeout(done, 200));
  return heard;
})()"""


@pytest.mark.slow
@pytest.mark.parametrize("policy", ["with its policy", "without it"])
def test_nothing_runs_and_nothing_is_asked_for_in_a_browser(
    files: dict[str, bytes], browser: Browser, tmp_path: Path, policy: str
) -> None:
    page = files["report.html"].decode()
    if policy == "without it":
        # The policy is a second protection; the first must hold by itself.
        assert page.count('http-equiv="Content-Security-Policy"') == 1
        page = page.replace('http-equiv="Content-Security-Policy"', 'name="x"')
    (tmp_path / "report.html").write_text(page, encoding="utf-8")
    browser.run_first(LISTEN)
    browser.open((tmp_path / "report.html").as_uri())
    assert browser.ask(PROVOKE) == []
    methods = {event["method"] for event in browser.events}
    requests = [event for event in browser.events if event["method"] == "Network.requestWillBeSent"]
    (asked,) = (event["params"]["request"]["url"] for event in requests)
    assert asked == (tmp_path / "report.html").as_uri()
    assert not {"Page.javascriptDialogOpening", "Log.entryAdded", "Runtime.exceptionThrown"} & methods
    assert not {"Runtime.consoleAPICalled", "Page.windowOpen", "Page.frameAttached"} & methods
    rows = "[...document.querySelectorAll('#items tbody tr:not(.group)')]"
    assert sorted(browser.ask(f"{rows}.map(row => row.cells[1].textContent)")) == sorted(SHOWN)


@pytest.mark.slow
def test_the_listener_hears_what_does_run(browser: Browser, tmp_path: Path) -> None:
    page = "<meta charset=utf-8><p>文</p><img src=x onerror='alert(1)'><p onmouseover=fetch('//evil.example')>文</p>"
    (tmp_path / "open.html").write_text(page, encoding="utf-8")
    browser.run_first(LISTEN)
    browser.open((tmp_path / "open.html").as_uri())
    assert {"alert", "fetch"} <= set(browser.ask(PROVOKE))


# ---- the PDF ----


def objects(value: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """Every dictionary and stream of a PDF that can be reached."""
    if isinstance(value, pikepdf.Array):
        for part in value:
            yield from objects(part, seen)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        if value.is_indirect:
            if value.objgen in seen:
                return
            seen.add(value.objgen)
        yield value
        for part in value.values():
            yield from objects(part, seen)


def test_the_pdf_holds_no_action(files: dict[str, bytes]) -> None:
    forbidden = [
        "/JS",
        "/JavaScript",
        "/AA",
        "/OpenAction",
        "/RichMedia",
        "/XFA",
        "/URI",
    ]
    with pikepdf.open(io.BytesIO(files["report.pdf"])) as document:
        seen: set[tuple[int, int]] = set()
        every = [part for whole in document.objects for part in objects(whole, seen)]
        keys = {key for part in every for key in part}
        actions = {str(part.S) for part in every if isinstance(part.get("/S"), pikepdf.Name) and "/D" in part}
        kinds = {str(part.Subtype) for part in every if part.get("/Type") == "/Annot"}
    assert len(every) > 1000
    assert not keys & {*forbidden}
    assert actions <= {"/GoTo"}
    assert kinds <= {"/Link"}


def test_every_text_stands_in_the_pdf_letter_by_letter(files: dict[str, bytes], hostile: History) -> None:
    assert check_report(hostile, files) > 2000
    cells = {
        close(cell)
        for table in table_cells(read_structure(files["report.pdf"]))
        for row in table
        for cell in row
    }
    assert {close(text) for text in SHOWN} <= cells


# ---- csv, xlsx, ods ----


@pytest.fixture(scope="module")
def written(hostile: History) -> dict[str, bytes]:
    """The table files: csv, xlsx, ods."""
    return table_files(hostile, every_table(hostile))


def test_no_text_is_a_formula_in_any_csv(written: dict[str, bytes]) -> None:
    texts: set[str] = set()
    for name in (name for name in written if name.endswith(".csv")):
        cells = [cell for row in csv.reader(io.StringIO(written[name].decode(), newline="")) for cell in row]
        words = (cell for cell in cells if not cell.lstrip("-").replace(".", "", 1).isdecimal())
        assert not [cell for cell in words if is_formula_like(cell)], name
        texts |= {unguarded(cell) for cell in cells}
    assert set(SHOWN) <= texts


def test_no_text_is_a_formula_in_the_xlsx(written: dict[str, bytes]) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(written["tables.xlsx"]))
    cells = [
        cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert set(SHOWN) <= {cell.value for cell in texts}
    assert all(cell.quotePrefix for cell in texts if is_formula_like(cell.value))


def test_ods_texts_are_texts(written: dict[str, bytes]) -> None:
    names = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
    with zipfile.ZipFile(io.BytesIO(written["tables.ods"])) as archive:
        content = ElementTree.fromstring(archive.read("content.xml"))
    shown = {
        close("".join(text for line in cell.iter(f"{names % 'text'}p") for text in line.itertext()))
        for cell in content.iter(f"{names % 'table'}table-cell")
        if cell.get(f"{names % 'office'}value-type") == "string"
    }
    assert {close(text) for text in SHOWN} <= shown


@pytest.mark.parametrize("name", ["tables.xlsx", "tables.ods"])
def test_the_workbooks_carry_nothing_that_runs_or_leads_out(written: dict[str, bytes], name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(written[name])) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    assert not re.findall("vba|external|macro|script|embed|object", " ".join(members).lower())
    for member in (member for member in members if member.endswith((".xml", ".rels", ".rdf"))):
        for element in ElementTree.fromstring(members[member]).iter():
            tag = element.tag.rpartition("}")[2]
            assert tag not in ("f", "oleObject", "control", "event-listener", "script"), member
            assert not [key for key in element.attrib if key.endswith("}formula") or "ddeLink" in key], member
            assert element.get("TargetMode") != "External", member


# ---- what cannot be shown is refused ----


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text.encode("unicode_escape").decode())
def test_a_character_that_turns_or_hides_text_is_refused_with_its_cell(tmp_path: Path, text: str) -> None:
    plan = load_plan(lay_out_hostile(tmp_path, SHOWN[:14]) / "data/raw/teki")
    for column in (2, 3, 4, 5, 6):
        row = ["1", plan.items[0].policy.numeral, plan.items[0].name, plan.status_names[0], "", "", ""]
        row[column] = text
        reading = inspect_bytes(csv_of([HEADER, row]), "2021.csv", plan, FiscalYear(2021))
        at_cell = [finding for finding in reading.findings if finding.cell == f"{'ABCDEFG'[column]}2"]
        assert reading.status_sheet is None, column
        assert any(finding.is_error for finding in at_cell), column


@pytest.mark.parametrize("text", REFUSED[::5], ids=lambda text: text.encode("unicode_escape").decode())
def test_a_plan_with_such_a_character_makes_no_report(tmp_path: Path, text: str) -> None:
    root = lay_out_hostile(tmp_path, SHOWN[:14])
    replaced(root / "data/raw/teki/plan.toml", {in_toml(SHOWN[0]): in_toml(text)})
    with pytest.raises((PlanFileError, ExportError)):
        made_files(load_history("teki", 2021, root))


# ---- names, ids, years, parameters ----


@pytest.mark.parametrize(
    "text", [*SHOWN, *REFUSED, "../teki", "/teki", "teki/..", "nul", "con", "com1", "", "TEKI"]
)
def test_no_text_is_a_plan_a_year_or_a_parameters_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    cell = new_code_cell("plan = ''", metadata={"tags": ["parameters"]})
    with pytest.raises(UsageError):
        open_plan(text, tmp_path)
    with pytest.raises(FiscalYearError):
        FiscalYear.parse(text)
    with pytest.raises(UsageError):
        check_parameters(new_notebook(cells=[cell]), "a.ipynb", {text: "x"})


def test_no_text_is_a_plans_id_even_where_its_folder_is_called_so(tmp_path: Path) -> None:
    root = lay_out_hostile(tmp_path / "project", SHOWN[:14])
    file = root / "data/raw/teki/plan.toml"
    plan = file.read_text(encoding="utf-8")
    for text in [*SHOWN, *REFUSED, "nul", "con", "com1", "lpt9"]:
        folder = tmp_path / text if "/" not in text else tmp_path / "teki2"
        folder.mkdir(exist_ok=True)
        (folder / "plan.toml").write_text(plan.replace('"teki"', in_toml(text), 1), encoding="utf-8")
        with pytest.raises(PlanFileError, match=r"^plan\.toml!id: "):
            load_plan(folder)


def test_values_of_parameters_stay_values() -> None:
    for text in [*SHOWN, *REFUSED]:
        code = PythonTranslator.codify({"plan": text, "accept_differences": text})
        values = [ast.literal_eval(statement.value) for statement in ast.parse(code).body]  # type: ignore[attr-defined]
        assert values == [text] * 2


def test_files_with_such_names_beside_the_sheets_are_no_sheets(hostile: History) -> None:
    before = find_sheets(hostile.plan)
    names = [f"{text}.csv" for text in SHOWN if "/" not in text and len(text.encode()) < 200]
    files = [hostile.plan.folder / name for name in names]
    for file in files:
        file.write_text("番号,実施状況\n", encoding="utf-8")
    assert find_sheets(hostile.plan) == before
    for file in files:
        file.unlink()


def test_names_of_worksheets_are_shown_as_text(tmp_path: Path) -> None:
    root = lay_out_hostile(tmp_path, SHOWN[:14])
    folder = root / "data/raw/teki"
    rows = list(csv.reader(io.StringIO((folder / "2021.csv").read_text(encoding="utf-8"), newline="")))
    (folder / "2021.csv").unlink()
    with xlsxwriter.Workbook(folder / "2021.xlsx") as workbook:
        sheet = workbook.add_worksheet("<img src=x onerror=alert(1)>")
        for position, text in ((at, text) for at, row in enumerate(rows) for text in enumerate(row)):
            sheet.write_string(position, *text)
    page = made_files(load_history("teki", 2021, root))["report.html"].decode()
    assert "<img" not in page
    assert "2021.xlsx／&lt;img src=x onerror=alert(1)&gt;" in page
