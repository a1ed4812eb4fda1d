"""The workers of a Dask cluster as a crew: orders out, progress and reports back, and what to do when one is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from helpers.build.cluster.connection import checked_address, demand_extra
from helpers.build.cluster.job import BEGUN, Order, OtherSoftwareError, make_there
from helpers.build.cluster.receipt import check_receipt
from helpers.build.cluster.workforce import Workforce
from helpers.build.identity.inputs import Inputs
from helpers.build.target import Target
from helpers.errors import BuildError
from helpers.patience import CLUSTER

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

    def __init__(self, address: str, tell: Callable[[str], None] = lambda text: None) -> None:
        """``tell`` is told what is waited for. Raises UsageError for what is no address, BuildError without Dask."""
        self._address, self._seconds = checked_address(address), CLUSTER.seconds()
        demand_extra()
        self._tell = tell
        self._topic = f"gyokaku-{uuid4().hex}"
        self._cluster: Workforce | None = None
        self._lock = threading.RLock()
        self._jobs: dict[str, _Job] = {}
        # Reports that were under way or on their way when workers died, again and again: each gets the cluster to itself.
        self._suspects: list[_Job] = []
        self._is_ended = False

    @property
    def cluster(self) -> Workforce:
        """The cluster, after ``start``."""
        assert self._cluster is not None
        return self._cluster

    def start(self) -> None:
        """Connect, wait for a worker, and refuse workers with other software.

        Raises:
            CrewError: no scheduler, no worker, or workers that would make other bytes.
        """
        if self._cluster is None:
            self._tell(f"スケジューラー {self._address} につなぎます（{self._seconds}秒まで待ちます）")
            self._cluster = Workforce(self._address, self._seconds)
            self._tell("ワーカーと、その版を確かめています")
            self._cluster.wait_for_workers()
            self._cluster.client.subscribe_topic(self._topic, self._hear)

    def room(self) -> int:
        """A small multiple of the threads of all workers that are there now.

        Raises:
            CrewError: the scheduler is lost, or there has been no worker for too long.
        """
        threads = self.cluster.threads(newer_than=_OFTEN)
        with self._lock:
            return 0 if self._suspects else max(1, threads) * _PER_THREAD

    def submit(self, target: Target, inputs: Inputs, warnings: int, progress: Progress) -> Future[MadeReport]:
        """Send an order; the scheduler gives it to a worker, and to another one if that is lost."""
        name = f"{self._topic}-{target.plan_id}-{target.year.western}-{uuid4().hex[:8]}"
        order = Order(name, self._topic, target, inputs, warnings, self.cluster.software)
        job = _Job(order, progress, Future())
        with self._lock:
            if self._suspects:
                # Workers have died since there was room. Beside a suspect it might be blamed, or the suspect for it.
                self._suspects.append(job)
            else:
                self._send(job)
        return job.result

    def check(self) -> None:
        """Look after the orders that are out.

        Raises:
            CrewError: the scheduler is lost, or there has been no worker for too long.
        """
        self.cluster.threads()
        with self._lock:
            killers = [job for job in self._jobs.values() if job.is_alone and job.begun > _LOSSES_ALONE]
        for job in killers:
            task = job.task
            # In this order: who hears of a task that is cancelled takes the scheduler for lost, and the next report
            # must not be beside this one.
            if task is not None and self._end(job, error=_killer(job)):  # or it has ended just now
                self.cluster.asked(partial(task.cancel, force=True))
                self._try_alone()

    def __enter__(self) -> ClusterCrew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_ended = True
        if self._cluster is None:
            return
        client = self._cluster.client
        with self._lock:
            left = [job.task for job in self._jobs.values() if job.task is not None]
        # Whatever the state of the cluster, leaving it is no reason for another message.
        with suppress(Exception):
            if left and client.status == "running":
                client.cancel(left, force=True)
        with suppress(Exception):
            client.close(timeout=5)

    def _send(self, job: _Job) -> None:
        with self._lock:
            self._jobs[job.order.job] = job
            task = job.task = self.cluster.asked(
                lambda: self.cluster.client.submit(make_there, job.order, key=job.order.job, pure=False)
            )
        task.add_done_callback(lambda task: self._receive(job, task))

    def _receive(self, job: _Job, task: Any) -> None:
        """A task has ended, well or not; called by Dask in a thread of its own, one task after the other."""
        if self._is_ended or job.result.done():
            return
        try:
            made = _made(task)
            if made is not None:
                check_receipt(job.order, made)
                self._finish(job, made=made)
            elif task.status == "cancelled":
                self._finish(job, error=self.cluster.lost())
            else:
                self._fail(job, task.exception())
        except BuildError as error:
            self._finish(job, error=error)
        except Exception as error:
            self._finish(job, error=self.cluster.lost(error))

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
            self.cluster.demand_same_software()
            self._finish(job, error=error)
        else:
            self._finish(job, error=error)

    def _finish(self, job: _Job, made: MadeReport | None = None, error: BaseException | None = None) -> None:
        if self._end(job, made, error):
            self._try_alone()

    def _end(self, job: _Job, made: MadeReport | None = None, error: BaseException | None = None) -> bool:
        """Tell how a job ended; whether nobody did so before."""
        with self._lock:
            if job.result.done():
                return False
            self._jobs.pop(job.order.job, None)
            if job in self._suspects:
                self._suspects.remove(job)
            # The task's result on its worker is let go with its last reference.
            job.task = None
            if made is not None:
                job.result.set_result(made)
            else:
                job.result.set_exception(error)
        return True

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


def _made(task: Any) -> MadeReport | None:
    """The report; None where its worker, or Dask, says why there is none."""
    if task.status in ("error", "cancelled"):
        return None
    try:
        # A worker that is lost just now takes its report with it: that is made again, and waited for here.
        made: MadeReport = task.result()
    except Exception:
        if task.status in ("error", "cancelled"):
            return None
        raise
    return made


def _killer(job: _Job) -> BuildError:
    return BuildError(
        f"{job.order.target} の報告書を作るたびに、ワーカーが停止しました。ほかの報告書は作っています。"
        "ワーカーのメモリーが足りているかを確かめ、--cluster を付けずに作ってみてください"
    )
