"""Recognise files that programs leave in folders."""

from __future__ import annotations

__all__ = ["is_leftover"]


def is_leftover(name: str) -> bool:
    """Whether a file or folder of this name is a leftover of a file manager, an editor or a spreadsheet program."""
    return (
        name.startswith((".", "~$")) or name.endswith("~") or name in ("Thumbs.db", "desktop.ini", "__MACOSX")
    )
