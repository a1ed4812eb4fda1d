"""The files of a report, made from its executed notebook and its history, and held against each other.

Its imports are slow; ``job`` loads the module while a kernel works.
"""

from __future__ import annotations

__all__ = ["compared", "demand_accepted", "load", "prove", "render", "shown", "summarize"]

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import cache
from typing import Any

import nbformat

from helpers.errors import ExportError, FigureError, GyokakuError, first_few
from helpers.export import files as writers
from helpers.export.exporters import ReportPDFExporter
from helpers.export.files import table_files
from helpers.export.files.contents import tables_shown
from helpers.export.page.neighbours import METADATA, YEAR, Neighbours
from helpers.export.page.numbered_cells import numbered_cells
from helpers.export.pdf.attachments import ATTACHED
from helpers.export.pdf.pdf_file import load_typesetter
from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.pipeline.identity.manifest import Summary
from helpers.pipeline.kernels.forked_call import forked
from helpers.pipeline.notebooks.workspace import Workspace
from helpers.plan import DONE
from helpers.project import Target
from helpers.proof.gate import Gate
from helpers.proof.looks import check_looks, read_positions
from helpers.proof.pdf_text import read_structure, read_texts
from helpers.report.published.difference import Reconciliation
from helpers.report.register import RECONCILIATION, REGISTER, reconcile
from helpers.report.table import TABLES, Table
from helpers.text.display import ASSUMPTION
from helpers.text.fonts import demand_glyphs

_CORRECTIONS = "corrections"


def load() -> None:
    """Import what exporting needs, early, while the notebooks run."""
    _exporter()
    demand_glyphs("年")
    load_typesetter()
    writers.load()


def shown(target: Target, executed: Any) -> list[Table]:
    """The tables that the executed notebook shows, in the order of its page.

    Raises:
        ExportError: an output claims to show a table and holds none, or shows assumed figures.
    """
    for cell, source in numbered_cells(executed):
        for output in cell.get("outputs", ()):
            for assumption in output.get("data", {}).get(ASSUMPTION, ()):
                raise ExportError(
                    f"{source}: 仮定（{assumption}）による表・文・図は、年次報告書として公開できません。仮定のない history で作ってください"
                )
    with _converted(target):
        return tables_shown(executed)


def render(
    target: Target,
    executed: Any,
    history: History,
    tables: Sequence[Table],
    neighbours: Neighbours,
    beside: Executor,
) -> tuple[dict[str, bytes], Future[bytes]]:
    """Notebook, page and tables by their names in the report's folder, and the PDF, which ``beside`` is setting.

    Raises:
        ExportError: the notebook could not be set, or a table not be written.
        FigureError: figures do not add up.
    """
    executed.metadata[METADATA] = neighbours.as_metadata() | {YEAR: int(history.year)}
    for cell in executed.cells:
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(TABLES, None)  # they are published as files
    attached: Future[Mapping[str, bytes]] = Future()
    try:
        with _converted(target):
            page, pdf = _exporter().page_and_pdf(executed, beside, attached)
        text: str = nbformat.writes(executed)  # type: ignore[no-untyped-call]
        files = {"report.ipynb": f"{text}\n".encode(), "report.html": page.encode("utf-8")}
        written = table_files(history, tables)
    except BaseException as error:
        attached.set_exception(error)  # what sets the PDF waits for them
        raise
    attached.set_result({name: content for name, content in written.items() if name.endswith(ATTACHED)})
    return files | written, pdf


def prove(
    target: Target,
    history: History,
    files: dict[str, bytes],
    pdf: Future[bytes],
    workspace: Workspace,
    beside: Executor,
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Read the files of a report back and compare them with each other; start while ``beside`` sets the PDF.

    Returns the files with the PDF, and the flaws in the PDF's looks, a sentence each.

    Raises:
        ExportError: the PDF could not be set, or text in it cannot be read.
        FigureError: figures differ between the files.
    """
    gate = Gate(history, files)
    with _converted(target):
        files["report.pdf"] = pdf.result()
    texts = beside.submit(forked, workspace.runtime, read_texts, files["report.pdf"])
    sheets = read_positions(files["report.pdf"])
    structure = read_structure(files["report.pdf"], texts.result)
    gate.check(structure)
    return files, check_looks(sheets, structure, gate.captions)


@contextmanager
def _converted(target: Target) -> Iterator[None]:
    """Turn any exception of a converter into an error of this report.

    Raises:
        ExportError: a converter failed.
    """
    try:
        yield
    except GyokakuError:
        raise
    except Exception as error:
        raise ExportError(
            f"{target}: 報告書を HTML と PDF にできませんでした（{type(error).__name__}: {error}）"
        ) from error


def compared(history: History, tables: Sequence[Table]) -> Reconciliation:
    """Compare the notebook's tables with the published ones, and its statement about the comparison with the result.

    Raises:
        PlanFileError: something in ``published`` cannot be used.
        FigureError: the notebook states another result, or does not list what the report corrects.
    """
    shown = {table.id: table.data for table in tables}
    result = reconcile(history, tables)
    for entry in REGISTER:
        if entry.made_of == RECONCILIATION:
            made = entry.make(result)
            is_left_out = made is not None and entry.id not in shown and entry.id == _CORRECTIONS
            if is_left_out or (entry.id in shown and (made is None or made.data != shown[entry.id])):
                raise FigureError(
                    f"{history.year}: 表「{entry.id}」が、公表値との照合の結果と違います。ノートブックは reconcile(history) の結果をそのまま示してください"
                )
    return result


def demand_accepted(reconciliation: Reconciliation, accepted: str, year: FiscalYear) -> None:
    """Refuse figures that differ from the published ones, unless a reason to accept that was given.

    Raises:
        FigureError: a difference that is no recorded erratum, and no reason; the first dozen are named.
    """
    differences = reconciliation.unrecorded
    if accepted or not differences:
        return
    shown = [f"  {difference}" for difference in differences]
    summary = (
        f"公表値と違う数値が{len(differences)}件あります。状況調査を直すか、公表資料の誤りなら published/{int(year)}/errata.toml に記録してください。"
        "違いを承知で公開するときは --accept-differences に理由を書いてください（報告書に載ります）"
    )
    raise FigureError("\n".join([summary, *first_few(shown, "  ほか{}件（gyokaku verify で見られます）")]))


def summarize(
    history: History, reconciliation: Reconciliation, warnings: int = 0, looks: Sequence[str] = ()
) -> Summary:
    """The report's line in tables of reports."""
    plan, statuses = history.plan, history.sheets[history.year].statuses
    counted = statuses[statuses["status"].isin(plan.counted_names)]
    done = counted[counted["status"].isin(plan.names_in(DONE))]
    share_pct = plan.printing.share_pct(int(done["items"].sum()), int(counted["items"].sum()))
    return Summary(
        municipality=plan.municipality,
        plan_name=plan.implementation_plan(history.year).title,
        items=int(statuses["items"].sum()),
        done_share="" if share_pct is None else plan.printing.share(share_pct),
        matches=reconciliation.matches,
        errata=sum(table.errata for table in reconciliation.tables),
        published=reconciliation.total,
        warnings=warnings,
        is_derived=history.sheets[history.year].is_derived,
        differences=len(reconciliation.unrecorded),
        compared=reconciliation.compared,
        corrected=len(reconciliation.corrected),
        done="・".join(plan.names_in(DONE)),
        done_word=plan.group_word(DONE) or "・".join(plan.names_in(DONE)),
        item=plan.wording.item,
        looks=tuple(looks),
    )


@cache
def _exporter() -> Any:
    exporter: Any = ReportPDFExporter
    return exporter()
