"""Faults that the gate reports: causes before effects, without repetitions."""

from __future__ import annotations

__all__ = ["CSV", "PAGE", "PDF", "Complaint", "Rank", "sentences"]

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

PAGE, PDF, CSV = "report.html", "report.pdf", "tables/*.csv"


class Rank(IntEnum):
    """The kinds of faults in the order in which they are reported."""

    UNKNOWN, APART_IN_PDF, MISSING, WRONG, APART_IN_CSV = range(5)


class Complaint(NamedTuple):
    """A fault of one table as a sentence; ``files``: the files with the fault, empty where the sentence names them."""

    rank: Rank
    table: str
    text: str
    files: tuple[str, ...] = ()


def sentences(complaints: Iterable[Complaint]) -> list[str]:
    """Write one sentence for each fault, with the names of all files that have it."""
    files: dict[tuple[Rank, str], dict[str, None]] = {}
    for complaint in sorted(complaints, key=lambda complaint: complaint.rank):
        files.setdefault((complaint.rank, complaint.text), {}).update(dict.fromkeys(complaint.files))
    return [f"{'・'.join(named)}: {text}" if named else text for (_, text), named in files.items()]
