"""One run of a build: its time, its CPU time, and the memory of its processes from beginning to end."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Event, Thread

from measure import descendants, pss_kb
from nation_processes import cpu_of_children, end_tree, wait_for_orphans
from nation_stages import BUILD, CELLS, OTHERS, Stage, disk_seconds, stage_of

_EVERY = 0.25  # seconds between two looks
_TICK = os.sysconf("SC_CLK_TCK")

Tell = Callable[[int, float], None]  # the reports done so far, and the build's memory in MB


@dataclass(frozen=True)
class Sample:
    """The memory (PSS) of each group of processes at a time, counted from the run's beginning."""

    seconds: float
    memory_mb: Mapping[str, float]


@dataclass(frozen=True)
class Run:
    """What a build of so many reports took.

    Attributes:
        cores: that it could use: as many as reports were made side by side, if the machine has them.
        cpu_seconds: user and system, of all processes of the run.
        seen_cpu_seconds: the part of it that was seen in /proc.
        ends: when each report was done, in seconds from the beginning.
        stages: the CPU time by what it was spent on, as seen in /proc.
        disk_seconds: that cores waited for a disk meanwhile.
    """

    reports: int
    cores: int
    seconds: float
    cpu_seconds: float
    seen_cpu_seconds: float
    samples: tuple[Sample, ...]
    ends: tuple[float, ...] = ()
    stages: Mapping[str, Stage] = field(default_factory=dict)
    disk_seconds: float = 0.0

    @property
    def per_minute(self) -> float:
        """Reports per minute."""
        return 60 * self.reports / self.seconds

    @property
    def per_minute_and_core(self) -> float:
        """Reports per minute and core."""
        return self.per_minute / self.cores

    @property
    def core_seconds(self) -> float:
        """CPU seconds per report."""
        return self.cpu_seconds / self.reports

    def peak_mb(self, group: str) -> float:
        """The most memory that a group of processes had at a time."""
        return max((sample.memory_mb.get(group, 0.0) for sample in self.samples), default=0.0)

    def growth(self, group: str) -> float:
        """The median memory while the last tenth of the reports was made, over that of the second tenth."""
        early, late = self._tenth(group, 1), self._tenth(group, 9)
        return late / early if early else 1.0

    def _tenth(self, group: str, number: int) -> float:
        # By reports, not by seconds: the first ones come late, as all is imported and loaded before them.
        marks = (0.0, *self.ends) if self.ends else tuple(self.seconds * part / 10 for part in range(11))
        begin, end = (marks[round((len(marks) - 1) * part / 10)] for part in (number, number + 1))
        found = [
            sample.memory_mb.get(group, 0.0) for sample in self.samples if begin <= sample.seconds <= end
        ]
        return median(found) if found else 0.0


def watch_build(
    command: Sequence[str],
    variables: Mapping[str, str],
    reports: int,
    cores: int,
    groups: Mapping[str, int] | None = None,
    tell: Tell | None = None,
) -> Run:
    """Run a build to its end and watch it; every process below this one belongs to the run.

    ``groups`` are processes that were started for it, by a name: each is watched with all below it.
    ``tell`` is called as each report is done.

    Raises:
        subprocess.CalledProcessError: it failed; what it wrote is in the error.
    """
    before, disk_before = cpu_of_children(), disk_seconds()
    begin = time.perf_counter()
    with subprocess.Popen(
        command,
        env=dict(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as process:
        looks = _Looks(process.pid, groups or {}, begin)
        written: list[str] = []
        ends: list[float] = []
        try:
            assert process.stdout is not None
            looks.start()
            for line in process.stdout:
                written.append(line)
                if line.rstrip().endswith(("作成しました", "作成できません")):
                    ends.append(time.perf_counter() - begin)
                    if tell:
                        tell(len(ends), looks.last_mb)
            process.wait()
        except BaseException:
            _end(process)
            raise
        finally:
            looks.stop()
    seconds = time.perf_counter() - begin
    if process.returncode:
        error = subprocess.CalledProcessError(process.returncode, command)
        error.add_note("".join(written)[-4000:])
        raise error
    wait_for_orphans(set((groups or {}).values()))
    cpu = cpu_of_children() - before
    samples, disk = tuple(looks.samples), disk_seconds() - disk_before
    return Run(reports, cores, seconds, cpu, looks.cpu_seconds, samples, tuple(ends), looks.stages, disk)


class _Looks(Thread):
    """Looks at all processes below this one, again and again."""

    def __init__(self, build: int, groups: Mapping[str, int], begin: float) -> None:
        super().__init__(daemon=True)
        self.samples: list[Sample] = []
        self.last_mb = 0.0
        self.stages: dict[str, Stage] = {}
        self._build, self._groups, self._begin = build, groups, begin
        # By stage, and by number and start of each process, those that are gone included.
        self._seen: dict[str, dict[tuple[int, str], float]] = {}
        self._is_over = Event()

    def run(self) -> None:
        """Look until told to stop."""
        while not self._is_over.wait(_EVERY):
            self._look()

    def stop(self) -> None:
        """Look no more."""
        self._is_over.set()
        self.join()

    @property
    def cpu_seconds(self) -> float:
        """The CPU time that was seen, of processes that are there and of those that are gone."""
        return sum(sum(seen.values()) for seen in self._seen.values())

    def _look(self) -> None:
        seconds = time.perf_counter() - self._begin
        own = os.getpid()
        found = descendants(own) - {own}
        group_of = dict.fromkeys(found, OTHERS)
        for name, root in self._groups.items():
            group_of |= dict.fromkeys(descendants(root) & found, name)
        group_of[self._build] = BUILD
        memory_mb = dict.fromkeys((BUILD, OTHERS, *self._groups), 0.0)
        spent: dict[str, list[float]] = {}
        for pid, group in group_of.items():
            memory_mb[group] += pss_kb(pid) / 1024
            self._note_cpu(pid, group, spent)
        for name, times in spent.items():
            # Kernels that ended are in their server's time; a process of Typst that was replaced is in no other's.
            total = sum(times) if name == CELLS else sum(self._seen[name].values())
            if name not in self.stages or total > self.stages[name].cpu_seconds:
                # Those that share the work: a nanny beside its worker is none.
                shared = round(sum(times) / max(*times, 1 / _TICK)) or 1
                self.stages[name] = Stage(name, total, shared)
        if memory_mb[BUILD]:
            self.samples.append(Sample(seconds, memory_mb))
            self.last_mb = memory_mb[BUILD]

    def _note_cpu(self, pid: int, group: str, spent: dict[str, list[float]]) -> None:
        try:
            # After the name in parentheses: utime and stime are the 12th and 13th field, those of children that were
            # waited for the 14th and 15th, the start the 20th.
            fields = Path("/proc", str(pid), "stat").read_text().rsplit(")", 1)[1].split()
            own = (int(fields[11]) + int(fields[12])) / _TICK
            stage = stage_of(pid, group)
            self._seen.setdefault(stage, {})[pid, fields[19]] = own
            # The time of kernels that ended is their server's.
            ended = (int(fields[13]) + int(fields[14])) / _TICK if stage == CELLS else 0.0
            spent.setdefault(stage, []).append(own + ended)
        except (OSError, IndexError):
            return


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        end_tree(process)
