"""The steps of one report, from bytes to bytes, so that any machine can make it.

read      the year's sheet becomes a checked frame        notebooks/ingest.ipynb
run       tables, sentences and charts of the year         notebooks/annual_report.ipynb
render    page, PDF and files from what the notebook shows ``finishing.render``
check     the tables are compared with the published ones  ``finishing.compared``, ``finishing.demand_accepted``
prove     the files are read back, and have to agree       ``finishing.prove``
publish   the builder puts the files in their place        ``site.publish``
"""

from __future__ import annotations

__all__ = ["make_report"]

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

from helpers.pipeline.beside import give_back, loaded_runner, thread_beside
from helpers.pipeline.identity.inputs import ANNUAL_REPORT, INGEST, Inputs
from helpers.pipeline.identity.manifest import ACCEPTED
from helpers.pipeline.notebooks.kernel import started_kernels
from helpers.pipeline.notebooks.workspace import Workspace
from helpers.pipeline.outcome import MadeReport, Progress
from helpers.project import Target

if TYPE_CHECKING:
    from helpers.history.history import History
    from helpers.report.published.difference import Reconciliation

_MADE, _TIDIED = count(1), 4  # reports of this process, and after how many its memory is tidied


def make_report(
    target: Target, inputs: Inputs, warnings: int = 0, progress: Progress | None = None
) -> MadeReport:
    """Run the notebooks, export the report and write its tables, all in memory.

    ``warnings`` is the number of findings about the year's sheet that are no errors.

    Raises:
        DataError, NotebookError, ExportError, ParameterError, BuildError: there is no report.
        UsageError: an environment variable is no number.
        FigureError: figures differ from the published ones without an accepted reason, or do not add up.
    """
    tell = progress or (lambda done, step: None)
    with (
        Workspace.create(inputs) as workspace,
        started_kernels(workspace, 2) as kernels,
        thread_beside() as beside,
    ):
        run_notebook = loaded_runner().run_notebook  # imported while the kernels start
        # Read.
        run_notebook(
            INGEST, target.parameters, workspace, _part(tell, 0.0, 0.25, "読み込み"), kernel=next(kernels)
        )
        opened = beside.submit(_opened, target, workspace)  # while the second kernel works

        @cache  # asked for only where the notebook's comparison is not enough
        def expected() -> Reconciliation:
            from helpers.report.register import reconcile

            return reconcile(opened.result())

        if inputs.accepted and expected().ok:
            inputs = replace(inputs, accepted="")  # nothing to accept: the reason is no part of this report
        # Run.
        parameters = target.parameters | ({ACCEPTED: inputs.accepted} if inputs.accepted else {})
        try:
            executed = run_notebook(
                ANNUAL_REPORT,
                parameters,
                workspace,
                _part(tell, 0.25, 0.75, "集計と作図"),
                kernel=next(kernels),
            )
            from helpers.pipeline import finishing

            # Render.
            tell(0.75, "HTML・PDF")
            history, tables = opened.result(), finishing.shown(target, executed)
            files, pdf = finishing.render(target, executed, history, tables, inputs.neighbours, beside)
        except Exception:
            # Figures that differ from the published ones are reported first, whatever made the report fail.
            from helpers.pipeline import finishing

            finishing.demand_accepted(expected(), inputs.accepted, target.year)
            raise
        # Check, while the PDF is set.
        reconciliation = finishing.compared(history, tables)
        finishing.demand_accepted(reconciliation, inputs.accepted, target.year)
        # Prove.
        files, looks = finishing.prove(target, history, files, pdf, workspace, beside)
        tell(0.95, "仕上げ")
        summary = finishing.summarize(history, reconciliation, warnings, looks)
        made = MadeReport.of(target, inputs, summary, files, workspace.processed_files(target))
    if next(_MADE) % _TIDIED == 0:
        give_back()
    return made


def _opened(target: Target, workspace: Workspace) -> History:
    """The history with which a report's figures are compared."""
    from helpers.history.opening import load_history  # its imports are slow; a kernel works meanwhile

    return load_history(target.plan_id, target.year, workspace.project)


def _part(tell: Progress, begin: float, end: float, step: str) -> Callable[[int, int], None]:
    return lambda done, total: tell(begin + (end - begin) * done / total, step)
