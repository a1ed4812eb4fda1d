"""The environment variables of a build's kernels, and of the server that they are forked from.

Nothing of Jupyter is imported here: the server begins before this process has loaded what talks to kernels.
"""

from __future__ import annotations

__all__ = ["common_environment", "kernel_environment"]

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.processes.interpreter import installed_folders, own_folder
from helpers.project import ROOT_VARIABLE

if TYPE_CHECKING:
    from helpers.pipeline.notebooks.workspace import Workspace

# Variables that change what Python, IPython, Jupyter or matplotlib do; all others are passed on.
_WITHHELD = (
    "PYTHON",
    "IPYTHON",
    "JUPYTER",
    "JPY_",
    "MPLBACKEND",
    "MATPLOTLIBRC",
    "PAPERMILL",
    "LC_",
    "LANG",
    "TZ",
)
_KEPT = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "JUPYTER_PLATFORM_DIRS")


def kernel_environment(workspace: Workspace, inherited: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment variables of a kernel."""
    own = {
        ROOT_VARIABLE: str(workspace.project),
        "IPYTHONDIR": str(workspace.ipython),
        "JUPYTER_CONFIG_DIR": str(workspace.ipython),
        "JUPYTER_RUNTIME_DIR": str(workspace.runtime),
    }
    return common_environment(inherited) | own


def common_environment(inherited: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment variables shared by every kernel of a build and by the server that they are forked from."""
    kept = {
        name: value
        for name, value in inherited.items()
        if name in _KEPT or not name.upper().startswith(_WITHHELD)
    }
    own = {
        "JUPYTER_NO_CONFIG": "1",
        # A report has one core: others are made beside it, and no sum depends on the number of cores.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONSAFEPATH": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
    return kept | own | _stock_matplotlib() | _own_package()


def _own_package() -> dict[str, str]:
    """The variable by which kernels import this package, named in the manifest, and no other installed copy."""
    return {} if own_folder() in installed_folders() else {"PYTHONPATH": own_folder()}


def _stock_matplotlib() -> dict[str, str]:
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return {}
    return {"MATPLOTLIBRC": str(Path(spec.origin).parent / "mpl-data" / "matplotlibrc")}
