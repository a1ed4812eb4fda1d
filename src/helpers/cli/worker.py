"""``gyokaku worker`` and ``gyokaku cluster-keys``: this computer makes reports for others, until it is told to end."""

from __future__ import annotations

__all__ = ["run_cluster_keys", "run_worker"]

from pathlib import Path

from helpers.cli.terminal.screen import remark, say
from helpers.pipeline.cluster.connection import checked_address, demand_extra
from helpers.pipeline.cluster.keys import WORKER, checked_security, day, demand_safe, write_keys
from helpers.pipeline.workers import usable_cores
from helpers.time_limits import CELL, CLUSTER


def run_worker(address: str, jobs: int | None, keys: Path | None, insecure: bool) -> int:
    """Serve the scheduler at ``address``; the exit code: 0 after Ctrl-C or SIGTERM, 1 where the scheduler was lost.

    Raises:
        UsageError: that is no address or one that takes other options, ``keys`` cannot be used, or the environment holds
            no number of seconds.
        BuildError: Dask is not installed, or no scheduler answers.
    """
    demand_safe(checked_address(address), keys, insecure)
    CELL.seconds()
    seconds = CLUSTER.seconds()
    demand_extra()
    from helpers.pipeline.cluster.node import serve

    security, notice = checked_security(keys, WORKER) if keys else (None, "")
    if notice:
        say(notice, err=True)
    jobs = jobs or usable_cores()
    say(f"準備をして、{address} につなぎます（並行して作る数: {jobs}）")
    code = serve(address, jobs, seconds, security, lambda: say("つながりました。Ctrl-C で終わります"))
    if code:
        say(f"スケジューラー {address} との接続が切れたため、ワーカーを終わります", err=True)
    return code


def run_cluster_keys(folder: Path, days: int) -> int:
    """Make the certificates of a cluster in ``folder``; the exit code, 0.

    Raises:
        UsageError: there are some already.
        BuildError: the extra is not installed, or a file cannot be written.
    """
    demand_extra()
    ends = write_keys(folder, days)
    say(f"証明書を {folder} に作りました。期限: {day(ends)}まで")
    remark(
        "ca.pem はすべてのコンピューターに、scheduler.pem・worker.pem・client.pem は、それぞれスケジューラー・ワーカー・build を"
        "動かすコンピューターだけに、人に見られない方法で配ってください（docs/cluster.md）"
    )
    return 0
