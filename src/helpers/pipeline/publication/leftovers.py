"""What a killed build leaves where reports are published: cleared by the next one."""

from __future__ import annotations

from pathlib import Path

from helpers.files.writing import NEW

# In the middle of the names under which old folders lie while they change places with new ones.
OLD = ".old-"


def has_leftovers(parent: Path) -> bool:
    """Whether a killed build, or one that is at work, left something in ``parent``."""
    return any(True for mark in (NEW, OLD) for _ in parent.glob(f".*{mark}*"))


def clear_leftovers(parent: Path) -> None:
    """Remove what a killed build left in ``parent``, and put a report back that was being swapped.

    No other build may be at work there.
    """
    for old in sorted(parent.glob(f".*{OLD}*")):
        folder = parent / old.name[1 : old.name.rindex(OLD)]
        if not folder.exists():
            old.rename(folder)
    for leftover in [*parent.glob(f".*{OLD}*"), *parent.glob(f".*{NEW}*")]:
        if leftover.is_dir():
            import shutil

            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)
