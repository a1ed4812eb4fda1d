"""A table's records as csv: UTF-8 without a byte order mark, LF, one record a line."""

from __future__ import annotations

import csv
import io

import pandas as pd

from helpers.tabular.text import guarded


def table_csv(records: pd.DataFrame) -> bytes:
    """Write records as csv: integers and decimals as they are, nothing for missing, text guarded against formulas."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([guarded(str(column)) for column in records.columns])
    for record in records.astype(object).itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in record])
    return stream.getvalue().encode("utf-8")


def _cell(value: object) -> str:
    if isinstance(value, str):
        return guarded(value)
    return "" if pd.isna(value) else str(value)
