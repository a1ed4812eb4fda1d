"""The arithmetic of the nation's table on runs made up for it."""

import nation_table as table
import pytest
from nation_run import Run, Sample


def run(
    reports: int, cpu: float, build: tuple[float, float], others: tuple[float, float] = (300, 300)
) -> Run:
    """A run of a second a report whose memory goes linearly from one figure to another."""

    def at(part: float) -> dict[str, float]:
        ends = {"build": build, "others": others}
        return {group: first + (last - first) * part for group, (first, last) in ends.items()}

    samples = tuple(Sample(reports * step / 100, at(step / 100)) for step in range(101))
    return Run(reports, 2, float(reports), cpu, cpu, samples, tuple(map(float, range(1, reports + 1))))


def test_a_line_has_a_run_s_figures() -> None:
    lines = table.table([run(1000, 2345, (200, 210))]).splitlines()
    assert len(lines) == 3
    cells = [cell.strip() for cell in lines[2].strip("|").split("|")]
    assert cells == ["1,000", "1,000.0", "60.0", "30.0", "2.35", "210 MB", "300 MB", "1.04", "1.00"]


def test_flat_and_linear_runs_are_said_to_be() -> None:
    runs = [run(10, 90, (100, 200)), run(100, 230, (200, 205)), run(1000, 2000, (200, 230))]
    verdicts = table.verdicts(runs)
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
    cpu: float,
    build: tuple[float, float],
    others: tuple[float, float],
    broken: list[int],
) -> None:
    runs = [run(100, 200, (200, 200)), run(1000, cpu, build, others)]
    verdicts = table.verdicts(runs)
    assert [index for index, verdict in enumerate(verdicts) if not verdict.holds] == broken
    assert all(("does not hold" in str(verdict)) != verdict.holds for verdict in verdicts)


def test_small_runs_have_no_say() -> None:
    assert table.verdicts([run(2, 10, (100, 300)), run(10, 30, (100, 400))]) == []
    assert len(table.verdicts([run(10, 30, (100, 400)), run(100, 200, (200, 210))])) == 2


def test_growth_passes_over_the_start() -> None:
    samples = tuple(Sample(second, {"build": 20 if second < 5 else 200}) for second in range(16))
    slow_start = Run(10, 1, 15, 30, 30, samples, tuple(range(6, 16)))
    assert slow_start.growth("build") == 1.0


def test_the_extrapolation_is_said_to_be_one() -> None:
    largest = run(1000, 2000, (200, 200))
    assert table.core_hours(largest) == pytest.approx(17410 * 2 / 3600)
    assert table.extrapolation(largest, "on one machine") == (
        "Extrapolated, not measured: 1,741 municipalities × 10 years = 17,410 reports would take 9.7 core-hours "
        "on one machine, at the 2.00 core-seconds a report of the run of 1,000."
    )


def test_time_that_was_seen_and_not_booked_is_told() -> None:
    assert table.unseen(Run(10, 1, 10, 20.0, 19.0, ())) == ""
    assert "25.0 CPU seconds were seen" in table.unseen(Run(10, 1, 10, 20.0, 25.0, ()))
