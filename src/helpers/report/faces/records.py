"""The records of a table as plain values, and as JSON."""

from __future__ import annotations

__all__ = ["Value", "from_json", "to_json", "values_of"]

from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from numbers import Integral, Real
from typing import Any

import pandas as pd

from helpers.errors import UsageError

Value = str | int | Decimal | None


def values_of(records: pd.DataFrame) -> list[tuple[Value, ...]]:
    """The records as plain values; None is missing."""
    columns = [map(_plain, column.tolist()) for _, column in records.items()]
    return list(zip(*columns, strict=True))


def to_json(records: pd.DataFrame) -> dict[str, Any]:
    """Columns and rows for JSON; a decimal is a list of its digits alone, so that none is lost: 0.810 → ["0.810"]."""
    rows = [
        [[str(value)] if isinstance(value, Decimal) else value for value in record]
        for record in values_of(records)
    ]
    return {"columns": list(map(str, records.columns)), "rows": rows}


def from_json(data: Mapping[str, Any]) -> pd.DataFrame:
    """The records that ``to_json`` wrote."""
    rows = [
        [Decimal(value[0]) if isinstance(value, list) else value for value in row] for row in data["rows"]
    ]
    return pd.DataFrame(rows, columns=data["columns"], dtype=object)


def _plain(value: Any) -> Value:
    if isinstance(value, str | Decimal):
        return value
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real) and isfinite(number := float(value)):
        return int(number) if number.is_integer() else Decimal(str(number))
    raise UsageError(
        f"表の records に、数でも文字でもない値「{value}」があります。str(…) などで文字にしてください"
    )
