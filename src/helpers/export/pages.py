"""Whole pages around what is to be shown, from this package's own templates and nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from helpers.export.body import ReportBody

TEMPLATES = Path(__file__).parent / "templates"

# Nothing is loaded, sent or run; charts carry style attributes, which is why styles are inline.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)


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
    page: str = (
        environment()
        .get_template(template)
        .render(policy=CONTENT_SECURITY_POLICY, style=Markup(style()), **values)
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
def style() -> str:
    """The style sheet that every page carries."""
    return (TEMPLATES / "report.css").read_text(encoding="utf-8")
