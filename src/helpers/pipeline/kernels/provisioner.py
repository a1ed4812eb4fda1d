"""Jupyter's provisioner of forked kernels."""

from __future__ import annotations

__all__ = ["ForkProvisioner", "ipykernel_arguments"]

import asyncio
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from helpers.pipeline.kernels.child import run_kernel
from helpers.pipeline.kernels.running_kernels import running_kernels

_LAUNCHER = ["-m", "ipykernel_launcher"]
_TO_DIE = 5.0  # seconds that a killed kernel may take to be gone; it takes milliseconds


class ForkProvisioner(LocalProvisioner):
    """Forks a kernel from the build's server, or starts an ordinary one where there is none."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel; the server's imports are waited for."""
        kernels, arguments = running_kernels(), ipykernel_arguments(cmd)
        server = None if kernels is None else kernels.server
        if server is None or arguments is None:
            information = await super().launch_kernel(cmd, **kwargs)
            assert self.process is not None
            if kernels is not None:
                kernels.keep(self.process)
            return information
        self.cwd = kwargs.get("cwd") or Path.cwd()
        # In a thread: while the server imports what the second kernel needs, the first one runs.
        forked: Any = await asyncio.to_thread(
            server.fork, run_kernel, arguments, kwargs["env"], str(self.cwd)
        )
        self.process = forked
        self.pid = self.pgid = forked.pid
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and see it gone: the manager, finding it alive, would look again only after 0.1 s."""
        await super().kill(restart=restart)
        with suppress(TimeoutError):
            await asyncio.wait_for(self.wait(), _TO_DIE)

    async def wait(self) -> int | None:
        """Wait until the kernel is gone, its exit code; looks more often than the stock provisioner's 0.1 s."""
        while self.process is not None and self.process.poll() is None:
            await asyncio.sleep(0.005)
        return await super().wait()


def ipykernel_arguments(command: list[str]) -> list[str] | None:
    """The arguments of ipykernel in a command that starts it with this Python; None for any other command."""
    for index in range(1, len(command) - 1):
        if command[index : index + 2] == _LAUNCHER:
            return command[index + 2 :] if command[0] == sys.executable else None
    return None
