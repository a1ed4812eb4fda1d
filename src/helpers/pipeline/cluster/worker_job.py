"""The work of a worker: compare the software, keep the kernels' server ready, make a report from bytes.

``gyokaku worker`` (``node``) has Dask load this module first, and so can `dask worker --preload helpers.pipeline.cluster.worker_job`.
"""

from __future__ import annotations

__all__ = [
    "BEGUN", "PROGRAM", "PROTOCOL", "Order", "OtherSoftwareError", "dask_setup", "described_software",
    "differences", "keep_kernels_ready", "make_there", "refuse_other_software", "software",
]  # fmt: skip

import atexit
import multiprocessing
import platform
import signal
import threading
from collections.abc import Mapping
from concurrent.futures import CancelledError
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import version
from types import ModuleType
from typing import Any

from helpers.errors import GyokakuError
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.software import DISTRIBUTION, package_digest, versions
from helpers.pipeline.outcome import CrewError, MadeReport
from helpers.project import Target

PROGRAM = "program"
_SYSTEM = "system"
# What client, scheduler and workers speak to one another with.
PROTOCOL = ("cloudpickle", "dask", "distributed", "msgpack")
_NAMES = {PROGRAM: f"{DISTRIBUTION} のプログラム", _SYSTEM: "OS", "python": "Python"}


class OtherSoftwareError(CrewError):
    """A worker whose software would make other bytes than the client's; raised before it begins."""

    @classmethod
    def of(cls, strangers: Mapping[str, tuple[str, ...]]) -> OtherSoftwareError:
        """The error about these workers, with what differs at each address."""
        lines = [f"  {address}: {'、'.join(phrases)}" for address, phrases in sorted(strangers.items())]
        return cls(
            "\n".join(
                [
                    "次のワーカーは、こちらと同じ報告書を作れないため使いません",
                    *lines,
                    "ワーカーのコンピューターに、こちらと同じ gyokaku と requirements/cluster.txt を入れて起動し直すか、そのワーカーを止めてください（docs/cluster.md）",
                ]
            )
        )


def software() -> dict[str, str]:
    """Digest of our own sources, operating system, and versions of Python, the packages beneath and Dask's."""
    own = {PROGRAM: package_digest(), _SYSTEM: f"{platform.system()} {platform.machine()}"}
    return own | versions() | {name: version(name) for name in PROTOCOL}


def differences(theirs: Mapping[str, str], ours: Mapping[str, str]) -> tuple[str, ...]:
    """Each difference as a phrase: 'pandas 3.0.0（こちらは 3.1.1）'. Empty where a report would be the same bytes."""
    phrases = []
    for key in sorted({*theirs, *ours}, key=lambda key: (key not in _NAMES, key)):
        there, here = theirs.get(key, ""), ours.get(key, "")
        if there != here:
            if key == PROGRAM:  # Nobody reads 64 letters: the beginning tells two of them apart.
                there, here = there[:12], here[:12]
            phrases.append(f"{_NAMES.get(key, key)} {there or 'なし'}（こちらは {here or 'なし'}）")
    return tuple(phrases)


BEGUN = "開始"
_lock, _readiness = threading.Lock(), ExitStack()
_job: ModuleType | None = None


@dataclass(frozen=True)
class Order:
    """An order sent to a worker.

    Attributes:
        job: the order's name in its build.
        topic: where the build hears of progress.
        software: what the report must be made with.
    """

    job: str
    topic: str
    target: Target
    inputs: Inputs
    warnings: int
    software: Mapping[str, str]


def dask_setup(worker: Any) -> None:
    """Called by Dask in the worker's process before it offers itself to the scheduler."""
    keep_kernels_ready()
    if multiprocessing.parent_process() is not None:
        # Ctrl-C in a terminal reaches the whole group: the nanny hears it, too, and ends its worker in order.
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def described_software() -> dict[str, str]:
    """The software of this worker, all of it loaded: it is the one that reports will be made with."""
    keep_kernels_ready()
    return software()


def keep_kernels_ready() -> ModuleType:
    """Get this worker ready, once for its life, as ``Workers`` gets this computer: the module ``job``, all of it loaded."""
    global _job
    from helpers.pipeline.workers import begin_loading, ready_process

    with _lock:
        if _job is None:
            package_digest()  # kept from here on: of the sources that are loaded now
            atexit.register(_readiness.close)
            _readiness.enter_context(ready_process())
            begin_loading().join()
            _job = import_module("helpers.pipeline.job")
        return _job


def make_there(order: Order) -> MadeReport:
    """Make a report on the worker that this runs on; raises what ``make_report`` raises.

    Raises:
        OtherSoftwareError: the worker has other software than the client; nothing was done.
    """
    from distributed import get_worker

    from helpers.pipeline.workers import closing_the_loop

    worker = get_worker()
    refuse_other_software(worker.address, order.software)

    def tell(done: float, step: str) -> None:
        # Dask cannot interrupt a thread: a cancelled report ends at its next step.
        task = worker.state.tasks.get(order.job)
        if task is None or task.state in ("cancelled", "released", "forgotten"):
            raise CancelledError
        worker.log_event(order.topic, {"job": order.job, "done": done, "step": step})

    tell(0.0, BEGUN)
    make = keep_kernels_ready().make_report
    try:
        made: MadeReport = closing_the_loop(partial(make, order.target, order.inputs, order.warnings, tell))
    except GyokakuError as error:
        # Its message is complete. Its causes are errors of libraries that the client need not import.
        error.__cause__ = error.__context__ = None
        raise
    return made


def refuse_other_software(address: str, wanted: Mapping[str, str]) -> None:
    """Compare this worker's software with the client's, and its sources with what they were when it started.

    Raises:
        OtherSoftwareError: they differ.
    """
    own = described_software()
    # An update under a running worker: old code in memory, new templates and kernels from the disk.
    if package_digest.__wrapped__() != own[PROGRAM]:
        raise OtherSoftwareError(
            f"ワーカー {address} のプログラムが、起動した後に書き換えられています。ワーカーを起動し直してください"
        )
    if differing := differences(own, wanted):
        raise OtherSoftwareError.of({address: differing})
