"""A kernel client that is ready when the kernel is."""

from __future__ import annotations

__all__ = ["NotReadyError", "PromptClient"]

import time
from queue import Empty
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient

_RECONNECT_MS = 10
_RETRY = 1.0  # seconds: what was sent before the kernel listened may be lost


class NotReadyError(RuntimeError):
    """A kernel that died before it was ready, or took too long; says so in Japanese."""


class PromptClient(AsyncKernelClient):
    """Is ready once the kernel has answered on both channels.

    jupyter_client's own waits until 0.2 s pass in silence: half of the time that a forked kernel takes to start.
    """

    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        # A first connection usually comes before the kernel listens; 0.1 s until the next is much, then.
        context.setsockopt(zmq.RECONNECT_IVL, _RECONNECT_MS)
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the answer to a first request, and for the news of its end on the channel of outputs.

        Raises:
            NotReadyError: the kernel died, or did not answer in ``timeout`` seconds.
        """
        deadline = time.monotonic() + (timeout or float("inf"))
        while True:
            request = self.kernel_info()
            try:
                reply = await self.get_shell_msg(timeout=_RETRY)
                while not _ends(await self.get_iopub_msg(timeout=_RETRY), request):
                    pass
            except Empty:
                if not await self.is_alive():
                    raise NotReadyError("起動の途中で終了しました") from None
                if time.monotonic() > deadline:
                    raise NotReadyError(f"{timeout:g}秒待ちました") from None
            else:
                self._handle_kernel_info_reply(reply)
                return


def _ends(message: dict[str, Any], request: str) -> bool:
    state = message["content"].get("execution_state")
    return bool(state == "idle" and message["parent_header"].get("msg_id") == request)
