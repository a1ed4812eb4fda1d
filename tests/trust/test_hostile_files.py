"""Files made to exhaust, to reach out or to deceive a reader are refused, each with a finding."""

from pathlib import Path

import pytest
from hostile_files import FILES, LOW

from helpers.fiscal_year import FiscalYear
from helpers.plan.reading.plan_file import load_plan
from helpers.sheets import Finding
from spreadsheets import inspect_bytes

# The reason for refusing each; all others are damaged or no spreadsheet.
BEYOND_A_LIMIT = {
    "zip_of_much.xlsx": "展開すると大きすぎます",
    "zip_of_zeros.xlsx": "圧縮率が異常です",
    "zip_of_many.xlsx": "部品が多すぎます",
    "many_bytes.csv": "ファイルが大きすぎます",
    "many_rows.csv": "上限50行",
    "many_columns.csv": "20列",
    "many_rows.ods": "s!A51: 表から遠く離れた",
    "many_rows.xlsx": "s!A51: 表から遠く離れた",
    "many_columns.ods": "s!U1: 表から遠く離れた",
    "cells_repeated.ods": "s: 値のあるセルが多すぎます（上限300個）",
    "cell_far_below.xlsx": "s!A51: 表から遠く離れた",
    "cell_far_right.xlsx": "s!U2: 表から遠く離れた",
    "long_cell.csv": "B2: 一つのセルの文字が多すぎます（上限500字）",
    "long_cell_in_quotes.csv": "B2: 一つのセルの文字が多すぎます（上限500字）",
    "long_cell.xlsx": "s!A1: 一つのセルの文字が多すぎます（上限500字）",
    "text_shared_by_every_cell.xlsx": "s: 文字が多すぎます（上限3,000字）",
}


@pytest.fixture
def findings(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[Finding, ...]]:
    """What is found in each file, read in an empty folder that stays empty."""
    monkeypatch.chdir(tmp_path)
    plan = load_plan(root / "data/raw/yamaguchi")
    files = {
        name: inspect_bytes(make(), name, plan, FiscalYear(2022), LOW).findings
        for name, make in FILES.items()
    }
    assert list(tmp_path.iterdir()) == []
    assert not any((folder / "planted").exists() for folder in tmp_path.parents)
    return files


def test_every_file_is_refused_for_what_is_wrong_with_it(findings: dict[str, tuple[Finding, ...]]) -> None:
    assert len(findings) >= 30
    for name, (first, *_) in findings.items():
        assert first.is_error and str(first).startswith(name), name
        assert BEYOND_A_LIMIT.get(name, "") in str(first), str(first)
        assert (first.code == "too_large") == (name in BEYOND_A_LIMIT), str(first)
        if "entit" in name or "dtd" in name:
            assert "DTD" in first.message, name
