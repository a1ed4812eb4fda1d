"""The stages of a run by their processes, and the next bottleneck of runs made up for it."""

import os
import sys

import nation_processes as processes
import nation_run as runs
import nation_stages as stages
import pytest
from nation_stages import Stage

SPIN = "import time\nend = time.process_time() + 0.6\nwhile time.process_time() < end: pass"


def said(*cpu: tuple[str, float], cores: int = 2, disk: float = 0.0) -> str:
    """The last sentence about a hundred reports that took so many CPU seconds, by stage."""
    by_name = {name: Stage(name, seconds, 1) for name, seconds in cpu}
    total = sum(seconds for _, seconds in cpu)
    return stages.bottleneck(by_name, 100, cores, total, disk, 33.3).splitlines()[-1]


def test_with_few_cores_they_are_the_bottleneck_and_what_comes_after_them_is_named() -> None:
    # 240 CPU seconds for 100 reports: two cores make 60 * 2 / 2.4 = 50 a minute; Typst alone would make 60 / 0.6 = 100.
    assert said(("cells", 90), ("build", 50), ("Typst", 60), ("others", 40)) == (
        "* next bottleneck at 100 reports (33.3 made a minute): the 2 cores: 2.40 core-seconds a report let 50 a minute through; "
        "with more of them Typst, at 100 a minute"
    )


def test_with_many_cores_the_one_process_that_has_most_to_do_is_the_bottleneck() -> None:
    sentence = said(("cells", 90), ("build", 120), ("Typst", 60), cores=16)
    assert (
        "the build's own process: page, tables, proof, publication: it lets 50 reports a minute" in sentence
    )


def test_a_disk_that_cores_wait_for_is_the_bottleneck() -> None:
    assert "waiting for the disk: it lets 20 reports a minute" in said(("build", 50), disk=300)


def test_a_line_for_each_stage_the_tightest_first() -> None:
    of_cluster = {
        name: Stage(name, cpu, 1) for name, cpu in (("build", 10), ("scheduler", 30), (stages.WORKERS, 160))
    }
    lines = stages.bottleneck(of_cluster, 100, 2, 200, 0, 50).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:6]]
    assert cells == [
        ["workers: page, tables, proof", "1.60", "80%", "1", "75"],
        ["scheduler", "0.30", "15%", "1", "200"],
        ["the client's own process: sheets, receipts, publication", "0.10", "5%", "1", "600"],
        ["waiting for the disk", "0.00", "", "", ""],
    ]


@pytest.mark.parametrize(("module", "stage"), [
    ("helpers.export.pdf.typst_server", "Typst"),
    ("helpers.pipeline.kernels.child", "cells"),
    ("json", "others"),
])  # fmt: skip
def test_the_time_of_a_process_is_that_of_its_stage(module: str, stage: str) -> None:
    child = f"import {module}\n{SPIN}"
    build = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with processes.adopting_orphans():
        run = runs.watch_build([sys.executable, "-c", build], variables, 1, 1)
    assert run.stages[stage].cpu_seconds >= 0.3
    assert run.stages[stage].processes == 1
    assert run.stages["build"].cpu_seconds < 0.3


def test_the_time_of_a_process_that_another_replaced_is_kept() -> None:
    child = f"import helpers.export.pdf.typst_server\n{SPIN}"
    build = f"import subprocess, sys\nfor _ in range(3): subprocess.run([sys.executable, '-c', {child!r}])"
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with processes.adopting_orphans():
        run = runs.watch_build([sys.executable, "-c", build], variables, 1, 1)
    assert run.stages["Typst"].cpu_seconds >= 0.9
    assert run.stages["Typst"].processes == 1
