"""The files that a report's PDF carries: its tables for machines, as PDF/A-3 allows."""

from __future__ import annotations

__all__ = ["ATTACHED", "attach"]

from collections.abc import Mapping, Sequence
from datetime import date

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_KINDS = {
    ".csv": ("/text/csv", "表のデータ（CSV）"),
    ".json": ("/application/json", "CSVの説明（データパッケージ）"),
}
# The tables' files that are attached; workbooks hold the same records.
ATTACHED = tuple(_KINDS)


def attach(document: pikepdf.Pdf, files: Mapping[str, bytes], day: Sequence[int]) -> None:
    """Attach files to a document, by their paths in the report's folder; ``day``: year, month, day of the document.

    The same files give the same bytes.
    """
    if not files:
        return
    stamp = String(f"D:{date(*day):%Y%m%d}000000Z")
    specs = {name: _specification(document, name, content, stamp) for name, content in sorted(files.items())}
    root = document.Root
    if "/Names" not in root:
        root.Names = Dictionary()
    root.Names.EmbeddedFiles = Dictionary(
        Names=Array([part for name, spec in specs.items() for part in (String(name), spec)])
    )
    root.AF = Array(specs.values())


def _specification(document: pikepdf.Pdf, name: str, content: bytes, stamp: String) -> pikepdf.Object:
    kind, words = next(described for ending, described in _KINDS.items() if name.endswith(ending))
    stream = document.make_stream(
        content,
        Type=Name.EmbeddedFile,
        Subtype=Name(kind),
        Params=Dictionary(Size=len(content), ModDate=stamp),
    )
    return document.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(name),
            UF=String(name),
            Desc=String(words),
            AFRelationship=Name.Data,
            EF=Dictionary(F=stream, UF=stream),
        )
    )
