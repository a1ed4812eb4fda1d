"""What the gate has to say against a report, the cause before what follows from it, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

PAGE, PDF, CSV = "report.html", "report.pdf", "tables/*.csv"


class Rank(IntEnum):
    """What kind of fault it is; the first to be said comes first."""

    UNKNOWN, APART_IN_PDF, MISSING, WRONG, APART_IN_CSV = range(5)


class Complaint(NamedTuple):
    """A fault of one table as a sentence; ``faces``: the files that have it, none where the sentence names them."""

    rank: Rank
    table: str
    text: str
    faces: tuple[str, ...] = ()


def sentences(complaints: Iterable[Complaint]) -> list[str]:
    """One sentence for each fault, with all files that have it."""
    faces: dict[tuple[Rank, str], dict[str, None]] = {}
    for complaint in sorted(complaints, key=lambda complaint: complaint.rank):
        faces.setdefault((complaint.rank, complaint.text), {}).update(dict.fromkeys(complaint.faces))
    return [f"{'・'.join(named)}: {text}" if named else text for (_, text), named in faces.items()]
