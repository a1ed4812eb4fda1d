"""Read a text file of a plan's folder: UTF-8, with or without BOM, and no longer than a person writes it."""

from __future__ import annotations

__all__ = ["LARGEST", "csv_rows", "read_csv_text", "read_text"]

import csv
import errno
import io
from collections.abc import Iterator
from pathlib import Path

from helpers.errors import PlanFileError
from helpers.files.paths import Kind, kind_of, why_not_read
from helpers.text.forms import LONGEST_CELL

LARGEST = 16 << 20  # bytes of one file


def read_text(file: Path, *, if_missing: str, if_unreadable: str, or_cp932: bool = False) -> str:
    """The text of a plan file; ``if_missing`` and ``if_unreadable`` are the remedies that the errors name.

    ``or_cp932``: whether to read CP932 too, in which Japanese Excel saves plain CSV (it says Shift_JIS).

    Raises:
        PlanFileError: the file is not there, cannot be read, is too large or in another encoding; names the file, the
            line and the remedy.
    """
    data, line = _read(file, if_missing), 0
    encodings = {"utf-8-sig": "UTF-8", "cp932": "Shift_JIS"} if or_cp932 else {"utf-8-sig": "UTF-8"}
    for encoding in encodings:
        try:
            return io.TextIOWrapper(io.BytesIO(data), encoding).read()
        except UnicodeDecodeError as error:
            line = line or error.object[: error.start].count(b"\n") + 1
    problem = (
        f"文字を読めません（{' でも '.join(encodings.values())} {'でも' if or_cp932 else 'では'}ありません）"
    )
    raise PlanFileError(file, f"{line}行目", problem, if_unreadable)


def read_csv_text(file: Path, *, if_missing: str) -> str:
    """The text of a table, as Excel saves it in either way; errors as of ``read_text``."""
    return read_text(
        file, if_missing=if_missing, if_unreadable="「CSV UTF-8」で保存してください", or_cp932=True
    )


def csv_rows(file: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a csv file with the number of the line in which each ends.

    Raises:
        PlanFileError: a cell holds more than a spreadsheet program can; names file, line and remedy.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    while True:
        try:
            row = next(reader, None)
        except csv.Error:  # without strictness only of a field beyond the library's own limit
            row = [" " * (LONGEST_CELL + 1)]
        if row is None:
            return
        if any(len(cell) > LONGEST_CELL for cell in row):
            problem = f"一つの欄の文字が多すぎます（上限{LONGEST_CELL:,}字）"
            remedy = '引用符 " の閉じ忘れがないか確かめ、短く書いてください'
            raise PlanFileError(file, f"{reader.line_num}行目", problem, remedy)
        yield reader.line_num, row


def _read(file: Path, if_missing: str) -> bytes:
    try:
        if (kind := kind_of(file)) in (Kind.FOLDER, Kind.OTHER):
            # Opening a pipe would wait until another program writes to it.
            raise OSError(errno.EISDIR if kind is Kind.FOLDER else errno.EINVAL, kind.value, str(file))
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and kind is Kind.NOTHING:
            raise PlanFileError(file, "", f"{file.parent} に {file.name} がありません", if_missing) from None
        raise PlanFileError(file, "", *why_not_read(error)) from None
    if len(data) > LARGEST:
        problem = f"大きすぎます（上限{LARGEST >> 20} MB）"
        raise PlanFileError(file, "", problem, "計画のファイルかどうか確かめてください")
    return data
