"""The csv files, and text in them that is no formula."""

import csv
import io
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.export.files.csv_file import table_csv
from helpers.files.formulas import TRIGGERS, guarded, is_formula_like, unguarded

HOSTILE = ["=1+1", "+81", "-1", "@SUM(A1)", "＝1＋1", "＋1", "－1", "＠A", "\t=1", "\r=1", "\n=1", "'=1+1"]
RECORDS = pd.DataFrame(
    {
        "status": ["実施", "未実施"],
        "items": pd.array([34, pd.NA], dtype="Int64"),
        "change_items": [-1, 0],
        "share": [Decimal("0.810"), None],
    }
)


def test_csv_holds_figures_as_they_are_and_nothing_for_missing():
    assert table_csv(RECORDS) == "status,items,change_items,share\n実施,34,-1,0.810\n未実施,,0,\n".encode()


def test_a_record_of_one_empty_cell_is_a_record():
    assert table_csv(pd.DataFrame({"note": ["", "x"]})) == b'note\n""\nx\n'


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_in_a_csv_is_a_formula(text):
    content = table_csv(pd.DataFrame({"item": [text]})).decode()
    (cell,) = list(csv.reader(io.StringIO(content, newline="")))[1]
    assert not is_formula_like(cell)
    assert unguarded(cell) == text


@given(st.text(alphabet=[*(trigger[0] for trigger in TRIGGERS), "'", "実", "1"]))
def test_guarding_is_safe_and_reversible(text):
    assert not is_formula_like(guarded(text))
    assert unguarded(guarded(text)) == text
