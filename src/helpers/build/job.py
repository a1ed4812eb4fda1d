"""Make one report from its inputs: bytes in, bytes out, so that it can be done on any machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

from helpers.build.allocator import give_back
from helpers.build.identity.inputs import ANNUAL_REPORT, INGEST, Inputs
from helpers.build.identity.manifest import ACCEPTED
from helpers.build.made import MadeReport, Progress
from helpers.build.running.kernel import started_kernels
from helpers.build.running.runner import run_notebook
from helpers.build.running.workspace import Workspace
from helpers.build.target import Target

_MADE, _TIDIED = count(1), 4  # reports of this process, and after how many its memory is tidied


def make_report(
    target: Target, inputs: Inputs, warnings: int = 0, progress: Progress | None = None
) -> MadeReport:
    """Run the notebooks, export the report and write its tables, all in memory.

    ``warnings`` is the number of findings about the year's sheet that are no errors.

    Raises:
        DataError, NotebookError, ExportError, ParameterError, BuildError: there is no report.
        UsageError: an environment variable is no number.
        FigureError: its figures differ from the published ones and nobody accepted that, or do not add up.
    """
    tell = progress or (lambda done, what: None)
    with (
        Workspace.create(inputs) as workspace,
        started_kernels(workspace, 2) as (first, second),
        _thread_beside() as beside,
    ):
        run_notebook(INGEST, target.parameters, workspace, _part(tell, 0.0, 0.25, "読み込み"), kernel=first)
        # Only now: what is behind it takes as long to load as the kernels to start.
        from helpers.build import finishing
        from helpers.tabular import table_files

        # This process has little to do while a notebook's work is done by its kernel: its own is done meanwhile.
        figures = beside.submit(finishing.reconciled, target, workspace)
        tables = beside.submit(lambda: table_files(figures.result()[0].history))
        if inputs.accepted and figures.result()[1].ok:
            inputs = replace(inputs, accepted="")  # nothing to accept: the reason is no part of this report
        parameters = target.parameters | ({ACCEPTED: inputs.accepted} if inputs.accepted else {})
        try:
            executed = run_notebook(
                ANNUAL_REPORT, parameters, workspace, _part(tell, 0.25, 0.75, "集計と作図"), kernel=second
            )
        except Exception:
            # Of a report with other figures than the published ones that is said, whatever else is wrong with it.
            finishing.demand_accepted(figures.result()[1], inputs.accepted)
            raise
        report, reconciliation = figures.result()
        finishing.demand_accepted(reconciliation, inputs.accepted)
        tell(0.75, "HTML・PDF")
        files = finishing.report_files(target, report, executed, inputs.neighbours, tables, beside)
        tell(0.95, "仕上げ")
        processed = _processed_files(workspace, target)
        summary = finishing.summarize(report, reconciliation, warnings)
    made = MadeReport.of(target, inputs, summary, files, processed)
    if next(_MADE) % _TIDIED == 0:
        give_back()
    return made


class _Beside(threading.local):
    """A thread beside each one that makes reports, the same for all of its reports."""

    def __init__(self) -> None:
        # Memory that a thread lets go of stays its own with many C libraries: new threads would make a long run grow.
        self.pool = ThreadPoolExecutor(1, "beside")


_BESIDE = _Beside()


@contextmanager
def _thread_beside() -> Iterator[Executor]:
    """A second thread for this report; at the end it has nothing left to do."""
    try:
        yield _BESIDE.pool
    except KeyboardInterrupt:
        end_finishing()  # with a PDF that nobody wants any more
        raise
    finally:
        _BESIDE.pool.submit(int).result()


def load_finishing() -> None:
    """Load what comes after the notebooks: called early, it is done while they run."""
    from helpers.export.typesetter import TYPESETTER

    TYPESETTER.start()  # it gets ready while this process loads the rest
    from helpers.build import finishing

    finishing.load()


def end_finishing() -> None:
    """End what was started for it: no process of a build is left."""
    from helpers.export.typesetter import TYPESETTER

    TYPESETTER.end()


def _part(tell: Progress, begin: float, end: float, what: str) -> Callable[[int, int], None]:
    return lambda done, total: tell(begin + (end - begin) * done / total, what)


def _processed_files(workspace: Workspace, target: Target) -> dict[str, bytes]:
    folder = workspace.project / target.processed.parent
    return {
        path.relative_to(workspace.project).as_posix(): path.read_bytes()
        for path in sorted(folder.glob(f"{target.year.western}.*"))
    }
