#!/usr/bin/env bash
# jupyter_client 8.10.0: an asynchronous kernel manager that starts a kernel and shuts it down (now=True) sleeps 0.01 s after the start is
# done, and again after the end, while nothing is left to wait for. A notebook that is run costs 0.02 s more for it; among reports
# made one after the other that is several percent. The methods without their wrapper start and end the kernel as well.
# Seen: two pauses of 0.01 s with the manager's own methods, none with the unwrapped ones, the kernel alive and gone in both.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet jupyter_client==8.10.0 ipykernel==7.4.0
"$work/env/bin/python" - <<'PYTHON'
import asyncio
from inspect import unwrap

from jupyter_client.manager import AsyncKernelManager

sleep, pauses = asyncio.sleep, []


async def noted(seconds: float) -> None:
    pauses.append(seconds)
    await sleep(seconds)


class Unwrapped(AsyncKernelManager):
    start_kernel = unwrap(AsyncKernelManager.start_kernel)
    shutdown_kernel = unwrap(AsyncKernelManager.shutdown_kernel)


async def pauses_of(manager: AsyncKernelManager) -> int:
    pauses.clear()
    await manager.start_kernel()
    was_alive = await manager.is_alive()
    await manager.shutdown_kernel(now=True)
    assert was_alive and not await manager.is_alive()
    return pauses.count(0.01)


asyncio.sleep = noted
of_wrapped, of_unwrapped = asyncio.run(pauses_of(AsyncKernelManager())), asyncio.run(pauses_of(Unwrapped()))
print("pauses:", of_wrapped, "unwrapped:", of_unwrapped)
assert (of_wrapped, of_unwrapped) == (2, 0)
PYTHON
echo "as described"
