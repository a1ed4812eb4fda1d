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
    """Its methods are jupyter_client's without their wrapper, which waits 0.01 s for the sake of a test."""

    client_factory: Any = Type(PromptClient, klass=AsyncKernelClient)
    start_kernel: Any = unwrap(AsyncKernelManager.start_kernel)
    shutdown_kernel: Any = unwrap(AsyncKernelManager.shutdown_kernel)
