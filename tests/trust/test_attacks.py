"""Nothing that a sheet or a plan file says is ever more than text: in the page, the PDF, csv, xlsx and ods."""

from __future__ import annotations

import ast
import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import lxml.html
import openpyxl
import pikepdf
import pytest
from hostile import attacks, in_toml, lay_out_hostile
from papermill.translators import PythonTranslator

from browser import Browser
from helpers.errors import ExportError, FiscalYearError, PlanFileError, UsageError
from helpers.export.files import table_files
from helpers.files.formulas import is_formula_like, unguarded
from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.history.opening import load_history, open_plan
from helpers.pipeline.notebooks.parameters import check_parameters
from helpers.plan.reading.plan_file import load_plan
from helpers.proof.gate import check_report
from helpers.proof.gate.page_and_pdf import close
from helpers.proof.pdf_text import table_cells
from helpers.sheets import find_sheets, inspect_bytes
from made_reports import every_table, made_files, replaced

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
        cells = [
            row[column].text_content() for row in page.xpath(f"//table[@id='{table}']//tbody/tr[not(@class)]")
        ]
        assert sorted(cells) == sorted(SHOWN), table
    departments = page.xpath("//table[@id='items']//tr/@data-department")
    assert sorted(departments) == sorted(" ".join(text.split()) for text in SHOWN)
    notes = [item.text_content() for item in page.iter("li")]
    for text in SHOWN:
        assert any(note == f"令和3年度の状況調査: {text}" for note in notes), text
    assert page.xpath("//p[@class='municipality']")[0].text_content() == SHOWN[0]
    assert (
        SHOWN[2] in page.xpath("//title")[0].text_content()
        or SHOWN[6] in page.xpath("//title")[0].text_content()
    )


def test_the_page_has_only_our_own_elements_and_one_script(files: dict[str, bytes]) -> None:
    page = lxml.html.document_fromstring(files["report.html"].decode())
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1
    assert not page.xpath(
        "//iframe|//img|//object|//embed|//form|//base|//link|//foreignObject|//animate|//set"
    )
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
# What would wake a handler that got through, on every element of the page.
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
        # The policy is the second wall; the first must stand by itself.
        assert page.count('http-equiv="Content-Security-Policy"') == 1
        page = page.replace('http-equiv="Content-Security-Policy"', 'name="x"')
    (tmp_path / "report.html").write_text(page, encoding="utf-8")
    browser.run_first(LISTEN)
    browser.open((tmp_path / "report.html").as_uri())
    assert browser.ask(PROVOKE) == []
    methods = {event["method"] for event in browser.events}
    asked = [
        event["params"]["request"]["url"]
        for event in browser.events
        if event["method"] == "Network.requestWillBeSent"
    ]
    assert asked == [(tmp_path / "report.html").as_uri()]
    assert not {"Page.javascriptDialogOpening", "Log.entryAdded", "Runtime.exceptionThrown"} & methods
    assert not {"Runtime.consoleAPICalled", "Page.windowOpen", "Page.frameAttached"} & methods
    shown = browser.ask(
        "[...document.querySelectorAll('#items tbody tr:not(.group)')].map(r => r.cells[1].textContent)"
    )
    assert sorted(shown) == sorted(SHOWN)


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


def test_the_pdf_holds_no_action_and_no_file(files: dict[str, bytes]) -> None:
    forbidden = {
        "/JS",
        "/JavaScript",
        "/AA",
        "/OpenAction",
        "/EmbeddedFiles",
        "/EF",
        "/AF",
        "/RichMedia",
        "/XFA",
        "/URI",
    }
    with pikepdf.open(io.BytesIO(files["report.pdf"])) as document:
        seen: set[tuple[int, int]] = set()
        found = [each for one in document.objects for each in objects(one, seen)]
        keys = {key for each in found for key in each}
        actions = {str(each.S) for each in found if isinstance(each.get("/S"), pikepdf.Name) and "/D" in each}
        kinds = {str(each.Subtype) for each in found if each.get("/Type") == "/Annot"}
    assert len(found) > 1000
    assert not keys & forbidden
    assert actions <= {"/GoTo"}
    assert kinds <= {"/Link"}


def test_every_text_stands_in_the_pdf_letter_by_letter(files: dict[str, bytes], hostile: History) -> None:
    assert check_report(hostile, files) > 2000
    cells = {close(cell) for table in table_cells(files["report.pdf"]) for row in table for cell in row}
    assert {close(text) for text in SHOWN} <= cells


# ---- csv, xlsx, ods ----


def test_no_text_is_a_formula_in_any_table_file(hostile: History) -> None:
    written = table_files(hostile, every_table(hostile))
    texts: set[str] = set()
    for name, content in written.items():
        if name.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
            cells = [cell for row in rows for cell in row]
            numbers = {cell for cell in cells if cell.lstrip("-").replace(".", "", 1).isdecimal()}
            assert not [cell for cell in cells if is_formula_like(cell) and cell not in numbers], name
            texts |= {unguarded(cell) for cell in cells}
    assert set(SHOWN) <= texts
    workbook = openpyxl.load_workbook(io.BytesIO(written["tables.xlsx"]))
    cells = [
        cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert set(SHOWN) <= {cell.value for cell in cells}
    assert all(
        cell.quotePrefix for cell in cells if isinstance(cell.value, str) and is_formula_like(cell.value)
    )


def test_the_workbooks_carry_nothing_that_runs_or_leads_out(hostile: History) -> None:
    written = table_files(hostile, every_table(hostile))
    for name in ("tables.xlsx", "tables.ods"):
        with zipfile.ZipFile(io.BytesIO(written[name])) as archive:
            members = archive.namelist()
            assert not [
                member
                for member in members
                if any(
                    bad in member.lower() for bad in ("vba", "external", "macro", "script", "embed", "object")
                )
            ]
            for member in members:
                if not member.endswith((".xml", ".rels", ".rdf")):
                    continue
                for element in ElementTree.fromstring(archive.read(member)).iter():
                    tag = element.tag.rpartition("}")[2]
                    assert tag not in (
                        "f",
                        "oleObject",
                        "control",
                        "event-listener",
                        "script",
                    ), member
                    assert not [
                        key for key in element.attrib if key.endswith("}formula") or "ddeLink" in key
                    ], member
                    assert element.get("TargetMode") != "External", member


def test_ods_texts_are_texts(hostile: History) -> None:
    office, text = (
        "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}",
        "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}",
    )
    with zipfile.ZipFile(io.BytesIO(table_files(hostile, every_table(hostile))["tables.ods"])) as archive:
        content = ElementTree.fromstring(archive.read("content.xml"))
    shown = set()
    for cell in content.iter("{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-cell"):
        if cell.get(f"{office}value-type") == "string":
            shown.add(close("".join("".join(p.itertext()) for p in cell.iter(f"{text}p"))))
    assert {close(item) for item in SHOWN} <= {close(item) for item in shown}


# ---- what cannot be shown is refused ----


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text.encode("unicode_escape").decode())
def test_a_character_that_turns_or_hides_text_is_refused_with_its_cell(hostile: History, text: str) -> None:
    plan = hostile.plan
    for column in (2, 3, 4, 5, 6):
        row = ["1", plan.items[0].policy.numeral, plan.items[0].name, plan.status_names[0], "", "", ""]
        row[column] = text
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows(
            [["番号", "基本方針", "推進項目", "実施状況", "主な取組", "所管課", "備考"], row]
        )
        reading = inspect_bytes(stream.getvalue().encode(), "2021.csv", plan, FiscalYear(2021))
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
    with pytest.raises(UsageError):
        open_plan(text, tmp_path)
    with pytest.raises(FiscalYearError):
        FiscalYear.parse(text)
    with pytest.raises(UsageError):
        check_parameters(_notebook_of("plan = ''"), "a.ipynb", {text: "x"})


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
        statements = ast.parse(code).body
        assert [
            ast.literal_eval(statement.value) for statement in statements if isinstance(statement, ast.Assign)
        ] == [text] * 2
        assert len(statements) == 2


def test_files_with_such_names_beside_the_sheets_are_no_sheets(hostile: History) -> None:
    before = find_sheets(hostile.plan)
    for text in SHOWN:
        if "/" not in text and len(text.encode()) < 200:
            (hostile.plan.folder / f"{text}.csv").write_text("番号,実施状況\n", encoding="utf-8")
    assert find_sheets(hostile.plan) == before
    for file in hostile.plan.folder.glob("*.csv"):
        if file.name not in ("items.csv", "2020.csv", "2021.csv"):
            file.unlink()


def test_names_of_worksheets_are_shown_as_text(tmp_path: Path) -> None:
    root = lay_out_hostile(tmp_path, SHOWN[:14])
    folder = root / "data/raw/teki"
    with (folder / "2021.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    (folder / "2021.csv").unlink()
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "<img src=x onerror=alert(1)>"
    for row in rows:
        sheet.append(list(row))
    for line in sheet.iter_rows():
        for cell in line:
            cell.data_type = "s"
    workbook.save(folder / "2021.xlsx")
    page = made_files(load_history("teki", 2021, root))["report.html"].decode()
    assert "<img" not in page
    assert "2021.xlsx／&lt;img src=x onerror=alert(1)&gt;" in page


def _notebook_of(source: str) -> Any:
    import nbformat

    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})]
    )
