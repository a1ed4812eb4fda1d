"""The source of a notebook, without the traces of running and saving it.

``python -m helpers.pipeline.identity.notebook_source < saved > source`` is the filter that git runs on notebooks, once
``make lab`` has set it up: what is committed is what a report is made from. ``settle_in_git`` follows each save in JupyterLab.
"""

from __future__ import annotations

__all__ = ["notebook_source", "settle_in_git"]

import json
import subprocess
import sys
from contextlib import suppress
from typing import Any

# What JupyterLab writes anew when it saves, with the versions of the computer that it runs on.
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook_source(content: bytes) -> bytes:
    """The notebook without outputs, counts and an editor's metadata: the bytes that are committed.

    A report is made from these, so that looking at a notebook in JupyterLab and saving it rebuilds nothing.
    What is no notebook stays as it is: running it says what is wrong.
    """
    try:
        notebook = json.loads(content)
        cells = [_cell(cell) for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return content
    source = {**notebook, "cells": cells, "metadata": _METADATA}
    return (json.dumps(source, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def settle_in_git(os_path: str, **_: object) -> None:
    """Record the size of a saved notebook in git's index where its source is the one that is there.

    The hook that ``lab/jupyter_server_config.json`` names. Without it `git status` lists every notebook that was run and
    saved: git takes a file of another size for changed, whatever its filter makes of it.
    """
    with suppress(OSError, subprocess.SubprocessError):  # no git, or one that is busy: the next save comes
        for arguments in (("diff", "--quiet"), ("add", "--update")):
            subprocess.run(["git", *arguments, "--", os_path], check=True, capture_output=True, timeout=30)


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    tags = cell["metadata"].get("tags", [])
    kept = {**cell, "metadata": {"tags": tags} if tags else {}}
    if isinstance(kept["source"], str):
        kept["source"] = kept["source"].splitlines(keepends=True)
    if cell["cell_type"] == "code":
        kept |= {"outputs": [], "execution_count": None}
    return kept


if __name__ == "__main__":
    sys.stdout.buffer.write(notebook_source(sys.stdin.buffer.read()))
