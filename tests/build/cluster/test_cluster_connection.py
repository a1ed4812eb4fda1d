"""Schedulers and workers that are there and stand still."""

import signal
import time
from types import SimpleNamespace

import pytest
from cluster_processes import scheduler, stub

from helpers.build.cluster.connection import answer_of, connect, demand_same_language, demand_same_software
from helpers.build.cluster.software import software
from helpers.build.crew import CrewError
from helpers.build.reports import build_reports
from helpers.fiscal_year import FiscalYear

R4 = FiscalYear(2022)
AT_MOST = 40  # seconds: well below the five minutes after which Dask gives a worker up


@pytest.fixture(autouse=True)
def two_seconds(monkeypatch):
    """Do not wait long for what will not come."""
    monkeypatch.setenv("GYOKAKU_CLUSTER_SECONDS", "2")


@pytest.mark.slow
def test_a_worker_that_stands_still_ends_the_build_in_time_and_is_named_alone(make_project):
    project = make_project("runs_well")
    with scheduler() as (_, address), stub("makes", address), stub("makes", address) as (process, still):
        process.send_signal(signal.SIGSTOP)
        begin = time.monotonic()
        result = build_reports(project, [R4], cluster=address)
        assert time.monotonic() - begin < AT_MOST
    told = str(result.problems[0])
    assert told.startswith(f"ワーカー {still} が、2秒待っても応答しません")
    assert "GYOKAKU_CLUSTER_SECONDS" in told
    assert not result.outcomes


@pytest.mark.slow
def test_a_scheduler_that_comes_to_stand_still_is_told():
    with scheduler() as (process, address):
        client = connect(address, 30)
        try:
            demand_same_language(client, software())
            process.send_signal(signal.SIGSTOP)
            for question in (demand_same_language, demand_same_software):
                with pytest.raises(CrewError, match="2秒待っても応答しません"):
                    question(client, software())
        finally:
            process.kill()
            client.close(timeout=5)


@pytest.mark.parametrize(
    ("asked", "silent", "told"),
    [
        (["a"], "a", "ワーカー a が、"),
        (["c", "b", "a"], "ac", "ワーカー a、c が、"),
        (["b", "a"], "", "ワーカーのどれか a、b が、"),  # which answers now
        (list("abcdefghij"), "bcdefghij", "ワーカー b、c が、"),  # two seconds each: there are no more
        (None, "", "ワーカーのどれか が、"),
    ],
)
def test_of_several_workers_it_is_told_which_do_not_answer(asked, silent, told, monkeypatch):
    waited = []

    def run(function, workers, on_error, callback_timeout):
        if workers == sorted(asked or ()) or workers is None:
            raise TimeoutError
        if workers[0] in silent:
            waited.append(callback_timeout)
            raise TimeoutError
        return {}

    clock = SimpleNamespace(monotonic=lambda: sum(waited))
    monkeypatch.setattr("helpers.build.cluster.connection.time", clock)
    with pytest.raises(CrewError, match=f"^{told}2秒待っても"):
        demand_same_software(SimpleNamespace(run=run), {}, asked)


def test_an_answer_in_time_is_handed_on_and_other_errors_are_not_taken_for_silence():
    def question(number, callback_timeout):
        assert callback_timeout == 2
        return 7 // number

    assert answer_of(lambda: "ワーカー", question, 1) == 7
    with pytest.raises(ZeroDivisionError):
        answer_of(lambda: "ワーカー", question, 0)
