"""The workers of a Dask cluster as a crew: orders out, progress and reports back, and what to do when one is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from helpers.build.cluster.connection import (
    checked_address,
    connect,
    demand_extra,
    demand_same_language,
    demand_same_software,
    waiting_seconds,
)
from helpers.build.cluster.job import BEGUN, Order, OtherSoftwareError, make_there
from helpers.build.cluster.receipt import check_receipt
from helpers.build.cluster.software import software
from helpers.build.crew import CrewError
from helpers.build.inputs import Inputs
from helpers.build.target import Target
from helpers.errors import BuildError

if TYPE_CHECKING:
    from helpers.build.made import MadeReport, Progress

_PER_THREAD = 2  # reports under way: one that is made and one that waits beside it
_OFTEN = 1.0  # seconds between looks at the workers
_LOSSES_ALONE = 2  # workers that a report may take down when it has them to itself


@dataclass(eq=False)
class _Job:
    """An order that is out."""

    order: Order
    progress: Progress
    result: Future[MadeReport]
    task: Any = None
    begun: int = 0
    is_alone: bool = False


class ClusterCrew:
    """Has reports made by the workers of the scheduler at ``address``; used in a ``with``.

    Nothing is connected before ``start``, so that a build with nothing to do needs no cluster.
    """

    patience: float | None = _OFTEN

    def __init__(self, address: str) -> None:
        """Raises UsageError for what is no address, BuildError where Dask is not installed."""
        self.address, self.seconds = checked_address(address), waiting_seconds()
        demand_extra()
        self._topic = f"gyokaku-{uuid4().hex}"
        self._client: Any = None
        self._software: dict[str, str] = {}
        self._lock = threading.RLock()
        self._jobs: dict[str, _Job] = {}
        # Reports that were under way when workers died, again and again: each gets the cluster to itself.
        self._suspects: list[_Job] = []
        self._known: frozenset[str] = frozenset()
        self._threads, self._looked, self._seen = 0, 0.0, 0.0
        self._is_ended = False

    def start(self) -> None:
        """Connect, wait for a worker, and refuse workers with other software.

        Raises:
            CrewError: no scheduler, no worker, or workers that would make other bytes.
        """
        if self._client is not None:
            return
        client = connect(self.address, self.seconds)
        self._client = client
        self._software = software()
        self._seen = time.monotonic()
        self._asked(lambda: demand_same_language(client, self._software))
        while not self._count_threads():
            time.sleep(0.1)
        client.subscribe_topic(self._topic, self._hear)

    def room(self) -> int:
        """A small multiple of the threads of all workers that are there now.

        Raises:
            CrewError: the scheduler is lost, or there has been no worker for too long.
        """
        if time.monotonic() - self._looked > _OFTEN:
            self._count_threads()
        with self._lock:
            return 0 if self._suspects else max(1, self._threads) * _PER_THREAD

    def submit(self, target: Target, inputs: Inputs, warnings: int, progress: Progress) -> Future[MadeReport]:
        """Send an order; the scheduler gives it to a worker, and to another one if that is lost."""
        name = f"{self._topic}-{target.plan_id}-{target.year.western}-{uuid4().hex[:8]}"
        order = Order(name, self._topic, target, inputs, warnings, self._software)
        job = _Job(order, progress, Future())
        self._send(job)
        return job.result

    def check(self) -> None:
        """Look after the orders that are out.

        Raises:
            CrewError: the scheduler is lost, or there has been no worker for too long.
        """
        self._count_threads()
        with self._lock:
            killers = [job for job in self._jobs.values() if job.is_alone and job.begun > _LOSSES_ALONE]
        for job in killers:
            task = job.task
            if task is not None:  # or it has ended just now
                self._asked(partial(task.cancel, force=True))
                self._finish(job, error=_killer(job))

    def __enter__(self) -> ClusterCrew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_ended = True
        if self._client is None:
            return
        with self._lock:
            left = [job.task for job in self._jobs.values() if job.task is not None]
        # Whatever the state of the cluster, leaving it is no reason for another message.
        with suppress(Exception):
            if left and self._client.status == "running":
                self._client.cancel(left, force=True)
        with suppress(Exception):
            self._client.close(timeout=5)

    def _send(self, job: _Job) -> None:
        with self._lock:
            self._jobs[job.order.job] = job
            task = job.task = self._asked(
                lambda: self._client.submit(make_there, job.order, key=job.order.job, pure=False)
            )
        task.add_done_callback(lambda task: self._receive(job, task))

    def _receive(self, job: _Job, task: Any) -> None:
        """A task has ended, well or not; called by Dask in a thread of its own, one task after the other."""
        if self._is_ended or job.result.done():
            return
        try:
            if task.status == "finished":
                made = task.result()
                check_receipt(job.order, made)
                self._finish(job, made=made)
            elif task.status == "error":
                self._fail(job, task.exception())
            else:
                self._finish(job, error=self._lost())
        except BuildError as error:
            self._finish(job, error=error)
        except Exception as error:
            self._finish(job, error=self._lost(error))

    def _fail(self, job: _Job, error: BaseException) -> None:
        from distributed import KilledWorker

        if isinstance(error, KilledWorker) and not job.is_alone:
            # It, or another report beside it on the same workers: each is tried alone, so that only the one fails.
            with self._lock:
                del self._jobs[job.order.job]
                self._suspects.append(job)
            self._try_alone()
        elif isinstance(error, KilledWorker):
            self._finish(job, error=_killer(job))
        elif isinstance(error, OtherSoftwareError | ImportError | AttributeError):
            # A worker that joined in mid-build. Asked once more, all such workers are named.
            demand_same_software(self._client, self._software)
            self._finish(job, error=error)
        else:
            self._finish(job, error=error)

    def _finish(self, job: _Job, made: MadeReport | None = None, error: BaseException | None = None) -> None:
        with self._lock:
            if job.result.done():
                return
            self._jobs.pop(job.order.job, None)
            if job in self._suspects:
                self._suspects.remove(job)
            # The task's result on its worker is let go with its last reference.
            job.task = None
            if made is not None:
                job.result.set_result(made)
            else:
                job.result.set_exception(error)
        self._try_alone()

    def _try_alone(self) -> None:
        with self._lock:
            if self._suspects and not self._jobs:
                job = self._suspects[0]
                job.is_alone, job.begun = True, 0
                job.order = replace(job.order, job=f"{job.order.job}-alone")
                self._send(job)

    def _hear(self, event: tuple[float, dict[str, Any]]) -> None:
        """An event of the build's topic: how far a report is; called by Dask in the client's own thread."""
        told = event[1]
        with self._lock:
            job = self._jobs.get(told["job"])
            if job is None or job.result.done() or self._is_ended:
                return
            job.begun += told["what"] == BEGUN
            again = f"（{job.begun}回目）" if job.begun > 1 else ""
        job.progress(told["done"], f"{told['what']}{again}")

    def _count_threads(self) -> int:
        """The threads of the workers that are there; those that have come since the last look are asked who they are.

        Raises:
            CrewError: the scheduler is lost, there has been no worker for too long, or one has other software.
        """
        if self._client.status != "running":
            raise self._lost()
        found: dict[str, int] = self._asked(self._client.nthreads)
        if strangers := found.keys() - self._known:
            self._asked(lambda: demand_same_software(self._client, self._software, strangers))
        self._known = frozenset(found)
        self._threads = sum(found.values())
        self._looked = now = time.monotonic()
        if self._threads:
            self._seen = now
        elif now - self._seen > self.seconds:
            raise CrewError(
                f"スケジューラー {self.address} に、{self.seconds}秒待っても使えるワーカーがありません。"
                f"`gyokaku worker {self.address}` でワーカーを起動してから、もう一度実行してください（docs/cluster.md）。"
                "作り終えた報告書は公開済みです"
            )
        return self._threads

    def _asked(self, question: Callable[[], Any]) -> Any:
        """The cluster's answer.

        Raises:
            CrewError: the scheduler did not give one, or has found other software.
        """
        try:
            return question()
        except BuildError:
            raise
        except Exception as error:
            raise self._lost(error) from error

    def _lost(self, error: Exception | None = None) -> CrewError:
        why = f"。Dask の説明: {error}" if error and str(error) else ""
        return CrewError(
            f"スケジューラー {self.address} との接続が切れました。作り終えた報告書は公開済みです。"
            f"スケジューラーを起動し直してから、もう一度実行すると、残りの報告書を作ります{why}"
        )


def _killer(job: _Job) -> BuildError:
    return BuildError(
        f"{job.order.target} の報告書を作るたびに、ワーカーが停止しました。ほかの報告書は作っています。"
        "ワーカーのメモリーが足りているかを確かめ、--cluster を付けずに作ってみてください"
    )
