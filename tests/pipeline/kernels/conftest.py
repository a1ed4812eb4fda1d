"""Notebooks of a line or two, run by nbclient in kernels that the provisioner starts."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from helpers.pipeline.kernels import PROVISIONER, warm_kernels
from helpers.pipeline.kernels.prompt_manager import PromptManager
from helpers.pipeline.kernels.server import Server

# What a build gives its kernels, in short.
ENVIRONMENT = {
    name: os.environ[name]
    for name in ("PATH", "HOME", "TMPDIR", "PYTHONDONTWRITEBYTECODE")
    if name in os.environ
} | {
    "PYTHONHASHSEED": "0",
    "PYTHONSAFEPATH": "1",
    "PYTHONNOUSERSITE": "1",
    "PYTHONUTF8": "1",
    "LC_ALL": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
}
# Elsewhere no kernel is forked.
collect_ignore_glob = [] if sys.platform == "linux" else ["test_*.py"]


class _ThisPython(KernelSpecManager):
    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        metadata = {"kernel_provisioner": {"provisioner_name": PROVISIONER}}
        return KernelSpec(argv=argv, language="python", display_name="Python", metadata=metadata)


def make_manager(folder: Path) -> AsyncKernelManager:
    """A manager of one kernel whose sockets and connection file are in ``folder``."""
    manager = PromptManager(kernel_spec_manager=_ThisPython(), connection_file=str(folder / "kernel.json"))
    manager.transport, manager.ip = "ipc", str(folder / "s")
    return manager


@pytest.fixture
def environment() -> dict[str, str]:
    """The environment of a build's kernels."""
    return dict(ENVIRONMENT)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for the tests of a module: every kernel is a fresh process anyhow."""
    with warm_kernels(ENVIRONMENT) as running:
        assert running is not None
        yield running


@pytest.fixture
def manager(tmp_path: Path) -> AsyncKernelManager:
    """A manager whose kernel is not started yet."""
    return make_manager(tmp_path)


@pytest.fixture
def ordinary_kernels(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A function after whose call no kernel is forked."""
    return lambda: monkeypatch.setattr("helpers.pipeline.kernels.provisioner.running_kernels", lambda: None)


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., list[str]]:
    """Run cells in a kernel of its own; what each printed, or the data that it showed."""

    def execute(*cells: str, environment: Mapping[str, str] | None = None) -> list[str]:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        client = NotebookClient(notebook, km=make_manager(tmp_path), shutdown_kernel="immediate", timeout=30)
        own = {"IPYTHONDIR": str(tmp_path / "ipython"), **(environment or {})}
        client.execute(env=ENVIRONMENT | own, cwd=str(tmp_path), cleanup_kc=True)
        return [
            "".join(output.get("text", "") or str(output.get("data", {})) for output in cell.outputs)
            for cell in notebook.cells
        ]

    return execute
