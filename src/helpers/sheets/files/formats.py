"""The kinds of files that are read: their endings, how they are known by their contents, and their readers."""

from __future__ import annotations

__all__ = ["ENDINGS", "FORMATS", "ODS", "TEXT", "XLS", "XLSX", "ZIP", "Format"]

from dataclasses import dataclass

XLSX, ODS, XLS, TEXT = "xlsx", "ods", "xls", "text"
ZIP = b"PK"


@dataclass(frozen=True)
class Format:
    """A kind of file: the endings of its names, how its bytes begin, a member (in a zip), its reader.

    The member is a pattern for its name in small letters.
    The reader is a module beside this one, loaded only for such a file. Its function ``read`` takes the bytes, the
    ending of the file's name and the limits. For text files it gives several ways to cut the same text, the likeliest
    first; otherwise a grid a worksheet. A reader that starts a process has ``read_several`` instead.
    """

    endings: tuple[str, ...]
    magic: bytes
    member: str
    reader: str


# The first row that fits counts; the reader of texts refuses bytes that are no text.
FORMATS = {
    XLSX: Format((".xlsx", ".xlsm"), ZIP, r"[./]*(xl/.*|_rels/\.rels)", "xlsx_book.py"),
    ODS: Format((".ods",), ZIP, r"content\.xml", "ods_structure.py"),
    XLS: Format((".xls",), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", "xls.py"),
    TEXT: Format((".csv", ".tsv"), b"", "", "text_files.py"),
}
ENDINGS = frozenset(ending for kind in FORMATS.values() for ending in kind.endings)
