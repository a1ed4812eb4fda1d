"""The client of one kernel: papermill's, with limits on what a cell may print and leave behind."""

from __future__ import annotations

__all__ = ["LARGEST_OUTPUT", "LeftRunningError", "LimitedClient"]

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from operator import attrgetter
from typing import Any

from papermill.clientwrap import PapermillNotebookClient

LARGEST_OUTPUT = 64 << 20  # bytes of all that a notebook prints and shows; a report's is under one million
_SIGKILL = 9
_OUTPUTS = frozenset({"stream", "display_data", "execute_result", "update_display_data", "error"})
# Code that lists the threads that a cell leaves running, which may print into later cells; sent with every cell.
_THREADS = (
    "[thread.name for thread in __import__('threading').enumerate()"
    " if not thread.daemon and thread is not __import__('threading').main_thread()]"
)


class LeftRunningError(Exception):
    """A cell came to its end and left a thread running; the message is the thread's name."""


class LimitedClient(PapermillNotebookClient):  # type: ignore[misc]
    """Ends the kernel of a notebook that prints without end, and refuses threads that a cell leaves running."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, on_cell_executed=_refuse_threads, **options)
        self.printed, self.is_flooded = 0, False

    def start_new_kernel_client(self, **options: Any) -> Any:
        """The client, which asks for the kernel's threads with every cell, and for each cell while the one before runs."""
        client = super().start_new_kernel_client(**options)
        send = partial(client.execute, user_expressions={"threads": _THREADS})
        client.execute = _one_ahead(send, map(attrgetter("source"), filter(self._is_run, self.nb.cells)))
        return client

    def _is_run(self, cell: Any) -> bool:
        """Whether nbclient runs a cell."""
        is_skipped = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        return cell.cell_type == "code" and bool(cell.source.strip()) and not is_skipped

    def process_message(self, msg: Mapping[str, Any], cell: Any, cell_index: int) -> Any:
        """Take in a message of the kernel, unless there have been too many."""
        if msg["msg_type"] in _OUTPUTS:
            self.printed += _size(msg["content"])
            if self.printed > LARGEST_OUTPUT:
                if not self.is_flooded:
                    self.is_flooded = True
                    os.kill(self.km.provisioner.pid, _SIGKILL)
                return None
        return super().process_message(msg, cell, cell_index)


def _one_ahead(send: Callable[..., str], sources: Iterator[str]) -> Callable[..., str]:
    """``send`` for cells in their order, each of which is sent with the one before it: the kernel never waits for a request.

    No more than one: what a kernel tells is lost where more than a thousand messages wait for their reader.
    """
    sent: deque[tuple[str, str]] = deque()

    def execute(source: str, **options: Any) -> str:
        while len(sent) < 2 and (following := next(sources, None)) is not None:
            sent.append((following, send(following, **options)))
        asked, message_id = sent.popleft()
        assert asked == source
        return message_id

    return execute


def _refuse_threads(cell: Any, cell_index: int, execute_reply: Mapping[str, Any]) -> None:
    reply = execute_reply["content"].get("user_expressions", {}).get("threads", {})
    names = reply.get("data", {}).get("text/plain", "[]")
    if names != "[]":
        raise LeftRunningError(names.strip("[]"))


def _size(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(map(_size, value.values()))
    if isinstance(value, list):
        return sum(map(_size, value))
    return len(value) if isinstance(value, str) else 0
