"""Read back the tables of effects in money, and add them up again in fractions."""

from __future__ import annotations

__all__ = ["READERS", "Pairs"]

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import TOTAL
from helpers.plan.declared.kinds import EFFECT, MONEY, Effect
from helpers.plan.printing import PrintingRules
from helpers.proof.gate.declared.raw_values import (
    by_parts,
    exact,
    item_rows,
    percent,
    policies_of,
    raw_values,
    rounded,
)
from helpers.proof.gate.page_and_pdf import PageRow, close
from helpers.proof.gate.terms import Figures, Pair, Reader, Record, Terms
from helpers.text.amounts import is_amount

_COLUMNS = ("見込", "実績", "差", "達成率")
_FIELDS = {"単位": "unit", "計画": "planned", "成果": "achieved", "増減": "difference", "割合": "rate"}
_PERIODS = {"year": "", "so_far": "累計"}
_MISSING = "金額のない数"
# Planned and actual as the sheet writes them, of one item in one year.
Pairs = Sequence[tuple[str, str]]


def _effects_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    scope = "" if row.cells["基本方針"] == TOTAL else terms.policy(row.cells["基本方針"])
    for column, text in row.cells.items():
        if column != "基本方針":
            yield (row.group, scope, column), text


def _effects_record(record: Record, terms: Terms) -> Iterator[Pair]:
    key = (close(record["effect"]), record["policy"], record["period"])
    for kind, field in {**_FIELDS, _MISSING: "amounts_missing"}.items():
        yield (*key, kind), record[field]


def _effects_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    history = terms.history
    for effect in history.plan.declared.summed_effects:
        known = {year: _pairs(terms, year, effect) for year in history.item_years()}
        if not any(known.values()):
            continue
        now = (policy.numeral for policy in history.plan.policies)
        for policy in {*now, *(of for pairs in known.values() for of, _ in pairs), ""}:
            for period, prefix in _PERIODS.items():
                years = [history.year] if period == "year" else list(known)
                pairs = [pair for year in years for of, pair in known.get(year, []) if policy in ("", of)]
                heading = close(f"{effect.name}（{effect.printed_unit}）")
                for column, text in zip(
                    _COLUMNS, _printed(pairs, effect, history.plan.printing), strict=True
                ):
                    yield (heading, policy, prefix + column), close(text)
                key = (close(effect.name), policy, period)
                for kind, text in zip(_FIELDS, _plain(pairs, effect, history.plan.printing), strict=True):
                    yield (*key, kind), text
                yield (*key, _MISSING), str(sum(not is_amount(text) for pair in pairs for text in pair))


def _items_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    for column in _COLUMNS:
        yield (row.group, row.cells["番号"], row.cells["推進項目"], column), row.cells[column]


def _items_record(record: Record, terms: Terms) -> Iterator[Pair]:
    key = (close(record["effect"]), close(record["number"]), close(record["item"]), record["fiscal_year"])
    for kind, field in {**_FIELDS, "基本方針": "policy"}.items():
        yield (*key, kind), record[field]


def _items_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    history, printing = terms.history, terms.history.plan.printing
    for effect in history.plan.declared.effects:
        heading = close(f"{effect.name}（{effect.printed_unit}）")
        for year, rows in item_rows(history):
            policies = policies_of(history, year)
            for (number, name, _), roles in by_parts(raw_values(history, year, EFFECT)).items():
                if name != effect.name:
                    continue
                pairs = [(roles.get("planned", ""), roles.get("actual", ""))]
                key = (close(effect.name), *rows[number], str(int(year)))
                for kind, text in zip(_FIELDS, _plain(pairs, effect, printing), strict=True):
                    yield (*key, kind), text
                yield (*key, "基本方針"), policies[number]
                if year == history.year:
                    for column, text in zip(_COLUMNS, _printed(pairs, effect, printing), strict=True):
                        yield (heading, *rows[number], column), close(text)


def _pairs(terms: Terms, year: FiscalYear, effect: Effect) -> list[tuple[str, tuple[str, str]]]:
    """Policy, planned and actual of each item with an amount of the effect."""
    policies = policies_of(terms.history, year)
    return [
        (policies[number], (roles.get("planned", ""), roles.get("actual", "")))
        for (number, name, _), roles in by_parts(raw_values(terms.history, year, EFFECT)).items()
        if name in (effect.parts or (effect.name,))
    ]


def _sum(texts: Sequence[str]) -> tuple[Fraction, int] | None:
    """The sum of the amounts, and the most decimals that one is written with; None without an amount."""
    known = [text for text in texts if is_amount(text)]
    decimals = max((len(text.partition(".")[2]) for text in known), default=0)
    return (sum(map(Fraction, known), Fraction(0)), decimals) if known else None


def _sums(pairs: Pairs) -> tuple[tuple[Fraction, int] | None, ...]:
    """Planned, actual and, where no amount is missing, the difference."""
    planned, actual = (_sum([pair[index] for pair in pairs]) for index in (0, 1))
    if planned is None or actual is None or any(exact(text) is None for pair in pairs for text in pair):
        return planned, actual, None
    return planned, actual, (actual[0] - planned[0], max(planned[1], actual[1]))


def _rate(pairs: Pairs, printing: PrintingRules) -> Decimal | None:
    planned, actual, difference = _sums(pairs)
    if planned is None or actual is None or difference is None or planned[0] <= 0:
        return None
    return percent(actual[0], planned[0], printing)


def _printed(pairs: Pairs, effect: Effect, printing: PrintingRules) -> Iterator[str]:
    factor = Fraction(MONEY[effect.unit]) / Fraction(MONEY[effect.printed_unit])
    for index, known in enumerate(_sums(pairs)):
        if known is None:
            yield printing.no_share
            continue
        decimals = known[1] if effect.decimals is None else effect.decimals
        shown = rounded(known[0] * factor, decimals, printing.rounding)
        is_change = index == 2 and (shown != 0 or known[0] == 0)
        is_in_part = index < 2 and any(exact(pair[index]) is None for pair in pairs)
        mark = "※" if is_in_part else ""
        yield printing.change_of_amount(shown) if is_change else printing.amount(shown) + mark
    yield printing.share(_rate(pairs, printing))


def _plain(pairs: Pairs, effect: Effect, printing: PrintingRules) -> Iterator[str]:
    yield effect.unit
    for known in _sums(pairs):
        yield "" if known is None else f"{rounded(known[0], known[1], 'down'):f}"
    rate = _rate(pairs, printing)
    yield "" if rate is None else str(rate.scaleb(-2))


_IN_CSV_ONLY = frozenset({*_FIELDS, _MISSING, "基本方針"})
READERS = {
    "effects": Reader(
        _effects_page,
        _effects_record,
        _effects_expected,
        on_page_only=frozenset({*_COLUMNS, *(f"累計{column}" for column in _COLUMNS)}),
        in_csv_only=_IN_CSV_ONLY,
        is_of_one_year=True,
    ),
    "effect_items": Reader(
        _items_page,
        _items_record,
        _items_expected,
        on_page_only=frozenset(_COLUMNS),
        in_csv_only=_IN_CSV_ONLY,
    ),
}
