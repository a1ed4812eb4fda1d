"""Read back the tables of targets and of indicators."""

from __future__ import annotations

__all__ = ["READERS"]

import re
from collections.abc import Iterator
from decimal import Decimal

from helpers.fiscal_year import FiscalYear
from helpers.plan.declared.kinds import LESS, MEASURE
from helpers.plan.printing import PrintingRules
from helpers.plan.reserved_words import NO_DATA, NOT_ALIVE
from helpers.proof.gate.declared.raw_values import (
    VERDICTS,
    Roles,
    amount_words,
    by_parts,
    exact,
    grade_of,
    is_met,
    item_rows,
    percent,
    policies_of,
    rate_of,
    raw_values,
    target_words,
)
from helpers.proof.gate.page_and_pdf import PageRow, close
from helpers.proof.gate.terms import Figures, Pair, Reader, Record, Terms, UnreadableError, number
from helpers.text.amounts import is_amount
from helpers.text.forms import variant_folded

_COUNTS = {"設定": "targets_set", "判定": "targets_judged", "達成": "targets_met"}
_SHARE, _CHANGE = "達成の割合", "前年比"
_IN_CSV_ONLY = {
    "単位": "unit",
    "方向": "better",
    "基準値": "baseline",
    "目標値": "target",
    "変更前の目標値": "target_before",
    "実績値": "actual",
    "値のない理由": "unknown",
    "率": "rate",
    "判定": "is_met",
    "区分": "grade",
}


def _targets_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    policy = terms.policy(row.cells["基本方針"])
    for column, text in row.cells.items():
        if column != "基本方針":
            yield (policy, column), number(text)


def _targets_record(record: Record, terms: Terms) -> Iterator[Pair]:
    policy, printing = record["policy"], terms.history.plan.printing
    for prefix, before in (("", ""), ("前年", "previous_")):
        if before and terms.history.previous_year is None:
            continue
        is_known = record[f"{before}targets_set"] != ""
        for column, field in _COUNTS.items():
            yield (policy, prefix + column), int(record[before + field]) if is_known else NO_DATA
        share = record[f"{before}met_share"]
        yield (policy, prefix + _SHARE), _printed_share(share, printing) if is_known else NO_DATA
    if terms.history.previous_year is not None:
        change, points = record["change_targets_met"], record["change_met_share"]
        pct = None if points == "" else Decimal(points).scaleb(2)
        yield (policy, _CHANGE), NO_DATA if change == "" else _change(int(change), pct, printing)


def _targets_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    history, printing = terms.history, terms.history.plan.printing
    last = history.previous_year
    for policy in (*(policy.numeral for policy in history.plan.policies), ""):
        now = _counted(terms, history.year, policy)
        shown = {"": now} if last is None else {"": now, "前年": _counted(terms, last, policy)}
        for prefix, counts in shown.items():
            for position, column in enumerate(_COUNTS):
                yield (policy, prefix + column), NO_DATA if counts is None else counts[position]
            share = _share(counts, printing)
            yield (policy, prefix + _SHARE), NO_DATA if counts is None else close(printing.share(share))
        if last is not None:
            past = shown["前年"]
            if past is None or now is None:
                yield (policy, _CHANGE), NO_DATA
            else:
                shares = _share(now, printing), _share(past, printing)
                points = None if shares[0] is None or shares[1] is None else shares[0] - shares[1]
                yield (policy, _CHANGE), _change(now[2] - past[2], points, printing)


def _counted(terms: Terms, year: FiscalYear, policy: str) -> tuple[int, int, int] | None:
    policies = policies_of(terms.history, year)
    if not policies:
        return None
    met = [
        is_met(roles)
        for (item, *_), roles in by_parts(raw_values(terms.history, year, MEASURE)).items()
        if policy in ("", policies[item]) and exact(roles.get("target", "")) is not None
    ]
    return len(met), len(met) - met.count(None), met.count(True)


def _share(counts: tuple[int, int, int] | None, printing: PrintingRules) -> Decimal | None:
    return percent(exact(str(counts[2])), exact(str(counts[1])), printing) if counts and counts[1] else None  # type: ignore[arg-type]


def _printed_share(fraction: str, printing: PrintingRules) -> str:
    if fraction == "":
        return close(printing.no_share)
    pct = Decimal(fraction).scaleb(2)
    return close(printing.share(pct)) if pct == round(pct, printing.decimals) else fraction


def _change(change: int, points: Decimal | None, printing: PrintingRules) -> int | str:
    """As it is read from the page: with marks that are empty, or a 0 where nothing changed, it looks like a count."""
    if points is None:
        return number(close(printing.change_without_shares(change)))
    return number(close(printing.change_cell(change, points)))


def _measures_page(row: PageRow, terms: Terms) -> Iterator[Pair]:
    cells, name = row.cells, row.first_lines["指標"]
    key = (cells["番号"], cells["推進項目"], name, cells["単位"])
    yield (*key, "指標の注"), cells["指標"].removeprefix(name)
    for heading, year in terms.years.items():
        text = cells.get(heading, NOT_ALIVE)
        if text == NOT_ALIVE:
            continue
        if (parts := re.fullmatch("目標(.+)実績(.+)", text)) is None:
            raise UnreadableError(f"「{text}」に目標と実績がありません")
        yield (*key, year, "目標"), parts[1]
        yield (*key, year, "実績"), parts[2]
    for column in ("達成率", "達成", "評価"):
        if column in cells:
            yield (*key, column), cells[column]


def _measures_record(record: Record, terms: Terms) -> Iterator[Pair]:
    key = tuple(close(record[field]) for field in ("number", "item", "indicator", "unit"))
    yield (*key, record["fiscal_year"], "基本方針"), record["policy"]
    for kind, field in _IN_CSV_ONLY.items():
        yield (*key, record["fiscal_year"], kind), record[field]


def _measures_expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    history = terms.history
    last_of: dict[tuple[str, ...], bool] = {}
    spelled: dict[tuple[str, ...], tuple[str, str]] = {}  # as last, since the last year comes first
    for year, rows in item_rows(history):
        policies = policies_of(history, year)
        for (item, name, part), roles in by_parts(raw_values(history, year, MEASURE)).items():
            measure = history.plan.declared.measure(name)
            written = close(part), close(roles.get("unit", ""))
            key = (*rows[item], *spelled.setdefault((*rows[item], *map(variant_folded, written)), written))
            yield (*key, str(int(year)), "目標"), close(target_words(roles, history.plan.printing))
            yield (*key, str(int(year)), "実績"), close(amount_words(roles, "actual", history.plan.printing))
            yield (*key, str(int(year)), "基本方針"), policies[item]
            rate = rate_of(roles, measure, history.plan.printing)
            grade = grade_of(rate, measure)
            fields = _fields(roles | {"unit": key[-1]}, rate, grade)
            yield from (
                ((*key, str(int(year)), kind), text) for kind, text in zip(_IN_CSV_ONLY, fields, strict=True)
            )
            if key not in last_of:
                yield (*key, "指標の注"), close(_remark(roles, history.plan.printing))
                is_now = year == history.year
                yield (*key, "達成率"), close(history.plan.printing.share(rate)) if is_now else NOT_ALIVE
                verdict = VERDICTS[is_met(roles)] if is_amount(roles.get("target", "")) else "目標なし"
                yield (*key, "達成"), verdict if is_now else NOT_ALIVE
                if any(each.grades for each in history.plan.declared.measures):
                    yield (*key, "評価"), (close(grade) or NOT_ALIVE) if is_now else NOT_ALIVE
            last_of[key] = True


def _fields(roles: Roles, rate: Decimal | None, grade: str) -> Iterator[str]:
    yield roles.get("unit", "")
    yield roles.get("better", "")
    for role in ("baseline", "target", "target_before", "actual"):
        yield text if is_amount(text := roles.get(role, "")) else ""
    reasons = [roles.get(role, "") for role in ("actual", "target")]
    yield next((text for text in reasons if text and not is_amount(text)), "")
    yield "" if rate is None else str(rate.scaleb(-2))
    met = is_met(roles)
    yield "" if met is None else str(int(met))
    yield grade


def _remark(roles: Roles, printing: PrintingRules) -> str:
    way = "" if "better" not in roles else "少ないほど良い" if roles["better"] == LESS else "多いほど良い"
    base = f"基準値{amount_words(roles, 'baseline', printing)}" if "baseline" in roles else ""
    return "、".join(filter(None, (way, base)))


READERS = {
    "targets": Reader(_targets_page, _targets_record, _targets_expected, is_of_one_year=True),
    "measures": Reader(
        _measures_page,
        _measures_record,
        _measures_expected,
        on_page_only=frozenset({"指標の注", "目標", "実績", "達成率", "達成", "評価"}),
        in_csv_only=frozenset({*_IN_CSV_ONLY, "基本方針"}),
    ),
}
