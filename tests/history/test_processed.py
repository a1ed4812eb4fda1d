import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import helpers
from helpers import sheets
from helpers.errors import SheetError
from helpers.files.writing import replace_file, sha256_of
from helpers.fiscal_year import FiscalYear
from helpers.history import processed
from helpers.history.imported import sources
from helpers.history.processed import ingest, read_year
from helpers.pipeline.publication.exclusion import clear_leftovers, has_leftovers
from helpers.plan.reading.plan_file import load_plan
from helpers.sheets.status_sheet import SheetSource, StatusSheet
from small_city import City

YEAR = FiscalYear(2021)
GOOD = "完了 進行中 未着手 未着手"


class Project:
    """The small city with one sheet, and whether a year is read from its sheet or from the processed frame."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.raw = root / "data" / "raw" / "machi"
        self.processed = root / "data" / "processed" / "machi"
        self.sheet = self.raw / "2021.csv"
        self.sheets_read = 0
        reader = sheets.read_status_sheet

        def counting(*arguments: object) -> StatusSheet:
            self.sheets_read += 1
            return reader(*arguments)

        monkeypatch.setattr(sheets, "read_status_sheet", counting)

    def ingest(self) -> StatusSheet:
        return ingest(load_plan(self.raw), YEAR, self.sheet, self.processed)

    def read(self) -> StatusSheet:
        return read_year(load_plan(self.raw), YEAR, self.sheet, self.processed)

    def uses_the_frame(self) -> bool:
        before = self.sheets_read
        self.read()
        return self.sheets_read == before


@pytest.fixture
def project(city: City, monkeypatch: pytest.MonkeyPatch) -> Project:
    return Project(city({2021: GOOD}), monkeypatch)


def test_a_current_frame_is_used_and_says_the_same_as_the_sheet(project: Project) -> None:
    fresh = project.ingest()
    assert project.uses_the_frame()
    kept = project.ingest()
    assert project.sheets_read == 1
    pd.testing.assert_frame_equal(kept.statuses, fresh.statuses)
    facts = attrgetter("source", "notes", "findings", "year")
    assert facts(kept) == facts(fresh)


def test_without_a_frame_the_sheet_is_read_and_nothing_is_written(project: Project) -> None:
    assert not project.uses_the_frame()
    assert not project.processed.exists()


@pytest.mark.parametrize("name", ["2021.csv", "plan.toml", "items.csv"])
def test_a_frame_made_from_other_bytes_is_not_used(project: Project, name: str) -> None:
    project.ingest()
    file = project.raw / name
    file.write_bytes(file.read_bytes() + b"\n")
    assert not project.uses_the_frame()


READ = """
import sys
from pathlib import Path
from helpers import sheets

from helpers.history import processed
from helpers.fiscal_year import FiscalYear
from helpers.plan.reading.plan_file import load_plan
raw, kept = map(Path, sys.argv[1:])
reader, read = sheets.read_status_sheet, []
sheets.read_status_sheet = lambda *arguments: read.append(1) or reader(*arguments)
processed.read_year(load_plan(raw), FiscalYear(2021), raw / "2021.csv", kept)
print(*("sheet" if read else "frame", *(name for name in sys.modules if name.startswith("helpers."))))
if read:
    processed.ingest(load_plan(raw), FiscalYear(2021), raw / "2021.csv", kept)
"""


def test_a_frame_is_made_anew_when_what_reads_sheets_changed_and_only_then(
    city: City, tmp_path: Path
) -> None:
    raw = city({2021: GOOD}) / "data" / "raw" / "machi"
    copy = tmp_path / "copy"
    shutil.copytree(helpers.__path__[0], copy / "helpers")

    def read() -> list[str]:
        return subprocess.run(
            [sys.executable, "-P", "-B", "-c", READ, str(raw), str(tmp_path / "kept")],
            env=os.environ | {"PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()

    assert [read()[0], read()[0]] == ["sheet", "frame"]
    for changed, used in {
        "report/charts/drawing/canvas.py": "frame",
        "sheets/outgoing/blank.py": "frame",
        "text/forms.py": "sheet",
        "plan/reading/toml_section.py": "sheet",
        "sheets/files/in_child/xlrd_cells.py": "sheet",
    }.items():
        with (copy / "helpers" / changed).open("a", encoding="utf-8") as file:
            file.write("# another version\n")
        assert read()[0] == used, changed


def test_all_that_is_imported_for_reading_a_sheet_counts(city: City, tmp_path: Path) -> None:
    raw = city({2021: GOOD}) / "data" / "raw" / "machi"
    command = [sys.executable, "-P", "-c", READ, str(raw), str(tmp_path / "kept")]
    package = Path(helpers.__path__[0])
    _, *loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    counted = {
        str(file.relative_to(package.parent).with_suffix("")).removesuffix("/__init__").replace("/", ".")
        for file in sources(package, processed.READING)
    }
    assert "helpers.sheets.reading" in loaded
    assert set(loaded) - counted == set()
    rooms = {name.split(".")[1] for name in counted - {"helpers"}}
    assert not rooms & {"report", "export", "proof", "pipeline"}


@pytest.mark.parametrize("package", ["pandas", "xlrd"])
def test_a_frame_made_with_another_library_is_not_used(
    project: Project, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    project.ingest()
    real = processed.version
    monkeypatch.setattr(processed, "version", lambda name: "99.1" if name == package else real(name))
    processed.reading_code.cache_clear()
    try:
        assert not project.uses_the_frame()
    finally:
        processed.reading_code.cache_clear()
    monkeypatch.setattr(processed, "version", real)
    assert project.uses_the_frame()


def cut(kept: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:kept]


SPOILT = [
    *(("2021.csv", cut(kept)) for kept in (0, 1, 40, -1)),
    # A description may lose its last line break and still be whole.
    *(("2021.json", cut(kept)) for kept in (0, 1, 40, -2)),
    *(("2021.json", lambda _, text=text: text.encode())
      for text in ("[]", "null", "{}", '{"made_from": 3}', "\ufffd", "NaN")),
    ("2021.csv", lambda data: data.replace("未着手".encode(), "完了".encode())),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spoil"), SPOILT)
def test_a_frame_that_is_torn_or_edited_or_of_another_shape_is_not_used(
    project: Project, name: str, spoil: Callable[[bytes], bytes]
) -> None:
    project.ingest()
    file = project.processed / name
    file.write_bytes(spoil(file.read_bytes()))
    assert not project.uses_the_frame()
    assert list(project.read().statuses["status"]) == GOOD.split()


def test_a_frame_that_another_writer_tore_is_not_described_as_whole(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tear(file: Path, content: bytes) -> None:
        replace_file(file, content)
        if file.suffix == ".csv":
            file.write_bytes(file.read_bytes()[:-30])

    monkeypatch.setattr(processed, "replace_file", tear)
    project.ingest()
    assert not project.uses_the_frame()


def test_a_sheet_with_an_error_leaves_the_old_frame_as_it_was(project: Project) -> None:
    project.ingest()
    before = {file.name: file.read_bytes() for file in project.processed.iterdir()}
    sheet = project.sheet.read_text(encoding="utf-8")
    project.sheet.write_text(sheet.replace("進行中", "だいたい完了"), encoding="utf-8")
    with pytest.raises(SheetError, match="だいたい完了"):
        project.ingest()
    assert {file.name: file.read_bytes() for file in project.processed.iterdir()} == before
    # The old frame is not used instead of the broken sheet.
    with pytest.raises(SheetError):
        project.read()


def test_ingesting_leaves_two_files_and_no_others(project: Project) -> None:
    project.ingest()
    project.ingest()
    assert sorted(file.name for file in project.processed.iterdir()) == ["2021.csv", "2021.json"]
    assert json.loads((project.processed / "2021.json").read_bytes())["source"]["file"] == "2021.csv"


def test_what_a_killed_writer_leaves_is_what_a_build_clears(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.ingest()
    project.sheet.write_text(project.sheet.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda new, file: (_ for _ in ()).throw(KeyboardInterrupt))
        patch.setattr(Path, "unlink", lambda file, missing_ok: None)  # killed, it does not come to that
        with pytest.raises(KeyboardInterrupt):
            project.ingest()
    assert has_leftovers(project.processed)
    clear_leftovers(project.processed)
    assert sorted(file.name for file in project.processed.iterdir()) == ["2021.csv", "2021.json"]


texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(activities=texts, remarks=texts)
def test_any_text_comes_back_from_the_frame_as_it_was(
    project: Project, monkeypatch: pytest.MonkeyPatch, activities: str, remarks: str
) -> None:
    row = {
        "fiscal_year": 2021, "number": "1", "policy": "1", "item": "窓口の案内", "status": "完了", "items": 1,
        "activities": activities, "department": "", "remarks": remarks, "file": "2021.csv", "sheet": "", "cell": "D2",
    }  # fmt: skip
    sheet = StatusSheet(YEAR, [row], SheetSource("2021.csv", sha256_of(project.sheet.read_bytes()), ""))
    shutil.rmtree(project.processed, ignore_errors=True)
    with monkeypatch.context() as patch:
        patch.setattr(sheets, "read_status_sheet", lambda *_: sheet)
        project.ingest()
        patch.setattr(sheets, "read_status_sheet", None)  # the frame has to do
        kept = project.read()
    pd.testing.assert_frame_equal(kept.statuses, sheet.statuses)


DECLARED = '\n[[fields]]\nname = "理由"\n'
WITH_REASONS = '番号,実施状況,理由\n1,完了,早い\n2,進行中,"二行の\n理由, と="\n3,未着手,\'式\n4,完了,\n'


def test_declared_values_are_kept_beside_the_frame_and_read_back(city: City, tmp_path: Path) -> None:
    raw = city({2021: GOOD}, more=DECLARED) / "data" / "raw" / "machi"
    (raw / "2021.csv").write_text(WITH_REASONS, encoding="utf-8")
    plan, year = load_plan(raw), FiscalYear(2021)
    fresh = ingest(plan, year, raw / "2021.csv", tmp_path / "kept")
    names = {"2021.csv", "2021.json", "2021.values.csv"}
    assert {file.name for file in (tmp_path / "kept").iterdir()} == names
    kept = read_year(plan, year, raw / "2021.csv", tmp_path / "kept")
    assert kept.values == fresh.values
    assert [value.text for value in kept.values] == ["早い", "二行の\n理由, と=", "'式"]


@pytest.mark.parametrize("content", [None, b"", b"number,kind\n"])
def test_a_frame_without_its_values_is_not_used(city: City, tmp_path: Path, content: bytes | None) -> None:
    raw = city({2021: GOOD}, more=DECLARED) / "data" / "raw" / "machi"
    (raw / "2021.csv").write_text(WITH_REASONS, encoding="utf-8")
    plan, year, kept = load_plan(raw), FiscalYear(2021), tmp_path / "kept"
    ingest(plan, year, raw / "2021.csv", kept)
    file = kept / "2021.values.csv"
    file.unlink() if content is None else file.write_bytes(content)
    assert len(read_year(plan, year, raw / "2021.csv", kept).values) == 3


def test_a_plan_that_declares_nothing_has_the_same_two_files_as_before(city: City, tmp_path: Path) -> None:
    raw = city({2021: GOOD}) / "data" / "raw" / "machi"
    ingest(load_plan(raw), FiscalYear(2021), raw / "2021.csv", tmp_path / "kept")
    assert {file.name for file in (tmp_path / "kept").iterdir()} == {"2021.csv", "2021.json"}
