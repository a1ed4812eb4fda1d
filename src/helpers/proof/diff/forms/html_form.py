"""Write a comparison as a self-contained page in the design of the reports, with PDF pages side by side."""

from __future__ import annotations

__all__ = ["TEMPLATES", "Change", "as_html"]

from base64 import b64encode
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers.export.page.jinja import CONTENT_SECURITY_POLICY, style
from helpers.proof.diff.differences import CellChange, Comparison, StatusChange, TextChange
from helpers.proof.diff.forms import wording
from helpers.proof.diff.texts import changed_runs
from helpers.text.html import tag

Change = CellChange | StatusChange | TextChange
TEMPLATES = Path(__file__).parents[1] / "templates"


def as_html(comparison: Comparison) -> str:
    """Write the differences as a page that loads nothing; where there are none, the page says so."""
    css = style() + (TEMPLATES / "diff.css").read_text(encoding="utf-8")
    template = _environment().get_template("diff.html.j2")
    return template.render(comparison=comparison, policy=CONTENT_SECURITY_POLICY, style=Markup(css))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["wording"] = wording
    environment.filters |= {
        "visible": wording.visible,
        "before": partial(_marked, side=0),
        "after": partial(_marked, side=1),
        "data_uri": _data_uri,
    }
    return environment


def _marked(change: Change, side: int) -> Markup:
    """Show one side of a change; text that the other side lacks is in ``<del>`` or ``<ins>``."""
    text = (change.before, change.after)[side]
    if not text:
        return tag("span", wording.value(text), class_="muted")
    name = ("del", "ins")[side]
    # Statuses are marked as a whole, even if they share characters.
    if not change.before or not change.after or isinstance(change, StatusChange):
        return tag(name, wording.visible(text))
    runs = changed_runs(wording.visible(change.before), wording.visible(change.after))[side]
    return Markup("").join(tag(name, run) if differs else Markup.escape(run) for run, differs in runs)


def _data_uri(picture: bytes) -> str:
    return f"data:image/webp;base64,{b64encode(picture).decode()}"
