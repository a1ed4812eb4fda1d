"""The digest (概要版): on the report's first page together with cover and year at a glance, where there is room."""

from __future__ import annotations

__all__ = ["page"]

from markupsafe import Markup

from helpers.history.history import History
from helpers.report.assumptions import bear_assumptions
from helpers.report.charts import progress
from helpers.report.tables.items import moved_items
from helpers.report.tables.remaining import remaining as remaining_items
from helpers.text import display
from helpers.text.display import Shown
from helpers.text.html import tag

# Lines that an A4 page has room for beside cards and headings, and letters to a line of items.
_ROOM, _COLUMN = 17, 28


def page(history: History, accepted: str = "") -> Shown:
    """The progress of each policy, and every item that is not done, with how long it is known to have stood so.

    ``accepted``: why figures that differ from the published ones are published; if not empty, the digest says so.
    """
    chart, remaining = progress.draw(history), remaining_items(history) or _nothing_to_list(history)
    differs = display.paragraph(
        "公表済みの数値と異なる数値があります。理由と一覧は「公表値との照合」にあります。", "bad"
    )
    about = display.paragraph("概要版です。くわしい表は本文に、数字の出どころは付録にあります。", "note")
    blocks = [*([differs] if accepted else []), chart, remaining, about]
    parts = (Markup(block._repr_html_()) for block in blocks)
    return Shown(
        tag("section", *parts, class_=f"digest{_density(history)}", aria_label=f"{history.year}の概要版"),
        f"{chart!r}\n{remaining!r}",
        remaining.data,
    )


def _density(history: History) -> str:
    """The class that says how closely the first page is set in print."""
    lines = _lines(history)
    return " denser" if lines > 2 * _ROOM else " dense" if lines > _ROOM else ""


def _lines(history: History) -> float:
    """The number of lines on the first page beside cards and headings."""
    moved, remaining = moved_items(history), remaining_items(history)
    words = "" if remaining is None else "".join(remaining.printed[history.plan.wording.item])
    listed = max(words.count("\n"), len(words) // _COLUMN)
    return listed + (0 if moved is None else len(moved)) / 2 + 2 * len(history.plan.policies)


def _nothing_to_list(history: History) -> Shown:
    if history.item_statuses(history.year) is None:
        return display.missing(
            f"{history.year}は合計だけが公表されており、残る{history.plan.wording.item}とその年数は示せません。"
        )
    return display.paragraph(f"残る{history.plan.wording.item}はありません。", "good")


bear_assumptions(globals(), __all__)
