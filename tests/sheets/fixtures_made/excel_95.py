"""A workbook as Excel 5.0 and 95 wrote it in Japan: BIFF5 records, text in code page 932, in a compound file."""

import struct
from collections.abc import Iterator
from typing import Any

from spreadsheets import Lines

from .writing import FIXTURES, rows

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_BOF, _EOF, _CODEPAGE, _FONT, _FORMAT, _XF, _BOUNDSHEET = 0x809, 0x0A, 0x42, 0x31, 0x41E, 0xE0, 0x85
_ROW, _COLUMN, _LABEL, _NUMBER, _BOOL_OR_ERROR = 0x208, 0x7D, 0x204, 0x203, 0x205
_DATE_FORMAT = 164  # the first number of a format that is not built in


def excel_95(lines: Lines, hidden_row: int | None = None, hidden_column: int | None = None) -> bytes:
    """One worksheet of texts, numbers, error values (``#N/A``) and dates (as ``("date", serial)``)."""
    name = "状況調査".encode("cp932")
    font = struct.pack("<HHHHHBBBxB", 220, 0, 0x7FFF, 400, 0, 0, 0, 128, 5) + b"Arial"
    formats = struct.pack("<HB", _DATE_FORMAT, 10) + b"yyyy/mm/dd"
    styles = [_record(_XF, struct.pack("<HHHH8x", 0, form, 1, 0x20)) for form in (0, _DATE_FORMAT)]
    head = [
        _record(_BOF, struct.pack("<HHHH", 0x500, 5, 3515, 1996)),
        _record(_CODEPAGE, struct.pack("<H", 932)),
        *[_record(_FONT, font)] * 4,
        _record(_FORMAT, formats),
        *styles,
    ]
    offset = sum(map(len, head)) + 4 + 7 + len(name) + 4
    bound = _record(_BOUNDSHEET, struct.pack("<IHB", offset, 0, len(name)) + name)
    sheet = [_record(_BOF, struct.pack("<HHHH", 0x500, 0x10, 3515, 1996))]
    if hidden_column is not None:
        sheet.append(_record(_COLUMN, struct.pack("<HHHHHH", hidden_column, hidden_column, 0, 0, 1, 0)))
    for row, line in enumerate(lines):
        options = 0x20 if row == hidden_row else 0
        sheet.append(_record(_ROW, struct.pack("<HHHH4xI", row, 0, len(line), 255, options)))
        sheet += [_cell(row, column, value) for column, value in enumerate(line) if value is not None]
    return _compound(b"".join([*head, bound, _record(_EOF), *sheet, _record(_EOF)]))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, column: int, value: Any) -> bytes:
    match value:
        case "#N/A":
            return _record(_BOOL_OR_ERROR, struct.pack("<HHHBB", row, column, 0, 42, 1))
        case str():
            written = value.encode("cp932")
            return _record(_LABEL, struct.pack("<HHHH", row, column, 0, len(written)) + written)
        case ("date", serial):
            return _record(_NUMBER, struct.pack("<HHHd", row, column, 1, serial))
    return _record(_NUMBER, struct.pack("<HHHd", row, column, 0, value))


def _compound(stream: bytes) -> bytes:
    """A compound file of one stream ``Book``: header, stream, directory, table of sectors."""
    stream = stream.ljust(4096, b"\0")  # shorter ones would lie in a stream of their own
    sectors = -(-len(stream) // _SECTOR)
    table = [*range(1, sectors), _END, _END, _FAT]
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, sectors, 0, 4096, _END, 0, _END, 0,
    )  # fmt: skip
    directory = b"".join(_entries(len(stream)))
    parts = (
        header + struct.pack("<109I", sectors + 1, *[_FREE] * 108),
        stream.ljust(sectors * _SECTOR, b"\0"),
        directory,
        struct.pack(f"<{len(table)}I", *table).ljust(_SECTOR, b"\xff"),
    )
    return b"".join(parts)


def _entries(length: int) -> Iterator[bytes]:
    for name, kind, child, start, size in (
        ("Root Entry", 5, 1, _END, 0),
        ("Book", 2, _FREE, 0, length),
        ("", 0, _FREE, 0, 0),
        ("", 0, _FREE, 0, 0),
    ):
        written = name.encode("utf-16-le")
        names = len(written) + 2 if name else 0
        yield struct.pack("<64sHBBIII36xIII", written, names, kind, 1, _FREE, _FREE, child, start, size, 0)


FIXTURES["excel_95.xls"] = lambda: excel_95(rows())
