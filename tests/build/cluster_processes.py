"""The processes of a small cluster on this computer, each a real one.

Run as a script it is one of them: ``scheduler``, or ``BEHAVIOUR ADDRESS`` for a worker that needs no kernels. Of that,
Dask, the comparison of software and the way of the bytes are real, and its reports are short.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

READY = "ready "
SCRIPT = str(Path(__file__))
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


def line_of(process: subprocess.Popen[str], until: str = READY) -> str:
    """What a process prints after ``until``, once it has."""
    line = next((line for line in process.stdout or () if until in line), None)
    assert line is not None, f"{process.args} ended before it was ready"
    return line.strip().removeprefix(until)


@contextmanager
def scheduler(**settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A scheduler and its address."""
    with started(SCRIPT, "scheduler", environment=settings) as process:
        yield process, line_of(process)


@contextmanager
def stub(behaviour: str, address: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A worker without kernels and its address."""
    with started(SCRIPT, behaviour, address) as process:
        yield process, line_of(process)


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
            line_of(process, "つながりました")
        yield processes
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(60)


def processes_of(folder: Path) -> list[str]:
    """The processes that were told of a folder; forked kernels say so in their working directory only."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            if str(folder).encode() in told or (process / "cwd").readlink().is_relative_to(folder):
                found.append((process / "cmdline").read_text().replace("\0", " "))
    return found


def gone(folder: Path, seconds: float = 60) -> bool:
    """Whether all processes of a folder end by themselves."""
    from waiting import wait_until  # which only the tests can import, not the script

    return wait_until(lambda: not processes_of(folder), seconds)


async def _be_scheduler() -> None:
    from distributed import Scheduler

    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as here:
        print(READY + here.address, flush=True)
        await here.finished()


async def _be_worker(address: str) -> None:
    from distributed import Worker

    async with Worker(address, nthreads=1, host="127.0.0.1") as here:
        print(READY + here.address, flush=True)
        await here.finished()


def _behave(behaviour: str) -> None:
    """Change what this process does for reports; ``makes`` makes them, short."""
    if behaviour == "lacks":
        sys.path = [folder for folder in sys.path if not (Path(folder) / "helpers").is_dir()]
        sys.meta_path = [finder for finder in sys.meta_path if "editable" not in str(finder)]
        return
    from helpers.build.cluster import job, software

    job.keep_kernels_ready = lambda: SimpleNamespace(make_report=_maker(behaviour))
    real, asked = software.versions, []

    def versions() -> dict[str, str]:
        asked.append(1)
        is_lying = behaviour == "lies" or (behaviour == "lies_later" and len(asked) > 1)
        return real() | ({"pandas": "0.0.1"} if is_lying else {})

    software.versions = versions


def _maker(behaviour: str) -> Any:
    from helpers.build.identity.manifest import NAME, Summary
    from helpers.build.made import MadeReport

    def make_report(target: Any, inputs: Any, warnings: int, tell: Any) -> MadeReport:
        tell(0.5, "途中")
        if behaviour == "dies" and target.year.western == 2018:
            os._exit(1)
        if behaviour == "comes_back" and target.year.western == 2018:
            time.sleep(1.5)  # longer than a crew goes without a look at its workers
            tell(0.5, "途中")
            os.execv(sys.executable, sys.orig_argv)  # dies, and is a new worker
        while behaviour == "goes_on":
            tell(0.5, "途中")
            time.sleep(0.02)
        files = {"report.html": f"{target}\n".encode()}
        frames = {str(target.processed): b"fiscal_year\n"}
        made = MadeReport.of(target, inputs, Summary("市", "計画", 1, "", 0, 0, 0, 0), files, frames)
        if behaviour == "forges":
            other = {**made.manifest.identity, "code": {"package": "0" * 64}}
            manifest = replace(made.manifest, identity=other)
            made = replace(made, files={**made.files, NAME: manifest.to_json()}, manifest=manifest)
        return made

    return make_report


if __name__ == "__main__":
    if sys.argv[1] == "scheduler":
        asyncio.run(_be_scheduler())
    else:
        _behave(sys.argv[1])
        asyncio.run(_be_worker(sys.argv[2]))
