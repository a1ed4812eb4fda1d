import asyncio
from queue import Empty

import pytest

from helpers.pipeline.kernels.prompt_client import NotReadyError, PromptClient


@pytest.mark.parametrize(
    ("is_alive", "timeout", "message"),
    [(True, 0.0001, "0.0001秒待ちました"), (False, 60, "起動の途中で終了")],
)
def test_a_kernel_that_does_not_answer_is_told_in_japanese(is_alive, timeout, message, monkeypatch):
    async def nothing(**_):
        await asyncio.sleep(0.001)
        raise Empty

    async def alive():
        return is_alive

    client = PromptClient()
    for name, replacement in (("kernel_info", str), ("get_shell_msg", nothing), ("is_alive", alive)):
        monkeypatch.setattr(client, name, replacement)
    with pytest.raises(NotReadyError, match=message):
        asyncio.run(client.wait_for_ready(timeout))
