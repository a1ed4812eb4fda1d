"""Turn bytes into grids with the reader of their kind of file."""

from __future__ import annotations

__all__ = ["T", "kind_of", "opened", "read_each", "read_grids"]

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from pathlib import PurePath
from typing import Any, TypeVar

from helpers.sheets.files.container import Container
from helpers.sheets.files.foreign.by_beginning import by_beginning
from helpers.sheets.files.foreign.in_container import in_container, is_encrypted
from helpers.sheets.files.formats import FORMATS, ZIP
from helpers.sheets.files.grid import Grid
from helpers.sheets.files.unreadable import LIMITS, Limits, UnreadableError, too_large

T = TypeVar("T")


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
    ((_, grids),) = read_each({f"sheet{suffix}": data}, limits)
    if isinstance(grids, UnreadableError):
        raise grids
    return grids


def read_each(
    contents: Mapping[str, bytes], limits: Limits = LIMITS
) -> Iterator[tuple[str, tuple[Grid, ...] | UnreadableError]]:
    """Read several files by name, in their order; an error is that of its file alone.

    Where a reader has ``read_several``, all its files are read in one go: starting a process takes longer than a file.
    """
    prepared = {name: _attempt(partial(_prepared, data, limits)) for name, data in contents.items()}
    of_kind: dict[str, list[bytes]] = {}
    for each in prepared.values():
        if not isinstance(each, UnreadableError):
            of_kind.setdefault(each[1], []).append(each[0])
    readers = {kind: _reader(kind) for kind in of_kind}
    in_one_go = {
        kind: readers[kind].read_several(files, limits)
        for kind, files in of_kind.items()
        if hasattr(readers[kind], "read_several")
    }
    for name, each in prepared.items():
        if isinstance(each, UnreadableError):
            yield name, each
        elif each[1] in in_one_go:
            yield name, next(in_one_go[each[1]])
        else:
            suffix = PurePath(name).suffix.lower()
            yield name, _attempt(partial(readers[each[1]].read, each[0], suffix, limits))


def _attempt(read: Callable[[], T]) -> T | UnreadableError:
    try:
        return read()
    except UnreadableError as error:
        return error


def _prepared(data: bytes, limits: Limits) -> tuple[bytes, str]:
    """The bytes without Excel's own password, and their kind.

    Raises:
        UnreadableError: empty, encrypted, too large or no spreadsheet.
    """
    if len(data) > limits.file_bytes:
        raise too_large(f"ファイルが大きすぎます（上限{limits.file_bytes // 1_000_000}MB）")
    if data and not data.strip(b"\x00"):
        remedy = "OneDriveなどの同期が終わるのを待つか、もう一度ダウンロードしてください"
        raise UnreadableError("empty_file", f"ファイルの中身がすべて0で、表が入っていません。{remedy}")
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("empty_file", "ファイルが空です。状況調査を保存し直してください")
    if error := in_container(data) or by_beginning(data):
        raise error
    data = opened(data, limits)
    return data, kind_of(data, limits)


def _reader(kind: str) -> Any:
    """The module that reads a kind of file; loaded when there is one."""
    return import_module(f"helpers.sheets.files.{FORMATS[kind].reader.removesuffix('.py')}")
