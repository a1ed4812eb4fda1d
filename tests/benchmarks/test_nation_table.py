"""The arithmetic of the nation's table on runs made up for it."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

Part = Callable[[str], ModuleType]


@pytest.fixture
def run(benchmark_part: Part) -> Callable[..., Any]:
    """A run whose memory goes linearly from one figure to another."""
    made = benchmark_part("nation_run")

    def make(
        reports: int, cpu: float, build: tuple[float, float], others: tuple[float, float] = (300, 300)
    ) -> Any:
        seconds = reports * 1.0
        samples = []
        for step in range(101):
            part = step / 100
            memory = {
                "build": build[0] + (build[1] - build[0]) * part,
                "others": others[0] + (others[1] - others[0]) * part,
            }
            samples.append(made.Sample(seconds * part, memory))
        ends = tuple(float(number) for number in range(1, reports + 1))
        return made.Run(reports, 2, seconds, cpu, cpu, tuple(samples), ends)

    return make


def test_a_line_has_a_run_s_figures(benchmark_part: Part, run: Callable[..., Any]) -> None:
    lines = benchmark_part("nation_table").table([run(1000, 2345, (200, 210))]).splitlines()
    assert len(lines) == 3
    cells = [cell.strip() for cell in lines[2].strip("|").split("|")]
    assert cells == ["1,000", "1,000.0", "60.0", "30.0", "2.35", "210 MB", "300 MB", "1.04", "1.00"]


def test_flat_and_linear_runs_are_said_to_be(benchmark_part: Part, run: Callable[..., Any]) -> None:
    runs = [run(10, 90, (100, 200)), run(100, 230, (200, 205)), run(1000, 2000, (200, 230))]
    verdicts = benchmark_part("nation_table").verdicts(runs)
    assert len(verdicts) == 5
    assert all(verdict.holds for verdict in verdicts)
    assert str(verdicts[0]) == (
        "the build's memory is flat: peak at 1,000 to that at 100 reports: 1.12 (wanted ≤ 1.15): holds"
    )


@pytest.mark.parametrize(
    ("cpu", "build", "others", "broken"),
    [
        (2000, (200, 260), (300, 300), [0, 1]),
        (2000, (200, 200), (300, 400), [2, 3]),
        (2000, (100, 120), (300, 300), [1]),
        (2700, (200, 200), (300, 300), [4]),
        (1500, (200, 200), (300, 300), [4]),
    ],
)
def test_what_grows_is_said_to_grow(
    benchmark_part: Part,
    run: Callable[..., Any],
    cpu: float,
    build: tuple[float, float],
    others: tuple[float, float],
    broken: list[int],
) -> None:
    runs = [run(100, 200, (200, 200)), run(1000, cpu, build, others)]
    verdicts = benchmark_part("nation_table").verdicts(runs)
    assert [place for place, verdict in enumerate(verdicts) if not verdict.holds] == broken
    assert all(("does not hold" in str(verdict)) != verdict.holds for verdict in verdicts)


def test_small_runs_have_no_say(benchmark_part: Part, run: Callable[..., Any]) -> None:
    verdicts = benchmark_part("nation_table").verdicts
    assert verdicts([run(2, 10, (100, 300)), run(10, 30, (100, 400))]) == []
    assert len(verdicts([run(10, 30, (100, 400)), run(100, 200, (200, 210))])) == 2


def test_growth_passes_over_the_start(benchmark_part: Part) -> None:
    made = benchmark_part("nation_run")
    samples = tuple(made.Sample(second, {"build": 20 if second < 5 else 200}) for second in range(16))
    slow_start = made.Run(10, 1, 15, 30, 30, samples, tuple(range(6, 16)))
    assert slow_start.growth("build") == 1.0


def test_the_extrapolation_is_said_to_be_one(benchmark_part: Part, run: Callable[..., Any]) -> None:
    table, largest = benchmark_part("nation_table"), run(1000, 2000, (200, 200))
    assert table.core_hours(largest) == pytest.approx(17410 * 2 / 3600)
    assert table.extrapolation(largest, "on one machine") == (
        "Extrapolated, not measured: 1,741 municipalities × 10 years = 17,410 reports would take 9.7 core-hours "
        "on one machine, at the 2.00 core-seconds a report of the run of 1,000."
    )


def test_time_that_was_seen_and_not_booked_is_told(benchmark_part: Part) -> None:
    made, table = benchmark_part("nation_run"), benchmark_part("nation_table")
    assert table.unseen(made.Run(10, 1, 10, 20.0, 19.0, ())) == ""
    assert "25.0 CPU seconds were seen" in table.unseen(made.Run(10, 1, 10, 20.0, 25.0, ()))
