"""Start child processes with this package and installed packages, and nothing of the caller's on their search path."""

from __future__ import annotations

__all__ = ["installed_folders", "own_folder", "own_path", "started_server"]

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import helpers


def started_server(module: str) -> subprocess.Popen[bytes]:
    """Start a process that calls ``serve`` of a module of ours, whatever the environment says; for a ``Keeper``."""
    flags = ["-I", "-X", "utf8", *(["-B"] if sys.dont_write_bytecode else [])]
    start = f"import sys; sys.path[:] = sys.argv[1:]; from {module} import serve; serve()"
    return subprocess.Popen(
        [sys.executable, *flags, "-c", start, *own_path()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C in a terminal is for the command, which ends this process itself
    )


def own_path() -> list[str]:
    """The module search path without the caller's script folder, working directory and ``PYTHONPATH``.

    Where one of them is what this package was imported from, it stays. So do the folders of installed packages, where
    scripts lie too that run as ``python -m``.
    """
    foreign = {"", *os.environ.get("PYTHONPATH", "").split(os.pathsep)}
    if not sys.flags.safe_path and sys.argv:
        foreign |= {str(Path.cwd()), str(Path(sys.argv[0]).resolve().parent)}
    foreign -= {own_folder(), *installed_folders()}
    return list(dict.fromkeys([own_folder(), *(folder for folder in sys.path if folder not in foreign)]))


def installed_folders() -> set[str]:
    """Where packages are installed."""
    return {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}


def own_folder() -> str:
    """The folder that this package was imported from."""
    return str(Path(helpers.__path__[0]).parent)
