"""What kind of file the bytes are, and whether they may be unpacked: checked before any reader sees them.

A legal xlsx of 4.6 KB can make a fast reader ask for 549 GB, so members, unpacked size, ratio and DTDs are
checked by streaming; ``structure`` then streams the worksheets for their largest cell.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from helpers.sheets.unreadable import (
    LIMITS,
    LONGEST_REASON,
    UnreadableError,
    corrupt,
    not_a_spreadsheet,
    password_protected,
    too_large,
)

XLSX, ODS, XLS, TEXT = "xlsx", "ods", "xls", "text"
_RATIO_MATTERS_FROM = 1_000_000
_CHUNK = 1 << 16
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "リッチテキスト"),
    (b"\x89PNG", "画像（PNG）"),
    (b"\xff\xd8\xff", "画像（JPEG）"),
    (b"GIF8", "画像（GIF）"),
    (b"Rar!", "圧縮ファイル（RAR）"),
    (b"7z\xbc\xaf", "圧縮ファイル（7z）"),
    (b"\x1f\x8b", "圧縮ファイル（gzip）"),
)


def kind_of(data: bytes) -> str:
    """Say what the bytes are by their contents, whatever the file is called.

    Raises:
        UnreadableError: they are empty, encrypted, or no spreadsheet.
    """
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("empty_file", "ファイルが空です。状況調査を保存し直してください")
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise password_protected()
        if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
            raise not_a_spreadsheet("Wordなど別の文書")
        return XLS
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            raise not_a_spreadsheet(what)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<table")):
        raise not_a_spreadsheet("HTMLかXML")
    if (
        not data.startswith((b"\xff\xfe", b"\xfe\xff"))
        and _CONTROL.search(data[:4096])
        and b"\x00" in data[:4096]
    ):
        _refuse_binary(data)
    return TEXT


def _refuse_binary(data: bytes) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[:2000].decode(encoding, "ignore")
        if "," in text and not re.search(r"[\x00-\x08\ufffe\uffff]", text):
            remedy = "UTF-8かShift_JIS（CP932）のCSVで保存し直してください"
            raise UnreadableError("encoding", f"文字コードがBOMのないUTF-16のようです。{remedy}")
    raise not_a_spreadsheet("文字ではないデータ")


def _kind_of_zip(data: bytes) -> str:
    with open_zip(data) as archive:
        names = set(archive.namelist())
        if "xl/workbook.bin" in names:
            raise not_a_spreadsheet("Excelバイナリ ブック .xlsb")
        if any(name.startswith("xl/") for name in names):
            return XLSX
        if "content.xml" in names:
            mimetype = next(chunks(archive, "mimetype"), b"") if "mimetype" in names else b""
            if mimetype and b"spreadsheet" not in mimetype:
                raise not_a_spreadsheet("文章など別のOpenDocument文書")
            return ODS
    raise not_a_spreadsheet("圧縮ファイルか別の文書")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a zip whose directory is sound and small enough.

    Raises:
        UnreadableError: corrupt, encrypted, too many members, a member twice, or unpacked beyond the limits.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError, OverflowError):
        raise corrupt("圧縮の目次を読めません") from None
    if len(members) > LIMITS.members:
        raise too_large(f"ファイルの中の部品が多すぎます（{len(members):,}個、上限{LIMITS.members:,}個）")
    if len({member.filename for member in members}) != len(members):
        # Readers disagree about which of the two counts.
        raise corrupt("同じ名前の部品が二つあります")
    if any(member.flag_bits & 1 for member in members):
        raise password_protected()
    unpacked = sum(member.file_size for member in members)
    if unpacked > LIMITS.unpacked_bytes:
        raise _unpacks_too_large(unpacked)
    for member in members:
        if member.file_size > max(_RATIO_MATTERS_FROM, LIMITS.ratio * member.compress_size):
            times = member.file_size // max(1, member.compress_size)
            raise too_large(f"圧縮率が異常です（{member.filename[:LONGEST_REASON]}、{times:,}倍）")
    return archive


def _unpacks_too_large(size: int) -> UnreadableError:
    return too_large(
        f"展開すると大きすぎます（{size // 1_000_000:,}MB以上、上限{LIMITS.unpacked_bytes // 1_000_000}MB）"
    )


def chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Stream a member, counting what really comes out; its checksum is verified at the end.

    Raises:
        UnreadableError: the member is damaged or larger than the directory says.
    """
    size = 0
    try:
        with archive.open(name) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                if size > LIMITS.unpacked_bytes:
                    raise _unpacks_too_large(size)
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        raise corrupt(f"{name} を展開できません") from None


def parse(archive: zipfile.ZipFile, name: str, parser: expat.XMLParserType) -> None:
    """Feed an XML member to a parser; refuse DTDs.

    Raises:
        UnreadableError: not well-formed, or with a DTD.
    """

    def refuse(*_: object) -> None:
        raise corrupt(f"{name} にDTDがあります")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        for chunk in chunks(archive, name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, ValueError, LookupError):
        raise corrupt(f"{name} をXMLとして読めません") from None


def check_members(archive: zipfile.ZipFile, parsed: frozenset[str]) -> None:
    """Stream every member that is not parsed elsewhere: checksums hold, no XML has a DTD.

    Raises:
        UnreadableError: one of them is damaged.
    """
    for name in archive.namelist():
        if name in parsed or name.endswith("/"):
            continue
        if name.endswith((".xml", ".rels", ".rdf")):
            parse(archive, name, expat.ParserCreate())
        else:
            for _ in chunks(archive, name):
                pass
