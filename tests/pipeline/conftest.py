"""Projects small enough to build in a second or two: the reference data, notebooks named for what they do."""

import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from small_projects import REPOSITORY, short_report, use_notebook

from helpers.pipeline import beside, finishing, job, reports
from helpers.pipeline.notebooks import runner
from helpers.pipeline.notebooks.workspace import Workspace
from helpers.pipeline.workers import Workers


@pytest.fixture
def make_project(tmp_path: Path) -> Callable[..., Path]:
    """A project folder with the reference data and one of the fixture notebooks as its report."""

    def make(annual_report: str = "runs_well", ingest: str = "writes_frame") -> Path:
        root = tmp_path / "project"
        shutil.copytree(REPOSITORY / "data" / "raw", root / "data" / "raw")
        use_notebook(root, "annual_report", annual_report)
        use_notebook(root, "ingest", ingest)
        return root

    return make


@pytest.fixture
def short_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of a line a report, which takes any report."""

    def rewrite_index(root: Path) -> None:
        lines = [f"{manifest.target}\n" for manifest in reports.published_manifests(root)]
        (root / "reports").mkdir(exist_ok=True)
        (root / "reports" / "index.html").write_text("".join(lines), encoding="utf-8")

    monkeypatch.setattr(reports, "rewrite_index", rewrite_index)


@pytest.fixture
def quick_exports(monkeypatch: pytest.MonkeyPatch, short_index: None) -> None:
    """Exports and an index that take any notebook: the fixture notebooks are no reports."""

    def page_and_pdf(
        _: object, executed: object, beside: Executor, attached: object
    ) -> tuple[str, Future[bytes]]:
        return "a page", beside.submit(bytes, b"a PDF")

    monkeypatch.setattr(finishing.ReportPDFExporter, "page_and_pdf", page_and_pdf)
    gate = SimpleNamespace(check=lambda structure: None, captions={})
    monkeypatch.setattr(finishing, "Gate", lambda history, files: gate)
    monkeypatch.setattr(finishing, "read_structure", lambda pdf, texts: None)
    monkeypatch.setattr(finishing, "read_positions", lambda pdf: [])
    monkeypatch.setattr(finishing, "forked", lambda folder, function, pdf: {})
    monkeypatch.setattr(finishing, "check_looks", lambda sheets, structure, captions: ())
    monkeypatch.setattr(beside, "load_finishing", lambda: None)


@pytest.fixture
def no_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks that "run" at once: for what is done with a report before and after."""

    def run_notebook(
        path: str, parameters: Mapping[str, str | int], workspace: Workspace, on_cell: Any, kernel: Any
    ) -> Any:
        on_cell(0, 1)
        on_cell(1, 1)
        return nbformat.v4.new_notebook()

    monkeypatch.setattr(runner, "run_notebook", run_notebook)
    monkeypatch.setattr(job, "started_kernels", lambda workspace, number: nullcontext(iter([None] * number)))
    monkeypatch.setenv("GYOKAKU_KERNELS", "ordinary")


@pytest.fixture
def short_reports(monkeypatch: pytest.MonkeyPatch, short_index: None) -> None:
    """Reports of a line, made at once: for what the builder does around the making."""
    monkeypatch.setattr(job, "make_report", short_report)
    monkeypatch.setattr(beside, "load_finishing", lambda: None)
    monkeypatch.setattr(Workers, "start", lambda workers: None)
