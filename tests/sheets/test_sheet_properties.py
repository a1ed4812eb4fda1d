"""Whatever quirks a valid sheet has, the same figures come out; whatever happens to it, never other figures unsaid."""

import functools
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, reject, settings
from hypothesis import strategies as st
from python_calamine import load_workbook
from random_layouts import years
from random_sheets import YEAR, Written, as_ods, as_text, as_xls, as_xlsx, sheets, sheets_of_variants
from test_second_look import shown, stored

from helpers.files.writing import zipped
from helpers.plan.reading.plan_file import load_plan
from helpers.sheets import SheetReading, inspect_parts
from helpers.sheets.files.readers import read_grids
from spreadsheets import inspect_bytes, members
from tries import tries

FIXTURES = Path(__file__).with_name("fixtures")


def relaxed(examples: int) -> settings:
    """Settings for tests that read whole files."""
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(max_examples=tries(examples), suppress_health_check=checks)


FIGURES = ["実施", "一部実施", "実施", "検討中", "実施", "未実施"]


def demand_same_frame(data: bytes, name: str, written: Written) -> None:
    reading = inspect_bytes(data, name, written.plan, YEAR)
    assert [str(finding) for finding in reading.findings if finding.is_error] == []
    assert reading.status_sheet is not None
    frame = reading.status_sheet.statuses
    columns = ["number", "status", "activities", "department", "remarks"]
    assert list(frame[columns].itertuples(index=False, name=None)) == written.expected
    hidden = [finding for finding in reading.findings if finding.code == "hidden_row"]
    assert bool(hidden) == (bool(written.hidden_rows) and not name.endswith(("csv", "tsv")))


@relaxed(100)
@given(sheets(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp932"]), st.sampled_from([",", "\t"]))
def test_text_sheet_with_any_quirks_reads_back(written, encoding, delimiter):
    try:
        data = as_text(written, encoding, delimiter)
    except UnicodeEncodeError:
        reject()
    demand_same_frame(data, "R4.csv", written)


@relaxed(30)
@given(sheets())
def test_xlsx_with_any_quirks_reads_back(written):
    demand_same_frame(as_xlsx(written), "R4.xlsx", written)


@relaxed(20)
@given(sheets())
def test_xls_with_any_quirks_reads_back(written):
    demand_same_frame(as_xls(written), "R4.xls", written)


@pytest.mark.parametrize(("write", "ending"), [(as_xlsx, "xlsx"), (as_xls, "xls"), (as_ods, "ods")])
def test_a_second_library_finds_the_same_in_every_cell_of_a_random_sheet(write, ending):
    @relaxed(15)
    @given(sheets())
    def check(written):
        # The reader of ods leaves out tabs, which cannot be typed into a cell; calamine leaves out more of them.
        assume(ending != "ods" or not any("\t" in cell for row in written.rows for cell in row))
        data = write(written)
        ours = {grid.name: shown(grid) for grid in read_grids(data, f".{ending}")}
        assert ours == {name: stored(load_workbook(io.BytesIO(data)), name) for name in ours}
        assert any(ours.values())

    check()


@relaxed(30)
@given(sheets())
def test_ods_with_any_quirks_reads_back(written):
    # The reader leaves out tabs, which cannot be typed into a cell.
    assume(not any("\t" in cell for row in written.rows for cell in row))
    demand_same_frame(as_ods(written), "R4.ods", written)


@relaxed(60)
@given(years())
def test_the_items_of_a_year_read_back_from_every_layout_format_and_part(year):
    reading = inspect_parts(year.parts, "R4", year.plan, YEAR)
    assert [str(finding) for finding in reading.findings if finding.is_error] == []
    assert reading.status_sheet is not None
    columns = ["number", "status", "activities", "department", "remarks"]
    assert list(reading.status_sheet.statuses[columns].itertuples(index=False, name=None)) == year.expected


@pytest.mark.parametrize(
    ("write", "name", "examples"),
    [
        (lambda written: as_text(written, "utf-8", ","), "R4.csv", 60),
        (lambda written: as_text(written, "utf-16", "\t"), "R4.tsv", 30),
        (as_xlsx, "R4.xlsx", 20),
        (as_xls, "R4.xls", 10),
        (as_ods, "R4.ods", 20),
    ],
)
def test_names_in_other_characters_are_the_plans_and_said_once(write, name, examples):
    @relaxed(examples)
    @given(sheets_of_variants())
    def check(made):
        written, changed = made
        reading = inspect_bytes(write(written), name, written.plan, YEAR)
        assert {finding.code for finding in reading.findings} <= {"variant_characters"}
        assert len(reading.findings) == bool(changed)
        frame = reading.status_sheet.statuses
        columns = ["number", "item", "status", "activities"]
        assert list(frame[columns].itertuples(index=False, name=None)) == written.expected

    check()


# Mutations of a sheet whose total row repeats its figures, so that one change cannot alter both.


@functools.cache
def original(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


@st.composite
def mutations(draw, size: int) -> tuple[int, int, bytes]:
    """One change: from where, how many bytes go, what comes in their place."""
    start = draw(st.integers(0, size))
    return start, draw(st.integers(0, 8)), draw(st.binary(max_size=4))


def mutated(data: bytes, mutation: tuple[int, int, bytes]) -> bytes:
    start, gone, new = mutation
    return data[:start] + new + data[start + gone :]


def demand_same_figures_or_finding(reading: SheetReading) -> None:
    if reading.status_sheet is None:
        assert reading.has_errors
    else:
        assert not reading.has_errors
        assert reading.status_sheet.statuses["status"].tolist() == FIGURES


@functools.cache
def minato():
    return load_plan(FIXTURES / "minato")


@pytest.mark.parametrize(("ending", "examples"), [("csv", 150), ("xlsx", 40), ("ods", 40), ("xls", 40)])
def test_damaged_file_gives_the_same_figures_or_a_finding(ending, examples):
    name = f"total_agrees.{ending}"
    data = original(name)

    @relaxed(examples)
    @given(mutations(len(data)))
    def check(mutation):
        demand_same_figures_or_finding(inspect_bytes(mutated(data, mutation), name, minato(), YEAR))

    check()


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("total_agrees.xlsx", "xl/worksheets/sheet1.xml"),
        ("total_agrees.xlsx", "xl/sharedStrings.xml"),
        ("total_agrees.xlsx", "xl/workbook.xml"),
        ("total_agrees.ods", "content.xml"),
    ],
)
def test_damaged_member_gives_the_same_figures_or_a_finding(name, member):
    contents = members(original(name))

    @relaxed(30)
    @given(mutations(len(contents[member])))
    def check(mutation):
        data = zipped(contents | {member: mutated(contents[member], mutation)})
        demand_same_figures_or_finding(inspect_bytes(data, name, minato(), YEAR))

    check()


@relaxed(100)
@given(st.binary(max_size=400), st.sampled_from(["R4.csv", "R4.xlsx", "R4.xls", "R4.ods", "R4.tsv"]))
@example(b"PK\x03\x04", "R4.xlsx")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "R4.xls")
@example("番号,実施状況\r\n".encode("utf-16"), "R4.csv")
def test_any_bytes_give_findings_and_no_sheet(data, name):
    reading = inspect_bytes(data, name, minato(), YEAR)
    assert reading.status_sheet is None
    assert reading.has_errors


@relaxed(150)
@given(st.lists(st.lists(st.sampled_from(["番号", "実施状況", "推進項目", "合計", "1", "2", "6", "実施", "検討中", "〃", "-", "", "※", "項目数", "Ⅰ", "令和3年度", "R4", "小計"]), max_size=6), max_size=12))  # fmt: skip
@example([["番号", "合計", "実施状況", "番号"]])
def test_any_arrangement_of_the_usual_words_gives_findings_and_no_traceback(rows):
    text = "\n".join(",".join(row) for row in rows)
    reading = inspect_bytes(text.encode(), "R4.csv", minato(), YEAR)
    assert reading.status_sheet is None
    assert reading.has_errors
