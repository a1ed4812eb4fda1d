"""Say what a file is that no reader reads, before one of them tries."""

from __future__ import annotations

__all__ = ["refuse_foreign"]

from helpers.sheets.files.foreign.by_beginning import by_beginning
from helpers.sheets.files.foreign.in_container import in_container


def refuse_foreign(data: bytes) -> None:
    """Refuse files that are known to be no sheets.

    Raises:
        UnreadableError: says what the file is, and how a sheet is made of it.
    """
    if error := in_container(data) or by_beginning(data):
        raise error
