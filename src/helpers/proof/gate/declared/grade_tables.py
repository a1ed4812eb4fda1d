"""Read back the table of targets by grade, and count it again from the sheets."""

from __future__ import annotations

__all__ = ["READERS"]

from collections.abc import Iterator

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import TOTAL
from helpers.plan.declared.kinds import MEASURE, SET, Measure
from helpers.plan.reserved_words import NO_DATA
from helpers.proof.gate.declared.raw_values import by_parts, exact, grade_of, policies_of, rate_of, raw_values
from helpers.proof.gate.page_and_pdf import close
from helpers.proof.gate.terms import Figures, Pair, Reader, Record, Terms, counts_by_policy

_NONE = "評価なし"


def _record(record: Record, terms: Terms) -> Iterator[Pair]:
    key, grade = (close(record["measure"]), record["policy"]), close(record["grade"]) or _NONE
    for prefix, field in (("", "graded"), ("前年", "previous_graded")):
        if prefix and terms.history.previous_year is None:
            continue
        count = NO_DATA if record[field] == "" else int(record[field])
        yield (*key, prefix + grade), count
        # The total of the page is the sum of the records.
        yield (*key, prefix + TOTAL), count


def _expected(terms: Terms, read: Figures) -> Iterator[Pair]:
    history, last = terms.history, terms.history.previous_year
    years = {"": history.year} if last is None else {"": history.year, "前年": last}
    known = [
        (each, {prefix: _grades(terms, year, each) for prefix, year in years.items()})
        for each in history.plan.declared.measures
        if each.grades and each.status != SET
    ]
    known = [(each, of_years) for each, of_years in known if of_years[""]]
    has_none = any(grade == _NONE for _, of in known for grades in of.values() for _, grade in grades or ())
    for measure, of_years in known:
        names = [*(close(grade.name) for grade in measure.grades), *([_NONE] if has_none else [])]
        for policy in (*(policy.numeral for policy in history.plan.policies), ""):
            for prefix, grades in of_years.items():
                inside = [grade for of, grade in grades or () if policy in ("", of)]
                key = (close(measure.name), policy)
                for name in names:
                    yield (*key, prefix + name), NO_DATA if grades is None else inside.count(name)
                yield (*key, prefix + TOTAL), NO_DATA if grades is None else len(inside)


def _grades(terms: Terms, year: FiscalYear, measure: Measure) -> list[tuple[str, str]] | None:
    """Policy and grade of each target of a measure; None where the year is not known item by item."""
    policies, printing = policies_of(terms.history, year), terms.history.plan.printing
    if not policies:
        return None
    return [
        (policies[item], close(grade_of(rate_of(roles, measure, printing), measure)) or _NONE)
        for (item, name, _), roles in by_parts(raw_values(terms.history, year, MEASURE)).items()
        if name == measure.name and exact(roles.get("target", "")) is not None
    ]


READERS = {"grades": Reader(counts_by_policy, _record, _expected, is_of_one_year=True)}
