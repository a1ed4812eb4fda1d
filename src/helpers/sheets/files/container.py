"""The zip around a workbook, checked before any reader sees it: members, unpacked size, ratio and DTDs.

A zip of a few kilobytes may unpack to more than there is memory, so its members are streamed.
"""

from __future__ import annotations

__all__ = ["NAMESPACE_END", "Attributes", "Container", "OnTag", "OnText"]

import io
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cached_property
from xml.parsers import expat

from helpers.sheets.files.unreadable import (
    LONGEST_REASON,
    Limits,
    corrupt,
    damaged,
    password_protected,
    too_large,
    too_late,
)

_CHUNK = 1 << 16
NAMESPACE_END = " "  # between a namespace and a name

Attributes = dict[str, str]
OnTag = Callable[[str, Attributes], None]
OnText = Callable[[str], None]


class Container:
    """A zip whose directory is sound and small enough.

    Raises:
        UnreadableError: corrupt, encrypted, too many members, a member twice, or unpacked beyond the limits.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        self._deadline = time.monotonic() + limits.seconds
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            members = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError, OverflowError):
            raise damaged("圧縮の目次を読めません") from None
        if len(members) > limits.members:
            raise too_large(f"ファイルの中の部品が多すぎます（{len(members):,}個、上限{limits.members:,}個）")
        if len(self.names) != len(members):
            # Which of the two members is read differs between readers.
            raise corrupt("同じ名前の部品が二つあります")
        if any(member.flag_bits & 1 for member in members):
            raise password_protected()
        self._check_size(sum(member.file_size for member in members))
        for member in members:
            if member.file_size > max(limits.ratio_matters_from, limits.ratio * member.compress_size):
                times = member.file_size // max(1, member.compress_size)
                raise too_large(f"圧縮率が異常です（{member.filename[:LONGEST_REASON]}、{times:,}倍）")

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its members."""
        return frozenset(self._archive.namelist())

    def _check_size(self, size: int) -> None:
        most = self.limits.unpacked_bytes
        if size > most:
            raise too_large(
                f"展開すると大きすぎます（{size // 1_000_000:,}MB以上、上限{most // 1_000_000}MB）"
            )

    def chunks(self, name: str) -> Iterator[bytes]:
        """Stream a member, counting the bytes that really come out; its checksum is verified at the end.

        Raises:
            UnreadableError: the member is damaged or larger than the directory says.
        """
        size = 0
        try:
            with self._archive.open(name) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    self._check_size(size)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
            raise corrupt(f"{name} を展開できません") from None

    def parse(
        self,
        name: str,
        start: OnTag | None = None,
        end: OnText | None = None,
        text: OnText | None = None,
        *,
        has_namespaces: bool = False,
    ) -> None:
        """Hand over the start tags, end tags and texts of an XML member; refuse DTDs.

        ``has_namespaces``: names are given with their namespaces (and ``NAMESPACE_END``) instead of their prefixes.

        Raises:
            UnreadableError: not well-formed, or with a DTD; the parts of the file take longer than they may in all.
        """

        def refuse(*_: object) -> None:
            raise corrupt(f"{name} にDTDがあります")

        parser = expat.ParserCreate(namespace_separator=NAMESPACE_END if has_namespaces else None)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
        try:
            for chunk in self.chunks(name):
                if time.monotonic() > self._deadline:
                    raise too_late(self.limits)
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, UnicodeError, ValueError, LookupError):
            raise corrupt(f"{name} をXMLとして読めません") from None
