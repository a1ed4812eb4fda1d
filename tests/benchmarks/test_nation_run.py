"""How a run is watched: CPU of processes that nobody waited for, memory by group, and an end without leftovers."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import nation_processes as processes
import nation_run as runs
import pytest

from waiting import processes_of, wait_until

SPUN = 0.4  # CPU seconds
SPIN = f"import time\nend = time.process_time() + {SPUN}\nwhile time.process_time() < end: pass"


def test_the_time_of_an_orphan_counts() -> None:
    # The build ends at once; the process that it started goes on as an orphan.
    leave = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SPIN!r}])"
    with processes.adopting_orphans():
        run = runs.watch_build([sys.executable, "-W", "ignore", "-c", leave], os.environ, 1, 1)
    assert SPUN <= run.cpu_seconds < SPUN + 2


def test_the_time_of_a_killed_server_s_children_counts() -> None:
    # As with forked kernels: a server's child ends, the server never waits for it and is killed.
    server = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {SPIN!r}]); print('up', flush=True); time.sleep(60)"
    build = (
        "import subprocess, sys, time\n"
        f"server = subprocess.Popen([sys.executable, '-W', 'ignore', '-c', {server!r}], stdout=subprocess.PIPE)\n"
        "server.stdout.readline(); time.sleep(2.5); server.kill(); server.wait()"
    )
    with processes.adopting_orphans():
        run = runs.watch_build([sys.executable, "-W", "ignore", "-c", build], os.environ, 1, 1)
    assert SPUN <= run.cpu_seconds < SPUN + 2
    assert SPUN / 2 <= run.seen_cpu_seconds <= run.cpu_seconds + 0.1


def test_memory_is_that_of_the_build_and_of_what_is_below_it() -> None:
    child = "import time; held = b'x' * 60_000_000; time.sleep(1.5)"
    build = (
        f"import subprocess, sys; held = b'y' * 30_000_000; subprocess.run([sys.executable, '-c', {child!r}])"
    )
    with processes.adopting_orphans():
        run = runs.watch_build([sys.executable, "-c", build], os.environ, 1, 1)
    assert 28 < run.peak_mb("build") < 58
    assert 58 < run.peak_mb("others") < 90


def test_a_failed_build_is_no_measurement() -> None:
    with processes.adopting_orphans(), pytest.raises(subprocess.CalledProcessError) as raised:
        runs.watch_build([sys.executable, "-c", "raise SystemExit('表がありません')"], os.environ, 1, 1)
    assert "表がありません" in raised.value.__notes__[0]


def test_reports_are_counted_as_they_end() -> None:
    lines = "import time\nfor year in '234':\n    print(f'kaku-0001 令和{year}年度: 作成しました', flush=True); time.sleep(0.3)"
    done_counts: list[int] = []
    with processes.adopting_orphans():
        run = runs.watch_build(
            [sys.executable, "-X", "utf8", "-c", lines],
            os.environ,
            3,
            1,
            tell=lambda done, mb: done_counts.append(done),
        )
    assert done_counts == [1, 2, 3]
    assert run.ends == tuple(sorted(run.ends))
    assert run.ends[2] - run.ends[0] > 0.5


@pytest.mark.slow
def test_stopped_it_leaves_no_folder_and_no_process(tmp_path: Path) -> None:
    started = start_bench(tmp_path, "--sizes", "40", "--jobs", "2", "--cluster-size", "0")
    pattern = "gyokaku-nation-*/40/reports/*/*/manifest.json"
    assert wait_until(lambda: started.poll() is not None or list(tmp_path.glob(pattern)), 300)
    assert started.poll() is None
    started.send_signal(signal.SIGTERM)
    _, errors = started.communicate(timeout=60)
    assert started.returncode == 130, errors
    assert list(tmp_path.glob("gyokaku-nation-*")) == []
    assert processes_of(tmp_path) == []


@pytest.mark.slow
def test_two_reports_from_end_to_end_here_and_on_a_cluster_of_this_machine(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    sizes = ("--sizes", "2", "--years", "1", "--cluster-size", "2", "--queued", "12")
    started = start_bench(tmp_path, *sizes, "--keep", "--json", str(figures))
    printed, errors = started.communicate(timeout=600)
    assert started.returncode == 0, errors
    assert "| 2 |" in printed and "on a cluster" in printed
    assert "Extrapolated, not measured" in printed
    (kept,) = tmp_path.glob("gyokaku-nation-*")
    assert f"Kept: {kept}" in errors
    pages = sorted(kept.glob("2/reports/kaku-*/2015/report.html"))
    assert [page.parts[-3] for page in pages] == ["kaku-0001", "kaku-0002"]
    assert "架空市0002" in pages[1].read_text(encoding="utf-8")
    measured = json.loads(figures.read_text(encoding="utf-8"))
    (run,), (alone, spread, queue) = measured["runs"], measured["cluster"]
    assert (alone["cores"], spread["cores"]) == (1, 2)
    assert len(queue["ends"]) == queue["reports"] == 12
    assert "the scheduler's memory is flat over 12 orders" in printed
    assert printed.count("next bottleneck at 2 reports") == 2
    assert {"build", "cells", "Typst"} <= run["stages"].keys()
    assert "two workers make more reports a minute than one" in printed
    assert len(run["ends"]) == run["reports"] == spread["reports"] == len(spread["ends"]) == 2
    assert run["seen_cpu_seconds"] <= run["cpu_seconds"] * 1.02 + 0.5
    assert 50 < max(sample["memory_mb"]["build"] for sample in run["samples"]) < 2000
    assert max(sample["memory_mb"]["others"] for sample in run["samples"]) > 50
    assert spread["cpu_seconds"] >= spread["seen_cpu_seconds"] * 0.95
    for name in ("build", "scheduler", "worker 1", "worker 2"):
        assert max(sample["memory_mb"][name] for sample in spread["samples"]) > 20
    assert processes_of(tmp_path) == []


def start_bench(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    script = Path(__file__).parents[2] / "benchmarks" / "nation.py"
    return subprocess.Popen(
        [sys.executable, str(script), *arguments, "--environment", sys.prefix],
        env=os.environ | {"TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
