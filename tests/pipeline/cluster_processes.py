"""The processes of a small cluster on this computer, each a real one.

Workers as operators start them; and, forked from a process that has imported Dask, schedulers and workers that need no
kernels. Of those Dask, the comparison of software and the way of the bytes are real, and the reports are short.
"""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from helpers.pipeline.kernels.server import ForkedProcess, Server
from helpers.processes.interpreter import own_folder
from waiting import processes_of, wait_until

GYOKAKU = ["-c", "from helpers.cli import main; main()"]


@contextmanager
def started(*command: str, environment: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """A process of this Python; killed at the end."""
    with subprocess.Popen(
        [sys.executable, "-P", *command],
        env=os.environ | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


class Cluster:
    """Forks schedulers and workers from a process that has imported Dask."""

    def __init__(self) -> None:
        folders = (own_folder(), Path(__file__).parent, Path(__file__).parents[1])
        path = os.pathsep.join(map(str, folders))
        self.server = Server(
            os.environ | {"PYTHONPATH": path, "DASK_LOGGING__DISTRIBUTED": "critical"}, "distributed"
        )

    def scheduler(self, settings: Mapping[str, Any] | None = None) -> Any:
        """A scheduler and its address, in a ``with``."""
        return self._forked(be_scheduler, settings or {})

    def stub(self, behaviour: str, address: str) -> Any:
        """A worker without kernels and its address, in a ``with``."""
        return self._forked(be_worker, behaviour, address)

    @contextmanager
    def _forked(self, be: Any, *arguments: Any) -> Iterator[tuple[ForkedProcess, str]]:
        with tempfile.TemporaryDirectory() as folder:
            ready = Path(folder, "ready")
            process = self.server.fork(be, *arguments, str(ready))
            try:
                assert wait_until(lambda: ready.exists() or process.poll() is not None, 60)
                yield process, ready.read_text()
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait(20)


@contextmanager
def workers(address: str, rooms: Mapping[Path, int]) -> Iterator[list[subprocess.Popen[str]]]:
    """Workers as an operator starts them, which work in ``rooms``, so many jobs at a time, and end in order."""
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                started(
                    *(*GYOKAKU, "worker", address, "--jobs", str(jobs)), environment={"TMPDIR": str(room)}
                )
            )
            for room, jobs in rooms.items()
        ]
        for process in processes:
            assert any("つながりました" in line for line in process.stdout or ()), (
                "it ended before it was ready"
            )
        yield processes
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(60)


def gone(folder: Path, seconds: float = 60) -> bool:
    """Whether all processes of a folder end by themselves."""
    return wait_until(lambda: not processes_of(folder), seconds)


def be_scheduler(settings: Mapping[str, Any], ready: str) -> None:
    """Be a scheduler; its address is in a file as soon as it is ready."""
    import dask
    from distributed import Scheduler

    dask.config.set(settings)
    asyncio.run(_serve(lambda: Scheduler(host="127.0.0.1", port=0, dashboard=False), ready))


def be_worker(behaviour: str, address: str, ready: str) -> None:
    """Be a worker that does so with reports; its address is in a file as soon as it is ready."""
    from distributed import Worker

    while behaviour == "dies" and (child := os.fork()):
        os.waitpid(child, 0)  # as a nanny, it starts the worker again
    _behave(behaviour)
    asyncio.run(_serve(lambda: Worker(address, nthreads=1, host="127.0.0.1"), ready))


async def _serve(open_node: Callable[[], Any], ready: str) -> None:
    async with open_node() as node:
        Path(ready).with_suffix(".new").write_text(node.address)
        Path(ready).with_suffix(".new").replace(ready)
        await node.finished()


def _behave(behaviour: str) -> None:
    """Change what this process does for reports; ``makes`` makes them, short."""
    if behaviour == "lacks":
        sys.path = [folder for folder in sys.path if not (Path(folder) / "helpers").is_dir()]
        sys.meta_path = [finder for finder in sys.meta_path if "editable" not in str(finder)]
        for name in [name for name in sys.modules if name.partition(".")[0] == "helpers"]:
            del sys.modules[name]
        return
    from helpers.pipeline.cluster import worker_job as job

    job.keep_kernels_ready = lambda: SimpleNamespace(make_report=_maker(behaviour))
    real, asked = job.versions, []

    def versions() -> dict[str, str]:
        asked.append(1)
        is_lying = behaviour == "lies" or (behaviour == "lies_later" and len(asked) > 1)
        return real() | ({"pandas": "0.0.1"} if is_lying else {})

    job.versions = versions


def _maker(behaviour: str) -> Any:
    from small_projects import short_report

    from helpers.pipeline.identity.manifest import NAME

    def make_report(target: Any, inputs: Any, warnings: int, tell: Any) -> Any:
        tell(0.5, "途中")
        if behaviour == "dies" and target.year.western == 2018:
            time.sleep(0.2)  # by now the news that it was begun is out
            os._exit(1)
        while behaviour == "goes_on":
            tell(0.5, "途中")
            time.sleep(0.02)
        made = short_report(target, inputs)
        if behaviour == "forges":
            other = {**made.manifest.identity, "code": {"package": "0" * 64}}
            manifest = replace(made.manifest, identity=other)
            made = replace(made, files={**made.files, NAME: manifest.to_json()}, manifest=manifest)
        return made

    return make_report
