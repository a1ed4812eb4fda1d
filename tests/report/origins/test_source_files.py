"""A sheet in several parts: every figure leads to file, worksheet and cell."""

from pathlib import Path

import pytest

from helpers import tables
from helpers.files.writing import sha256_of
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.report.origins import appendix, sources
from helpers.report.register import trace
from small_city import City

HEADER = "番号,実施状況\n"
A, B = f"{HEADER}1,完了\n2,進行中\n", f"{HEADER}3,完了\n4,完了\n"


@pytest.fixture
def in_parts(city: City) -> History:
    """Fiscal 2020 in a file, fiscal 2021 in two."""
    root = city({2020: "完了 完了 完了 進行中"})
    folder = root / "data" / "raw" / "machi" / "R3"
    folder.mkdir()
    (folder / "a.csv").write_text(A, encoding="utf-8")
    (folder / "b.csv").write_text(B, encoding="utf-8")
    return load_history("machi", 2021, root)


def test_every_file_has_a_row_that_its_cells_lead_to(in_parts: History) -> None:
    follow = trace(in_parts)
    files = appendix.source_files(follow)
    assert files.records[["file", "sha256"]].iloc[1:].to_numpy().tolist() == [
        ["R3/a.csv", sha256_of(A.encode())],
        ["R3/b.csv", sha256_of(B.encode())],
    ]
    assert [row["id"] for row in files.row_attributes] == ["file-2020", "file-2021", "file-2021-2"]
    cells = appendix.source_cells(follow)
    assert list(cells.printed["令和3年度"]) == ["a.csv／B2", "a.csv／B3", "b.csv／B2", "b.csv／B3"]
    assert list(cells.printed["令和2年度"]) == ["D2", "D3", "D4", "D5"]
    assert cells.links[2, "令和3年度"] == (("b.csv／B2", "file-2021-2"),)
    assert cells.links[2, "令和2年度"] == (("D4", "file-2020"),)
    assert cells.records.iloc[-1].to_dict() == {
        "fiscal_year": 2021, "number": "4", "file": "R3/b.csv", "sheet": "", "cell": "B3",
    }  # fmt: skip


def test_a_folder_is_named_with_its_number_of_files_and_the_digest_of_their_list(in_parts: History) -> None:
    table = sources.sources(trace(in_parts))
    listed = f"{sha256_of(A.encode())}  R3/a.csv\n{sha256_of(B.encode())}  R3/b.csv\n"
    assert table.printed.iloc[-1].tolist()[2:] == ["R3/（2ファイル）", sha256_of(listed.encode())[:16]]
    assert "一覧のもの" in table.page_notes[0]
    assert appendix.origins(trace(in_parts)).printed.iloc[0]["年度"] == "令和3年度（R3/（2ファイル））"
    items = tables.items(in_parts)
    assert list(items.records["file"]) == ["R3/a.csv"] * 2 + ["R3/b.csv"] * 2


def test_a_sheet_of_one_table_is_told_as_before(history_2022: History, root: Path) -> None:
    follow = trace(history_2022)
    cells, items = appendix.source_cells(follow), tables.items(history_2022)
    assert list(cells.records.columns) == ["fiscal_year", "number", "cell"]
    assert "file" not in items.records.columns
    assert sources.sources(follow).page_notes == ()
