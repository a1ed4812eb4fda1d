"""Run a reader's library in a process of its own, with limits of memory and time."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from helpers.sheets.files.grid import address
from helpers.sheets.files.unreadable import (
    LOCKED_BY_EXCEL,
    Limits,
    cell_too_long,
    corrupt,
    not_a_spreadsheet,
    password_protected,
    too_large,
    too_late,
    too_long,
)

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class ChildReader:
    """A file that ``cells_as_json`` loads for its function ``read(data, output)``, and the library that the file imports."""

    file: Path
    library: str


XLRD = ChildReader(_HERE / "xlrd_cells.py", "xlrd")


def sheets_in_child(data: bytes, reader: ChildReader, limits: Limits) -> list[dict[str, Any]]:
    """Read every worksheet in a child process: ``name``, ``rows`` of texts, and the structure where the reader gives it.

    Raises:
        UnreadableError: the reader refused the workbook, ended before its time, or took too long.
    """
    arguments = [str(reader.file), _folder_of(reader.library)]
    ended = _run("cells_as_json.py", arguments, data, limits)
    if ended.returncode != 0:
        # A reader that runs out of memory is aborted by a signal; a damaged file may make it panic.
        raise corrupt("表の中身を読めません")
    answer: dict[str, Any] = json.loads(ended.stdout)
    match answer.get("error"):
        case "password":
            raise password_protected(LOCKED_BY_EXCEL)
        case "other_document":
            raise not_a_spreadsheet("Wordなど別の文書")
        case "too_large":
            raise too_large(f"表が大きすぎます（上限{limits.cells:,}セル）", answer["sheet"])
        case "too_long":
            raise too_long(limits, answer["sheet"])
        case "long_cell":
            raise cell_too_long(limits, answer["sheet"], address(*answer["place"]))
        case str():
            raise corrupt("表の中身を読めません")
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def unlocked(data: bytes, limits: Limits) -> bytes:
    """Decrypt a workbook with the password that Excel itself tries first.

    Raises:
        UnreadableError: the password is another one, or opening took too long.
    """
    import tempfile  # slow to import, and needed for few workbooks

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "unlocked.xlsx"
        ended = _run("excel_password.py", [str(target), _folder_of("excelize")], data, limits)
        if ended.returncode != 0 or not target.is_file():
            raise password_protected()
        return target.read_bytes()


def _folder_of(library: str) -> str:
    """The folder from which a library is imported."""
    spec = importlib.util.find_spec(library)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(library)
    return str(Path(spec.origin).parents[1 if spec.submodule_search_locations else 0])


def _run(
    script: str, arguments: list[str], data: bytes, limits: Limits
) -> subprocess.CompletedProcess[bytes]:
    """Run a script of this folder on the bytes of a workbook; the limits are its last argument."""
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(_HERE / script), *arguments]
    environment = {
        name: value for name, value in os.environ.items() if name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH")
    }
    try:
        return subprocess.run(
            [*command, json.dumps(asdict(limits))],
            input=data,
            capture_output=True,
            timeout=limits.seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise too_late(limits) from None
