"""A program that starts a kernel and prints the numbers of what runs; then ends as told, or hangs."""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from conftest import ENVIRONMENT, make_manager
from helpers.pipeline.kernels import warm_kernels

FOLDER, HOW = Path(sys.argv[1]), sys.argv[2]


async def start() -> str:
    manager = make_manager(FOLDER)
    await manager.start_kernel(cwd=str(FOLDER), env=ENVIRONMENT | {"IPYTHONDIR": str(FOLDER / "ipython")})
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=20)
    client.execute(
        "import os, subprocess, time; program = subprocess.Popen(['sleep', '300'])\n"
        "print(os.getppid(), os.getpid(), program.pid, flush=True); time.sleep(300)"
    )
    while (message := await client.get_iopub_msg(timeout=20))["msg_type"] != "stream":
        pass
    return str(message["content"]["text"])


with warm_kernels(ENVIRONMENT, preload="ipykernel.kernelapp"):
    print(asyncio.run(start()), end="", flush=True)
    if HOW == "failure":
        raise RuntimeError("as told")
    if HOW != "success":
        asyncio.run(asyncio.sleep(300))
