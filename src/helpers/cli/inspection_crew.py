"""Inspect many status sheets on all cores, in order; a file that ends its process affects no other."""

from __future__ import annotations

__all__ = ["inspect_many", "serve"]

import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import groupby
from pathlib import Path
from queue import SimpleQueue

from helpers.cli.inspector import Inspected, Inspector
from helpers.errors import GyokakuError
from helpers.processes.interpreter import started_server
from helpers.processes.keeper import DiedError, Keeper
from helpers.processes.messages import receive, send, standard_pipes
from helpers.sheets import Finding

_AT_ONCE = 16  # files of one folder that a process is asked for at a time


def inspect_many(inspector: Inspector, files: Sequence[Path], processes: int) -> Iterator[Inspected]:
    """Inspect files in several processes side by side, in their order.

    Raises:
        GyokakuError: as of ``Inspector``.
    """
    keepers: SimpleQueue[Keeper] = SimpleQueue()
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(processes))
        for _ in range(processes):
            keeper = Keeper(partial(started_server, __name__))
            stack.callback(keeper.end, for_good=True)
            keepers.put(keeper)
        for answer in pool.map(partial(_asked, keepers, inspector), _bunches(files)):
            if isinstance(answer, GyokakuError):
                raise answer
            yield from answer


def serve() -> None:
    """Answer requests for the inspection of some files until they end; run in a process of its own."""
    requests, answers = standard_pipes()
    known: Inspector | None = None
    while request := receive(requests):
        inspector, files = pickle.loads(request)
        known = inspector if known is None or known != inspector else known
        try:
            answer: object = tuple(map(known.inspect, files))
        except GyokakuError as error:
            answer = error
        send(answers, pickle.dumps(answer))


def _bunches(files: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """The files of one folder together, so that its plan is read once."""
    for _, group in groupby(files, lambda file: file.parent):
        together = tuple(group)
        for begin in range(0, len(together), _AT_ONCE):
            yield together[begin : begin + _AT_ONCE]


def _asked(
    keepers: SimpleQueue[Keeper], inspector: Inspector, files: tuple[Path, ...]
) -> tuple[Inspected, ...] | GyokakuError:
    """The inspections of some files by a process; if that ends, of each file by a process of its own."""
    keeper = keepers.get()
    try:
        answer: tuple[Inspected, ...] | GyokakuError = pickle.loads(
            keeper.ask(pickle.dumps((inspector, files)))
        )
        return answer
    except DiedError as error:
        if len(files) == 1:
            message = f"調べている途中でプロセスが終了しました（終了コード {error.code}）。ファイルを保存し直すか、メモリーが足りているかを確かめてください"
            return (Inspected(files[0], (Finding(files[0].name, message, "died"),)),)
    finally:
        keepers.put(keeper)
    inspected: list[Inspected] = []
    for file in files:
        answer = _asked(keepers, inspector, (file,))
        if isinstance(answer, GyokakuError):
            return answer
        inspected += answer
    return tuple(inspected)
