"""The benchmark's own parts; what it measures is no test."""

import os
import platform
import subprocess
import sys
import threading
import time
from importlib.metadata import version
from pathlib import Path

import bench
import environments
import machine
import measure
import pytest
import sides
import standing


def test_the_table_says_what_is_reached():
    rows = [
        bench.Row(
            "one year", "2.0 s", "≥ 7 × faster than stock", "4.5", False, stock="9.0 s", before="2.1 s"
        ),
        bench.Row("nothing to do", "0.3 s", "≤ 2 s", "", True, floor="0.1 s", floor_before="0.2 s"),
    ]
    assert bench.table(rows).splitlines() == [
        "|  | ours | stock way | floor | c391b3c | floor of c391b3c | wanted | is |  |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        "| one year | 2.0 s | 9.0 s |  | 2.1 s |  | ≥ 7 × faster than stock | 4.5 | **not reached** |",
        "| nothing to do | 0.3 s |  | 0.1 s |  | 0.2 s | ≤ 2 s |  | reached |",
    ]


def test_it_is_told_what_was_measured_and_where():
    assert f"{len(os.sched_getaffinity(0))} cores" in machine.machine()
    here = environments.Environment(Path(sys.prefix))
    pandas = version("pandas")
    assert machine.versions(here, ["no-such-package", "pandas"]) == f"pandas {pandas}"


def test_the_stock_way_is_four_commands_a_year():
    stock = environments.Environment(Path("/stock"))
    commands = sides.StockWay(stock, Path("/a")).commands([2021, 2022])
    assert [Path(command[0]).name for command in commands] == [
        *["papermill", "papermill", "jupyter-nbconvert", "python"] * 2
    ]
    assert all("2021" in " ".join(command) for command in commands[:4])


def test_a_command_costs_its_own_time_and_that_of_its_children(tmp_path):
    spin = "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spin!r}], check=True)"
    cost = measure.run([sys.executable, "-c", child], tmp_path)
    assert cost.cpu_seconds >= 0.2
    assert cost.seconds >= 0.2


def test_a_command_that_fails_is_no_measurement(tmp_path):
    with pytest.raises(subprocess.CalledProcessError) as raised:
        measure.run([sys.executable, "-c", "raise SystemExit('no browser')"], tmp_path)
    assert raised.value.__notes__ == ["no browser\n"]


def test_memory_is_that_of_all_processes_together(tmp_path):
    hold = "import time; held = b'x' * 50_000_000; time.sleep(0.6)"
    start = f"import subprocess, sys; [p.wait() for p in [subprocess.Popen([sys.executable, '-c', {hold!r}]) for _ in 'ab']]"
    single = measure.peak_memory_mb([[sys.executable, "-c", hold]], tmp_path)
    two = measure.peak_memory_mb([[sys.executable, "-c", start]], tmp_path)
    assert single > 47
    assert two > 95


@pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="not told apart there")
def test_a_program_about_to_start_is_not_counted_with_its_parents_memory():
    numbers, is_seen = [], threading.Event()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        thread = threading.Thread(target=lambda: (numbers.append(threading.get_native_id()), is_seen.wait()))
        thread.start()
        try:
            while not numbers:
                time.sleep(0.01)
            # A process that is about to start shares its parent's memory, as threads do.
            assert measure.shares_memory(numbers[0], os.getpid())
            assert not measure.shares_memory(child.pid, os.getpid())
        finally:
            is_seen.set()
            child.communicate(b"\n")
    assert measure.pss_kb(os.getpid()) > 10_000


def test_bytecode_is_not_kept_away_and_kernels_are_forked(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("GYOKAKU_KERNELS", "ordinary")
    variables = environments.environment_variables()
    assert "PATH" in variables
    assert not {"PYTHONDONTWRITEBYTECODE", "GYOKAKU_KERNELS"} & set(variables)


@pytest.mark.slow
def test_copies_of_a_report_stand_as_a_build_finds_them(tmp_path):
    here = sides.Side(environments.Environment(Path(sys.prefix)), environments.REPOSITORY, tmp_path)
    root = standing.lay_out_standing(here, plans=2, years=1, seed=1)
    built = subprocess.run(
        here.build("--why", root=root),
        capture_output=True,
        text=True,
        check=True,
        env=environments.environment_variables(),
    )
    lines = [line for line in built.stdout.splitlines() if "省略" in line]
    assert lines == [
        f"kaku-000{number} 平成27年度: 省略（作った時から何も変わっていない）" for number in (1, 2)
    ]
    assert "kaku-0002" in (root / "reports/kaku-0002/2015/manifest.json").read_text(encoding="utf-8")
