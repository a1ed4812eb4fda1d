"""Workbooks as Excel 97 to 2003 wrote them, with xlwt; also locked with the password that Excel itself tries first."""

import io
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import md5, sha1
from typing import Any

import xlwt
from msoffcrypto.method.rc4 import DocumentRC4
from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI
from xlwt.CompoundDoc import XlsDoc

from spreadsheets import Lines

from .writing import FIXTURES, rows

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x809, 0x0A, 0x2F, 0x85
_IN_THE_CLEAR = (_BOF, _FILEPASS, 0xE1)  # the last one: the beginning of the user interface's records
_SALT, _VERIFIER = b"salt of a test..", b"verifier of a test"[:16]

Area = tuple[int, int, int, int]


def xls_book(
    sheets: Mapping[str, Lines],
    merged: Sequence[Area] = (),
    hidden_rows: Sequence[int] = (),
    style: Any = None,
) -> bytes:
    """A workbook of worksheets; ``merged`` and ``hidden_rows`` are of each of them."""
    book = xlwt.Workbook(encoding="utf-8")
    plain = xlwt.XFStyle()
    for name, lines in sheets.items():
        sheet = book.add_sheet(name)
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                if value is not None and value != "":
                    sheet.write(row, column, value, style or plain)
        for top, left, bottom, right in merged:
            sheet.merged_ranges.append((top, bottom, left, right))
        for row in hidden_rows:
            sheet.row(row).hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def locked_by_excel(lines: Lines, password: str = "VelvetSweatshop", by_crypto_api: bool = False) -> bytes:
    """A workbook under the encryption of Office 97 or, ``by_crypto_api``, of Office 2002 and later (RC4 in both)."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("状況調査")
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            if value is not None:
                sheet.write(row, column, value)
    # The library's functions work both ways.
    if by_crypto_api:
        encrypt = partial(_cipher, DocumentRC4CryptoAPI.decrypt, password, _SALT, 128)
        header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + "Provider\0".encode("utf-16-le")
        verifier = encrypt(_VERIFIER + sha1(_VERIFIER).digest())
        how = struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header
        how += struct.pack("<I", 16) + _SALT + verifier[:16] + struct.pack("<I", 20) + verifier[16:]
    else:
        encrypt = partial(_cipher, DocumentRC4.decrypt, password, _SALT)
        how = struct.pack("<HHH", 1, 1, 1) + _SALT + encrypt(_VERIFIER + md5(_VERIFIER).digest())
    stream = io.BytesIO()
    XlsDoc().save(stream, _encrypted(book.get_biff_data(), how, encrypt))
    return stream.getvalue()


def _cipher(decrypt: Any, *keys: Any) -> bytes:
    *keys, data = keys
    encrypted: bytes = decrypt(*keys, io.BytesIO(data), 1024).read()
    return encrypted


def _encrypted(stream: bytes, how: bytes, encrypt: Callable[[bytes], bytes]) -> bytes:
    filepass = struct.pack("<HH", _FILEPASS, len(how)) + how
    plain, clear = io.BytesIO(), io.BytesIO()
    for kind, body in _records(stream):
        if kind == _BOUNDSHEET:  # the worksheets come later by what is put in
            body = struct.pack("<I", struct.unpack("<I", body[:4])[0] + len(filepass)) + body[4:]
        shown = len(body) if kind in _IN_THE_CLEAR else 4 if kind == _BOUNDSHEET else 0
        is_first = plain.tell() == 0
        plain.write(struct.pack("<HH", kind, len(body)) + body)
        clear.write(b"\1" * (4 + shown) + b"\0" * (len(body) - shown))
        if is_first:
            plain.write(filepass)
            clear.write(b"\1" * len(filepass))
    data = plain.getvalue()
    pairs = zip(data, encrypt(data), clear.getvalue(), strict=True)
    return bytes(own if is_clear else secret for own, secret, is_clear in pairs)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


FIXTURES["locked_by_excel.xls"] = lambda: locked_by_excel(rows())
FIXTURES["locked_by_excel_2003.xls"] = lambda: locked_by_excel(rows(), by_crypto_api=True)
