"""Kinds of files by what their container holds: zip archives, and compound files of older Office programs."""

from __future__ import annotations

__all__ = ["in_container", "is_encrypted"]

import io
import zipfile
from pathlib import PurePosixPath

from helpers.sheets.files.foreign.by_beginning import (
    BY_EXCEL,
    BY_NUMBERS,
    ORIGINAL,
    OUT_OF_TEXT,
    UNPACK,
    foreign,
)
from helpers.sheets.files.formats import ENDINGS
from helpers.sheets.files.unreadable import UnreadableError
from helpers.text.forms import quoted

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# By the beginning of a member's name, in lower case.
_IN_ZIP = (
    ("word/", "Wordの文書など別の文書（.docx）", OUT_OF_TEXT),
    ("ppt/", "PowerPointなど別の文書（.pptx）", OUT_OF_TEXT),
    ("visio/", "Visioなど別の文書（.vsdx）", OUT_OF_TEXT),
    ("xl/workbook.bin", "Excelバイナリ ブック .xlsb", BY_EXCEL),
    ("index/document.iwa", "Appleの Numbers、Pages、Keynote の書類", BY_NUMBERS),
    ("index.zip", "Appleの Numbers、Pages、Keynote の書類", BY_NUMBERS),
    ("index.numbers", "Appleの Numbers の書類", BY_NUMBERS),
    ("meta-inf/container.xml", "電子書籍（EPUB）", OUT_OF_TEXT),
)
# By the name of a stream.
_IN_OLE = (
    ("WordDocument", "Wordの文書など別の文書（.doc）", OUT_OF_TEXT),
    ("PowerPoint Document", "PowerPointなど別の文書（.ppt）", OUT_OF_TEXT),
    ("VisioDocument", "Visioなど別の文書（.vsd）", OUT_OF_TEXT),
    ("DocumentText", "一太郎など別の文書（.jtd）", OUT_OF_TEXT),
    (
        "__properties_version1.0",
        "Outlookのメール（.msg）",
        "メールを開き、添付された表計算のファイルを保存して、それを置いてください",
    ),
)


def in_container(data: bytes) -> UnreadableError | None:
    """The error for a zip or compound file that holds no workbook; None where it may hold one."""
    if data.startswith(b"PK"):
        try:
            members = zipfile.ZipFile(io.BytesIO(data)).infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError, OverflowError):
            return None
        return _in_zip(members)
    return _in_compound_file(data) if data.startswith(_OLE) else None


def is_encrypted(data: bytes) -> bool:
    """Whether a compound file is an .xlsx with a password around it."""
    return data.startswith(_OLE) and _has_stream(data, "EncryptedPackage")


def _in_zip(members: list[zipfile.ZipInfo]) -> UnreadableError | None:
    names = {member.filename.replace("\\", "/").lstrip("/").casefold() for member in members}
    if "xl/workbook.bin" not in names and any(name.startswith("xl/") for name in names):
        return None
    for beginning, kind, remedy in _IN_ZIP:
        if any(name.startswith(beginning) for name in names):
            return foreign(kind, remedy)
    if names & {"[content_types].xml", "content.xml"}:
        return None
    files = [
        member for member in members if not member.is_dir() and not member.filename.startswith("__MACOSX/")
    ]
    sheets = [name for member in files if PurePosixPath(name := _name(member)).suffix.lower() in ENDINGS]
    if any(member.flag_bits & 1 for member in files):
        kind = "パスワード付きの圧縮ファイル（zip）"
    elif sheets:
        more = f"など{len(sheets)}個" if len(sheets) > 1 else ""
        kind = f"表計算のファイルを圧縮したもの（zip）: {quoted(sheets[0])}{more}"
    else:
        kind = "圧縮ファイルか別の文書（zip）"
    return foreign(kind, UNPACK if files else ORIGINAL)


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member, which Windows writes in CP932 without saying so."""
    try:
        return member.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return member.filename


def _in_compound_file(data: bytes) -> UnreadableError | None:
    if any(_has_stream(data, name) for name in ("Workbook", "WORKBOOK", "Book", "BOOK", "EncryptedPackage")):
        return None
    for name, kind, remedy in _IN_OLE:
        if _has_stream(data, name):
            return foreign(kind, remedy)
    return None


def _has_stream(data: bytes, name: str) -> bool:
    """Whether a compound file has a directory entry of that name: 128 bytes each, the name at its start."""
    wanted = (name + "\0").encode("utf-16-le")
    at = data.find(wanted)
    while at >= 0:
        if at % 128 == 0:
            return True
        at = data.find(wanted, at + 1)
    return False
