"""Decrypt a workbook with the password that Excel itself tries first, so that it opens without asking for one.

``cells_as_json`` loads this for an xlsx; ``xlrd_cells`` does for an xls.
"""

from __future__ import annotations

__all__ = ["EXCELS_OWN", "TYPE_CHECKING", "read", "records_of_xls"]

import base64
import io
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from helpers.sheets.files.in_child.cells_as_json import Output

EXCELS_OWN = "VelvetSweatshop"
# Kinds of records of an xls; those in the clear after Microsoft, "[MS-XLS] 2.2.10 Encryption".
_FILEPASS, _BOUNDSHEET = 0x2F, 0x85
_IN_THE_CLEAR = frozenset({0x809, _FILEPASS, 0x194, 0x195, 0xE1, 0x196, 0x138})
_BLOCK = 1024  # bytes of a stream that are encrypted by one key


def read(data: bytes, output: Output) -> None:
    """Hand over an xlsx without its password."""
    import msoffcrypto  # type: ignore[import-untyped]
    from msoffcrypto.exceptions import DecryptionError, FileFormatError  # type: ignore[import-untyped]

    opened = io.BytesIO()
    try:
        book = msoffcrypto.OfficeFile(io.BytesIO(data))
        book.load_key(EXCELS_OWN, verify_password=True)
        book.decrypt(opened)
    except (DecryptionError, FileFormatError):
        raise output.refuse("password") from None
    output.opened = base64.b64encode(opened.getvalue()).decode("ascii")


def records_of_xls(data: bytes) -> bytes | None:
    """The records of an xls without its password; None where it has another one, or is encrypted in another way.

    ``decrypt`` of msoffcrypto-tool is not used: it fails where what fills the stream up is no multiple of four bytes.
    """
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError
    from msoffcrypto.method.rc4 import DocumentRC4  # type: ignore[import-untyped]
    from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI  # type: ignore[import-untyped]

    try:
        book = msoffcrypto.OfficeFile(io.BytesIO(data))
        book.load_key(EXCELS_OWN)
    except (DecryptionError, FileFormatError):
        return None
    stream = book.data.workbook
    stream.seek(0)
    hidden = stream.read()
    stream.seek(0)
    match book.type:
        case "rc4":
            shown = DocumentRC4.decrypt(book.key, book.salt, stream, _BLOCK).read()
        case "rc4_cryptoapi":
            shown = DocumentRC4CryptoAPI.decrypt(book.key, book.salt, book.keySize, stream, _BLOCK).read()
        case _:
            return None
    return _records(hidden, shown)


def _records(hidden: bytes, shown: bytes) -> bytes:
    """The decrypted records: the heads of all, and all of some, stand in the clear and stay as they are."""
    records, at = bytearray(hidden), 0
    while at + 4 <= len(hidden):
        kind, size = struct.unpack_from("<HH", hidden, at)
        begin, end = at + 4, at + 4 + size
        if kind == _FILEPASS:
            records[at : at + 2] = bytes(2)  # no record that anybody knows
        elif kind not in _IN_THE_CLEAR:
            begin += 4 if kind == _BOUNDSHEET else 0  # where the worksheet begins
            records[begin:end] = shown[begin:end]
        at = end
    return bytes(records)
