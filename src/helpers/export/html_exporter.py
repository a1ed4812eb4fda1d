"""The report as one HTML page that works offline."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbconvert.exporters.exporter import Exporter
from traitlets import List, default

from helpers.export.body import ReportBody, assemble_body
from helpers.export.cells import demand_complete, report_pieces

TEMPLATES = Path(__file__).parent / "templates"

# Nothing is loaded, sent or run; charts carry style attributes, which is why styles are inline.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)


class ReportHTMLExporter(Exporter):  # type: ignore[misc]
    """Export an executed notebook as an accessible, self-contained HTML report.

    Built on nbconvert's ``Exporter``, not on ``TemplateExporter``: that one looks for templates in the working
    directory and in every Jupyter path, where anybody may have put one, and escapes nothing.
    """

    export_from_notebook = "行革報告書（HTML）"
    output_mimetype = "text/html"

    # Only --execute makes sense for a report; the others would change what it shows.
    default_preprocessors = List(["nbconvert.preprocessors.ExecutePreprocessor"]).tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Set an executed notebook as a page: (the page, nbconvert's resources).

        Raises:
            NotebookError: a cell failed or never ran.
            ExportError: an output has no place in a report.
        """
        body, resources = self.report_body(nb, resources, **kw)
        return report_page(body), resources

    def report_body(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[ReportBody, Any]:
        """The body that both forms of the report are made from, and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        demand_complete(notebook)
        name = str(resources["metadata"].get("name") or "報告書")
        return assemble_body(report_pieces(notebook), name), resources


def report_page(body: ReportBody) -> str:
    """The whole page around a body."""
    return render(
        "report.html.j2",
        body=body,
        opening=Markup(body.opening_html),
        sections=Markup(body.sections_html),
    )


def render(template: str, **values: Any) -> str:
    """Render one of the package's own templates with autoescape on, policy and style supplied."""
    page: str = environment().get_template(template).render(
        policy=CONTENT_SECURITY_POLICY, style=Markup(_style()), **values
    )
    return page


@cache
def environment() -> Environment:
    """The Jinja environment: this package's templates only, everything escaped, nothing undefined."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


@cache
def _style() -> str:
    return (TEMPLATES / "report.css").read_text(encoding="utf-8")
