"""Write zip files whose bytes depend on their contents only, not on the clock."""

from __future__ import annotations

__all__ = ["zipped"]

import io
import zipfile
from collections.abc import Mapping

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
