"""Turn bytes into grids with the reader of their kind of file."""

from __future__ import annotations

import re
from importlib import import_module

from helpers.sheets.files.container import Container
from helpers.sheets.files.foreign.in_container import is_encrypted
from helpers.sheets.files.foreign.refusal import refuse_foreign
from helpers.sheets.files.formats import FORMATS, ZIP
from helpers.sheets.files.grid import Grid
from helpers.sheets.files.unreadable import LIMITS, Limits, UnreadableError, too_large


def kind_of(data: bytes, limits: Limits = LIMITS) -> str:
    """Say which of ``FORMATS`` the bytes are by their contents, whatever the file is called.

    Raises:
        UnreadableError: a zip that is damaged, encrypted or beyond the limits.
    """
    names = Container(data, limits).names if data.startswith(ZIP) else frozenset[str]()
    return next(
        kind
        for kind, row in FORMATS.items()
        if data.startswith(row.magic)
        and (
            not row.member or any(re.fullmatch(row.member, name.replace("\\", "/").lower()) for name in names)
        )
    )


def opened(data: bytes, limits: Limits = LIMITS) -> bytes:
    """Decrypt an .xlsx that Excel opens without asking for a password; other bytes are returned as they are.

    Raises:
        UnreadableError: it has a password.
    """
    if not is_encrypted(data):
        return data
    from helpers.sheets.files.in_child.sandbox import unlocked

    return unlocked(data, limits)


def read_grids(data: bytes, suffix: str, limits: Limits = LIMITS) -> tuple[Grid, ...]:
    """Read every worksheet as text cells; the contents decide which kind of file it is.

    Raises:
        UnreadableError: empty, encrypted, damaged, too large or no spreadsheet.
    """
    if len(data) > limits.file_bytes:
        raise too_large(f"ファイルが大きすぎます（上限{limits.file_bytes // 1_000_000}MB）")
    if data and not data.strip(b"\x00"):
        remedy = "OneDriveなどの同期が終わるのを待つか、もう一度ダウンロードしてください"
        raise UnreadableError("empty_file", f"ファイルの中身がすべて0で、表が入っていません。{remedy}")
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("empty_file", "ファイルが空です。状況調査を保存し直してください")
    refuse_foreign(data)
    data = opened(data, limits)
    name = FORMATS[kind_of(data, limits)].reader.removesuffix(".py")
    reader = import_module(f"helpers.sheets.files.{name}")
    grids: tuple[Grid, ...] = reader.read(data, suffix, limits)
    return grids
