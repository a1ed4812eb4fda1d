"""Render whole pages from this package's own templates."""

from __future__ import annotations

__all__ = ["CONTENT_SECURITY_POLICY", "TEMPLATES", "environment", "render", "report_page", "style"]

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers.export.page.browsing import for_browsers
from helpers.export.page.browsing.ways import parts_of
from helpers.export.page.marks import mark_rules
from helpers.export.page.serialized import markup_of

if TYPE_CHECKING:
    from helpers.export.page.body import ReportBody
    from helpers.export.page.neighbours import Neighbours

TEMPLATES = Path(__file__).parents[1] / "templates"

# A page loads and sends nothing and runs our own script only; inline styles are for the style attributes of charts.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)


# A card stays on one sheet of paper where it fits one, and is seen from the link that leads to it.
_CARD_STYLE = """.item-card { break-inside: avoid; margin-top: 2.5rem; scroll-margin-top: 1rem; }
.item-card:target { outline: 2px solid var(--accent); outline-offset: 0.5rem; }
"""


def report_page(body: ReportBody, neighbours: Neighbours | None = None) -> str:
    """Render the page of a report; with ``neighbours``, it links to them and to the list of all reports."""
    blocks = for_browsers((*body.opening, *body.sections))
    opening, sections = blocks[: len(body.opening)], parts_of(blocks[len(body.opening) :])
    shown = {
        name: Markup("\n".join(map(markup_of, part)))
        for name, part in (("opening", opening), ("sections", sections))
    }
    # What scrolls, ways back and, where there is the table of the items, its search.
    scripts = ["page.js", "items.js"] if '<table id="items"' in shown["sections"] else ["page.js"]
    script = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in scripts)
    more = _CARD_STYLE if 'class="item-card"' in shown["sections"] else ""
    return render("report.html.j2", script, more, body=body, neighbours=neighbours, **shown)


def render(template: str, script: str = "", more_style: str = "", **values: Any) -> str:
    """Render one of the package's own templates with autoescape on; with policy, style and script.

    The policy lets no script run but ``script``, known by its hash.
    """
    policy = CONTENT_SECURITY_POLICY
    if script:
        digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
        policy += f"; script-src 'sha256-{digest}'"
    page: str = (
        environment()
        .get_template(template)
        .render(policy=policy, style=Markup(style() + more_style), script=Markup(script), **values)
    )
    return page


@cache
def environment() -> Environment:
    """The Jinja environment: this package's templates only, autoescape, undefined names are errors."""
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
    sheets = ((TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.css", "themes.css"))
    return "".join([*sheets, mark_rules()])
