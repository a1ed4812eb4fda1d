"""The cards of the items on the page: a section each, with an id for links, tables and small charts."""

from __future__ import annotations

__all__ = ["show"]

import pandas as pd
from markupsafe import Markup

from helpers.history.history import History
from helpers.report.assumptions import bear_assumptions
from helpers.report.charts.drawing.target_ticks import draw_ticks
from helpers.report.faces.printed_table import PrintedTable
from helpers.report.tables.cards import ID, ITEM, LABEL, TEXT, Card, cards, item_cards
from helpers.report.tables.measures import indicator_lines
from helpers.text import display
from helpers.text.display import Shown
from helpers.text.html import tag


def show(history: History) -> Shown | None:
    """All cards below their heading; None in plans without cards, and in years that are not known item by item."""
    made, table = item_cards(history), cards(history)
    if table is None:
        return None
    heading, words = display.heading(2, "個票", "section-cards"), history.plan.wording
    about = display.paragraph(
        f"{history.year}の{words.kind}を、{words.items(1)}ずつまとめたものです。{words.kind}の一覧の名前からたどれます。"
    )
    sections = [_section(history, card) for card in made]
    html = Markup("\n").join([heading.html, about.html, *sections])
    return Shown(html, "\n".join((heading.text, about.text, *(card.title for card in made))), table.data)


def _section(history: History, card: Card) -> Markup:
    printed = pd.DataFrame([{ITEM: card.title, LABEL: label, TEXT: text} for label, text in card.rows])
    last = len(card.rows) - 1
    table = PrintedTable(
        # One table of the register, in parts: the gate reads them together.
        id=f"{ID}:{card.anchor}",
        caption=f"個票 {card.item.number}",
        printed=printed,
        row_headers=(LABEL,),
        text=(TEXT,),
        group=ITEM,
        links={(last, TEXT): tuple(card.links.items())},
    )
    charts = [
        chart
        for number, (item, known) in enumerate(indicator_lines(history), start=1)
        if item == card.item
        and (chart := draw_ticks(f"{card.anchor}-target-{number}", known, history.plan)) is not None
    ]
    drawn = (Markup(chart._repr_html_()) for chart in charts)
    return tag(
        "section",
        Markup(table._repr_html_()),
        *drawn,
        class_="item-card",
        id=card.anchor,
        aria_label=card.title,
    )


bear_assumptions(globals(), __all__)
