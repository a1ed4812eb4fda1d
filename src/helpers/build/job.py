"""Make one report from its inputs: bytes in, bytes out, so that it can be done on any machine."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Any

import nbformat

from helpers.build.inputs import ANNUAL_REPORT, INGEST, Inputs
from helpers.build.kernel import started_kernels
from helpers.build.made import MadeReport, Progress
from helpers.build.manifest import ACCEPTED, NAME, Manifest, Summary, digests, identity
from helpers.build.runner import run_notebook
from helpers.build.target import Target
from helpers.build.workspace import Workspace
from helpers.errors import ExportError, FigureError, GyokakuError
from helpers.fonts import demand_glyphs
from helpers.gate import check_report
from helpers.neighbours import METADATA
from helpers.plan import DONE
from helpers.published import Reconciliation, reconcile
from helpers.report import Report, open_report
from helpers.tabular import table_files

_TOLD = 12  # differences that are named in an error; the others are counted


def make_report(
    target: Target, inputs: Inputs, warnings: int = 0, progress: Progress | None = None
) -> MadeReport:
    """Run the notebooks, export the report and write its tables, all in memory.

    ``warnings`` is the number of findings about the year's sheet that are no errors.

    Raises:
        DataError, NotebookError, ExportError, ParameterError: there is no report.
        FigureError: its figures differ from the published ones and nobody accepted that, or do not add up.
    """
    tell = progress or (lambda done, what: None)
    with (
        Workspace.create(inputs) as workspace,
        started_kernels(workspace, 2) as (first, second),
        ThreadPoolExecutor(1) as beside,
    ):
        run_notebook(INGEST, target.parameters, workspace, _part(tell, 0.0, 0.25, "読み込み"), kernel=first)
        # This process has little to do while a notebook's work is done by its kernel: its own is done meanwhile.
        figures = beside.submit(_reconciled, target, workspace)
        tables = beside.submit(lambda: table_files(figures.result()[0].history))
        if inputs.accepted and figures.result()[1].ok:
            inputs = replace(inputs, accepted="")  # nothing to accept: the reason is no part of this report
        parameters = target.parameters | ({ACCEPTED: inputs.accepted} if inputs.accepted else {})
        try:
            executed = run_notebook(
                ANNUAL_REPORT, parameters, workspace, _part(tell, 0.25, 0.75, "集計と作図"), kernel=second
            )
        finally:
            # Of a report with other figures than the published ones that is said, whatever else is wrong with it.
            report, reconciliation = figures.result()
            demand_accepted(reconciliation, inputs.accepted)
        tell(0.75, "HTML・PDF")
        executed.metadata[METADATA] = inputs.neighbours.as_metadata()
        text: str = nbformat.writes(executed)  # type: ignore[no-untyped-call]
        files = {"report.ipynb": f"{text}\n".encode()}
        pdf = beside.submit(export, "pdf", executed, target)
        files["report.html"] = export("html", executed, target)
        files["report.pdf"] = pdf.result()
        tell(0.95, "照合")
        files |= tables.result()
        check_report(report.history, files)
        processed = _processed_files(workspace, target)
        summary = summarize(report, reconciliation, warnings)
    manifest = Manifest(target, identity(target, inputs), summary, digests(files), digests(processed))
    return MadeReport(files | {NAME: manifest.to_json()}, processed, manifest)


def _reconciled(target: Target, workspace: Workspace) -> tuple[Report, Reconciliation]:
    report = open_report(target.plan_id, target.year, workspace.project)
    return report, reconcile(report.history)


def export(kind: str, executed: Any, target: Target) -> bytes:
    """The executed notebook as ``html`` or ``pdf``.

    Raises:
        ExportError: it could not be set.
    """
    try:
        body, _ = _exporter(kind).from_notebook_node(executed, {"metadata": {"name": "report"}})
    except GyokakuError:
        raise
    except Exception as error:
        # Whatever a converter stumbles over, this report is withheld and the others are built.
        raise ExportError(
            f"{target}: report.{kind} を作れませんでした（{type(error).__name__}: {error}）"
        ) from error
    return body.encode("utf-8") if isinstance(body, str) else bytes(body)


def load_exporters() -> None:
    """Import and load what exporting takes: called early, it is done while the notebooks run."""
    from helpers.export.pdf_exporter import load_typesetter

    for kind in ("html", "pdf"):
        _exporter(kind)
    demand_glyphs("年")
    load_typesetter()


def demand_accepted(reconciliation: Reconciliation, accepted: str) -> None:
    """Refuse figures that differ from the published ones, unless somebody said why they may.

    Raises:
        FigureError: a difference that is no recorded erratum, and no reason; the first dozen are named.
    """
    differences = reconciliation.unrecorded
    if accepted or not differences:
        return
    shown = [f"  {difference}" for difference in differences[:_TOLD]]
    more = [f"  ほか{len(differences) - _TOLD}件"] if len(differences) > _TOLD else []
    told = (
        f"公表値と違う数値が{len(differences)}件あります。状況調査を直すか、公表資料の誤りなら errata.toml に記録してください。"
        "違いを承知で公開するときは --accept-differences に理由を書いてください（報告書に載ります）"
    )
    raise FigureError("\n".join([told, *shown, *more]))


def summarize(report: Report, reconciliation: Reconciliation, warnings: int = 0) -> Summary:
    """The report's line in tables of reports."""
    plan, statuses = report.plan, report.history.sheets[report.year].statuses
    counted = statuses[statuses["status"].isin(plan.counted_names)]
    done = counted[counted["status"].isin(plan.names_in(DONE))]
    share_pct = plan.printing.share_pct(int(done["items"].sum()), int(counted["items"].sum()))
    return Summary(
        municipality=plan.municipality,
        plan_name=plan.implementation_plan(report.year).title,
        items=int(statuses["items"].sum()),
        done_share="" if share_pct is None else plan.printing.share(share_pct),
        matches=reconciliation.matches,
        errata=sum(table.errata for table in reconciliation.tables),
        published=reconciliation.total,
        warnings=warnings,
        is_derived=report.history.sheets[report.year].is_derived,
    )


@cache
def _exporter(kind: str) -> Any:
    import helpers.export as exporters

    exporter: Any = exporters.ReportHTMLExporter if kind == "html" else exporters.ReportPDFExporter
    return exporter()


def _part(tell: Progress, begin: float, end: float, what: str) -> Callable[[int, int], None]:
    return lambda done, total: tell(begin + (end - begin) * done / total, what)


def _processed_files(workspace: Workspace, target: Target) -> dict[str, bytes]:
    folder = workspace.project / target.processed.parent
    return {
        path.relative_to(workspace.project).as_posix(): path.read_bytes()
        for path in sorted(folder.glob(f"{target.year.western}.*"))
    }
