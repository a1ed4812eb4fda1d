"""What one face of a report (page, PDF, csv files) says: counts, shares, changes, items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from helpers.gate.pages import PageRow, PageTable, close
from helpers.history import History
from helpers.plan.marks import ADDED, ENDED, NO_DATA, NOT_ALIVE
from helpers.tables.comparison import GRAND_TOTAL

# A policy's numeral ("" for the whole plan) and a status or the total's name.
Place = tuple[str, str]
_COUNT = re.compile(r"(\d+)(?:\(([^()]*%)\))?")
_CHANGE_OF_ITEMS = re.compile(r"\D*?(\d+)")


@dataclass(frozen=True)
class Count:
    """Items and their share as printed; no items where nothing is known."""

    items: int | None
    share: str

    def __str__(self) -> str:
        return f"{NO_DATA if self.items is None else self.items} {self.share}"


@dataclass(frozen=True)
class Face:
    """The figures of one face; a table that it does not have leaves its fields empty.

    Attributes:
        overall, overall_before: this year's and last year's counts of the whole plan.
        by_policy, by_policy_before, changes: counts of each policy, and the printed change.
        grand: the grand total's items, last year's and the change, as printed.
        summary, reference: the counts of the summary, of this and of the reference year.
        focus: policy and 重点項目, status → count.
        bridge: last year's count, came in, left, this year's count.
        flows: the two years, old and new status → items.
        items: number → policy, status.
        moved: number and name → both statuses; one that left may have had the number of one that came.
        course, remaining: number → this year's status; status → items.
        told: number → status that the highlights give (csv only).
    """

    name: str
    overall: dict[Place, Count] = field(default_factory=dict)
    overall_before: dict[Place, Count] = field(default_factory=dict)
    by_policy: dict[Place, Count] = field(default_factory=dict)
    by_policy_before: dict[Place, Count] = field(default_factory=dict)
    changes: dict[Place, str] = field(default_factory=dict)
    grand: dict[str, str] = field(default_factory=dict)
    summary: dict[Place, Count] = field(default_factory=dict)
    reference: dict[Place, Count] = field(default_factory=dict)
    focus: dict[tuple[str, str, str], Count] = field(default_factory=dict)
    bridge: dict[Place, tuple[int, int, int, int]] = field(default_factory=dict)
    flows: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    items: dict[str, Place] = field(default_factory=dict)
    moved: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    course: dict[str, str] = field(default_factory=dict)
    remaining: dict[str, int] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    def differences(self, other: Face) -> Iterator[tuple[str, str, str]]:
        """What both faces tell and tell differently: the place, ours, theirs."""
        for part in fields(self):
            mine, theirs = getattr(self, part.name), getattr(other, part.name)
            if part.name == "name" or not mine or not theirs:
                continue
            for key in {**mine, **theirs}:
                if mine.get(key) != theirs.get(key):
                    place = " ".join(filter(None, key if isinstance(key, tuple) else (key,)))
                    yield (
                        f"{part.name} {place}",
                        str(mine.get(key, "（なし）")),
                        str(theirs.get(key, "（なし）")),
                    )


def page_face(name: str, tables: list[PageTable], history: History) -> Face:
    """The figures that the tables of a page (or of its PDF) show."""
    face, read = Face(name), _Reader(history)
    for table in tables:
        if (reader := getattr(read, table.id, None)) is not None:
            for row in table.rows:
                reader(face, row)
    return face


class _Reader:
    """Reads rows into a face; one method for each table, under its id."""

    def __init__(self, history: History) -> None:
        plan = history.plan
        self.policies = {close(p.label): p.numeral for p in plan.policies} | {
            close(p.heading): p.numeral for p in plan.policies
        }
        self.statuses = {close(name): name for name in plan.status_names}
        self.year, self.previous = close(str(history.year)), close(str(history.year.previous))
        self.scopes_of_summary = iter(("now", "reference"))

    def overall(self, face: Face, row: PageRow) -> None:
        place = ("", self.status(row.cells["実施状況"]))
        _counts(row.cells, place, face.overall, face.overall_before)

    def by_policy(self, face: Face, row: PageRow) -> None:
        if row.cells["実施状況"] == GRAND_TOTAL:
            kept = ("項目数", "前年項目数", "前年比")
            face.grand.update({key: row.cells[key] for key in kept if key in row.cells})
            return
        place = (self.policies.get(row.group, row.group), self.status(row.cells["実施状況"]))
        _counts(row.cells, place, face.by_policy, face.by_policy_before)
        if row.cells.get("前年比", NO_DATA) != NO_DATA:
            face.changes[place] = row.cells["前年比"]

    def summary(self, face: Face, row: PageRow) -> None:
        policy = self.policies.get(row.cells["基本方針"])
        scope = "now" if policy is not None else next(self.scopes_of_summary)
        counts = face.summary if scope == "now" else face.reference
        for text, name in self.statuses.items():
            if row.cells[text] != NO_DATA:
                counts[policy or "", name] = _count(row.cells[text])

    def by_focus(self, face: Face, row: PageRow) -> None:
        policy, focus = self.policies.get(row.group, row.group), row.cells["重点項目"]
        for text, name in self.statuses.items():
            face.focus[policy, focus, name] = _count(row.cells[text])

    def bridge(self, face: Face, row: PageRow) -> None:
        came, left = (_moves(text) for head, text in row.first_lines.items() if head[0] in "増減")
        place = (self.policies.get(row.group, ""), self.status(row.cells["実施状況"]))
        face.bridge[place] = (_number(row.cells[self.previous]), came, left, _number(row.cells[self.year]))

    def transitions(self, face: Face, row: PageRow) -> None:
        if row.cells["項目数"] != NO_DATA:
            before, _, after = row.group.partition("→")
            old, new = row.cells["前の年度"], row.cells["次の年度"]
            old, new = ("" if old == ADDED else self.status(old)), ("" if new == ENDED else self.status(new))
            face.flows[before, after, old, new] = _number(row.cells["項目数"])

    def items(self, face: Face, row: PageRow) -> None:
        if not row.cells["推進項目"].endswith("（再掲）"):
            policy = self.policies.get(row.group, row.group)
            face.items[row.cells["番号"]] = (policy, self.status(row.cells["実施状況"]))

    def moved(self, face: Face, row: PageRow) -> None:
        old, new = (
            "" if row.cells[year] == NOT_ALIVE else self.status(row.cells[year])
            for year in (self.previous, self.year)
        )
        face.moved[row.cells["番号"], row.cells["推進項目"]] = (old, new)

    def course(self, face: Face, row: PageRow) -> None:
        if row.cells[self.year] != NOT_ALIVE:
            face.course[row.cells["番号"]] = self.status(row.cells[self.year])

    def remaining(self, face: Face, row: PageRow) -> None:
        status = self.status(row.cells["実施状況"])
        face.remaining[status] = face.remaining.get(status, 0) + _number(row.cells["項目数"])

    def status(self, text: str) -> str:
        """The status as the plan writes it; what is none, such as the total, as it stands."""
        return self.statuses.get(text, text)


def _counts(
    cells: Mapping[str, str], place: Place, now: dict[Place, Count], before: dict[Place, Count]
) -> None:
    now[place] = Count(_number(cells["項目数"]), cells["割合"])
    if cells.get("前年項目数", NO_DATA) != NO_DATA:
        before[place] = Count(_number(cells["前年項目数"]), cells["前年割合"])


def _count(text: str) -> Count:
    found = _COUNT.fullmatch(text)
    return Count(int(found[1]), found[2] or "") if found else Count(None, text)


def _number(text: str) -> int:
    # What is no number matches no number: the rules then say where it stands.
    return int(text) if text.isdecimal() else -1


def _moves(text: str) -> int:
    found: Any = _CHANGE_OF_ITEMS.match(text)
    return int(found[1]) if found else 0
