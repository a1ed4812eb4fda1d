"""The files that a published PDF carries, held against those beside it."""

from __future__ import annotations

__all__ = ["attached_files", "attachment_problems"]

import io
from collections.abc import Iterator, Mapping

import pikepdf

from helpers.export.pdf.attachments import ATTACHED
from helpers.files.differing import ADDED, CHANGED, GONE, differing

_WORDS = {
    GONE: "report.pdf に添付されていません",
    ADDED: "report.pdf に添付されていますが、フォルダーにありません",
    CHANGED: "report.pdf に添付されたものと違います",
}


def attached_files(pdf: bytes) -> dict[str, bytes]:
    """The files that a PDF carries, by their names."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}


def attachment_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    """List the files attached to a report's PDF that differ from those in its folder, a Japanese sentence each."""
    attached = attached_files(files["report.pdf"])
    wanted = {name: content for name, content in files.items() if name.endswith(ATTACHED)}
    for name, change in differing(wanted, attached).items():
        yield f"{name}: {_WORDS[change]}"
