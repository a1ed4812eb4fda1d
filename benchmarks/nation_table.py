"""What the runs say: a table, whether memory is flat and cost linear, and what a nation would cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_table import markdown
from nation_run import Run
from nation_stages import BUILD, OTHERS

MUNICIPALITIES, YEARS = 1741, 10
FLAT, LINEAR = 1.15, 0.15
FEWEST = 100  # reports of a run from which anything follows: in smaller ones it is the start that counts
_HEADS = (
    "reports", "seconds", "reports/min", "reports/min/core", "core-seconds/report",
    "build's memory, peak", "others' memory, peak", "build's growth", "others' growth",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """A claim, the ratio that decides it, and whether it holds."""

    claim: str
    ratio: float
    wanted: str
    holds: bool

    def __str__(self) -> str:
        outcome = "holds" if self.holds else "**does not hold**"
        return f"{self.claim}: {self.ratio:.2f} (wanted {self.wanted}): {outcome}"


def table(runs: Sequence[Run]) -> str:
    """A line per run, as Markdown."""
    return markdown(
        _HEADS,
        [
            (
                f"{run.reports:,}",
                f"{run.seconds:,.1f}",
                f"{run.per_minute:.1f}",
                f"{run.per_minute_and_core:.1f}",
                f"{run.core_seconds:.2f}",
                f"{run.peak_mb(BUILD):.0f} MB",
                f"{run.peak_mb(OTHERS):.0f} MB",
                f"{run.growth(BUILD):.2f}",
                f"{run.growth(OTHERS):.2f}",
            )
            for run in runs
        ],
    )


def verdicts(runs: Sequence[Run]) -> list[Verdict]:
    """Memory and cost of the largest run held against the one before it, and its growth from beginning to end.

    Runs of fewer than ``FEWEST`` reports have no say; there may be no verdict, then.
    """
    ordered = sorted((run for run in runs if run.reports >= FEWEST), key=lambda run: run.reports)
    if not ordered:
        return []
    return list(_verdicts(ordered[-1], ordered[-2] if len(ordered) > 1 else None))


def _verdicts(largest: Run, smaller: Run | None) -> Iterator[Verdict]:
    for group, name in ((BUILD, "the build's memory"), (OTHERS, "the others' memory")):
        if smaller is not None:
            ratio = _ratio(largest.peak_mb(group), smaller.peak_mb(group))
            claim = f"{name} is flat: peak at {largest.reports:,} to that at {smaller.reports:,} reports"
            yield Verdict(claim, ratio, f"≤ {FLAT}", ratio <= FLAT)
        ratio = largest.growth(group)
        claim = f"{name} is flat: last tenth of {largest.reports:,} reports to their second tenth"
        yield Verdict(claim, ratio, f"≤ {FLAT}", ratio <= FLAT)
    if smaller is not None:
        ratio = _ratio(largest.core_seconds, smaller.core_seconds)
        claim = (
            f"cost is linear: core-seconds per report at {largest.reports:,} to those at {smaller.reports:,}"
        )
        wanted = f"{1 - LINEAR:.2f} to {1 + LINEAR:.2f}"
        yield Verdict(claim, ratio, wanted, abs(ratio - 1) <= LINEAR + 1e-9)


def core_hours(run: Run, municipalities: int = MUNICIPALITIES, years: int = YEARS) -> float:
    """What so many reports would take, at the run's core-seconds per report."""
    return municipalities * years * run.core_seconds / 3600


def extrapolation(run: Run, how: str) -> str:
    """A sentence that cannot be taken for a measurement."""
    return (
        f"Extrapolated, not measured: {MUNICIPALITIES:,} municipalities × {YEARS} years = {MUNICIPALITIES * YEARS:,} "
        f"reports would take {core_hours(run):.1f} core-hours {how}, "
        f"at the {run.core_seconds:.2f} core-seconds a report of the run of {run.reports:,}."
    )


def unseen(run: Run) -> str:
    """A warning where more CPU time was seen than the system's books have; "" where all is well."""
    # /proc counts in ticks, a hundredth of a second for each process and kind.
    if run.seen_cpu_seconds <= run.cpu_seconds * 1.02 + 0.5:
        return ""
    return (
        f"At {run.reports:,} reports {run.seen_cpu_seconds:.1f} CPU seconds were seen in /proc, "
        f"but only {run.cpu_seconds:.1f} booked: the core-seconds are too low."
    )


def _ratio(now: float, before: float) -> float:
    return now / before if before else float("inf")
