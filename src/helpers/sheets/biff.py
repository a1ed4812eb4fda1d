"""What an old .xls says about hidden rows, hidden columns and error values, which its reader does not tell.

Only the few record types needed are walked: the compound file's directory, then the workbook's records.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from helpers.sheets.structure import Structure, check_reach
from helpers.sheets.unreadable import LIMITS, corrupt, password_protected

_END = 0xFFFFFFF9  # sector numbers from here on are marks, such as the end of a chain
_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_ROW, _COLUMNS, _FORMULA, _ERROR_OR_BOOLEAN = 0x0208, 0x007D, 0x0006, 0x0205
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00BD})
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def xls_structures(data: bytes) -> dict[str, Structure]:
    """Walk the records of an .xls; worksheets by name, in their order.

    Raises:
        UnreadableError: damaged, encrypted or beyond the limits.
    """
    try:
        stream = _workbook_stream(data)
        structures: dict[str, Structure] = {}
        for name, offset, is_hidden in _sheets(stream):
            structures[name] = _structure(stream, offset, name)
            structures[name].is_hidden = is_hidden
    except (struct.error, IndexError, UnicodeDecodeError):
        raise corrupt("ブックの中身を読めません") from None
    return structures


def _workbook_stream(data: bytes) -> bytes:
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise corrupt("ブックの目次を読めません")
    size = 1 << shift
    (directory,) = struct.unpack_from("<I", data, 48)
    cutoff, mini_fat_start, _, more, _ = struct.unpack_from("<5I", data, 56)

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    fat_sectors = [number for number in struct.unpack_from("<109I", data, 76) if number < _END]
    for _ in range(len(data) // size):
        if more >= _END:
            break
        *numbers, more = struct.unpack(f"<{size // 4}I", sector(more))
        fat_sectors.extend(number for number in numbers if number < _END)
    fat = _integers(b"".join(map(sector, fat_sectors[: len(data) // size + 1])))
    entries = _chain(directory, fat, sector)
    found: tuple[int, int] | None = None
    mini_start = 0
    for at in range(0, len(entries), 128):
        entry = entries[at : at + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        start, length = struct.unpack_from("<II", entry, 116)
        if entry[66] == 5:
            mini_start = start
        elif name in ("Workbook", "Book"):
            found = (start, length)
    if found is None:
        raise corrupt("ブックの中身がありません")
    start, length = found
    if length >= cutoff:
        return _chain(start, fat, sector)[:length]
    mini_stream = _chain(mini_start, fat, sector)
    mini_fat = _integers(_chain(mini_fat_start, fat, sector))
    return _chain(start, mini_fat, lambda number: mini_stream[number * 64 : (number + 1) * 64])[:length]


def _integers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(start: int, fat: tuple[int, ...], sector: object) -> bytes:
    parts: list[bytes] = []
    seen: set[int] = set()
    while start < _END:
        if start in seen:
            raise corrupt("ブックの目次が循環しています")
        seen.add(start)
        parts.append(sector(start))  # type: ignore[operator]
        start = fat[start]
    return b"".join(parts)


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, up to its own end; those of charts inside it are passed over."""
    depth = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        body = stream[offset + 4 : offset + 4 + length]
        offset += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, body


def _sheets(stream: bytes) -> Iterator[tuple[str, int, bool]]:
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            raise password_protected()
        if kind == _BOUNDSHEET and body[5] == 0:
            offset, state = struct.unpack_from("<IB", body)
            length, is_wide = body[6], body[7] & 1
            name = body[8 : 8 + length * (2 if is_wide else 1)]
            yield name.decode("utf-16-le" if is_wide else "latin-1"), offset, bool(state & 3)


def _structure(stream: bytes, offset: int, sheet: str) -> Structure:
    structure = Structure()
    for kind, body in _records(stream, offset):
        if kind == _ROW and body[12] & 0x20:
            structure.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMNS and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            structure.hidden_columns.update(range(first, min(last + 1, LIMITS.columns)))
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            place = (row, column)
            check_reach(row, column, sheet)
            if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
                structure.errors[place] = _ERRORS.get(body[8], "#N/A")
            elif kind == _ERROR_OR_BOOLEAN and body[7] == 1:
                structure.errors[place] = _ERRORS.get(body[6], "#N/A")
    return structure
