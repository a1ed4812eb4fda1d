"""The workers of a Dask cluster as a crew: orders out, progress and reports back."""

from __future__ import annotations

__all__ = ["ClusterCrew", "check_receipt"]

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from helpers.errors import BuildError
from helpers.pipeline.cluster.connection import Connection, checked_address, demand_extra
from helpers.pipeline.cluster.keys import CLIENT, checked_security
from helpers.pipeline.cluster.worker_job import BEGUN, Order, OtherSoftwareError, make_there
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.manifest import NAME, digests, identity
from helpers.pipeline.outcome import MadeReport, Progress
from helpers.project import Target
from helpers.time_limits import CLUSTER

_PER_THREAD = 2  # reports under way: one that is made and one that waits beside it
_OFTEN = 1.0  # seconds between looks at the workers
_SOON = 0.1  # seconds between looks whether a report has the cluster to itself


@dataclass
class _Out:
    """An order that was sent: who receives its progress, and how often a worker began it."""

    progress: Progress
    begun: int = 0


class ClusterCrew:
    """Has reports made by the workers of the scheduler at ``address``; used in a ``with``.

    Connects in ``start``, so that a build with nothing to do needs no cluster. Each report is a coroutine in the loop of
    Dask's client, which also receives the events.
    """

    patience: float | None = _OFTEN

    def __init__(
        self, address: str, tell: Callable[[str], None] = lambda text: None, keys: Path | None = None
    ) -> None:
        """``tell`` is told what is waited for; ``keys``: the folder with certificates. Raises UsageError for what is no address, BuildError without Dask."""
        self._address, self._seconds = checked_address(address), CLUSTER.seconds()
        demand_extra()
        self._tell = tell
        self._security: Any
        self._security, notice = checked_security(keys, CLIENT) if keys else (None, "")
        if notice:
            tell(notice)
        self._topic = f"gyokaku-{uuid4().hex}"
        self._connection: Connection | None = None
        self._reports: set[Future[MadeReport]] = set()
        self._out: dict[str, _Out] = {}
        self._alone = asyncio.Lock()  # held by a report that has the cluster to itself, or waits for that

    def start(self) -> None:
        """Connect, wait for a worker, and refuse workers with other software.

        Raises:
            CrewError: no scheduler, no worker, or workers that would make other bytes.
        """
        if self._connection is None:
            self._tell(f"スケジューラー {self._address} につなぎます（{self._seconds}秒まで待ちます）")
            connection = self._connection = Connection(self._address, self._seconds, self._security)
            self._tell("ワーカーと、その版を確かめています")
            connection.client.sync(connection.demand_same_language)
            while not connection.client.sync(connection.look):
                time.sleep(_SOON)
            connection.client.subscribe_topic(self._topic, self._hear)

    def room(self) -> int:
        """A small multiple of the threads of all workers that are there now.

        Raises:
            CrewError: the scheduler is lost, or there has been no worker for too long.
        """
        if time.monotonic() - self._cluster.looked > _OFTEN:
            self.check()
        return 0 if self._alone.locked() else max(1, self._cluster.threads) * _PER_THREAD

    def submit(self, target: Target, inputs: Inputs, warnings: int, progress: Progress) -> Future[MadeReport]:
        """Send an order; the scheduler gives it to a worker, and to another if the first is lost.

        Raises:
            CrewError: the scheduler is lost.
        """
        if self._cluster.client.status != "running":
            raise self._cluster.lost()
        name = f"{self._topic}-{target.plan_id}-{target.year.western}-{uuid4().hex[:8]}"
        order = Order(name, self._topic, target, inputs, warnings, self._cluster.software)
        loop = self._cluster.client.loop.asyncio_loop
        report = asyncio.run_coroutine_threadsafe(self._report(order, progress), loop)
        self._reports.add(report)
        report.add_done_callback(self._reports.discard)
        return report

    def check(self) -> None:
        """Look after the workers.

        Raises:
            CrewError: the scheduler is lost, or there has been no worker for too long.
        """
        self._cluster.client.sync(self._cluster.look)

    def __enter__(self) -> ClusterCrew:
        return self

    def __exit__(self, *_: object) -> None:
        for report in list(self._reports):
            report.cancel()
        if self._connection is not None:
            # Errors while disconnecting do not matter to the user.
            with suppress(Exception):
                self._connection.client.close(timeout=5)

    @property
    def _cluster(self) -> Connection:
        assert self._connection is not None
        return self._connection

    async def _report(self, order: Order, progress: Progress) -> MadeReport:
        """Have a report made beside others, or alone if it and they have lost more workers than Dask allows."""
        from distributed import KilledWorker

        while self._alone.locked():  # Dask counts a lost worker against every report on it
            await asyncio.sleep(_SOON)
        with suppress(KilledWorker):  # by this report, or by another on the same workers
            return await self._made(order, progress)
        async with self._alone:
            while self._out:
                await asyncio.sleep(_SOON)
            try:
                return await self._made(replace(order, job=f"{order.job}-alone"), progress)
            except KilledWorker as error:
                raise BuildError(
                    f"{order.target} の報告書を作るたびに、ワーカーが停止しました。ほかの報告書は作っています。"
                    "ワーカーのメモリーが足りているかを確かめ、--cluster を付けずに作ってみてください"
                ) from error

    async def _made(self, order: Order, progress: Progress) -> MadeReport:
        """What a worker makes of an order; Dask lets go of it with the task, at the end of this."""
        self._out[order.job] = _Out(progress)
        task: Any = None
        try:
            task = self._cluster.client.submit(make_there, order, key=order.job, pure=False)
            made: MadeReport = await task
        except (OtherSoftwareError, ImportError, AttributeError):
            # A worker that joined in mid-build: compare all again, so that the error names every such worker.
            await self._cluster.look()
            await self._cluster.demand_same_software()
            raise
        except Exception as error:
            if task is not None and task.status == "error":  # of the report, or of the workers that it lost
                raise
            raise self._cluster.lost(error) from error
        finally:
            del self._out[order.job]
        check_receipt(order, made)
        return made

    def _hear(self, event: tuple[float, dict[str, Any]]) -> None:
        """An event of the build's topic: how far a report is."""
        _, news = event
        if (out := self._out.get(news["job"])) is not None:
            out.begun += news["step"] == BEGUN
            again = f"（{out.begun}回目）" if out.begun > 1 else ""
            out.progress(news["done"], f"{news['step']}{again}")


def check_receipt(order: Order, made: MadeReport) -> None:
    """Accept a report only if it was made from what was sent, with our software, and is what its manifest says.

    Raises:
        BuildError: it is not.
    """
    manifest, files = made.manifest, dict(made.files)
    # A reason to accept differences is no part of a report that has none.
    wanted = [identity(order.target, inputs) for inputs in (order.inputs, replace(order.inputs, accepted=""))]
    frames = str(order.target.processed).removesuffix("csv")
    is_good = (
        manifest.target == order.target
        and manifest.identity in wanted
        and files.pop(NAME, None) == manifest.to_json()
        and digests(files) == dict(manifest.outputs)
        and digests(made.processed) == dict(manifest.processed)
        and all(map(_is_below, [*files, *made.processed]))
        and all(path.startswith(frames) and "/" not in path[len(frames) :] for path in made.processed)
    )
    if not is_good:
        raise BuildError(
            f"{order.target}: ワーカーから届いた報告書が、送った入力やこちらのプログラムと合わないため、公開しません。"
            "ワーカーを起動し直してから、もう一度実行してください"
        )


def _is_below(path: str) -> bool:
    """Whether a name stays in the folder that it is written to."""
    return not path.startswith("/") and "\\" not in path and ":" not in path and ".." not in path.split("/")
