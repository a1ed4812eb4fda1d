"""The kernels of a build: this very Python, cut off from the user's settings.

A kernelspec, a start-up file, a matplotlibrc or a module planted next to the data cannot change a report, and
locale, time zone and hash seed are the same everywhere, so that the same input gives the same bytes.
"""

from __future__ import annotations

__all__ = ["KERNEL_NAME", "OwnPython", "kernel_manager", "started_kernels"]

import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop, run_sync

from helpers.errors import BuildError
from helpers.pipeline.kernels import PROVISIONER, SWITCH, end_kernels
from helpers.pipeline.kernels.prompt_manager import PromptManager
from helpers.pipeline.notebooks.environment import kernel_environment
from helpers.pipeline.notebooks.workspace import Workspace

KERNEL_NAME = "python3"
# Bytes of a socket's path, without the number of the channel: macOS takes 103 with it, Linux 107.
_LONGEST_SOCKET = 100


class OwnPython(KernelSpecManager):
    """Knows one kernel: ipykernel in the Python that runs the build."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The kernel, whatever the notebook calls it."""
        argv = [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        argv.append("--HistoryManager.enabled=False")  # a database of typed input, of which a build has none
        argv.append("--IPKernelApp.outstream_class=helpers.pipeline.kernels.prompt_stream.PromptStream")
        argv.append("--IPythonKernel._execute_sleep=0")  # papermill waits for a cell's last output itself
        # It warns of ports on this very computer, where sockets cannot be.
        argv.append("--IPKernelApp.log_level=ERROR")
        return KernelSpec(
            argv=argv,
            display_name="Python 3",
            language="python",
            metadata={"debugger": False, "kernel_provisioner": {"provisioner_name": PROVISIONER}},
            resource_dir="",
        )


@contextmanager
def started_kernels(workspace: Workspace, number: int) -> Iterator[Iterator[AsyncKernelManager]]:
    """Start kernels side by side, so that the second is ready when the first is done; at the end none is left.

    Each is handed out as soon as it has a process, the first at once: ``run_notebook`` waits until it answers, and raises
    if it does not.

    Raises:
        BuildError: there is not even a process for one of them.
    """
    managers = [kernel_manager(workspace) for _ in range(number)]
    loop = ensure_event_loop()  # the one in which this thread runs its notebooks
    starts = [loop.create_task(_started(manager, workspace)) for manager in managers]
    try:
        for first in starts[:1]:
            loop.run_until_complete(first)
        yield map(loop.run_until_complete, starts)
    except KeyboardInterrupt:
        end_kernels()  # also one that is being started
        raise
    finally:
        loop.run_until_complete(_settled(starts))
        for manager in managers:
            if manager.has_kernel:
                run_sync(manager.shutdown_kernel)(now=True)


async def _settled(starts: Sequence[asyncio.Task[AsyncKernelManager]]) -> None:
    await asyncio.gather(*starts, return_exceptions=True)


async def _started(manager: AsyncKernelManager, workspace: Workspace) -> AsyncKernelManager:
    try:
        await manager.start_kernel(env=kernel_environment(workspace), cwd=str(workspace.cwd))
    except OSError as error:
        raise BuildError(
            f"カーネルを起動できません（{error.strerror or error}）。メモリーが足りているかを確かめてください。続くようなら、"
            f"環境変数 {SWITCH}=ordinary を付けて実行してください（時間はかかりますが、報告書は同じです）"
        ) from error
    return manager


def kernel_manager(workspace: Workspace) -> AsyncKernelManager:
    """A manager for one kernel of a run; the kernel is not started yet."""
    folder = workspace.runtime / str(len(list(workspace.runtime.iterdir())))
    folder.mkdir()
    manager = PromptManager(
        kernel_name=KERNEL_NAME,
        kernel_spec_manager=OwnPython(),
        connection_file=str(folder / "kernel.json"),
    )
    socket = folder / "s"
    if os.name == "posix" and len(os.fsencode(socket)) <= _LONGEST_SOCKET:
        # Sockets in a private folder instead of open TCP ports.
        manager.transport = "ipc"
        manager.ip = str(socket)
    return manager
