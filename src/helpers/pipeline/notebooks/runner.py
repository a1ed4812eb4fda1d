"""Run one notebook with papermill, in process and in memory."""

from __future__ import annotations

__all__ = ["BuildEngine", "run_notebook"]

import logging
from collections.abc import Callable, Mapping
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors
from papermill.parameterize import parameterize_notebook

from helpers.errors import NotebookError
from helpers.export.page.numbered_cells import INJECTED, Cell, code_cells
from helpers.pipeline.kernels.prompt_client import NotReadyError
from helpers.pipeline.notebooks.environment import kernel_environment
from helpers.pipeline.notebooks.execution import check_execution, without_traces
from helpers.pipeline.notebooks.kernel import KERNEL_NAME, kernel_manager
from helpers.pipeline.notebooks.limited_client import LARGEST_OUTPUT, LeftRunningError, LimitedClient
from helpers.pipeline.notebooks.parameters import check_parameters
from helpers.pipeline.notebooks.workspace import Workspace
from helpers.time_limits import CELL

_ENGINE = "gyokaku"

# papermill and nbclient raise an exception for every problem: the log would say everything twice.
logging.getLogger("papermill").addHandler(logging.NullHandler())
logging.getLogger("papermill").propagate = False


class BuildEngine(NBClientEngine):  # type: ignore[misc]
    """papermill's own engine with a kernel of ours: manager, environment and working directory are handed in."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        kernel: AsyncKernelManager,
        workspace: Workspace,
        cell_seconds: int,
        progress: _Progress,
        **_: Any,
    ) -> None:
        """Wait for the kernel, or start it, run the cells, stop the kernel."""
        client = LimitedClient(
            nb_man,
            km=kernel,
            kernel_name=kernel_name,
            timeout=cell_seconds,
            iopub_timeout=cell_seconds,  # for outputs that are still on their way when a cell has ended
            startup_timeout=60,
            shutdown_kernel="immediate",
            record_timing=False,
            coalesce_streams=True,
            force_raise_errors=True,
            log=logging.getLogger("papermill"),
            on_cell_start=progress.begin,
        )
        try:
            client.execute(env=kernel_environment(workspace), cwd=str(workspace.cwd), cleanup_kc=True)
        finally:
            progress.is_flooded = client.is_flooded


papermill_engines.register(_ENGINE, BuildEngine)


def run_notebook(
    notebook_path: str,
    parameters: Mapping[str, str | int],
    workspace: Workspace,
    on_cell: Callable[[int, int], None] | None = None,
    kernel: AsyncKernelManager | None = None,
) -> Any:
    """Run a notebook of the workspace and return it executed, whole and without traces of the run.

    ``notebook_path`` is relative to the project. ``on_cell(done, total)`` is called as each code cell begins and
    once at the end.
    ``kernel``: a started kernel of this workspace; ended afterwards. None starts a new one.

    Raises:
        ParameterError: a parameter has an undeclared name or the wrong type; nothing was run.
        UsageError: the environment's limit on cells is no number.
        NotebookError: a cell raised, took too long, printed too much or left a thread running, the kernel died, or
            a cell never ran.
    """
    seconds = CELL.seconds()
    notebook = _read_notebook(notebook_path, workspace)
    check_parameters(notebook, notebook_path, parameters)
    progress = _Progress(notebook, on_cell)
    if parameters:
        notebook = parameterize_notebook(
            notebook, dict(parameters), kernel_name=KERNEL_NAME, language="python"
        )
    try:
        # papermill's ``execute_notebook`` would write the notebook twice besides.
        executed = papermill_engines.execute_notebook_with_engine(
            _ENGINE,
            notebook,
            KERNEL_NAME,
            progress_bar=False,
            autosave_cell_every=0,
            kernel=kernel or kernel_manager(workspace),
            workspace=workspace,
            cell_seconds=seconds,
            progress=progress,
        )
        raise_for_execution_errors(executed, None)
    except PapermillExecutionError as error:
        problem = error.ename if not error.evalue else f"{error.ename}: {error.evalue}"
        raise progress.failure(notebook_path, workspace.without_path(problem)) from error
    except DeadKernelError as error:
        flood = f"出力が多すぎるため止めました（{LARGEST_OUTPUT >> 20} MB まで）"
        # The next cell was asked for already, and a killed kernel takes the answer of the one before with it.
        died = "カーネルが途中で終了しました（次のコードセルの途中だったこともあります）"
        problem = flood if progress.is_flooded else died
        raise progress.failure(notebook_path, problem) from error
    except LeftRunningError as error:
        raise progress.failure(notebook_path, f"スレッドを動かしたまま終わりました（{error}）") from error
    except CellTimeoutError as error:
        raise progress.failure(notebook_path, f"{seconds}秒以内に終わりませんでした") from error
    except NotReadyError as error:
        raise progress.failure(notebook_path, f"カーネルが応答しません（{error}）") from error
    check_execution(executed, notebook_path)
    progress.report(progress.total)
    return without_traces(executed)


class _Progress:
    """Knows which cell is running, so that an error can show it."""

    def __init__(self, notebook: Any, on_cell: Callable[[int, int], None] | None) -> None:
        self.on_cell = on_cell
        self.total = 1 + sum(1 for _ in code_cells(notebook))
        self.begun = self.number = 0
        self.running: Cell | None = None
        self.is_flooded = False

    def begin(self, cell: Any, cell_index: int) -> None:
        """A cell begins; nbclient calls this for text cells, too."""
        if cell.cell_type != "code":
            return
        is_injected = INJECTED in cell.metadata.get("tags", [])
        self.number += not is_injected
        if cell.source.strip():
            self.running = Cell(0 if is_injected else self.number, cell.source)
            self.report(self.begun)
            self.begun += 1

    def report(self, done: int) -> None:
        """So many cells are done."""
        if self.on_cell:
            self.on_cell(done, self.total)

    def failure(self, notebook_path: str, problem: str) -> NotebookError:
        """The error for the cell that was running."""
        if self.running is None:
            return NotebookError(f"{notebook_path}: カーネルを起動できませんでした。{problem}")
        return self.running.failure(notebook_path, problem)


def _read_notebook(notebook_path: str, workspace: Workspace) -> Any:
    try:
        text = (workspace.project / notebook_path).read_text(encoding="utf-8")
        notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, nbformat.reader.NotJSONError) as error:
        raise NotebookError(f"{notebook_path} をノートブックとして読めません") from error
    # What papermill expects to be there.
    notebook.metadata.setdefault("papermill", {})
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
    # Outputs that were saved with the notebook never reach a report.
    for cell, _ in code_cells(notebook):
        cell.outputs, cell.execution_count = [], None
    return notebook
