"""Record the plans all of whose reports were up to date, so that unchanged files need not be read again.

The state of a plan: names, inode numbers, sizes and times of its data, frames and reports. Writing or replacing a file
changes its ``ctime``, which no program can set. A plan is recorded after all its files were read and found as in the
manifests, and only if their times are older than the coarsest clock of a file system: a later write then gets another
time. The files of any other plan are read.
"""

from __future__ import annotations

__all__ = ["FILE", "StandingPlan", "StandingRecord", "State"]

import json
import os
import stat
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from helpers.files.writing import replace_file, sha256_of
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.inputs import ANNUAL_REPORT, INGEST, LOCK
from helpers.pipeline.identity.manifest import Summary
from helpers.pipeline.identity.software import package_digest, versions
from helpers.sheets.finding import Finding

FILE = "data/processed/.standing.json"
_FORMAT = 1
_PARTS = ("data/raw", "data/processed", "reports")
_COARSEST_NS = 3_000_000_000  # the times of FAT are even seconds
_FEW = 100  # plans that one process looks at sooner than two


class State(NamedTuple):
    """The state of some files: its SHA-256, and the latest of their times in nanoseconds."""

    sha256: str
    latest_ns: int


@dataclass(frozen=True)
class StandingPlan:
    """A plan all of whose reports were up to date: their summaries, and the warnings of files that nothing reads."""

    summaries: Mapping[FiscalYear, Summary]
    unread: tuple[Finding, ...] = ()


@dataclass
class StandingRecord:
    """The record of a project: read at the beginning of a build, written at its end where it would say more."""

    root: Path
    _kept: dict[str, Any] = field(default_factory=dict)
    _states: dict[str, State | None] = field(default_factory=dict)
    _common: State | None = None
    _taken: float = 0.0
    _is_new: bool = False

    @classmethod
    def open(cls, root: Path, plan_ids: Iterable[str]) -> StandingRecord:
        """Read the record, and take the states of plans before anything else of them is read."""
        record = cls(root, _read(root / FILE))
        if os.name == "nt":  # its files have no time of change
            return record
        record._taken, record._common = time.monotonic(), _common_state(root)
        reported = {entry.name for entry in _entries(root / "reports") if entry.is_dir()}
        record._states = _states_of(root, sorted({*plan_ids, *reported}))
        return record

    def plan(self, plan_id: str) -> StandingPlan | None:
        """What is known of a plan; None where a file of it, a notebook or the software may have changed since."""
        kept = self._kept.get("plans", {}).get(plan_id)
        if kept is None or kept["state"] != self._state(plan_id):
            return None
        summaries = {
            FiscalYear(int(year)): Summary(**{**summary, "looks": tuple(summary["looks"])})
            for year, summary in kept["years"].items()
        }
        return StandingPlan(summaries, tuple(Finding(**finding) for finding in kept["unread"]))

    def has_index(self) -> bool:
        """Whether the list of reports was found as it would be written, and nothing changed since."""
        return self._kept.get("index") is not None and self._kept["index"] == self._state_of_all()

    def keep(self, plan_id: str, plan: StandingPlan) -> None:
        """Keep a plan all of whose files were read since ``open`` and found as recorded."""
        if self._is_settled([plan_id]) and (state := self._state(plan_id)) is not None:
            years = {str(int(year)): asdict(summary) for year, summary in plan.summaries.items()}
            kept = {"state": state, "years": years, "unread": [asdict(finding) for finding in plan.unread]}
            self._kept.setdefault("plans", {})[plan_id] = kept
            self._is_new = True

    def keep_index(self) -> None:
        """Keep that the list of reports was found as it would be written."""
        if self._is_settled(self._states) and (state := self._state_of_all()) is not None:
            self._kept["index"], self._is_new = state, True

    def save(self) -> None:
        """Write what was kept; where that cannot be, the next build reads all files again."""
        if self._is_new:
            known = self._kept.get("plans", {})
            plans = {plan_id: kept for plan_id, kept in known.items() if plan_id in self._states}
            body = json.dumps({**self._kept, "plans": plans, "format": _FORMAT}, ensure_ascii=False).encode()
            with suppress(OSError):
                replace_file(self.root / FILE, sha256_of(body).encode() + b"\n" + body)

    def _state(self, plan_id: str) -> str | None:
        """The state of a plan and of what all reports are made with."""
        state, common = self._states.get(plan_id), self._common
        return (
            None if state is None or common is None else sha256_of(f"{state.sha256} {common.sha256}".encode())
        )

    def _state_of_all(self) -> str | None:
        index, common = _state_of_files(self.root, ["reports/index.html"]), self._common
        if index is None or common is None or None in self._states.values():
            return None
        states = [(plan_id, state) for plan_id, state in self._states.items()]
        return sha256_of(repr((index, common.sha256, states)).encode())

    def _is_settled(self, plan_ids: Iterable[str]) -> bool:
        """Whether what is written from now on gets other times than these files have, by the file system's own clock."""
        states = [self._common, *(self._states.get(plan_id) for plan_id in plan_ids)]
        if (settled := self._settled_ns) is None:
            return False
        return all(state is not None and state.latest_ns < settled for state in states)

    @cached_property
    def _settled_ns(self) -> int | None:
        """The latest time that is safely before the states were taken; None where the file system does not tell."""
        probe = self.root / f"{FILE}.clock"
        try:
            probe.write_bytes(b"")
            now_ns = min(probe.stat().st_mtime_ns, time.time_ns())
            probe.unlink()
        except OSError:
            return None
        since_ns = int((time.monotonic() - self._taken) * 1e9)
        return now_ns - since_ns - _COARSEST_NS


def _read(file: Path) -> dict[str, Any]:
    """The contents of the file; empty if it is missing or not as it was written."""
    try:
        digest, _, body = file.read_bytes().partition(b"\n")
        record = json.loads(body) if digest.decode("ascii") == sha256_of(body) else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) and record.get("format") == _FORMAT else {}


def _common_state(root: Path) -> State | None:
    """The state of what all reports are made with: notebooks, the list of packages, software."""
    files = [name for name in (INGEST, ANNUAL_REPORT, LOCK) if (root / name).exists()]
    state = _state_of_files(root, files)
    made_with = repr((files, state, package_digest(), versions()))
    return None if state is None else State(sha256_of(made_with.encode()), state.latest_ns)


def _states_of(root: Path, plan_ids: Sequence[str]) -> dict[str, State | None]:
    state_of = partial(_state_of_plan, str(root))
    if len(plan_ids) < _FEW or sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return dict(zip(plan_ids, map(state_of, plan_ids), strict=True))
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Forked before there is any thread. In processes, because half the time is Python's, for up to half a million files.
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), get_context("fork")) as pool:
        return dict(zip(plan_ids, pool.map(state_of, plan_ids, chunksize=32), strict=True))


def _state_of_plan(root: str, plan_id: str) -> State | None:
    lines: list[str] = []
    latest = 0
    for part in _PARTS:
        top = f"{root}/{part}/{plan_id}"
        lines.append(part)
        if os.path.islink(top):  # noqa: PTH114 - a path for each of thousands of folders takes its time
            return None
        folders = [top]
        while folders:
            folder = folders.pop()
            lines.append(folder[len(top) :])
            for entry in sorted(_entries(folder), key=attrgetter("name")):
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                    continue
                try:
                    about = entry.stat(follow_symlinks=False)
                except OSError:
                    return None
                if not stat.S_ISREG(about.st_mode):
                    return None  # what is behind a link may change unseen
                changed = about.st_ctime_ns
                latest = max(latest, changed)
                lines.append(f"{entry.name}/{about.st_ino}/{about.st_size}/{about.st_mtime_ns}/{changed}")
    return State(sha256_of("\n".join(lines).encode("utf-8", "surrogateescape")), latest)


def _state_of_files(root: Path, names: Iterable[str]) -> State | None:
    lines, latest = [], 0
    for name in names:
        try:
            about = (root / name).lstat()
        except OSError:
            return None
        if not stat.S_ISREG(about.st_mode):
            return None
        latest = max(latest, about.st_ctime_ns)
        lines.append(f"{name}/{about.st_ino}/{about.st_size}/{about.st_mtime_ns}/{about.st_ctime_ns}")
    return State(sha256_of("\n".join(lines).encode()), latest)


def _entries(folder: str | Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []
