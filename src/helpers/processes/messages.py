"""Messages between two processes over a pipe: the length in eight bytes, then so many bytes."""

from __future__ import annotations

__all__ = ["receive", "send", "standard_pipes"]

import os
from typing import IO

_SIZE = 8


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write a message.

    Raises:
        OSError: nobody is there to read it.
    """
    pipe.write(len(message).to_bytes(_SIZE, "big") + message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """Read a message; empty where the other side has ended.

    Raises:
        EOFError: it ended within a message.
    """
    size = int.from_bytes(pipe.read(_SIZE), "big")
    message = pipe.read(size)
    if len(message) < size:
        raise EOFError
    return message


def standard_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The requests that come to this process and the pipe for its answers: what were its standard input and output.

    The standard input is empty from now on, and what a library prints goes to the standard error: it is no answer.
    """
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers
