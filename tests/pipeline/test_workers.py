"""Reports side by side: the same outcomes in the same order, and an end when it is asked for."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError
from importlib.util import find_spec

import pytest
from small_projects import short_report

from helpers.errors import ExportError
from helpers.export.pdf.typesetter import TYPESETTER
from helpers.fiscal_year import FiscalYear
from helpers.pipeline import beside, job
from helpers.pipeline.identity.inputs import ANNUAL_REPORT
from helpers.pipeline.kernels import end_kernels
from helpers.pipeline.kernels.running_kernels import running_kernels
from helpers.pipeline.notebooks import runner
from helpers.pipeline.reports import build_reports
from helpers.pipeline.workers import Workers, usable_cores
from waiting import wait_until


def test_outcomes_keep_the_order_of_the_years_and_a_failure_stops_no_other(
    make_project, monkeypatch, short_reports
):
    later_is_made = threading.Event()

    def make_report(target, *arguments):
        if target.year == FiscalYear(2021):
            later_is_made.wait(20)
            raise RuntimeError("as told")
        later_is_made.set()
        return short_report(target, *arguments)

    monkeypatch.setattr(job, "make_report", make_report)
    result = build_reports(make_project(), [FiscalYear(2021), FiscalYear(2022)], jobs=2)
    assert [outcome.target.year.western for outcome in result.outcomes] == [2021, 2022]
    assert str(result.outcomes[0].error) == "as told"


def test_work_that_was_not_begun_or_goes_on_ends_with_the_build(monkeypatch):
    begun, futures = threading.Event(), []

    def make_report(target, inputs, warnings, tell):
        begun.set()
        end = time.monotonic() + 20
        while time.monotonic() < end:
            tell(0.5, "集計")

    monkeypatch.setattr(job, "make_report", make_report)
    with pytest.raises(KeyboardInterrupt), Workers(2) as workers:
        futures += [workers.submit(None, None, 0, lambda done, step: None) for _ in range(3)]
        begun.wait(20)
        raise KeyboardInterrupt
    assert all(future.cancelled() or isinstance(future.exception(0), CancelledError) for future in futures)


def test_an_interrupted_report_is_interrupted_whatever_its_figures_are(
    make_project, monkeypatch, no_kernels, quick_exports
):
    run = runner.run_notebook

    def interrupted(path, *arguments, **options):
        if path == ANNUAL_REPORT:
            raise KeyboardInterrupt
        return run(path, *arguments, **options)

    monkeypatch.setattr(runner, "run_notebook", interrupted)
    root = make_project()
    table = root / "data/raw/yamaguchi/published/2022/overall.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("81.0%", "81.1%", 1), encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        build_reports(root, [FiscalYear(2022)])


def test_what_cannot_be_loaded_ahead_is_told_by_the_report_that_needs_it(monkeypatch, capfd):
    asked = threading.Event()

    def load_finishing():
        asked.set()
        raise RuntimeError("as told")

    monkeypatch.setattr(beside, "load_finishing", load_finishing)
    monkeypatch.setattr(job, "make_report", lambda *arguments: asked.wait(20))
    before = threading.active_count()
    with Workers(1) as workers:
        assert workers.submit(None, None, 0, lambda done, step: None).result()
    assert wait_until(lambda: threading.active_count() <= before, 20)
    assert "as told" not in capfd.readouterr().err


def test_a_report_that_wants_a_kernel_after_ctrl_c_gets_none(monkeypatch):
    begun, ending, launched = threading.Event(), threading.Event(), []

    def make_report(*arguments):
        begun.set()
        ending.wait(20)
        launched.append(subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"]))
        running_kernels().keep(launched[0])

    def end():
        end_kernels()
        ending.set()

    monkeypatch.setattr(job, "make_report", make_report)
    monkeypatch.setattr("helpers.pipeline.kernels.end_kernels", end)
    monkeypatch.setenv("GYOKAKU_KERNELS", "ordinary")
    with pytest.raises(KeyboardInterrupt), Workers(2) as workers:
        workers.start()
        future = workers.submit(None, None, 0, lambda done, step: None)
        begun.wait(20)
        raise KeyboardInterrupt
    assert isinstance(future.exception(), OSError)
    assert launched[0].returncode == -9


def test_after_ctrl_c_a_pdf_that_is_being_set_is_not_waited_for(monkeypatch):
    begun, ended = threading.Event(), threading.Event()

    def make_report(*arguments):
        begun.set()
        return ended.wait(20)

    monkeypatch.setattr(job, "make_report", make_report)
    monkeypatch.setattr(beside, "load_finishing", lambda: None)
    monkeypatch.setattr(beside, "end_finishing", ended.set)
    with pytest.raises(KeyboardInterrupt), Workers(2) as workers:
        future = workers.submit(None, None, 0, lambda done, step: None)
        begun.wait(20)
        raise KeyboardInterrupt
    assert future.result() is True


def test_after_ctrl_c_nor_is_one_of_a_report_that_is_made_by_itself():
    TYPESETTER.start()
    os.kill(TYPESETTER.pid, signal.SIGSTOP)
    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt), beside.thread_beside() as second:
        waiting = second.submit(TYPESETTER.set, "{}")
        assert wait_until(lambda: TYPESETTER.is_asked, 20)
        raise KeyboardInterrupt
    assert time.monotonic() - begin < 10
    assert isinstance(waiting.exception(), ExportError)


@pytest.mark.parametrize(("platform", "patience"), [("win32", 1.0), ("linux", None), ("darwin", None)])
def test_who_waits_on_windows_looks_up_in_between(platform, patience, monkeypatch):
    # Python's waits without limit do not hear Ctrl-C there.
    monkeypatch.setattr("helpers.pipeline.workers.sys.platform", platform)
    with Workers(1) as workers:
        assert workers.patience == patience


def test_the_collector_is_told_once_what_stays(monkeypatch):
    # With every report, it would keep the garbage of reports for good.
    freezes = []
    monkeypatch.setattr(gc, "freeze", lambda: freezes.append(1))
    monkeypatch.setattr(job, "make_report", lambda *arguments: None)
    with Workers(1) as workers:
        for _ in range(3):
            workers.submit(None, None, 0, lambda done, step: None).result()
    assert freezes == [1]


def test_as_many_cores_as_this_process_may_use():
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)


def test_a_build_does_not_wait_for_what_checks_iris_and_durations():
    # Installed with JupyterLab, and so with the tests' tools.
    unused = ("rfc3987_syntax", "isoduration")
    assert all(map(find_spec, unused))
    code = (
        "import sys\nfrom helpers.pipeline.workers import Workers\n"
        "with Workers(1) as some: some.submit(None, None, 0, print)\n"
        f"assert 'jsonschema' in sys.modules\nassert not sys.modules.keys() & set({unused})"
    )
    subprocess.run([sys.executable, "-P", "-c", code], check=True)
