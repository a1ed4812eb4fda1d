"""Messages between two processes over a pipe: the length in eight bytes, then so many bytes."""

from __future__ import annotations

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
