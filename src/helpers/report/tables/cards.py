"""Cards of the items (個票): everything that the sheets say of one item over the years, with the cells; or its further texts alone."""

from __future__ import annotations

__all__ = ["ID", "ITEM", "LABEL", "TEXT", "Card", "card_anchors", "cards", "further_texts", "item_cards"]

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.courses import courses, item_lines
from helpers.history.declared_values import amounts_in, texts_in, values_in, votes_in, words_in
from helpers.history.history import History, remembered
from helpers.plan import Item
from helpers.plan.declared.measured import Indicator
from helpers.report.table import Table
from helpers.report.tables.common import item_fields
from helpers.report.tables.measures import MET, actual_words, indicator_lines, target_words
from helpers.report.tables.money_words import amount_words, heading_of
from helpers.sheets.files.grid import position

ID, LABEL, TEXT, ITEM = "cards", "内容", "記載", "推進項目"
_NOT_IN_IDS = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Card:
    """One item's card: the id that a link leads to, the rows (label and text), the texts that lead to files."""

    item: Item
    anchor: str
    rows: tuple[tuple[str, str], ...]
    links: Mapping[str, str]

    @property
    def title(self) -> str:
        """'1-1 ごみの減量'."""
        return f"{self.item.number} {self.item.name}"


@remembered
def cards(history: History) -> Table | None:
    """All cards as one table, for files: a row per item and kind of content, grouped by item.

    None where the plan shows no cards, or the year is not known item by item.
    """
    made = item_cards(history)
    if not made:
        return None
    rows = [(card, label, text) for card in made for label, text in card.rows]
    return Table(
        id=ID,
        caption=f"{history.plan.wording.kind}の個票（{history.plan.wording.label(history.year)}）",
        printed=pd.DataFrame([{ITEM: card.title, LABEL: label, TEXT: text} for card, label, text in rows]),
        records=pd.DataFrame(
            {
                "fiscal_year": int(history.year),
                **item_fields(card.item),
                "content": label,
                "text": text,
            }
            for card, label, text in rows
        ),
        row_headers=(LABEL,),
        text=(TEXT,),
        group=ITEM,
    )


def card_anchors(history: History) -> dict[str, str]:
    """The id of each card by the item's number; none where the plan shows no cards."""
    if not history.plan.declared.shows_cards or history.item_statuses(history.year) is None:
        return {}
    anchors: dict[str, str] = {}
    for item in history.plan.items_in(history.year):
        plain = anchor = f"card-{_NOT_IN_IDS.sub('-', item.number)[:60]}"
        again = 2
        while anchor in anchors.values():
            anchor, again = f"{plain}.{again}", again + 1
        anchors[item.number] = anchor
    return anchors


@remembered
def item_cards(history: History) -> tuple[Card, ...]:
    """The cards of the year's items in the plan's order; none where the plan shows no cards."""
    anchors = card_anchors(history)
    if not anchors:
        return ()
    maker = _CardMaker(history)
    return tuple(maker.card(item, anchors[item.number]) for item in history.plan.items_in(history.year))


class _CardMaker:
    """Makes the cards of one history; what all of them need is looked up once."""

    def __init__(self, history: History) -> None:
        self.history, self.printing = history, history.plan.printing
        self.label = history.plan.wording.label
        self.courses = {course.item: course for course in courses(history)}
        self.numbers = dict(item_lines(history))
        self.indicators: dict[Item, list[Mapping[FiscalYear, Indicator]]] = {}
        for item, known in indicator_lines(history):
            self.indicators.setdefault(item, []).append(known)
        self.records: dict[FiscalYear, dict[str, dict[str, Any]]] = {
            year: {record["number"]: record for record in frame.to_dict("records")}
            for year in history.item_years()
            if (frame := history.item_statuses(year)) is not None
        }

    def card(self, item: Item, anchor: str) -> Card:
        known = {
            year: self.records[year][number]
            for year, number in sorted(self.numbers[item].items())
            if number in self.records.get(year, {})
        }
        origins = {self._source(year, record): f"file-{int(year)}" for year, record in known.items()}
        rows = [*self._facts(item, known), *self._declared(item)]
        if remarks := known[self.history.year]["remarks"]:
            rows.append(("備考", remarks))
        cells = "\n".join(f"{source}: {'、'.join(self._cells(year, known[year]))}"
                          for year, source in ((year, self._source(year, known[year])) for year in known))  # fmt: skip
        return Card(item, anchor, (*rows, ("出どころ", cells)), origins)

    def _facts(self, item: Item, known: Mapping[FiscalYear, dict[str, Any]]) -> Iterator[tuple[str, str]]:
        if item.policy.heading:
            yield "基本方針", item.policy.heading
        if item.focus:
            yield "重点項目", item.focus
        if department := known[self.history.year]["department"]:
            yield "所管課", department
        course = self.courses[item]
        yield "実施状況", "\n".join(f"{self.label(year)} {status}" for year, status in course.years.items())
        for year, record in known.items():
            if record["activities"]:
                yield f"主な取組（{year}）", record["activities"]

    def _declared(self, item: Item) -> Iterator[tuple[str, str]]:
        for known in self.indicators.get(item, ()):
            last = known[max(known)]
            unit = f"（{last.unit}）" if last.unit else ""
            yield (
                f"指標: {last.name}{unit}",
                "\n".join(self._indicator(year, known[year]) for year in sorted(known)),
            )
        years = sorted(self.numbers[item].items())
        for effect in self.history.plan.declared.effects:
            lines = [
                f"{year} 見込 {amount_words(each.planned, effect, self.printing)}、実績 {amount_words(each.actual, effect, self.printing)}"
                for year, number in years
                for each in amounts_in(self.history, year, effect)
                if each.item.number == number
            ]
            if lines:
                yield heading_of(effect), "\n".join(lines)
        for judgement in self.history.plan.declared.judgements:
            lines = []
            for year, number in years:
                word = words_in(self.history, year, judgement).get(number, "")
                votes = votes_in(self.history, year, judgement).get(number, {})
                counted = "、".join(f"{vote} {count}" for vote, count in votes.items())
                parts = [word, f"（{counted}）" if counted else ""]
                lines += [f"{self.label(year)} {''.join(parts)}"] if any(parts) else []
            if lines:
                yield judgement.name, "\n".join(lines)
        yield from texts_in(self.history, self.history.year, item.number)

    def _indicator(self, year: FiscalYear, each: Indicator) -> str:
        parts = [
            f"{self.label(year)} 目標 {target_words(each, self.printing)}",
            f"実績 {actual_words(each, self.printing)}",
        ]
        if (rate := each.rate_pct(self.printing)) is not None:
            parts.append(f"達成率 {self.printing.share(rate)}")
        if each.is_set:
            grade = each.grade(self.printing)
            parts.append(MET[each.is_met] + (f"（評価 {grade.name}）" if grade else ""))
        return "、".join(parts)

    def _source(self, year: FiscalYear, record: Mapping[str, Any]) -> str:
        return str(record["file"] or self.history.sheets[year].source.file)

    def _cells(self, year: FiscalYear, record: Mapping[str, Any]) -> list[str]:
        """The cells of the status and of the declared values, in order; those of another file under its name."""
        own, cells = self._source(year, record), {record["cell"]: None}
        elsewhere: dict[str, None] = {}
        for value in values_in(self.history, year):
            if value.number == record["number"]:
                (cells if value.file == own else elsewhere)[
                    value.cell if value.file == own else f"{value.file} {value.cell}"
                ] = None
        return [*sorted(cells, key=position), *elsewhere]


@remembered
def further_texts(history: History) -> Table | None:
    """The year's further texts of each item.

    Shape: one row per item and text, grouped by policy. None where there is none, and in plans with cards, which have them.
    """
    if history.plan.declared.shows_cards or history.item_statuses(history.year) is None:
        return None
    rows = [
        (item, name, text)
        for item in history.plan.items_in(history.year)
        for name, text in texts_in(history, history.year, item.number)
    ]
    if not rows:
        return None
    words, names = history.plan.wording, dict.fromkeys(name for _, name, _ in rows)
    return Table(
        id="further_texts",
        caption=f"{words.kind}別の{'・'.join(names)}（{words.label(history.year)}）",
        printed=pd.DataFrame(
            {
                "基本方針": item.policy.heading,
                "番号": item.number,
                words.item_title: item.name,
                "内容": name,
                "記載": text,
            }
            for item, name, text in rows
        ),
        records=pd.DataFrame(
            {
                "fiscal_year": int(history.year),
                **item_fields(item),
                "content": name,
                "text": text,
            }
            for item, name, text in rows
        ),
        row_headers=("番号", words.item_title),
        text=("内容", "記載"),
        group="基本方針",
    )
