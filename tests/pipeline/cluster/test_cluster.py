"""Reports from other computers: the same bytes, whoever is lost meanwhile; and nobody with other software takes part."""

import os
import signal
import socket
import threading
import time
from contextlib import ExitStack

import pytest
from cluster_processes import gone, workers
from small_projects import use_notebook

from fingerprints import fingerprint
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.cluster.connection import Connection
from helpers.pipeline.outcome import CrewError, Watcher
from helpers.pipeline.reports import build_reports
from made_reports import lay_out_reference
from waiting import processes_of

pytestmark = pytest.mark.slow
H30, R3, R4 = FiscalYear(2018), FiscalYear(2021), FiscalYear(2022)
AT_MOST = 40  # seconds: well below the five minutes after which Dask gives a worker up


class Told(Watcher):
    """Keeps what it is told, and does something when it has heard of so many reports that were begun."""

    def __init__(self, count=0, action=lambda: None):
        self.begun, self.count, self.action = set(), count, action
        self.lock = threading.Lock()
        self.noted, self.events = [], []

    @property
    def texts(self):
        return [text for _, text in self.events]

    def notes(self, text):
        self.noted.append(text)

    def advances(self, target, done, step):
        with self.lock:
            self.events.append((target.year, step))
            is_new = target not in self.begun
            self.begun.add(target)
            if is_new and len(self.begun) == self.count:
                self.action()


@pytest.fixture(scope="module")
def lay_out(tmp_path_factory):
    """A new project folder with the reference data and the true notebooks."""
    return lambda name: lay_out_reference(tmp_path_factory.mktemp(name) / "project")


@pytest.fixture
def few_seconds(monkeypatch):
    """Do not wait long for what will not come."""
    monkeypatch.setenv("GYOKAKU_CLUSTER_SECONDS", "2")


@pytest.fixture
def project(make_project, short_index):
    """The reference data, for workers whose reports are short."""
    return make_project()


def years_built(result):
    return [outcome.target.year for outcome in result.outcomes if outcome.summary]


@pytest.fixture(scope="module")
def kept_cluster(cluster, tmp_path_factory):
    """A scheduler and two workers as operators start them: address, the second, and the folder that it works in.

    The first makes two reports at a time, the second one.
    """
    rooms = [tmp_path_factory.mktemp("r") for _ in range(2)]
    with cluster.scheduler() as (_, address):
        with workers(address, dict(zip(rooms, (2, 1), strict=True))) as (_, second):
            yield address, second, rooms[1]
        assert gone(rooms[0]), processes_of(rooms[0])


def test_reports_are_the_same_bytes_although_a_worker_is_killed_in_mid_build(kept_cluster, lay_out):
    address, second, room = kept_cluster
    here, there = lay_out("here"), lay_out("there")
    assert build_reports(here, [H30, R3, R4], jobs=2).is_good
    assert processes_of(room), "the worker can be seen"
    # Three reports have begun, one per thread: the second computer is at work when its nanny and worker are killed.
    watcher = Told(3, lambda: os.kill(second.pid, signal.SIGKILL))
    result = build_reports(there, [H30, R3, R4], watcher=watcher, cluster=address)
    assert result.is_good, result
    assert any(text.endswith("（2回目）") for text in watcher.texts)
    assert fingerprint(there) == fingerprint(here)
    assert gone(room), processes_of(room)


def test_what_fails_says_the_same_as_here(kept_cluster, lay_out):
    address, _, _ = kept_cluster
    root = lay_out("fails")
    use_notebook(root, "annual_report", "raises")
    table = root / "data/raw/yamaguchi/published/2022/overall.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("81.0%", "81.1%", 1), encoding="utf-8")
    here, there = (
        [outcome.error for outcome in build_reports(root, [R3, R4], **how).outcomes]
        for how in ({"jobs": 2}, {"cluster": address})
    )
    assert [str(error) for error in here] == [str(error) for error in there]
    assert [type(error) for error in here] == [type(error) for error in there]
    assert "コードセル" in str(here[0])
    assert "81.1%" in str(here[1])


def refused(project, address, watcher=None, years=(R4,)):
    """The problem of a build that makes no report and publishes none."""
    result = build_reports(project, years, watcher=watcher, cluster=address)
    (problem,) = result.problems
    assert not result.outcomes
    assert not result.is_good
    assert not (project / "reports/yamaguchi/2022").exists()
    return str(problem)


def test_workers_with_other_software_are_refused_before_any_report(cluster, project):
    with (
        cluster.scheduler() as (_, address),
        cluster.stub("lies", address) as (_, liar),
        cluster.stub("lacks", address) as (_, lacking),
    ):
        problem = refused(project, address)
    assert f"{liar}: pandas 0.0.1（こちらは " in problem
    assert f"{lacking}: gyokaku が入っていないか、古い版です" in problem
    assert "requirements/cluster.txt" in problem


def test_a_worker_is_compared_again_before_it_works(cluster, project):
    with cluster.scheduler() as (_, address), cluster.stub("lies_later", address) as (_, own):
        problem = refused(project, address)
    assert f"{own}: pandas 0.0.1（こちらは " in problem


def test_a_worker_that_joins_in_mid_build_is_compared_too(cluster, project):
    with cluster.scheduler() as (_, address), cluster.stub("goes_on", address), ExitStack() as later:
        joined = []
        watcher = Told(1, lambda: joined.append(later.enter_context(cluster.stub("lacks", address))[1]))
        problem = refused(project, address, watcher)
    assert f"{joined[0]}: gyokaku が入っていないか" in problem


def test_a_report_that_was_made_by_other_software_is_not_published(cluster, project):
    with cluster.scheduler() as (_, address), cluster.stub("forges", address):
        result = build_reports(project, [R4], cluster=address)
    assert "送った入力やこちらのプログラムと合わない" in str(result.outcomes[0].error)
    assert not (project / "reports/yamaguchi/2022").exists()


def test_a_report_that_kills_its_workers_again_and_again_fails_alone(cluster, project):
    watcher = Told()
    with (
        cluster.scheduler({"distributed.scheduler.allowed-failures": 1}) as (_, address),
        cluster.stub("dies", address),
        cluster.stub("dies", address),
    ):
        result = build_reports(project, [H30, R3, R4], watcher=watcher, cluster=address)
    assert "ワーカーが停止しました" in str(result.outcomes[0].error)
    assert years_built(result) == [R3, R4]
    assert not result.problems
    # Two losses beside other reports, two alone.
    assert [watcher.texts.count(f"開始（{times}回目）") for times in (2, 3)] == [2, 0]
    own = [index for index, (year, _) in enumerate(watcher.events) if year == H30]
    begun = [index for index in own if watcher.events[index][1] == "開始"]
    alone = watcher.events[begun[1] : own[-1] + 1]
    assert {year for year, _ in alone} == {H30}


def test_a_lost_scheduler_ends_the_build_with_a_message(cluster, project, few_seconds):
    with cluster.scheduler() as (process, address), cluster.stub("goes_on", address):
        problem = refused(project, address, Told(1, process.kill), [R3, R4])
    assert f"スケジューラー {address} との接続が切れました" in problem


def test_an_interrupted_build_lets_its_workers_go(cluster, project):
    class Interrupting(Told):
        """Ctrl-C, as the main thread would have it."""

        def advances(self, target, done, step):
            super().advances(target, done, step)
            signal.raise_signal(signal.SIGINT)

    with cluster.scheduler() as (_, address), cluster.stub("goes_on", address):
        with pytest.raises(KeyboardInterrupt):
            build_reports(project, [R4], watcher=Interrupting(), cluster=address)
        # The worker's only thread is free again, for another report.
        from distributed import Client

        with Client(address, set_as_default=False) as client:
            assert client.submit(pow, 2, 3).result(timeout=60) == 8


def test_a_scheduler_without_workers_is_named_with_the_command_for_one(cluster, project, few_seconds):
    with cluster.scheduler() as (_, address):
        problem = refused(project, address)
    assert "2秒待っても使えるワーカーがありません" in problem
    assert f"gyokaku worker {address}" in problem


def test_a_scheduler_that_does_not_answer_is_named(project, few_seconds):
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))  # nobody listens here
        address = f"tcp://127.0.0.1:{reserved.getsockname()[1]}"
        watcher = Told()
        problem = refused(project, address, watcher)
    assert watcher.noted == [f"スケジューラー {address} につなぎます（2秒まで待ちます）"]
    assert f"スケジューラー {address} につながりません（2秒待ちました）" in problem


def test_what_is_up_to_date_needs_no_cluster(cluster, project):
    with cluster.scheduler() as (_, address), cluster.stub("makes", address):
        assert years_built(build_reports(project, [R3, R4], cluster=address)) == [R3, R4]
    result = build_reports(project, [R3, R4], cluster=address)  # which is gone
    assert result.is_good
    assert all(outcome.is_current for outcome in result.outcomes)


def test_workers_that_stand_still_end_the_build_in_time_and_are_named_alone(cluster, project, few_seconds):
    with (
        cluster.scheduler() as (_, address),
        cluster.stub("makes", address),
        cluster.stub("makes", address) as (first_process, first),
        cluster.stub("makes", address) as (other, second),
    ):
        for process in (first_process, other):
            process.send_signal(signal.SIGSTOP)
        begin = time.monotonic()
        problem = refused(project, address)
        assert time.monotonic() - begin < AT_MOST
    assert problem.startswith(f"ワーカー {'、'.join(sorted([first, second]))} が、2秒待っても応答しません")
    assert "GYOKAKU_CLUSTER_SECONDS" in problem


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
