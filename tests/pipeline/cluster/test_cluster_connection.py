"""Schedulers and workers that are there and stand still."""

import signal
import time

import pytest

from helpers.fiscal_year import FiscalYear
from helpers.pipeline.cluster.connection import Connection
from helpers.pipeline.crews.crew import CrewError
from helpers.pipeline.reports import build_reports

R4 = FiscalYear(2022)
AT_MOST = 40  # seconds: well below the five minutes after which Dask gives a worker up
pytestmark = pytest.mark.slow


def test_workers_that_stand_still_end_the_build_in_time_and_are_named_alone(
    cluster, make_project, monkeypatch
):
    monkeypatch.setenv("GYOKAKU_CLUSTER_SECONDS", "2")
    project = make_project("runs_well")
    with (
        cluster.scheduler() as (_, address),
        cluster.stub("makes", address),
        cluster.stub("makes", address) as (one, first),
        cluster.stub("makes", address) as (other, second),
    ):
        for process in (one, other):
            process.send_signal(signal.SIGSTOP)
        begin = time.monotonic()
        result = build_reports(project, [R4], cluster=address)
        assert time.monotonic() - begin < AT_MOST
    (problem,) = result.problems
    assert str(problem).startswith(
        f"ワーカー {'、'.join(sorted([first, second]))} が、2秒待っても応答しません"
    )
    assert "GYOKAKU_CLUSTER_SECONDS" in str(problem)
    assert not result.outcomes


def test_a_scheduler_that_comes_to_stand_still_is_told(cluster):
    with cluster.scheduler() as (process, address):
        connection = Connection(address, 2)
        try:
            connection.client.sync(connection.demand_same_language)
            assert connection.client.sync(connection.look) == 0
            process.send_signal(signal.SIGSTOP)
            for question in (connection.demand_same_language, connection.look):
                with pytest.raises(CrewError, match=f"^スケジューラー {address} が、2秒待っても応答しません"):
                    connection.client.sync(question)
        finally:
            process.kill()
            connection.client.close(timeout=5)
