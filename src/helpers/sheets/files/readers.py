"""Bytes to grids: the kinds of files that are read, each with its reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from helpers.sheets.files.container import Container
from helpers.sheets.files.grid import Grid
from helpers.sheets.files.ods_structure import read_ods
from helpers.sheets.files.text_files import read_text
from helpers.sheets.files.unreadable import LIMITS, Limits, UnreadableError, too_large
from helpers.sheets.files.xls import read_xls
from helpers.sheets.files.xlsx_structure import read_xlsx

XLSX, ODS, XLS, TEXT = "xlsx", "ods", "xls", "text"
_ZIP = b"PK"


@dataclass(frozen=True)
class Format:
    """A kind of file: how its bytes begin, the name of a member (in a zip), and its reader.

    The reader takes the bytes, the ending of the file's name and the limits. For text files it gives several ways
    to cut the same text, the likeliest first; otherwise a grid a worksheet.
    """

    magic: bytes
    member: str
    read: Callable[[bytes, str, Limits], tuple[Grid, ...]]


# The first that fits counts; what is no text either is refused by its reader.
FORMATS = {
    XLSX: Format(_ZIP, "xl/*", read_xlsx),
    ODS: Format(_ZIP, "content.xml", read_ods),
    XLS: Format(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", read_xls),
    TEXT: Format(b"", "", read_text),
}


def kind_of(data: bytes, limits: Limits = LIMITS) -> str:
    """Say which of ``FORMATS`` the bytes are by their contents, whatever the file is called.

    Raises:
        UnreadableError: a zip that is damaged, encrypted or beyond the limits.
    """
    names = Container(data, limits).names if data.startswith(_ZIP) else frozenset[str]()
    return next(
        kind
        for kind, row in FORMATS.items()
        if data.startswith(row.magic)
        and (not row.member or any(fnmatchcase(name, row.member) for name in names))
    )


def read_grids(data: bytes, suffix: str, limits: Limits = LIMITS) -> tuple[Grid, ...]:
    """Read every worksheet as text cells; the kind of file is told by its contents.

    Raises:
        UnreadableError: empty, encrypted, damaged, too large or no spreadsheet.
    """
    if len(data) > limits.file_bytes:
        raise too_large(f"ファイルが大きすぎます（上限{limits.file_bytes // 1_000_000}MB）")
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("empty_file", "ファイルが空です。状況調査を保存し直してください")
    return FORMATS[kind_of(data, limits)].read(data, suffix, limits)
