"""``gyokaku worker``: this computer makes reports for others, until it is told to end."""

from __future__ import annotations

__all__ = ["run_worker"]

from helpers.cli.terminal.screen import say
from helpers.pipeline.cluster.connection import checked_address, demand_extra
from helpers.pipeline.crews.workers import usable_cores
from helpers.time_limits import CELL, CLUSTER


def run_worker(address: str, jobs: int | None) -> int:
    """Serve the scheduler at ``address``; the exit code: 0 after Ctrl-C or SIGTERM, 1 where the scheduler was lost.

    Raises:
        UsageError: that is no address, or the environment holds no number of seconds.
        BuildError: Dask is not installed, or no scheduler answers.
    """
    checked_address(address)
    CELL.seconds()
    seconds = CLUSTER.seconds()
    demand_extra()
    from helpers.pipeline.cluster.node import serve

    jobs = jobs or usable_cores()
    say(f"準備をして、{address} につなぎます（並行して作る数: {jobs}）")
    code = serve(address, jobs, seconds, lambda: say("つながりました。Ctrl-C で終わります"))
    if code:
        say(f"スケジューラー {address} との接続が切れたため、ワーカーを終わります", err=True)
    return code
