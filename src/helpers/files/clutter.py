"""What programs leave in folders, and nobody put there."""

from __future__ import annotations


def is_leftover(name: str) -> bool:
    """Whether file managers, editors and spreadsheet programs leave files of this name about."""
    return name.startswith((".", "~$")) or name.endswith("~") or name in ("Thumbs.db", "desktop.ini")
