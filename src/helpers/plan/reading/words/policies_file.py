"""Read and check ``[[policies]]`` of plan.toml, with their names and lives by year."""

from __future__ import annotations

__all__ = ["policy_named", "read_policies"]

from collections.abc import Iterator, Sequence
from dataclasses import replace

from helpers.fiscal_year import FiscalYear
from helpers.plan.model import ImplementationPlan, Plan, Policy
from helpers.plan.plan_parts import PolicyName
from helpers.plan.reading.distinct import Name, demand_distinct
from helpers.plan.reading.periods import planned_life, planned_year
from helpers.plan.reading.toml_section import Section
from helpers.plan.reserved_words import PLAN_LABEL, TOTAL_LABELS
from helpers.text.forms import folded

# What a label and a heading are of numeral and name where they are not written.
_STOCK = {"label": "{} {}", "heading": "基本方針{} {}"}
_KEYS = ("name", *_STOCK)


def read_policies(root: Section, plans: Sequence[ImplementationPlan]) -> tuple[Policy, ...]:
    """Read the policies of a plan, each under its first name.

    Raises:
        PlanFileError: names of two policies, of whichever years, that cannot be told apart; a name that the tables use
            in another sense; years outside the plans or the policy's life, or not in order.
    """
    sections = root.sections("policies", optional=True)
    policies = [_policy(section, plans) for section in sections]
    names = [name for pair in zip(sections, policies, strict=True) for name in _names_of(*pair)]
    years = [year for plan in plans for year in plan.period.years]
    policies = [_with_own_numeral(policy, policies, years) for policy in policies]
    for numerals in dict.fromkeys(tuple(_numeral_in(policy, year) for policy in policies) for year in years):
        demand_distinct(
            [*names, *((section, *numeral) for section, numeral in zip(sections, numerals, strict=True))]
        )
    return tuple(policies)


def policy_named(section: Section, key: str, text: str, plan: Plan) -> Policy:
    """The policy that a text in another part of the plan's files names, by a numeral or name of any year.

    Raises:
        PlanFileError: it names none, or policies that had the same numeral in different years.
    """
    policies = plan.policies_of_any_year(text)
    if not policies:
        known = "／".join(f"{policy.numeral} {policy.name}" for policy in plan.policies)
        problem = f"「{text}」は基本方針にありません（{known}）"
        raise section.fail(key, problem, "plan.toml の policies と合わせてください")
    if len(policies) > 1:
        problem = f"「{text}」は、年度によって別の基本方針の番号です"
        names = "」か「".join(policy.name for policy in policies)
        raise section.fail(key, problem, f"番号の代わりに、名前の「{names}」を書いてください")
    return policies[0]


def _policy(section: Section, plans: Sequence[ImplementationPlan]) -> Policy:
    numeral, name = section.text("numeral"), section.text("name")
    label, heading = (_text(section, key, stock.format(numeral, name)) for key, stock in _STOCK.items())
    first = PolicyName(None, numeral, name, label, heading)
    _demand_no_whole(section, first)
    policy = Policy(numeral, name, label, heading, planned_life(section, plans))
    later = tuple(_later_names(section, policy, first, plans))
    section.demand_nothing_else()
    return replace(policy, names=(first, *later))


def _later_names(
    policy_section: Section, policy: Policy, first: PolicyName, plans: Sequence[ImplementationPlan]
) -> Iterator[PolicyName]:
    before = first
    for section in policy_section.sections("renamed", optional=True):
        year = planned_year(section, "year", plans, is_change=True, after=before.first)
        if policy.life is not None and not policy.life.first < year <= policy.life.last:
            problem = (
                f"「{section.values['year']}」は、この基本方針の期間（{policy.life}）の途中ではありません"
            )
            raise section.fail("year", problem, "year か、first_year と last_year を直してください")
        if not section.values.keys() & {"numeral", *_KEYS}:
            raise section.fail("name", "値がありません", "その年度からの名前を name = … の行に書いてください")
        numeral, name = _text(section, "numeral", before.numeral), _text(section, "name", before.name)
        label, heading = (_later_text(section, key, before, numeral, name) for key in _STOCK)
        section.demand_nothing_else()
        before = PolicyName(year, numeral, name, label, heading)
        _demand_no_whole(section, before)
        yield before


def _later_text(section: Section, key: str, before: PolicyName, numeral: str, name: str) -> str:
    """Read a label or heading; one with the old name in it goes on with the new one where it is not written."""
    stock, written = _STOCK[key], str(getattr(before, key))
    is_stock = before.name not in written or written == stock.format(before.numeral, before.name)
    if not is_stock and numeral != before.numeral and key not in section.values:
        problem = f"値がありません（前の表記は「{written}」）"
        raise section.fail(
            key, problem, f"numeral が変わるので、その年度からの表記を {key} = … の行に書いてください"
        )
    return _text(
        section, key, stock.format(numeral, name) if is_stock else written.replace(before.name, name)
    )


def _with_own_numeral(policy: Policy, policies: Sequence[Policy], years: Sequence[FiscalYear]) -> Policy:
    """The policy, called 旧Ⅱ after it has ended and 新Ⅱ before it begins where another one in force is called Ⅱ."""
    life, names = policy.life, policy.names
    taken = [
        year
        for year in years
        if life is not None and year not in life
        for other in policies
        if other.life is None or year in other.life
        if other.called_in(year).numeral == policy.called_in(year).numeral
    ]
    if life is not None and taken and taken[0] < life.first:
        first = names[0]
        names = (_renumbered(first, "新", None), replace(first, first=life.first), *names[1:])
    if life is not None and taken and taken[-1] > life.last:
        ended = next(year for year in taken if year > life.last)
        names = (*names, _renumbered(names[-1], "旧", ended))
    return replace(policy, names=names if len(names) > 1 else ()).ever_called[0]


def _renumbered(name: PolicyName, mark: str, first: FiscalYear | None) -> PolicyName:
    """The name with a mark before its numeral, also in label and heading where these are made of numeral and name."""
    numeral = f"{mark}{name.numeral}"
    texts = {
        key: stock.format(numeral, name.name)
        for key, stock in _STOCK.items()
        if getattr(name, key) == stock.format(name.numeral, name.name)
    }
    return replace(name, first=first, numeral=numeral, **texts)


def _numeral_in(policy: Policy, year: FiscalYear) -> tuple[str, str]:
    """The key and the text of a policy's numeral in a fiscal year."""
    begun = policy.life.first if policy.life else None
    later = [name for name in policy.names if name.first not in (None, begun) and name.first <= year]
    return f"renamed[{len(later)}].numeral" if later else "numeral", policy.called_in(year).numeral


def _text(section: Section, key: str, default: str) -> str:
    """Read a text that may be left out, but not be empty."""
    return section.text(key, None if key in section.values else default)


def _demand_no_whole(section: Section, name: PolicyName) -> None:
    for key, text in (("label", name.label), ("heading", name.heading)):
        if folded(text) in (PLAN_LABEL, *TOTAL_LABELS):
            problem = f"「{text}」は計画の全体や合計を表す語なので、基本方針の表記には使えません"
            raise section.fail(key, problem, "別の語にしてください")


def _names_of(section: Section, policy: Policy) -> Iterator[Name]:
    """All names of a policy with their keys; they are of one table, so that they may be alike."""
    for number, called in enumerate(policy.ever_called):
        prefix = f"renamed[{number}]." if number else ""
        for key in _KEYS:
            yield section, f"{prefix}{key}", getattr(called, key)
