"""The kernels of a build: this very Python, cut off from the user's settings.

A kernelspec, a start-up file, a matplotlibrc or a module planted next to the data has no say in a report, and
locale, time zone and hash seed are the same everywhere, so that the same input gives the same bytes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync

from helpers.build.workspace import Workspace
from helpers.project import ROOT_VARIABLE
from helpers.warm_kernel import PROVISIONER
from helpers.warm_kernel.client import PromptClient

KERNEL_NAME = "python3"
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


class OwnPython(KernelSpecManager):
    """Knows one kernel: ipykernel in the Python that runs the build."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The kernel, whatever the notebook calls it."""
        argv = [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        argv.append("--HistoryManager.enabled=False")  # a database of what was typed, which nobody did
        return KernelSpec(
            argv=argv,
            display_name="Python 3",
            language="python",
            metadata={"debugger": False, "kernel_provisioner": {"provisioner_name": PROVISIONER}},
            resource_dir="",
        )


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
    """What is the same for every kernel of a build, and for the server that they are forked from."""
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
    return kept | own | _stock_matplotlib()


@contextmanager
def started_kernels(workspace: Workspace, number: int) -> Iterator[list[AsyncKernelManager]]:
    """Start kernels side by side, so that the second is ready when the first is done; at the end none is left.

    Each starts in its own time: that one of them does not is found by who talks to it.
    """
    managers = [kernel_manager(workspace) for _ in range(number)]
    try:
        for manager in managers:
            run_sync(manager.start_kernel)(env=kernel_environment(workspace), cwd=str(workspace.cwd))
        yield managers
    finally:
        for manager in managers:
            if manager.has_kernel:
                run_sync(manager.shutdown_kernel)(now=True)


def kernel_manager(workspace: Workspace) -> AsyncKernelManager:
    """A manager for one kernel of a run; the kernel is not started yet."""
    folder = workspace.runtime / str(len(list(workspace.runtime.iterdir())))
    folder.mkdir()
    manager = AsyncKernelManager(
        kernel_name=KERNEL_NAME,
        kernel_spec_manager=OwnPython(),
        connection_file=str(folder / "kernel.json"),
    )
    manager.client_factory = PromptClient
    if os.name == "posix":
        # Sockets in a private folder instead of open TCP ports.
        manager.transport = "ipc"
        manager.ip = str(folder / "s")
    return manager


def _stock_matplotlib() -> dict[str, str]:
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return {}
    return {"MATPLOTLIBRC": str(Path(spec.origin).parent / "mpl-data" / "matplotlibrc")}
