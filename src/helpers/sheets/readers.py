"""Bytes to grids: text in this process, workbooks in a child process after their container was checked."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.sheets.biff import xls_structures
from helpers.sheets.container import ODS, TEXT, XLSX, kind_of, open_zip
from helpers.sheets.decode import text_grids
from helpers.sheets.grid import Area, Grid, address
from helpers.sheets.ods_structure import ods_structures
from helpers.sheets.structure import Structure
from helpers.sheets.unreadable import (
    LIMITS,
    UnreadableError,
    cell_too_long,
    corrupt,
    password_protected,
    too_large,
    too_long,
)
from helpers.sheets.xlsx_structure import xlsx_structures

_CHILD = Path(__file__).with_name("child.py")


def read_grids(data: bytes, suffix: str) -> tuple[Grid, ...]:
    """Read every worksheet as text cells; the kind of file is told by its contents.

    For text files there is one grid, or several ways to cut the same text, the likeliest first.

    Raises:
        UnreadableError: empty, encrypted, damaged, too large or no spreadsheet.
    """
    if len(data) > LIMITS.file_bytes:
        raise too_large(f"ファイルが大きすぎます（上限{LIMITS.file_bytes // 1_000_000}MB）")
    kind = kind_of(data)
    if kind == TEXT:
        return text_grids(data, suffix)
    structures = _structures(data, kind)
    return tuple(_grids(_read_in_child(data), structures))


def _structures(data: bytes, kind: str) -> dict[str, Structure]:
    if kind in (XLSX, ODS):
        with open_zip(data) as archive:
            return (xlsx_structures if kind == XLSX else ods_structures)(archive)
    return xls_structures(data)


def _read_in_child(data: bytes) -> list[dict[str, Any]]:
    spec = importlib.util.find_spec("python_calamine")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("python_calamine")
    folder = Path(spec.origin).parents[1]
    limits = (
        LIMITS.memory_bytes,
        LIMITS.seconds,
        LIMITS.cells,
        LIMITS.cell_characters,
        LIMITS.characters,
    )
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(_CHILD), str(folder), *map(str, limits)]
    environment = {
        name: value for name, value in os.environ.items() if name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH")
    }
    try:
        ended = subprocess.run(
            command, input=data, capture_output=True, timeout=LIMITS.seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise too_large(f"{LIMITS.seconds}秒かけても読み終わりません") from None
    if ended.returncode != 0:
        # Out of memory aborts the reader by a signal; a damaged file may make it panic.
        raise corrupt("表の中身を読めません")
    answer: dict[str, Any] = json.loads(ended.stdout)
    match answer.get("error"):
        case "password":
            raise password_protected()
        case "too_large":
            raise too_large(f"表が大きすぎます（上限{LIMITS.cells:,}セル）", answer["sheet"])
        case "too_long":
            raise too_long(answer["sheet"])
        case "long_cell":
            raise cell_too_long(answer["sheet"], address(*answer["place"]))
        case str():
            raise corrupt("表の中身を読めません")
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def _grids(sheets: list[dict[str, Any]], structures: dict[str, Structure]) -> Iterator[Grid]:
    if [sheet["name"] for sheet in sheets] != list(structures):
        raise corrupt("シートの目次と中身が合いません")
    for sheet in sheets:
        structure = structures[sheet["name"]]
        rows = _with_errors(sheet["rows"], structure.errors)
        merged = [
            (top, left, bottom, right) for top, left, bottom, right in sheet["merged"] or structure.merged
        ]
        yield Grid(
            name=sheet["name"],
            rows=tuple(tuple(row) for row in rows),
            merged=_inside(merged, rows, sheet["name"]),
            hidden_rows=frozenset(structure.hidden_rows),
            hidden_columns=frozenset(structure.hidden_columns),
            uncached=frozenset(structure.uncached),
            is_hidden=structure.is_hidden,
        )


def _with_errors(rows: list[list[str]], errors: dict[tuple[int, int], str]) -> list[list[str]]:
    """Put error values such as #REF! back, which the reader leaves empty."""
    for (row, column), text in errors.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = text
    return rows


def _inside(merged: list[Area], rows: list[list[str]], sheet: str) -> tuple[Area, ...]:
    """Clip merged ranges to the table; ranges that overlap are a sign of damage.

    Raises:
        UnreadableError: they overlap.
    """
    height, width = len(rows), max(map(len, rows), default=0)
    clipped = [
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in merged
        if top < height and left < width
    ]
    area = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in clipped)
    if area > height * width:
        raise UnreadableError(
            "corrupt",
            f"シート「{sheet}」の結合セルが重なっています。結合を解除して保存し直してください",
            sheet,
        )
    return tuple(clipped)
