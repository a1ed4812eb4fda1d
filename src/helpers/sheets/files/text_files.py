"""Read a text file: decoders in a fixed order, each strict, so that no character is lost or replaced."""

from __future__ import annotations

__all__ = ["FOREIGN_ENCODINGS", "RARE_SEPARATORS", "SEPARATORS", "decode_text", "other_readings", "read"]

import codecs
import csv
import io
import re

from helpers.sheets.files.grid import Grid, address
from helpers.sheets.files.unreadable import (
    Limits,
    UnreadableError,
    cell_too_long,
    corrupt,
    not_a_spreadsheet,
    too_large,
    too_long,
    wrong_encoding,
)

# Encodings that a CP932 decoder may swallow as mojibake; tried only to name them in a finding.
FOREIGN_ENCODINGS = {"euc_jp": "EUC-JP", "iso2022_jp": "ISO-2022-JP（JIS）"}

SEPARATORS, RARE_SEPARATORS = (",", "\t", ";"), ("，", "；", "|", "｜", "、")

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(data: bytes, suffix: str, limits: Limits) -> tuple[Grid, ...]:
    """Cut a text file at commas, tabs and semicolons: one grid for each, the likeliest first; else at rarer separators.

    Raises:
        UnreadableError: no text, no known encoding, an unclosed quote, or beyond the limits.
    """
    _refuse_binary(data)
    text = decode_text(data).rstrip("\0")  # some programs fill a file up with them
    if len(text) > limits.characters:
        raise too_long(limits)
    first_lines = text[:10_000]
    counts = {delimiter: first_lines.count(delimiter) for delimiter in SEPARATORS}
    expected = "\t" if suffix == ".tsv" else ","
    if any(map(_has_rare_separators, first_lines.splitlines())):
        counts |= {delimiter: first_lines.count(delimiter) for delimiter in RARE_SEPARATORS}
    order = sorted(counts, key=lambda each: (each != expected, each in RARE_SEPARATORS, -counts[each]))
    grids, failures = [], []
    for delimiter in order:
        if delimiter == expected or counts[delimiter]:
            try:
                grids.append(_cut(text, delimiter, limits))
            except UnreadableError as error:
                failures.append(error)
    if not grids or (failures and len(grids) == 1 and max(map(len, grids[0].rows), default=0) <= 1):
        raise failures[0]
    return tuple(grids)


def _has_rare_separators(line: str) -> bool:
    """Whether a line can only be cut at separators that few use, as a header typed in full-width characters."""
    return not any(delimiter in line for delimiter in SEPARATORS) and any(
        line.count(each) > 1 for each in RARE_SEPARATORS
    )


def _refuse_binary(data: bytes) -> None:
    start = data.rstrip(b"\0")[:4096]
    if (
        data.startswith((b"\xff\xfe", b"\xfe\xff", codecs.BOM_UTF32_BE))
        or b"\x00" not in start
        or not _CONTROL.search(start)
    ):
        return
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        text = data[:2000].decode(encoding, "ignore")
        if "," in text and not re.search(r"[\x00-\x08\ufffe\uffff]", text):
            raise wrong_encoding(f"文字コードがBOMのない{encoding[:6].upper()}のようです")
    raise not_a_spreadsheet("文字ではないデータ")


def decode_text(data: bytes) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 or UTF-32 with BOM, or CP932, strictly.

    Raises:
        UnreadableError: the bytes are none of these.
    """
    try:
        if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
            return data.decode("utf-32")
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            if data.startswith(codecs.BOM_UTF8):
                raise
            # What Japanese Excel calls Shift_JIS is CP932: Python's shift_jis fails on ①, ㈱ and 髙.
            return data.decode("cp932")
    except UnicodeDecodeError as error:
        # In a file pasted together from two encodings, the first byte that UTF-8 refuses is the one to look at.
        tried = error.__context__
        start = max(error.start, tried.start if isinstance(tried, UnicodeDecodeError) else 0)
        line = data[:start].count(b"\n") + 1
        raise wrong_encoding(f"{line}行目（{start + 1}バイト目）の文字を読めません") from None


def other_readings(data: bytes, suffix: str, limits: Limits) -> tuple[tuple[str, Grid], ...]:
    """Read the text in encodings that are not accepted, each with its name, to say so in a finding."""
    readings = []
    for encoding, name in FOREIGN_ENCODINGS.items():
        try:
            readings.append((name, _cut(data.decode(encoding), "\t" if suffix == ".tsv" else ",", limits)))
        except (UnicodeDecodeError, UnreadableError):
            continue
    return tuple(readings)


def _shown(cell: str) -> str:
    """The text that spreadsheet programs show for a cell: that of ="007", which other programs write to keep its zeros."""
    if len(cell) > 2 and cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1].replace('""', '"')
    return cell


def _cut(text: str, delimiter: str, limits: Limits) -> Grid:
    csv.field_size_limit(10 * limits.cell_characters)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[str, ...]] = []
    cells = 0
    while True:
        begins = reader.line_num + 1
        try:
            row = tuple(map(_shown, next(reader)))
        except StopIteration:
            return Grid("", tuple(rows))
        except csv.Error:
            raise corrupt(f'{begins}行目からの引用符「"」の閉じ方が正しくありません') from None
        cells += len(row)
        if len(rows) >= limits.rows or len(row) > limits.columns or cells > limits.cells:
            most = f"{limits.rows:,}行・{limits.columns:,}列・{limits.cells:,}セル"
            raise too_large(f"表が大きすぎます（上限{most}）")
        for column, cell in enumerate(row):
            if len(cell) > limits.cell_characters:
                raise cell_too_long(limits, "", address(len(rows), column))
        rows.append(row)
