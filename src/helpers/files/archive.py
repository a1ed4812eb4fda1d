"""Write zip files whose bytes depend on their contents only, not on the clock."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_EPOCH = (1980, 1, 1, 0, 0, 0)


def zipped(members: Mapping[str, bytes], stored: frozenset[str] = frozenset()) -> bytes:
    """Pack members in their order with fixed times and attributes; ``stored`` ones are not compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            member.external_attr, member.create_system = 0o600 << 16, 3
            archive.writestr(member, content)
    return stream.getvalue()


def parts_of(workbook: Any) -> dict[str, bytes]:
    """The parts of an openpyxl workbook by name, in the order in which it writes them.

    Its own ``save`` packs them with the time of the clock, and fails where that is before 1980.
    """
    from openpyxl.writer.excel import ExcelWriter

    parts: Any = _Parts()
    ExcelWriter(workbook, parts).save()
    return dict(parts.contents)


class _Parts:
    """The methods of ``ZipFile`` that openpyxl calls, keeping the parts in memory."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def writestr(self, name: str, content: str | bytes) -> None:
        self.contents[name] = content.encode("utf-8") if isinstance(content, str) else content

    def write(self, file: str, name: str) -> None:
        self.contents[name] = Path(file).read_bytes()

    def namelist(self) -> list[str]:
        return list(self.contents)

    def close(self) -> None:
        """There is nothing to close."""
