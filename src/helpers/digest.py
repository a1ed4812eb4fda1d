"""The digest (概要版): with the cover and the year at a glance, all that fits on the report's first page."""

from __future__ import annotations

from markupsafe import Markup

from helpers import charts, display, tables
from helpers.counts import all_counts
from helpers.display import Shown
from helpers.history import History
from helpers.markup import tag


def page(history: History) -> Shown:
    """How far each policy is, and every item that is not done with how long it is known to have stood so."""
    chart = charts.progress(all_counts(history), history.plan, history.year)
    remaining = tables.remaining(history) or _nothing_to_list(history)
    parts = (Markup(shown._repr_html_()) for shown in (chart, remaining))
    return Shown(
        tag("section", *parts, class_="digest", aria_label=f"{history.year}の概要"),
        f"{chart!r}\n{remaining!r}",
    )


def _nothing_to_list(history: History) -> Shown:
    if history.item_statuses(history.year) is None:
        return display.missing(f"{history.year}は合計だけが公表されており、残る項目とその年数は示せません。")
    return display.paragraph("残る項目はありません。", "good")
