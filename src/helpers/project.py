"""The project folder: where ``data/raw`` and ``notebooks`` lie."""

from __future__ import annotations

import os
from pathlib import Path

from helpers.errors import UsageError

ROOT_VARIABLE = "GYOKAKU_ROOT"


def find_root(start: Path | None = None) -> Path:
    """Find the project folder.

    Without ``start`` the environment variable ``GYOKAKU_ROOT`` decides if it is set (a build sets it for its
    kernels); otherwise the nearest folder upwards from ``start``, or from the working directory, that holds
    ``data/raw`` and ``notebooks``.

    Raises:
        UsageError: there is no such folder.
    """
    if start is None and (named := os.environ.get(ROOT_VARIABLE)):
        return checked_root(Path(named), f"環境変数 {ROOT_VARIABLE}")
    start = Path.cwd() if start is None else start.resolve()
    for folder in (start, *start.parents):
        if _is_root(folder):
            return folder
    raise UsageError(
        f"{start} とその上には、data/raw と notebooks のあるフォルダーがありません。--root で指定してください"
    )


def checked_root(folder: Path, said_by: str) -> Path:
    """``folder`` as an absolute path, if it is a project folder.

    Raises:
        UsageError: it holds no ``data/raw``, or no ``notebooks``.
    """
    if not _is_root(folder):
        raise UsageError(f"{said_by}で指定された {folder} には、data/raw と notebooks がありません")
    return folder.resolve()


def find_plan_ids(root: Path) -> tuple[str, ...]:
    """The ids of the plans in ``data/raw``, sorted: every folder that holds a ``plan.toml``."""
    return tuple(sorted(file.parent.name for file in (root / "data" / "raw").glob("*/plan.toml")))


def _is_root(folder: Path) -> bool:
    return (folder / "data" / "raw").is_dir() and (folder / "notebooks").is_dir()
