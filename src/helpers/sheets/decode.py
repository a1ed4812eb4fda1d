"""Bytes of a text file to grids: an explicit, strict order of decoders, never a lossy one."""

from __future__ import annotations

import codecs
import csv
import io

from helpers.sheets.grid import Grid, address
from helpers.sheets.unreadable import LIMITS, UnreadableError, cell_too_long, corrupt, too_large, too_long

# Encodings that a CP932 decoder may swallow as mojibake; tried only to name them in a finding.
FOREIGN_ENCODINGS = {"euc_jp": "EUC-JP", "iso2022_jp": "ISO-2022-JP（JIS）"}


def text_grids(data: bytes, suffix: str) -> tuple[Grid, ...]:
    """Cut a text file at commas, tabs and semicolons: one grid for each, the likeliest first.

    Raises:
        UnreadableError: no known encoding, an unclosed quote, or beyond the limits.
    """
    text = decode_text(data)
    if len(text) > LIMITS.characters:
        raise too_long()
    first_lines = text[:10_000]
    counts = {delimiter: first_lines.count(delimiter) for delimiter in (",", "\t", ";")}
    expected = "\t" if suffix == ".tsv" else ","
    order = sorted(counts, key=lambda delimiter: (delimiter != expected, -counts[delimiter]))
    grids, failures = [], []
    for delimiter in order:
        if delimiter == expected or counts[delimiter]:
            try:
                grids.append(_cut(text, delimiter))
            except UnreadableError as error:
                failures.append(error)
    if not grids or (failures and len(grids) == 1 and max(map(len, grids[0].rows), default=0) <= 1):
        raise failures[0]
    return tuple(grids)


def decode_text(data: bytes) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM or CP932, strictly.

    Raises:
        UnreadableError: the bytes are none of these.
    """
    try:
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
        what = f"{line}行目（{start + 1}バイト目）の文字を読めません"
        raise UnreadableError(
            "encoding", f"{what}。UTF-8かShift_JIS（CP932）のCSVで保存し直してください"
        ) from None


def other_readings(data: bytes, suffix: str) -> tuple[tuple[str, Grid], ...]:
    """Read the text in encodings that are not accepted, each with its name, to say so in a finding."""
    readings = []
    for encoding, name in FOREIGN_ENCODINGS.items():
        try:
            readings.append((name, _cut(data.decode(encoding), "\t" if suffix == ".tsv" else ",")))
        except (UnicodeDecodeError, UnreadableError):
            continue
    return tuple(readings)


def _cut(text: str, delimiter: str) -> Grid:
    csv.field_size_limit(10 * LIMITS.cell_characters)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[str, ...]] = []
    cells = 0
    while True:
        begins = reader.line_num + 1
        try:
            row = tuple(next(reader))
        except StopIteration:
            break
        except csv.Error:
            raise corrupt(f'{begins}行目からの引用符「"」の閉じ方が正しくありません') from None
        cells += len(row)
        if len(rows) >= LIMITS.rows or len(row) > LIMITS.columns or cells > LIMITS.cells:
            raise too_large(
                f"表が大きすぎます（上限{LIMITS.rows:,}行・{LIMITS.columns:,}列・{LIMITS.cells:,}セル）"
            )
        for column, cell in enumerate(row):
            if len(cell) > LIMITS.cell_characters:
                raise cell_too_long("", address(len(rows), column))
        rows.append(row)
    return Grid("", tuple(rows))
