"""Bytes of a text file to text: an explicit, strict order of decoders, never a lossy one."""

from __future__ import annotations

import codecs
import csv
import io

from helpers.sheets.grid import Grid


def decode_text(data: bytes) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM or CP932.

    Raises:
        UnicodeDecodeError: the bytes are none of these.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Japanese Excel calls Shift_JIS is CP932: Python's shift_jis fails on ①, ㈱ and 髙.
        return data.decode("cp932")


def text_grid(text: str, delimiter: str) -> Grid:
    """Cut separated text into a grid; every cell stays text."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return Grid("", tuple(tuple(row) for row in reader))
