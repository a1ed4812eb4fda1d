import pytest

from helpers.errors import DataError
from helpers.fiscal_year import FiscalYear
from helpers.pipeline import bundle_check
from helpers.pipeline.bundle_check import Bundle
from helpers.pipeline.reports import build_reports

R4 = FiscalYear(2022)
FOLDER = "reports/yamaguchi/2022"


@pytest.fixture
def root(make_project, short_reports):
    """A project with a short report."""
    root = make_project()
    assert build_reports(root, [R4]).is_good
    return root


def test_what_a_build_passes_over_is_no_part_of_a_bundle(root, monkeypatch):
    monkeypatch.setattr(bundle_check, "check_same_cells", lambda files: None)
    monkeypatch.setattr(bundle_check, "attachment_problems", lambda files: ())
    folder = root / FOLDER
    whole = Bundle.read(folder)
    (folder / "tables").mkdir()
    for name in (".DS_Store", "tables/~$tables.xlsx", "Thumbs.db", "desktop.ini", "report.html~"):
        (folder / name).write_bytes(b"left")
    assert build_reports(root, [R4]).outcomes[0].is_current
    assert Bundle.read(folder) == whole
    assert whole.problems() == []
    (folder / "notes.txt").touch()
    assert Bundle.read(folder).problems() == ["notes.txt: manifest.json の記録にないファイルです"]


def test_other_data_is_reported_in_the_words_of_a_build(root):
    bundle = Bundle.read(root / FOLDER)
    assert bundle.data_problems(root) == []
    raw = root / "data/raw/yamaguchi"
    with (raw / "R4.csv").open("ab") as sheet:
        sheet.write(b"\n")
    (raw / "R3.csv").rename(raw / "R5.csv")
    problems = bundle.data_problems(root)
    assert problems == list(build_reports(root, [R4]).outcomes[0].why)
    assert problems == [
        "状況調査 R3.csv がなくなった",
        "状況調査 R4.csv が変わった",
        "状況調査のある前の年度が令和3年度から平成30年度に替わった",
        "次の年度（令和5年度）の状況調査が加わった",
    ]


def test_a_folder_without_a_manifest_is_no_bundle(root):
    with pytest.raises(DataError, match="報告書のフォルダーを指定してください"):
        Bundle.read(root / "reports")
