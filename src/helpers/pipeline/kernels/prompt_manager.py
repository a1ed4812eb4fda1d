"""A manager of one kernel that goes on as soon as the kernel has started or ended."""

from __future__ import annotations

__all__ = ["PromptManager"]

from inspect import unwrap
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type

from helpers.pipeline.kernels.prompt_client import PromptClient


class PromptManager(AsyncKernelManager):
    """Starts and ends as jupyter_client's own, without its wrapper, which waits 0.01 s for the sake of a test."""

    client_factory: Any = Type(PromptClient, klass=AsyncKernelClient)
    start_kernel: Any = unwrap(AsyncKernelManager.start_kernel)

    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:  # type: ignore[override]
        """End the kernel; ``now``: without an interrupt before, of which the kernel would tell on the terminal."""
        if now and self.provisioner is not None and self.provisioner.has_process:
            await self.provisioner.kill(restart=restart)
        await _shutdown(self, now=now, restart=restart)


_shutdown: Any = unwrap(AsyncKernelManager.shutdown_kernel)
