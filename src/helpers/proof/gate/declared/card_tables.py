"""Read back the cards of the items, and write them again from the sheets."""

from __future__ import annotations

__all__ = ["READERS"]

from collections.abc import Iterator

from helpers.fiscal_year import FiscalYear
from helpers.plan import Item
from helpers.plan.declared.kinds import EFFECT, FIELD, JUDGEMENT, MEASURE, MONEY, VOTE, Value
from helpers.plan.reserved_words import NO_DATA, NOT_ALIVE, TOTALS_ONLY
from helpers.proof.gate.declared.raw_values import (
    VERDICTS,
    Roles,
    amount_words,
    by_parts,
    exact,
    grade_of,
    is_met,
    item_rows,
    rate_of,
    rounded,
    target_words,
)
from helpers.proof.gate.page_and_pdf import PageRow, close
from helpers.proof.gate.terms import Figures, Pair, Reader, Record, Terms
from helpers.text.amounts import is_amount

_ORIGINS, _POLICY = "出どころ", "基本方針の番号"


def _page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    yield (row.group, row.cells["内容"]), row.cells["記載"]


def _record(record: Record, terms: Terms) -> Iterator[Pair]:
    item = close(f"{record['number']} {record['item']}")
    yield (item, close(record["content"])), close(record["text"])
    yield (item, _POLICY), record["policy"]


def _expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    history = terms.history
    if not history.plan.declared.shows_cards:
        return
    now = {close(item.number): item for item in history.plan.items_in(history.year)}
    numbers: dict[str, dict[FiscalYear, str]] = {}
    for year, rows in item_rows(history):
        for old, (number, name) in rows.items():
            if number in now and close(now[number].name) == name:
                numbers.setdefault(number, {})[year] = old
    for number, item in now.items():
        title = close(f"{item.number} {item.name}")
        texts: dict[str, str] = {}
        for label, text in _rows(terms, item, dict(sorted(numbers[number].items()))):
            texts[label] = texts.get(label, "") + text
        yield from (((title, close(label)), close(text)) for label, text in texts.items())
        yield (title, _POLICY), item.policy.numeral


def _rows(terms: Terms, item: Item, numbers: dict[FiscalYear, str]) -> Iterator[tuple[str, str]]:
    """Label and text of a card, in parts: those with the same label stand one after the other."""
    history, label = terms.history, terms.history.plan.wording.label
    if item.policy.heading:
        yield "基本方針", item.policy.heading
    if item.focus:
        yield "重点項目", item.focus
    for year in history.years:
        if year not in numbers:
            yield "実施状況", f"{label(year)} {NOT_ALIVE}"
            continue
        rows = terms.rows(year)
        row = next((row for row in rows if row["number"] == numbers[year]), None)
        unknown = TOTALS_ONLY if not rows and history.statuses(year) is not None else NO_DATA
        yield "実施状況", f"{label(year)} {unknown if row is None else row['status']}"
        if row is None:
            continue
        if row["activities"]:
            yield f"主な取組（{year}）", row["activities"]
        if year == history.year:
            yield from (
                (label, row[field])
                for label, field in (("所管課", "department"), ("備考", "remarks"))
                if row[field]
            )
        values = [value for value in history.sheets[year].values if value.number == numbers[year]]
        yield from _declared(terms, year, values)
        own = row["file"] or history.sheets[year].source.file
        cells = {value.cell for value in values if value.file == own} | {row["cell"]}
        others = dict.fromkeys(f"{value.file} {value.cell}" for value in values if value.file != own)
        listed = sorted(
            cells, key=lambda cell: (int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0), len(cell), cell)
        )
        yield _ORIGINS, f"{own}: {'、'.join((*listed, *others))}"


def _declared(terms: Terms, year: FiscalYear, values: list[Value]) -> Iterator[tuple[str, str]]:
    declared, printing = terms.history.plan.declared, terms.history.plan.printing
    label = terms.history.plan.wording.label(year)

    for (_, name, part), roles in by_parts([v for v in values if v.kind == MEASURE]).items():
        unit = f"（{roles['unit']}）" if "unit" in roles else ""
        actual = amount_words(roles, "actual", printing)
        words = f"{label} 目標 {target_words(roles, printing)}、実績 {actual}"
        yield f"指標: {part}{unit}", words + _verdict(terms, roles, name)
    for effect in declared.effects:
        roles = {v.role: v.text for v in values if (v.kind, v.name) == (EFFECT, effect.name)}
        if roles:
            shown = []
            for role in ("planned", "actual"):
                if (known := exact(roles.get(role, ""))) is None:
                    shown.append(printing.no_share)
                    continue
                decimals = len(roles[role].partition(".")[2]) if effect.decimals is None else effect.decimals
                in_unit = known * exact(str(MONEY[effect.unit])) / exact(str(MONEY[effect.printed_unit]))  # type: ignore[operator]
                shown.append(printing.amount(rounded(in_unit, decimals, printing.rounding)))
            yield f"{effect.name}（{effect.printed_unit}）", f"{year} 見込 {shown[0]}、実績 {shown[1]}"
    for judgement in declared.judgements:
        word = "".join(v.text for v in values if (v.kind, v.name) == (JUDGEMENT, judgement.name))
        votes = "、".join(f"{v.role} {v.text}" for v in values if (v.kind, v.name) == (VOTE, judgement.name))
        if word or votes:
            yield judgement.name, f"{label} {word}" + (f"（{votes}）" if votes else "")
    if year == terms.history.year:
        yield from ((v.name, v.text) for v in values if v.kind == FIELD)


def _verdict(terms: Terms, roles: Roles, name: str) -> str:
    plan = terms.history.plan
    rate = rate_of(roles, plan.declared.measure(name), plan.printing)
    words = f"、達成率 {plan.printing.share(rate)}" if rate is not None else ""
    if is_amount(roles.get("target", "")):
        grade = grade_of(rate, plan.declared.measure(name))
        words += f"、{VERDICTS[is_met(roles)]}" + (f"（評価 {grade}）" if grade else "")
    return words


def _texts_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    yield (row.cells["番号"], row.cells["推進項目"], row.cells["内容"]), row.cells["記載"]


def _texts_record(record: Record, terms: Terms) -> Iterator[Pair]:
    key = tuple(close(record[field]) for field in ("number", "item", "content"))
    yield key, close(record["text"])
    yield (*key, _POLICY), record["policy"]


def _texts_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    history = terms.history
    rows = {row["number"]: row for row in terms.rows(history.year)}
    for value in history.sheets[history.year].values if not history.plan.declared.shows_cards else ():
        if value.kind == FIELD:
            row = rows[value.number]
            key = (close(value.number), close(row["item"]), close(value.name))
            yield key, close(value.text)
            yield (*key, _POLICY), row["policy"]


def _cells_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    for name, year in terms.years.items():
        if row.cells.get(name, NOT_ALIVE) != NOT_ALIVE:
            yield (row.cells["番号"], row.cells["推進項目"], row.cells["内容"], year), row.cells[name]


def _cells_record(record: Record, terms: Terms) -> Iterator[Pair]:
    key = tuple(close(record[field]) for field in ("number", "item", "content"))
    yield (*key, record["fiscal_year"]), close(record["cells"])


def _cells_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    """Give the cells of each value in the order of reading."""
    for year, rows in item_rows(terms.history):
        if not terms.rows(year):
            continue
        sheet = terms.history.sheets[year].source.file
        cells: dict[tuple[str, ...], dict[str, None]] = {}
        for value in terms.history.sheets[year].values:
            value_key = (*rows[value.number], close(value.part or value.name), str(int(year)))
            name = value.cell if value.file == sheet else f"{value.file} {value.cell}"
            cells.setdefault(value_key, {})[name] = None
        for key, names in cells.items():
            yield key, close("、".join(names))


READERS = {
    "cards": Reader(_page, _record, _expected, in_csv_only=frozenset({_POLICY}), is_of_one_year=True),
    "further_texts": Reader(
        _texts_page, _texts_record, _texts_expected, in_csv_only=frozenset({_POLICY}), is_of_one_year=True
    ),
    "source_values": Reader(_cells_page, _cells_record, _cells_expected),
}
